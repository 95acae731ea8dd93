import { realpath } from 'node:fs/promises';
import { simpleGit, type SimpleGit } from 'simple-git';
import { errorCode, fail, succeed, type Failure, type Result } from '../model/failure.ts';
import { isInside } from './confinement.ts';

/** Most bytes taken from one command; more of a diff or a history helps nobody and may fill the memory. */
const maxGitOutputBytes = 8 * 1024 * 1024;
/** A command that prints nothing for this long is stopped: a network file system that hangs, a lock. */
const silenceLimit = 20_000;

export interface GitCommand {
  /** Absolute path of the folder to run in. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  /** Values of configuration for this command, as `key=value`, besides the safe ones. Never from untrusted text. */
  readonly config?: readonly string[];
  readonly maxBytes?: number;
  /** Milliseconds without output after which it is stopped; 20,000 where it is not said. A checkout may take longer. */
  readonly silenceMs?: number;
}

export interface GitOutput {
  readonly text: string;
  /** Whether the command was stopped at `maxBytes`. */
  readonly cut: boolean;
}

/**
 * Runs one git command that only reads. Nothing that the repository's own configuration names is executed: no pager,
 * hook, file system monitor, signature check or transport, and paths are taken literally. External diff programs and
 * text converters are left out by the commands' own arguments (`--no-ext-diff --no-textconv`), content filters by
 * `config`. Environment variables are an allowlist. A command that fails without a word (a question answered by its
 * exit code) succeeds with an empty text.
 */
export async function runGit(command: GitCommand): Promise<Result<GitOutput>> {
  const { args, signal, maxBytes = maxGitOutputBytes } = command;
  const limit = new AbortController();
  const chunks: Buffer[] = [];
  let received = 0;
  let git: SimpleGit;
  try {
    git = createGit(command, AbortSignal.any([signal, limit.signal]));
  } catch (error) {
    return fail({ kind: 'fileMissing', path: describe(error, command.folder) });
  }
  git.outputHandler((_name, stdout) => {
    stdout.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received - chunk.length < maxBytes) chunks.push(chunk);
      if (received > maxBytes) limit.abort();
    });
    // simple-git waits 50 ms for a late word of a command that printed nothing, which is what most empty answers are:
    // the streams are at their end here, so nothing can come late.
    stdout.once('end', () => received === 0 && stdout.emit('data', Buffer.alloc(0)));
  });
  try {
    const text = await git.raw([...args]);
    return succeed({ text, cut: false });
  } catch (error) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    if (limit.signal.aborted)
      return succeed({ text: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'), cut: true });
    return fail(toFailure(error, command));
  }
}

/** What `openRepository` tells of a folder's repository. */
export interface RepositoryState {
  /** Absolute path of the working tree's top folder. */
  readonly root: string;
  /** Hash of the current commit. */
  readonly head: string;
  /** Absent when no branch is checked out. */
  readonly branch?: string;
  /** Whether history was cloned only in part. */
  readonly shallow: boolean;
  /** Configuration that keeps content filters named by the repository from running. */
  readonly config: readonly string[];
}

/** The repository of a folder: `noGit`, `notARepository` and `noCommits` say why there is no history to look at. */
export async function openRepository(folder: string, signal: AbortSignal): Promise<Result<RepositoryState>> {
  // Side by side, and as few as can be: each is a process, and all come before the first line of evidence.
  const [place, filters] = await Promise.all([
    runGit({ folder, args: ['rev-parse', '--is-shallow-repository', '--show-toplevel', ...headNames], signal }),
    repositoryFilters(folder, signal),
  ]);
  if (!place.ok) return withoutHead(folder, place.failure, signal);
  const [shallow, root, head = '', branch] = lines(place.value.text);
  if (root === undefined || !(await contains(root, folder))) return fail({ kind: 'notARepository', folder });
  if (!isHash(head)) return fail({ kind: 'noCommits', folder });
  if (!filters.ok) return filters;
  return succeed({
    root,
    head,
    // Where no branch is checked out, git says `HEAD` for it.
    ...(branch === undefined || branch === 'HEAD' ? {} : { branch }),
    shallow: shallow === 'true',
    config: filters.value,
  });
}

/** A repository's own configuration may name any folder of the machine as its working tree. */
async function contains(root: string, folder: string): Promise<boolean> {
  if (isInside(root, folder)) return true;
  const [realRoot, realFolder] = await Promise.all([root, folder].map((path) => realpath(path).catch(() => undefined)));
  return realRoot !== undefined && realFolder !== undefined && isInside(realRoot, realFolder);
}

