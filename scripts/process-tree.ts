import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A process of this machine. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The processes that descend from `root`, parents before children; without `root` itself. */
export async function descendantsOf(root: number): Promise<readonly ProcessInfo[]> {
  const all = await allProcesses();
  const found: ProcessInfo[] = [];
  const parents = [root];
  for (const parent of parents) {
    for (const each of all) {
      if (each.parent !== parent || parents.includes(each.pid)) continue;
      found.push(each);
      parents.push(each.pid);
    }
  }
  return found;
}

/** The processes whose command line holds a text; without this process. */
export async function processesWith(text: string): Promise<readonly ProcessInfo[]> {
  return (await allProcesses()).filter((each) => each.command.includes(text) && each.pid !== process.pid);
}

/**
 * Ends a process and all its descendants, by their ids: asks first, and after `patience` ms kills what is left. Resolves
 * when none of them is there any more.
 * @throws when something survives even that
 */
export async function endProcessTree(root: number, patience = 3_000): Promise<void> {
  // Noted before anything ends: once a parent is gone its children can no longer be told from strangers.
  const pids = [root, ...(await descendantsOf(root)).map((each) => each.pid)];
  send(root, 'SIGTERM');
  if (await allGone(pids, patience)) return;
  for (const pid of pids) send(pid, 'SIGKILL');
  if (await allGone(pids, 10_000)) return;
  throw new Error(`These processes could not be ended: ${(await living(pids)).join(', ')}`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}

async function allGone(pids: readonly number[], patience: number): Promise<boolean> {
  const until = Date.now() + patience;
  while ((await living(pids)).length > 0) {
    if (Date.now() > until) return false;
    await delay(50);
  }
  return true;
}

/** Which of these processes run. */
export async function living(pids: readonly number[]): Promise<readonly number[]> {
  const all = await allProcesses();
  return pids.filter((pid) => all.some((each) => each.pid === pid));
}

/** Every process that runs; those that ended and only wait for their parent to notice (zombies) do not count. */
async function allProcesses(): Promise<readonly ProcessInfo[]> {
  if (process.platform !== 'linux') return processesFromPs();
  // Not ps: small container images come without it.
  const entries = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(entries.map(processFromProc));
  return read.filter((each) => each !== undefined);
}

async function processFromProc(pid: string): Promise<ProcessInfo | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold blanks and parentheses: what counts begins after the last one.
    const [state, parent] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    return { pid: Number(pid), parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

async function processesFromPs(): Promise<readonly ProcessInfo[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,command='], { maxBuffer: 2 ** 24 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state === undefined || command === undefined || state.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
