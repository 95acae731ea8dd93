import type { Redacted } from './redacted.ts';

/**
 * What a line of evidence seems to try, in a word; kept in journals, never renamed:
 * - `instruction`: it speaks to a model, or tells somebody to forget what they were told.
 * - `role`: it looks like the frame of a conversation: a system message, another speaker's turn, the end of the evidence.
 * - `toolCall`: it looks like the call of a tool, or the answer to one.
 * - `hiddenText`: it holds characters that are not seen, which were made visible.
 */
export type SuspicionKind = 'instruction' | 'role' | 'toolCall' | 'hiddenText';

/** A line of evidence that the user should look at. It is sent as data like any other. */
export interface SuspiciousLine {
  /** Its number, as it is cited. */
  readonly line: number;
  readonly kind: SuspicionKind;
  /** The line, or the part of it that was noticed, cut to what a chip can show. */
  readonly excerpt: Redacted;
}

/** More flagged lines of one item are not kept: the first ones have said it. */
export const maxSuspiciousLines = 50;