/** Two of rev-parse's arguments: the commit of HEAD, then the short name of what it stands on. */
const headNames = ['HEAD^{commit}', '--abbrev-ref', 'HEAD'];

/** Why a folder's HEAD cannot be told: it has none yet, or there is no repository. */
async function withoutHead(folder: string, failure: Failure, signal: AbortSignal): Promise<Result<never>> {
  if (failure.kind === 'fileMissing') return fail({ kind: 'notARepository', folder });
  if (failure.kind !== 'gitFailed') return fail(failure);
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}'];
  const head = await runGit({ folder, args, signal });
  // A question that is answered by its exit code: no word means that there is no such commit.
  return head.ok && !isHash(head.value.text.trim()) ? fail({ kind: 'noCommits', folder }) : fail(failure);
}

export function isHash(text: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);
}

function createGit({ folder, config = [], silenceMs = silenceLimit }: GitCommand, abort: AbortSignal): SimpleGit {
  return simpleGit({
    baseDir: folder,
    abort,
    config: [...safeConfig, ...config],
    // The end of the output counts, not the end of the process: a large diff is still on its way then.
    completion: { onClose: true, onExit: false },
    timeout: { block: silenceMs },
    allowEnvironment: Object.keys(safeEnvironment),
    // Each of these allows one of `safeConfig` or a switched-off filter, all of which take a power away.
    unsafe: {
      allowUnsafeFsMonitor: true,
      allowUnsafeHooksPath: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeFilter: true,
    },
  }).env(childEnvironment());
}

const safeConfig: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  // A bare repository that lies inside a working tree was put there by somebody: its configuration is not taken.
  'safe.bareRepository=explicit',
  // Missing objects of a partial clone are not fetched: that would run transports that the repository names.
  'protocol.allow=never',
  'blame.ignoreRevsFile=',
];

const safeEnvironment: Readonly<Record<string, string>> = {
  // The index is not refreshed on disk: the user may be committing in a terminal right now.
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_LITERAL_PATHSPECS: '1',
};

/** What git needs of this process's environment to find itself, its configuration and the home folder. */
const passedEnvironment: ReadonlySet<string> = new Set(
  'path pathext home userprofile homedrive homepath systemroot systemdrive windir comspec programdata appdata localappdata tmp temp tmpdir xdg_config_home'.split(
    ' ',
  ),
);

function childEnvironment(): Record<string, string> {
  const passed = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && passedEnvironment.has(entry[0].toLowerCase()),
  );
  // Messages are compared with git's own English words below.
  return { ...Object.fromEntries(passed), ...safeEnvironment, LC_ALL: 'C.UTF-8', LANGUAGE: 'en' };
}

/** Switches off every content filter (`filter.<name>.clean` …) of the repository's own configuration. */
async function repositoryFilters(folder: string, signal: AbortSignal): Promise<Result<readonly string[]>> {
  const rest = ['--includes', '--null', '--name-only', '--get-regexp', '^filter\\.'];
  const [local, worktree] = await Promise.all([
    runGit({ folder, args: ['config', '--local', ...rest], signal }),
    runGit({ folder, args: ['config', '--worktree', ...rest], signal }),
  ]);
  if (!local.ok) return local;
  // `--worktree` fails where there are several worktrees without configuration of their own.
  if (!worktree.ok && worktree.failure.kind !== 'gitFailed') return worktree;
  const overrides = new Set<string>();
  for (const key of [local, worktree].flatMap((listed) => (listed.ok ? listed.value.text.split('\0') : []))) {
    const filter = /^(filter\..+)\.(clean|smudge|process|required)$/s.exec(key.trim())?.[1];
    if (filter === undefined) continue;
    // `-c` ends a name at its first `=`: such a filter could not be switched off.
    if (filter.includes('=')) return fail({ kind: 'gitFailed', command: 'config', detail: `filter name ${filter}` });
    for (const value of ['clean=', 'smudge=', 'process=', 'required=false']) overrides.add(`${filter}.${value}`);
  }
  return succeed([...overrides]);
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function toFailure(error: unknown, { folder, args }: GitCommand): Failure {
  const detail = describe(error, 'unknown');
  if (/\bENOENT\b/.test(detail) && /\bspawn\b/.test(detail)) return { kind: 'noGit' };
  if (/not a git repository|must be run in a work tree|cannot use bare repository/.test(detail))
    return { kind: 'notARepository', folder };
  return { kind: 'gitFailed', command: args[0] ?? '', detail: detail.slice(0, 500) };
}

function describe(error: unknown, otherwise: string): string {
  const message = error instanceof Error ? error.message.trim() : errorCode(error);
  return message === '' ? otherwise : message;
}
