import type { Failure } from '../model/failure.ts';
import type { CommandEnd, ProofPhase } from '../model/proof.ts';
import { judgeRun } from './judgeRun.ts';
import type { RunJudgement } from './judgeRun.ts';
import { runInScratch } from './runInScratch.ts';
import type { RunWorld } from './runInScratch.ts';
import { Scratch } from './scratch.ts';
import type { Git, Repository } from './scratch.ts';
import type { Edit, EditedFile, EditFile } from './scratchFiles.ts';
import { failsAsStated } from './statedReason.ts';
import type { TestPlan } from './testCommand/plan.ts';
import { snapshotOf } from './userTree.ts';

/** The same answer is asked for so often before it counts. */
export const usualRepeats = 3;

export interface ProofRequest {
  readonly repository: Repository;
  /** Absolute path of the open folder; paths of edits start there. */
  readonly folder: string;
  readonly fixEdits: readonly Edit[];
  readonly testEdits: readonly Edit[];
  /** Files as the user has them, uncommitted: written before anything else, by their path from `folder`. */
  readonly uncommitted: readonly EditedFile[];
  readonly plan: Pick<TestPlan, 'folder' | 'test' | 'suite'>;
  /** Why the test is expected to fail without the fix, where that was stated. */
  readonly statedReason?: string;
  readonly timeLimitMs: number;
  /** How often the test must give the same answer; `usualRepeats` where it is left out. */
  readonly repeats?: number;
}

/** What the proof needs of the world around it. */
export interface ProofWorld extends RunWorld {
  readonly git: Git;
  /** The one way in which edits become a file: that in which a fix is applied. */
  readonly editFile: EditFile;
  readonly onProgress: (progress: {
    readonly phase: ProofPhase;
    readonly attempt: number;
    readonly line: string;
  }) => void;
  /** Where the scratch copy is made; the system's folder for temporary files. */
  readonly parent?: string;
}

/** One command as it was run, with the raw end of its output: to be redacted before it is kept. */
export interface RawRun {
  readonly phase: ProofPhase;
  readonly command: string;
  readonly attempts: readonly { readonly end: CommandEnd; readonly milliseconds: number }[];
  readonly output: string;
}

/** As `ProofVerdict`, before redaction. */
export type RawVerdict =
  | {
      readonly kind: 'proved';
      readonly suite: 'passed' | 'none' | 'brokenBefore';
      readonly reason: 'asStated' | 'notStated';
    }
  | { readonly kind: 'testPassesWithoutFix' | 'failsForOtherReason' | 'failsWithFix' | 'suiteBroken' | 'stopped' }
  | {
      readonly kind: 'cannotRun';
      readonly why: Extract<RunJudgement, { kind: 'cannotRun' }>['why'];
      readonly phase?: ProofPhase;
      readonly detail: string;
      readonly failure?: Failure;
    }
  | { readonly kind: 'timedOut'; readonly phase: ProofPhase; readonly seconds: number }
  | { readonly kind: 'flaky'; readonly phase: ProofPhase };

export interface RawProof {
  readonly verdict: RawVerdict;
  readonly runs: readonly RawRun[];
  /** Files of the user that changed, and files beside the copy that were written, while it ran. */
  readonly changedOutside: readonly string[];
}

/**
 * Proves a fix by running its test: in a scratch copy, alone, where it must fail; then with the fix, where it must pass;
 * then the suite. Leaves no copy and no process behind, whatever happens. Never throws.
 */
export async function prove(request: ProofRequest, world: ProofWorld, signal: AbortSignal): Promise<RawProof> {
  const { repository, folder } = request;
  const { git, parent } = world;
  const before = await snapshotOf(git, repository, signal);
  const made = await Scratch.create({ git, repository, folder, signal, ...(parent === undefined ? {} : { parent }) });
  if (!made.ok) return { verdict: notMade(made.failure), runs: [], changedOutside: [] };
  const scratch = made.value;
  const trial = new Trial(request, world, scratch, signal);
  let beside: readonly string[] = [];
  let verdict: RawVerdict;
  try {
    verdict = await trial.verdict();
    beside = await scratch.writtenBeside();
  } catch (error) {
    verdict = notMade({ kind: 'unexpected', detail: String(error) });
  } finally {
    await scratch.remove();
  }
  const after = await snapshotOf(git, repository, AbortSignal.timeout(60_000));
  const changed = before === undefined ? [] : (after?.changedSince(before) ?? []);
  return { verdict, runs: trial.runs, changedOutside: [...changed, ...beside] };
}

function notMade(failure: Failure): RawVerdict {
  if (failure.kind === 'cancelled') return { kind: 'stopped' };
  const mismatch = failure.kind === 'editsRefused' || failure.kind === 'fileMissing';
  return { kind: 'cannotRun', why: mismatch ? 'editMismatch' : 'worktree', detail: '', failure };
}

/** The runs of one proof, in their order. */
class Trial {
  readonly runs: RawRun[] = [];
  readonly #request: ProofRequest;
  readonly #world: ProofWorld;
  readonly #scratch: Scratch;
  readonly #signal: AbortSignal;

  constructor(request: ProofRequest, world: ProofWorld, scratch: Scratch, signal: AbortSignal) {
    this.#request = request;
    this.#world = world;
    this.#scratch = scratch;
    this.#signal = signal;
  }

