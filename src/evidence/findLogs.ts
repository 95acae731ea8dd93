import { opendir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { succeed, type Result } from '../model/failure.ts';
import { isInside } from './confinement.ts';

export interface FindLogsRequest {
  /** Absolute paths of the folders to look in; the workspace folders and the log locations of CLAUDE.md. */
  readonly folders: readonly string[];
  readonly signal: AbortSignal;
  /** Most milliseconds to look; what was found by then is given. */
  readonly timeLimit?: number;
}

export type LogRole = 'errorLog' | 'stackLog' | 'log';

/** A log that may be offered. The caller makes a URI of its path. */
export interface FoundLog {
  readonly path: string;
  /** Relative to the folder it was found in, with `/`; of a link that leads out of that folder, also where it leads: `a.log → /srv/b.log`. */
  readonly displayPath: string;
  readonly role: LogRole;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modifiedAt: number;
}

export interface FoundLogs {
  /** The most useful first, at most `maxFoundLogs`. */
  readonly logs: readonly FoundLog[];
  /** Whether a bound was reached before everything was looked at. */
  readonly incomplete: boolean;
}

export const maxFoundLogs = 6;

const maxDepth = 6;
const maxEntries = 20_000;
const maxCandidates = 500;
const defaultTimeLimit = 3000;

/** Folders of dependencies, builds and tools: large, and the logs in them are not the service's. */
const skippedFolders: ReadonlySet<string> = new Set(
  'node_modules .git .hg .svn .pnpm-store .yarn .npm .cache .venv venv __pycache__ site-packages vendor bower_components .gradle .m2 .terraform .next .nuxt .vscode-test .idea Pods DerivedData'.split(
    ' ',
  ),
);

/**
 * Finds log files: `error.log`, `*.err`, `stack.log`, `*.log` in a `log` or `logs` folder and at the top, everything
 * that looks like a log below `var/log`. Breadth first, so that a bound cuts off the deepest; links to folders are not
 * followed, and a link to a file elsewhere is offered only where that is named as a log too; what cannot be opened is passed over. Bounded in depth, entries and time. Empty logs are not offered.
 */
export async function findLogs(request: FindLogsRequest): Promise<Result<FoundLogs>> {
  const search = new LogSearch(request.signal, request.timeLimit ?? defaultTimeLimit);
  for (const folder of request.folders) await search.look(folder);
  if (request.signal.aborted) return { ok: false, failure: { kind: 'cancelled' } };
  const found = await search.results();
  return succeed({ logs: rank(found).slice(0, maxFoundLogs), incomplete: search.incomplete });
}

interface Candidate {
  readonly path: string;
  readonly displayPath: string;
  readonly role: LogRole;
  /** Where it was found. */
  readonly root: string;
}

class LogSearch {
  incomplete = false;
  readonly #signal: AbortSignal;
  readonly #deadline: number;
  readonly #candidates = new Map<string, Candidate>();
  #entries = 0;

  constructor(signal: AbortSignal, timeLimit: number) {
    this.#signal = signal;
    this.#deadline = performance.now() + timeLimit;
  }

  async look(root: string): Promise<void> {
    const queue = [{ folder: root, depth: 0 }];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { folder, depth } = next;
      // What cannot be opened (permissions, gone meanwhile, no folder) is passed over.
      const directory = await opendir(folder).catch(() => undefined);
      if (directory === undefined) continue;
      try {
        for await (const entry of directory) {
          if (this.#stopped()) return;
          const path = join(folder, entry.name);
          if (entry.isDirectory()) {
            if (skippedFolders.has(entry.name)) continue;
            if (depth < maxDepth) queue.push({ folder: path, depth: depth + 1 });
            else this.incomplete = true;
          } else if (entry.isFile() || entry.isSymbolicLink()) {
            this.#offer(root, path);
          }
        }
      } catch {
        continue;
      }
    }
  }

  async results(): Promise<FoundLog[]> {
    const found: FoundLog[] = [];
    for (const candidate of this.#candidates.values()) {
      const status = await stat(candidate.path).catch(() => undefined);
      if (status?.isFile() !== true || status.size === 0) continue;
      const displayPath = await shownPath(candidate);
      if (displayPath === undefined) continue;
      const { path, role } = candidate;
      found.push({ path, displayPath, role, bytes: status.size, modifiedAt: status.mtimeMs });
    }
    return found;
  }

  #offer(root: string, path: string): void {
    const displayPath = relative(root, path).split(sep).join('/');
    const role = roleOf(displayPath, root);
    if (role === undefined || this.#candidates.has(path)) return;
    if (this.#candidates.size < maxCandidates) this.#candidates.set(path, { path, displayPath, role, root });
    else this.incomplete = true;
  }

  #stopped(): boolean {
    this.#entries += 1;
    const reached = this.#entries > maxEntries || performance.now() > this.#deadline;
    if (reached) this.incomplete = true;
    return reached || this.#signal.aborted;
  }
}

/**
 * What is said of a log. A repository can hold a link named `error.log` that leads to any file of the machine: such a one
 * is said to lead there, and is not offered (undefined) where the file there is not named as a log.
 */
async function shownPath({ path, displayPath, root }: Candidate): Promise<string | undefined> {
  const real = await realpath(path).catch(() => undefined);
  const realRoot = await realpath(root).catch(() => undefined);
  if (real === undefined || realRoot === undefined) return undefined;
  if (isInside(realRoot, real)) return displayPath;
  const there = real.split(sep).join('/');
  return roleOf(there.replace(/^\/+/, ''), '') === undefined ? undefined : `${displayPath} → ${there}`;
}

/** What kind of log a path names, if any. Compressed ones are left out: they are older than what is failing now. */
function roleOf(displayPath: string, root: string): LogRole | undefined {
  const parts = `${root.split(sep).join('/')}/${displayPath}`.toLowerCase().split('/');
  const name = parts.at(-1) ?? '';
  const folders = parts.slice(0, -1);
  if (/\.(gz|zst|bz2|xz|zip)$/.test(name)) return undefined;
  const inVarLog = folders.some((folder, at) => folder === 'log' && folders[at - 1] === 'var');
  const inLogFolder = folders.some((folder) => folder === 'log' || folder === 'logs');
  const isLog = /\.(log|err)(\.\d+)?$/.test(name) || /\.log[._-]\d{4}-?\d{2}-?\d{2}$/.test(name);
  const isStandardLog = inVarLog && /^(syslog|messages|daemon|kern|auth|mail)(\.\d+)?$/.test(name);
  if (!isLog && !isStandardLog && !(inVarLog && /(error|stack)/.test(name))) return undefined;
  if (/stack|trace|crash|panic/.test(name)) return 'stackLog';
  if (/err|fatal/.test(name)) return 'errorLog';
  return inLogFolder || displayPath.split('/').length === 1 ? 'log' : undefined;
}

const roleOrder: readonly LogRole[] = ['errorLog', 'stackLog', 'log'];
/** Written within the same minute counts as equally new. */
const minute = 60_000;

/** Error logs before stack logs before others; the newest first; among equals the one nearest to its folder. */
function rank(logs: readonly FoundLog[]): FoundLog[] {
  return [...logs].sort(
    (a, b) =>
      roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role) ||
      Math.floor(b.modifiedAt / minute) - Math.floor(a.modifiedAt / minute) ||
      depthOf(a) - depthOf(b) ||
      a.displayPath.localeCompare(b.displayPath, 'en'),
  );
}

function depthOf({ displayPath }: FoundLog): number {
  return displayPath.split('/').length;
}
