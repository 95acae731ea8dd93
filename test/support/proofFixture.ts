import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepository, runGit } from '../../src/evidence/git.ts';
import { editFile } from '../../src/fix/editFile.ts';
import { prove } from '../../src/proof/prove.ts';
import type { ProofRequest, ProofWorld, RawProof } from '../../src/proof/prove.ts';
import { runCommand } from '../../src/proof/runCommand.ts';
import { removeLeftovers } from '../../src/proof/leftovers.ts';
import { processesWith } from '../../scripts/process-tree.ts';

/** What a proof must leave as it found it: the tree, the worktrees, the branches and the files of the user. */
export function stateOf(root: string): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  return [
    git('status', '--porcelain', '--ignored'),
    git('worktree', 'list', '--porcelain'),
    git('for-each-ref'),
    git('rev-parse', 'HEAD'),
  ].join('\n');
}

/** A folder for scratch copies, made before each test and removed after it. */
export function useScratchParent(): () => string {
  let parent = '';
  beforeEach(() => {
    parent = realpathSync(mkdtempSync(join(tmpdir(), 'proofs é ')));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));
  return () => parent;
}

export type Trial = Partial<ProofRequest> & Pick<ProofRequest, 'plan' | 'testEdits' | 'fixEdits'>;

/** Proves a fix in the repository at `root` with the real git and real processes. */
export async function proveIn(
  root: string,
  parent: string,
  trial: Trial,
  more: Partial<ProofWorld> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<RawProof> {
  const repository = await openRepository(root, signal);
  if (!repository.ok) throw new Error(repository.failure.kind);
  // Once is enough where a test is not about repeating: programs are slow.
  const request = {
    repository: repository.value,
    folder: root,
    uncommitted: [],
    timeLimitMs: 60_000,
    repeats: 1,
    ...trial,
  };
  return prove(request, proofWorld(parent, more), signal);
}

export function proofWorld(parent: string, more: Partial<ProofWorld> = {}): ProofWorld {
  return {
    git: runGit,
    editFile,
    run: runCommand,
    environment: process.env,
    onProgress: () => undefined,
    onOutput: () => undefined,
    parent,
    ...more,
  };
}

/** What is left of scratch copies and of what ran in them. */
export async function leftIn(parent: string): Promise<readonly string[]> {
  const processes = await processesWith(parent);
  return [...readdirSync(parent), ...processes.map(({ command }) => command)];
}

export const sweep = (parent: string): Promise<number> => removeLeftovers({ git: runGit, parent });

/** A file of the user, to see that nobody wrote it. */
export const read = (path: string): Promise<string> => readFile(path, 'utf8');
