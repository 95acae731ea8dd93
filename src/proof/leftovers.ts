import { readdir, readFile, rm, lstat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { object, safeParse, string } from '../model/schema.ts';
import type { Infer } from '../model/schema.ts';
import { endOrphans, isAlive } from './endProcesses.ts';
import type { Git } from './scratch.ts';

/** Names of scratch copies: this, the process that made it, and some letters. */
export const scratchPrefix = 'incident-panel-proof-';
/** No proof takes so long: a process of the same number is another one by then. Milliseconds. */
const longestLife = 24 * 60 * 60_000;
/** The note beside a copy. */
export const ownershipFile = 'copy.json';

const ownershipSchema = object({ repository: string(), copy: string() });

/** Which repository a scratch copy belongs to, and where the copy is. Absolute paths. */
export type Ownership = Infer<typeof ownershipSchema>;

/** Notes what a scratch copy is, before there is one: a crash may come at any time after. */
export function writeOwnership(home: string, ownership: Ownership): Promise<void> {
  return writeFile(join(home, ownershipFile), JSON.stringify(ownership));
}

/** Removes a scratch copy with all that is beside it, and forgets it in its repository. Never throws. */
export async function removeCopy(git: Git, home: string, ownership: Ownership | undefined): Promise<void> {
  // Not by git: this never follows a link out of the copy, on no system.
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
  if (ownership === undefined) return;
  const args = ['worktree', 'remove', '--force', '--force', ownership.copy];
  await git({ folder: ownership.repository, args, signal: AbortSignal.timeout(30_000) });
}

export interface LeftoversRequest {
  readonly git: Git;
  readonly parent?: string;
  readonly now?: number;
}

/**
 * Removes scratch copies whose window is gone, as after a crash, and ends what still runs in them. Those of living
 * windows, and what belongs to another user, are left alone. Returns how many were removed; never throws.
 */
export async function removeLeftovers({ git, parent = tmpdir(), now = Date.now() }: LeftoversRequest): Promise<number> {
  await endOrphans();
  let removed = 0;
  for (const name of await readdir(parent).catch(() => [])) {
    const owner = new RegExp(`^${scratchPrefix}(\\d+)-\\w+$`).exec(name)?.[1];
    if (owner === undefined) continue;
    const home = join(parent, name);
    const stats = await lstat(home).catch(() => undefined);
    if (stats?.isDirectory() !== true || (process.getuid !== undefined && stats.uid !== process.getuid())) continue;
    if (isAlive(Number(owner)) && now - stats.mtimeMs < longestLife) continue;
    await removeCopy(git, home, await readOwnership(home));
    removed += 1;
  }
  return removed;
}

/** What is noted in a folder; undefined where it is not ours to believe. */
async function readOwnership(home: string): Promise<Ownership | undefined> {
  try {
    const parsed = safeParse(ownershipSchema, JSON.parse(await readFile(join(home, ownershipFile), 'utf8')));
    return parsed.success && parsed.data.copy.startsWith(home) ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
