import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../model/failure.ts';

/** The environment variable that marks all processes of one command, also those that leave its process group. */
export const runMark = 'INCIDENT_PANEL_RUN';

/** A mark for one command: who runs it, and which it is. */
export function newMark(): string {
  return `${process.pid}-${randomUUID()}`;
}

/** A process that forks faster than it is killed is tried so often, then left to the system. */
const rounds = 20;

/**
 * Ends all processes of a command: its process group (by `pid`, its leader), and on Linux also those that left the group
 * and carry its mark. They are asked first where `patience` (milliseconds) is above 0. On Windows the tree below the
 * shell is ended, which finds no process whose parents are gone. Never throws.
 */
export async function endProcesses(pid: number, mark: string, patience: number): Promise<void> {
  if (process.platform === 'win32') return endTree(pid);
  const isOurs = (each: string): boolean => each === mark;
  if (patience > 0 && send(-pid, 'SIGTERM')) {
    for (const marked of await markedProcesses(isOurs)) send(marked, 'SIGTERM');
    const until = performance.now() + patience;
    while (performance.now() < until && (send(-pid, 0) || (await markedProcesses(isOurs)).length > 0)) await delay(25);
  }
  send(-pid, 'SIGKILL');
  for (let round = 0; round < rounds; round += 1) {
    const left = await markedProcesses(isOurs);
    if (left.length === 0) return;
    for (const each of left) send(each, 'SIGKILL');
    await delay(10);
  }
}

/** Linux: ends the processes of commands whose window is gone. Never throws. */
export async function endOrphans(): Promise<void> {
  const orphans = await markedProcesses((mark) => !isAlive(Number(mark.split('-')[0])));
  for (const pid of orphans) send(pid, 'SIGKILL');
}

/** Whether a process of this number is there, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Sends a signal; false where nobody is there to get it. */
function send(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}

/** Linux: the processes with such a mark in the environment that they were started with. Elsewhere none is found. */
async function markedProcesses(isSought: (mark: string) => boolean): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  const name = `${runMark}=`;
  const pids = (await readdir('/proc').catch(() => [])).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // Other users' processes cannot be read, and are none of ours. A zombie's environment is empty.
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      const mark = environment.split('\0').find((entry) => entry.startsWith(name));
      return mark !== undefined && isSought(mark.slice(name.length)) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

function endTree(pid: number): Promise<void> {
  return new Promise((resolve) => {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true, timeout: 10_000 }, () => resolve());
  });
}
