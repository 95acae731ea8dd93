import type { ProofPhase } from './proof.ts';
import type { RunId } from './reply.ts';

/**
 * How the proof of the latest fix, and the search for its commit, stand at this moment: what the panel shows beside the
 * record. Never stored; what came of them is an event.
 */
export type ProvingState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'planned'; readonly plan: PlannedProof }
  | {
      readonly kind: 'proving';
      readonly runId: RunId;
      /** Epoch milliseconds. */
      readonly startedAt: number;
      /** The run that is on; absent while the scratch copy is made. */
      readonly phase?: ProofPhase;
      /** From 1. */
      readonly attempt: number;
      readonly command: string;
    }
  | {
      readonly kind: 'hunting';
      readonly startedAt: number;
      readonly command: string;
      /** The commit that is tested; absent while the scratch copy is made. */
      readonly commit?: { readonly hash: string; readonly subject: string };
      readonly stepsLeft: number;
    };

/** What would run, in full: the user sees it before it does. */
export interface PlannedProof {
  /** Which plan is agreed to. */
  readonly id: number;
  readonly runId: RunId;
  /** Where in the folder it runs; empty for the folder itself. */
  readonly folder: string;
  readonly test: string;
  /** Absent where there is no other. */
  readonly suite?: string;
  /** What says so: `package.json`. Absent for what the user said. */
  readonly foundIn?: string;
  /** Suspects with changes that are not committed. */
  readonly uncommitted: readonly string[];
}
