import type { RunId } from './reply.ts';
import { stepIds } from './steps.ts';
import type { StepId } from './steps.ts';

/**
 * A text that the user is writing: the error box, the new title, the reply in a step, the reason to skip it, the note
 * on a hypothesis or a monitor (its run and its place in the record), the reason to apply a fix that nothing proved.
 */
export type DraftKey =
  | 'error'
  | 'title'
  | `reply:${StepId}`
  | `skip:${StepId}`
  | `note:${RunId}:${number}`
  | `monitor:${RunId}:${number}`
  | `reason:${RunId}`;

/** The names of drafts. */
export const draftKeyPattern = new RegExp(
  `^(?:error|title|(?:reply|skip):(?:${stepIds.join('|')})|(?:note|monitor):R[1-9]\\d{0,5}:\\d{1,3}|reason:R[1-9]\\d{0,5})$`,
);

/** Whether untrusted text names a draft. */
export function isDraftKey(key: string): key is DraftKey {
  return draftKeyPattern.test(key);
}

/** A draft that has changed: its text, or none where the box was closed or its text was sent. */
export interface DraftChange {
  readonly key: DraftKey;
  readonly text?: string | undefined;
}

/** A draft as it is given back to a new page. */
export interface KeptDraft {
  readonly key: DraftKey;
  readonly text: string;
  /** How many secrets of it were left out when it was stored; 0 for one that was never stored. */
  readonly hidden: number;
}

/** All drafts of an incident. */
export interface KeptDrafts {
  readonly drafts: readonly KeptDraft[];
  /** How many more there were that could not be searched for secrets, and were not stored. */
  readonly lost: number;
}

export const noDrafts: KeptDrafts = { drafts: [], lost: 0 };

/** The most characters of a draft that are kept: as many as a message of the panel may have. */
export const longestDraft = 2_000_000;
/** The most drafts that are told in a message and kept of an incident. */
export const mostDrafts = 200;
