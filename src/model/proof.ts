import type { EvidenceId } from './evidence.ts';
import type { Failure } from './failure.ts';
import type { Incident } from './incident.ts';
import type { Redacted } from './redacted.ts';
import type { RunId } from './reply.ts';

/** The runs of a proof, in order; the last one happens only where the suite fails with the fix. Kept in journals. */
export const proofPhases = ['withoutFix', 'withFix', 'suite', 'suiteBefore'] as const;

export type ProofPhase = (typeof proofPhases)[number];

/** How a command ended. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timedOut'; readonly seconds: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'notStarted'; readonly code: string };

/** One command of a proof, as it was run: more than once where the same answer was asked for again. */
export interface ProofRun {
  readonly phase: ProofPhase;
  readonly command: Redacted;
  readonly attempts: readonly { readonly end: CommandEnd; readonly milliseconds: number }[];
  /** The last lines that the deciding attempt printed. */
  readonly output: Redacted;
}

/** Why a test is no test yet. Kept in journals: never rename one. */
export const cannotRunReasons = [
  'noProgram',
  'missingModule',
  'doesNotCompile',
  'noTests',
  'editMismatch',
  'worktree',
] as const;

export type CannotRunReason = (typeof cannotRunReasons)[number];

/** What the runs showed. Never a model's word. */
export type ProofVerdict =
  /** Red without the fix, green with it. The suite passed, was not there, or failed before the fix as well. */
  | {
      readonly kind: 'proved';
      readonly suite: 'passed' | 'none' | 'brokenBefore';
      /** Whether the red is the one that was announced; `notStated` where nothing was. */
      readonly reason: 'asStated' | 'notStated';
    }
  | { readonly kind: 'testPassesWithoutFix' }
  /** It fails without the fix, and nothing of the stated reason is in what it says. */
  | { readonly kind: 'failsForOtherReason' }
  | { readonly kind: 'failsWithFix' }
  | {
      readonly kind: 'cannotRun';
      readonly why: CannotRunReason;
      readonly phase?: ProofPhase;
      /** The line that shows it. */
      readonly detail: Redacted;
      readonly failure?: Failure;
    }
  | { readonly kind: 'timedOut'; readonly phase: ProofPhase; readonly seconds: number }
  /** The same run gave both answers. */
  | { readonly kind: 'flaky'; readonly phase: ProofPhase }
  /** Red, then green, and then the suite fails that passed before. */
  | { readonly kind: 'suiteBroken' }
  | { readonly kind: 'stopped' };

/** One try at proving the fix that a run recorded. */
export interface Proof {
  readonly runId: RunId;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly verdict: ProofVerdict;
  readonly runs: readonly ProofRun[];
  /** Suspects whose uncommitted text was taken along, as the user wished. */
  readonly uncommitted: readonly Redacted[];
  /** Files outside the scratch copy that changed while it ran: by the test, or by somebody at the same time. */
  readonly changedOutside: readonly Redacted[];
  /** What Claude gets of it. */
  readonly evidenceId?: EvidenceId;
}

/** The latest proof of the fix that a run recorded. */
export function proofOf({ proofs }: Pick<Incident, 'proofs'>, runId: RunId): Proof | undefined {
  return proofs.findLast((proof) => proof.runId === runId);
}

/** Whether a verdict says that the test catches the bug and the fix mends it. */
export function isProved({ verdict }: Pick<Proof, 'verdict'>): boolean {
  return verdict.kind === 'proved';
}
