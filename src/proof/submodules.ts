import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Git, Repository } from './scratch.ts';

/** More than this are left out. */
const maxSubmodules = 100;

export interface SubmodulesRequest {
  readonly git: Git;
  readonly repository: Repository;
  /** The scratch copy's top folder. */
  readonly root: string;
  readonly signal: AbortSignal;
  readonly silenceMs: number;
}

/** Submodules within submodules are followed so far. */
const maxDepth = 5;

/**
 * Copies the tracked files of the submodules that are checked out in the user's folder, those within them as well: a
 * worktree has none, and git would fetch them from the network.
 */
export async function copySubmodules(request: SubmodulesRequest): Promise<void> {
  await copyFrom(request, request.root, request.repository.root, request.root, 0);
}

/** Copies the submodules that git lists in `listed`, from their checkouts below `source` to below `target`. */
async function copyFrom(
  request: SubmodulesRequest,
  listed: string,
  source: string,
  target: string,
  depth: number,
): Promise<void> {
  const { git, signal, silenceMs } = request;
  const found = await git({ folder: listed, args: ['ls-files', '--stage', '-z'], signal, silenceMs });
  if (!found.ok) return;
  const paths = found.value.text.split('\0').flatMap((entry) => /^160000 \S+ \d\t(.+)$/s.exec(entry)?.[1] ?? []);
  for (const path of paths.slice(0, maxSubmodules)) {
    const [from, to] = [join(source, path), join(target, path)];
    const names: readonly string[] = await readdir(from).catch(() => []);
    if (!names.includes('.git')) continue;
    const filters = await git({
      folder: from,
      args: ['config', '--null', '--name-only', '--get-regexp', '^filter\\.'],
      signal,
    });
    // A submodule with filters of its own is not copied: they would have to be run.
    if (filters.ok && filters.value.text.includes('filter.')) continue;
    const args = ['checkout-index', '--all', '--force', `--prefix=${to}${sep}`];
    await git({ folder: from, args, signal, silenceMs });
    if (depth < maxDepth) await copyFrom(request, from, from, to, depth + 1);
  }
}
