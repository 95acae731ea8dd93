import type { EvidenceId } from './evidence.ts';
import type { Redacted } from './redacted.ts';

/** What the test said at a commit; `skip` where it could not run there. */
export const huntAnswers = ['good', 'bad', 'skip'] as const;

export type HuntAnswer = (typeof huntAnswers)[number];

/** A commit by its full hash, with the first line of its message. */
export interface HuntedCommit {
  readonly hash: string;
  readonly subject: Redacted;
}

/** How a search through the history ended. */
export type HuntOutcome =
  | { readonly kind: 'found'; readonly culprit: HuntedCommit }
  /** Only skipped commits are left: one of these it is. */
  | { readonly kind: 'undecided'; readonly candidates: readonly HuntedCommit[] }
  /** The two ends do not differ, or the test cannot run at one of them: there is nothing to search between. */
  | { readonly kind: 'goodEndNotGood'; readonly answer: 'bad' | 'skip' }
  | { readonly kind: 'badEndNotBad'; readonly answer: 'good' | 'skip' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly detail: Redacted };

/** One search for the commit that brought the bug, with the fix's test as the judge. */
export interface Hunt {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly good: string;
  readonly bad: string;
  /** Whether merges were judged as one commit, whatever was in them. */
  readonly firstParent: boolean;
  readonly tested: readonly { readonly hash: string; readonly answer: HuntAnswer }[];
  readonly outcome: HuntOutcome;
  /** What Claude gets of it. */
  readonly evidenceId?: EvidenceId;
}
