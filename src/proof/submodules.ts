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

/**
 * Copies the tracked files of the submodules that are checked out in the user's folder: a worktree has none, and git
 * would fetch them from the network. Those within submodules are left out.
 */
export async function copySubmodules({ git, repository, root, signal, silenceMs }: SubmodulesRequest): Promise<void> {
  const listed = await git({ folder: root, args: ['ls-files', '--stage', '-z'], signal, silenceMs });
  if (!listed.ok) return;
  const paths = listed.value.text.split('\0').flatMap((entry) => /^160000 \S+ \d\t(.+)$/s.exec(entry)?.[1] ?? []);
  for (const path of paths.slice(0, maxSubmodules)) {
    const source = join(repository.root, path);
    const names: readonly string[] = await readdir(source).catch(() => []);
    if (!names.includes('.git')) continue;
    const filters = await git({
      folder: source,
      args: ['config', '--null', '--name-only', '--get-regexp', '^filter\\.'],
      signal,
    });
    // A submodule with filters of its own is not copied: they would have to be run.
    if (filters.ok && filters.value.text.includes('filter.')) continue;
    const args = ['checkout-index', '--all', '--force', `--prefix=${join(root, path)}${sep}`];
    await git({ folder: source, args, signal, silenceMs });
  }
}
