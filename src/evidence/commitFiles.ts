import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { runGit } from './git.ts';
import type { RepositoryState } from './git.ts';

/** A commit with the files that it changed against its first parent. */
export interface CommitFiles {
  readonly hash: string;
  /** Its first parent; absent for the first commit. */
  readonly parent?: string;
  /** Relative to the repository's root, with `/`; at most `maxCommitFiles`. */
  readonly paths: readonly string[];
}

const maxCommitFiles = 100;

/** The files of a commit that is named by (the beginning of) its id. */
export async function commitFiles(
  { root, config }: RepositoryState,
  commit: string,
  signal: AbortSignal,
): Promise<Result<CommitFiles>> {
  const id = /[0-9a-f]{4,64}/i.exec(commit)?.[0].toLowerCase();
  if (id === undefined) return fail({ kind: 'unknownBaseline', baseline: commit });
  const args = ['rev-list', '--parents', '--max-count=1', '--end-of-options', id, '--'];
  const found = await runGit({ folder: root, config, args, signal });
  const [hash, parent] = found.ok ? found.value.text.trim().split(' ') : [];
  if (hash === undefined || hash === '') return fail({ kind: 'unknownBaseline', baseline: commit });
  const range = parent === undefined ? ['--root', hash] : [parent, hash];
  const changed = await runGit({
    folder: root,
    config,
    args: ['diff-tree', '-r', '--no-commit-id', '--name-only', '-z', ...range],
    signal,
  });
  if (!changed.ok) return changed;
  const paths = changed.value.text
    .split('\0')
    // A tree that no git has made may name what is above the repository.
    .filter((path) => path !== '' && !path.split(/[\\/]/).includes('..'))
    .slice(0, maxCommitFiles);
  return succeed({ hash, paths, ...(parent === undefined ? {} : { parent }) });
}

/** A file's text at a commit; empty where it is not there. */
export async function fileAtCommit(
  { root, config }: RepositoryState,
  hash: string,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const args = ['show', '--no-ext-diff', '--no-textconv', `${hash}:${path}`];
  const shown = await runGit({ folder: root, config, args, signal });
  return shown.ok ? shown.value.text : '';
}
