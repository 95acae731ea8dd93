import { dirname, relative, sep } from 'node:path';
import type { Result } from '../model/failure.ts';
import { succeed } from '../model/failure.ts';
import { runGit } from './git.ts';

/** What git makes of a file: it keeps it, it would keep it once it is added, it ignores it, or there is no repository. */
export type GitStanding = 'tracked' | 'new' | 'ignored' | 'noRepository';

export interface FileToPlace {
  /** Absolute; the file need not exist. */
  readonly path: string;
  /** The nearest folder above it that exists: what lies in a submodule is asked of the submodule. */
  readonly folder?: string;
}

/** Asks git about one file. Only reads; the repository's own configuration is not executed. */
export async function gitStanding(file: FileToPlace, signal: AbortSignal): Promise<Result<GitStanding>> {
  const folder = file.folder ?? dirname(file.path);
  const path = relative(folder, file.path).split(sep).join('/');
  const tracked = await runGit({ folder, args: ['ls-files', '--cached', '-z', '--', path], signal });
  if (!tracked.ok) {
    const { kind } = tracked.failure;
    return kind === 'notARepository' || kind === 'noGit' ? succeed('noRepository') : tracked;
  }
  if (tracked.value.text.split('\0').includes(path)) return succeed('tracked');
  // Prints the path where it is ignored; ends without a word, and with an exit code, where it is not.
  // This command takes no pattern, and refuses to be told so.
  const args = ['--no-literal-pathspecs', 'check-ignore', '--no-index', '--', path];
  const ignored = await runGit({ folder, args, signal });
  if (!ignored.ok) return ignored;
  return succeed(ignored.value.text === '' ? 'new' : 'ignored');
}
