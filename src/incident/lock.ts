import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Disposable } from '../model/emitter.ts';
import { errorCode } from '../model/failure.ts';
import { int, maxLength, number, object, positive, safeParse, string } from '../model/schema.ts';
import type { Infer } from '../model/schema.ts';

const ownerSchema = object({
  /** Of one window, as long as it lives. */
  window: string().check(maxLength(100)),
  pid: int().check(positive()),
  host: string().check(maxLength(300)),
  /** Epoch milliseconds. */
  since: number(),
});

/** The window that writes an incident. */
export type LockOwner = Infer<typeof ownerSchema>;

export type LockState =
  /** This window writes. */
  | { readonly kind: 'own' }
  /** Another one does, and is alive. */
  | { readonly kind: 'held'; readonly owner: LockOwner }
  /** Nobody does: never taken, let go of, or left behind by a window that has ended. */
  | { readonly kind: 'free' };

/** How often the owner says that it is alive, in milliseconds. */
const heartbeatMs = 5_000;

/** Silence after which an owner elsewhere counts as gone: a machine that sleeps does not beat, a slow one does late. */
export const staleMs = 60_000;

/** The same where the process is there: its number may be another's by now. */
const staleThoughAliveMs = 10 * 60_000;

export interface LockOptions {
  readonly me: LockOwner;
  readonly now: () => number;
  /** Whether a process of this machine is there. */
  readonly isAlive?: (pid: number) => boolean;
}

/**
 * Says which window writes an incident: `ID.lock` beside its journal, with the owner in it and its last sign of life as
 * the time of its change. Others may look, wait, or take it over; the owner finds out before it writes the next line.
 * Where the folder cannot be written to there is no lock, and nothing to protect.
 */
export class IncidentLock implements Disposable {
  readonly #path: string;
  readonly #options: LockOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(journalPath: string, options: LockOptions) {
    this.#path = lockPath(journalPath);
    this.#options = options;
  }

  /** Takes the lock where nobody has it, and keeps it alive from then on. */
  acquire(): LockState {
    const state = this.state();
    if (state.kind === 'held') return state;
    if (state.kind === 'free') this.#write(readOwner(this.#path) === undefined);
    const now = this.state();
    if (now.kind === 'own') this.#beat();
    return now;
  }

  /** Makes this window the owner, whoever was; `acquire` then finds it so. */
  takeOver(): void {
    this.#write(false);
  }

  /** Who writes, as it is on disk now. */
  state(): LockState {
    const owner = readOwner(this.#path);
    if (owner === undefined) return { kind: 'free' };
    if (owner.window === this.#options.me.window) return { kind: 'own' };
    return this.#isStale(owner) ? { kind: 'free' } : { kind: 'held', owner };
  }

  /**
   * Whether another window has taken the incident over, alive or not: it may have written since. Cheap enough to be asked
   * before each line. A lock that is gone, or never could be written, is not lost.
   */
  get isLost(): boolean {
    const owner = readOwner(this.#path);
    const isLost = owner !== undefined && owner.window !== this.#options.me.window;
    // What this window takes again later is not for this object to let go of.
    if (isLost) this.#forget();
    return isLost;
  }

  /** Lets go of the lock, where it was acquired here and is still there. */
  dispose(): void {
    const wasAcquired = this.#timer !== undefined;
    this.#forget();
    if (wasAcquired && this.state().kind === 'own') rmSync(this.#path, { force: true });
  }

  #forget(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #beat(): void {
    this.#timer ??= setInterval(() => {
      if (this.state().kind === 'own') touch(this.#path, this.#options.now());
    }, heartbeatMs).unref();
  }

  /** With `isNew`, only where there is no file: of two windows at the same moment one gets it. */
  #write(isNew: boolean): void {
    const text = JSON.stringify(this.#options.me);
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      if (isNew) writeFileSync(this.#path, text, { flag: 'wx', mode: 0o600 });
      else {
        const fresh = `${this.#path}.${this.#options.me.window}.new`;
        writeFileSync(fresh, text, { mode: 0o600 });
        renameSync(fresh, this.#path);
      }
      touch(this.#path, this.#options.now());
    } catch {
      // Another window was faster, which the next look tells; or the folder cannot be written to.
    }
  }

  #isStale(owner: LockOwner): boolean {
    const { me, now, isAlive = isProcessAlive } = this.#options;
    const silent = now() - lastBeat(this.#path);
    if (owner.host !== me.host) return silent > staleMs;
    return !isAlive(owner.pid) || silent > staleThoughAliveMs;
  }
}

/** Where the lock of a journal is. */
export function lockPath(journalPath: string): string {
  return journalPath.replace(/\.jsonl$/, '.lock');
}

/** Undefined also for what is damaged: a lock that names nobody protects nobody. */
function readOwner(path: string): LockOwner | undefined {
  try {
    const parsed = safeParse(ownerSchema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function lastBeat(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function touch(path: string, at: number): void {
  try {
    utimesSync(path, at / 1000, at / 1000);
  } catch {
    // Gone, or not ours to write: the next look tells.
  }
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return errorCode(error) === 'EPERM';
  }
}
