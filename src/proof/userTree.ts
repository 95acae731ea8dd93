import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git, Repository } from './scratch.ts';

/** Changed files that are looked at one by one; a tree with more is compared by their names alone. */
const maxFiles = 2_000;

/** The user's working tree as git sees it: what is changed in it, and how. */
class TreeSnapshot {
  readonly #entries: ReadonlyMap<string, string>;

  constructor(entries: ReadonlyMap<string, string>) {
    this.#entries = entries;
  }

  /** Paths that came, went or changed between two snapshots, relative to the repository's root. */
  changedSince(before: TreeSnapshot): readonly string[] {
    const paths = new Set([...before.#entries.keys(), ...this.#entries.keys()]);
    return [...paths].filter((path) => before.#entries.get(path) !== this.#entries.get(path)).sort();
  }
}

/** Reads the state of a working tree; undefined where that cannot be told. */
export async function snapshotOf(
  git: Git,
  { root, config }: Repository,
  signal: AbortSignal,
): Promise<TreeSnapshot | undefined> {
  const args = ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--ignore-submodules=all'];
  const status = await git({ folder: root, args, signal, config, silenceMs: 60_000 });
  if (!status.ok) return undefined;
  const listed = status.value.text.split('\0').filter((entry) => entry.length > 3);
  const entries = new Map<string, string>();
  for (const [index, entry] of listed.entries()) {
    const path = entry.slice(3);
    const stats = index < maxFiles ? await lstat(join(root, path)).catch(() => undefined) : undefined;
    entries.set(path, `${entry.slice(0, 2)} ${stats?.size ?? ''} ${stats?.mtimeMs ?? ''}`);
  }
  return new TreeSnapshot(entries);
}
