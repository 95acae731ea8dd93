import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { errorCode } from '../model/failure.ts';
import type { CommandEnd } from '../model/proof.ts';
import { endProcesses, newMark, runMark } from './endProcesses.ts';

/** Most characters of output that are kept: its end. */
export const maxKeptOutput = 200_000;
/** Milliseconds that a process gets to end by itself when it is asked to. */
const patience = 2_000;

export interface CommandRequest {
  /** One line for the system's shell: `/bin/sh -c`, or `cmd.exe /d /s /c` on Windows. */
  readonly line: string;
  /** Absolute path of the folder to run in. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitMs: number;
  readonly signal: AbortSignal;
  /** Gets the output as it comes, both streams in the order of arrival. */
  readonly onOutput?: (text: string) => void;
}

export interface CommandResult {
  readonly end: CommandEnd;
  readonly milliseconds: number;
  /** The end of what was printed, `maxKeptOutput` characters at most. */
  readonly output: string;
}

/**
 * Runs a command in a process group of its own, and ends all of the group with it: when it is over, nothing that it
 * started is left, whether it ended by itself, was stopped or ran out of time. Never rejects.
 */
export async function runCommand(request: CommandRequest): Promise<CommandResult> {
  const { line, folder, environment, timeLimitMs, signal, onOutput } = request;
  const started = performance.now();
  const mark = newMark();
  const output = new OutputTail(onOutput);
  const over = (end: CommandEnd): CommandResult => ({
    end,
    milliseconds: Math.round(performance.now() - started),
    output: output.end(),
  });
  if (signal.aborted) return over({ kind: 'stopped' });
  let child: ChildProcess;
  try {
    child = start(line, folder, { ...environment, [runMark]: mark });
  } catch (error) {
    return over({ kind: 'notStarted', code: errorCode(error) });
  }
  for (const stream of [child.stdout, child.stderr]) output.read(stream);
  let forced: Extract<CommandEnd, { kind: 'timedOut' | 'stopped' }> | undefined;
  const force = (end: typeof forced): void => {
    forced ??= end;
    if (child.pid !== undefined) void endProcesses(child.pid, mark, patience);
  };
  const stop = (): void => force({ kind: 'stopped' });
  const timer = setTimeout(() => force({ kind: 'timedOut', seconds: Math.round(timeLimitMs / 1000) }), timeLimitMs);
  signal.addEventListener('abort', stop, { once: true });
  const end = await ended(child);
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  // What it left behind (a server, a watcher) ends with it, and with that its hold on the output.
  if (child.pid !== undefined) await endProcesses(child.pid, mark, forced === undefined ? 0 : patience);
  await output.closed(patience);
  return over(forced ?? end);
}

function start(line: string, cwd: string, env: Record<string, string>): ChildProcess {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  if (process.platform === 'win32') {
    const shell = process.env['ComSpec'] ?? 'cmd.exe';
    // Quoted as Node's own `shell` option does: `/s` takes the outer quotes away and leaves the line as it is.
    const args = ['/d', '/s', '/c', `"${line}"`];
    return spawn(shell, args, { cwd, env, stdio, windowsVerbatimArguments: true, windowsHide: true });
  }
  return spawn('/bin/sh', ['-c', line], { cwd, env, stdio, detached: true });
}

/** How the shell ended; not when its output did, which a grandchild may hold open for ever. */
function ended(child: ChildProcess): Promise<CommandEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ kind: 'notStarted', code: errorCode(error) }));
    child.once('exit', (code, signal) =>
      resolve(code === null ? { kind: 'signalled', signal: signal ?? 'unknown' } : { kind: 'exited', code }),
    );
  });
}

/** Takes both streams of a process, passes them on and keeps the end of them. */
class OutputTail {
  #kept = '';
  readonly #streams: { readonly ended: Promise<void>; readonly destroy: () => void }[] = [];
  readonly #onOutput: ((text: string) => void) | undefined;

  constructor(onOutput: ((text: string) => void) | undefined) {
    this.#onOutput = onOutput;
  }

  read(stream: Readable | null): void {
    if (stream === null) return;
    const decoder = new StringDecoder('utf8');
    const add = (text: string): void => {
      if (text === '') return;
      this.#kept += text;
      // Cut now and then rather than each time: a flood of small pieces must not copy the whole each time.
      if (this.#kept.length > 2 * maxKeptOutput) this.#kept = this.#kept.slice(-maxKeptOutput);
      this.#onOutput?.(text);
    };
    stream.on('data', (chunk: Buffer) => add(decoder.write(chunk)));
    const ended = new Promise<void>((resolve) => {
      stream.once('close', () => {
        add(decoder.end());
        resolve();
      });
      stream.once('error', () => resolve());
    });
    this.#streams.push({ ended, destroy: () => stream.destroy() });
  }

  /** Waits for the rest of the output, so long at most. */
  async closed(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([Promise.all(this.#streams.map(({ ended }) => ended)), late]);
    clearTimeout(timer);
    for (const { destroy } of this.#streams) destroy();
  }

  end(): string {
    return this.#kept.slice(-maxKeptOutput);
  }
}