  async verdict(): Promise<RawVerdict> {
    const { uncommitted, testEdits, fixEdits, plan } = this.#request;
    const { editFile } = this.#world;
    const { files } = this.#scratch;
    const dirty = await files.writeAll(uncommitted);
    if (!dirty.ok) return notMade(dirty.failure);
    const base = files.mark();
    // Both are made from the files as they were, as a fix with its test is applied: not one upon the other.
    const whole = await files.edited({ fix: fixEdits, test: testEdits }, editFile);
    if (!whole.ok) return notMade(whole.failure);
    const alone = await files.edited({ test: testEdits }, editFile);
    if (!alone.ok) return notMade(alone.failure);
    const withTest = await files.writeAll(alone.value);
    if (!withTest.ok) return notMade(withTest.failure);
    const red = await this.#repeat('withoutFix', plan.test);
    if (red.kind === 'green') return { kind: 'testPassesWithoutFix' };
    const reason = this.#reasonOf(red);
    if (reason === undefined) return notDecided(red, 'withoutFix') ?? { kind: 'failsForOtherReason' };
    await files.restore(base);
    const withFix = await files.writeAll(whole.value);
    if (!withFix.ok) return notMade(withFix.failure);
    const green = await this.#repeat('withFix', plan.test);
    if (green.kind === 'red') return { kind: 'failsWithFix' };
    const undecided = notDecided(green, 'withFix');
    if (undecided !== undefined) return undecided;
    return this.#afterGreen(base, reason);
  }

  /** The suite with the fix, and where it fails, as it was before. */
  async #afterGreen(base: number, reason: 'asStated' | 'notStated'): Promise<RawVerdict> {
    const { suite } = this.#request.plan;
    if (suite === undefined) return { kind: 'proved', suite: 'none', reason };
    const after = await this.#once('suite', suite, 1);
    if (after.kind === 'stopped') return after;
    if (after.kind === 'green') return { kind: 'proved', suite: 'passed', reason };
    await this.#scratch.files.restore(base);
    const before = await this.#once('suiteBefore', suite, 1);
    if (before.kind === 'stopped') return before;
    return before.kind === 'green' ? { kind: 'suiteBroken' } : { kind: 'proved', suite: 'brokenBefore', reason };
  }

  /** Whether a run that was not green is the red that was announced; undefined where it is none. */
  #reasonOf(red: RunJudgement | { readonly kind: 'flaky' }): 'asStated' | 'notStated' | undefined {
    const { statedReason = '' } = this.#request;
    const output = this.runs.at(-1)?.output ?? '';
    const isStated = statedReason.trim() !== '';
    // What keeps a test from running is a red only where just that is the bug.
    if (red.kind === 'cannotRun') return isStated && namesLine(statedReason, red.line) ? 'asStated' : undefined;
    if (red.kind !== 'red') return undefined;
    if (!isStated) return 'notStated';
    return failsAsStated(statedReason, output) ? 'asStated' : undefined;
  }

  /** Runs until the answers are as many as must agree, or one differs. */
  async #repeat(phase: ProofPhase, command: string): Promise<RunJudgement | { readonly kind: 'flaky' }> {
    const { repeats = usualRepeats } = this.#request;
    const first = await this.#once(phase, command, 1);
    for (let attempt = 2; attempt <= repeats && (first.kind === 'red' || first.kind === 'green'); attempt += 1) {
      const next = await this.#once(phase, command, attempt);
      if (next.kind === 'red' || next.kind === 'green') {
        if (next.kind !== first.kind) return { kind: 'flaky' };
      } else return next;
    }
    return first;
  }

  async #once(phase: ProofPhase, command: string, attempt: number): Promise<RunJudgement> {
    const world = this.#world;
    const scratch = this.#scratch;
    const request = this.#request;
    const signal = this.#signal;
    world.onProgress({ phase, attempt, line: command });
    const result = await runInScratch(scratch, command, request, world, signal);
    const { end, milliseconds } = result;
    const output = scratch.withoutPlace(result.output);
    const earlier = this.runs.at(-1);
    const attempts = [...(earlier?.phase === phase ? earlier.attempts : []), { end, milliseconds }];
    if (earlier?.phase === phase) this.runs.pop();
    this.runs.push({ phase, command, attempts, output });
    return judgeRun(end, output);
  }
}

function notDecided(
  judgement: RunJudgement | { readonly kind: 'flaky' },
  phase: ProofPhase,
): Exclude<RawVerdict, { kind: 'proved' }> | undefined {
  switch (judgement.kind) {
    case 'green':
    case 'red':
      return undefined;
    case 'flaky':
      return { kind: 'flaky', phase };
    case 'timedOut':
      return { kind: 'timedOut', phase, seconds: judgement.seconds };
    case 'stopped':
      return { kind: 'stopped' };
    case 'cannotRun':
      return { kind: 'cannotRun', why: judgement.why, phase, detail: judgement.line };
  }
}

/** Whether a stated reason is about the very thing that a line complains of: what it quotes first, or its last name. */
function namesLine(reason: string, line: string): boolean {
  const name = /['"`‘“]([^'"`’”]{2,400})['"`’”]/.exec(line)?.[1] ?? '';
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return [name, last].some((each) => each.length > 2 && reason.includes(each));
}
