import type { Redacted } from './redacted.ts';

/** A commit on the axis of an error rate. */
export interface RateCommit<Text extends string = Redacted> {
  readonly hash: string;
  /** When it was committed, which is not when it was deployed; milliseconds since 1970. */
  readonly at: number;
  readonly subject: Text;
  readonly tags: readonly Text[];
}

/** What can be said about when errors became frequent. Rates are errors a millisecond. */
export type Onset =
  /** Fewer errors with a time than a beginning can be told from. */
  | { readonly kind: 'tooFew' }
  /** No stretch stands out. */
  | { readonly kind: 'noClearBeginning' }
  /** They were as frequent as later when what was read begins. */
  | { readonly kind: 'beganEarlier' }
  | {
      readonly kind: 'began';
      readonly at: number;
      /** When it was over, where that was before the end. */
      readonly endedAt?: number;
      readonly rateBefore: number;
      readonly rateSince: number;
    };

/** What is told of an error rate in sentences. */
export interface RateFacts<Text extends string = Redacted> {
  readonly onset: Onset;
  /** Errors, and those among them that carry no time. */
  readonly total: number;
  readonly untimed: number;
  readonly span: { readonly from: number; readonly to: number };
  /** The last commit before the errors began. */
  readonly before?: RateCommit<Text>;
  /** There are recent commits, and all are later. */
  readonly allLater?: boolean;
}

/** How often errors happened over time: what the panel plots. Times are milliseconds since 1970. */
export interface ErrorRate<Text extends string = Redacted> {
  /** When the first interval begins. */
  readonly from: number;
  /** Length of an interval, in milliseconds. */
  readonly step: number;
  /** Errors in each interval; at most `maxIntervals`. */
  readonly counts: readonly number[];
  /** When the errors became clearly more frequent, where they did. */
  readonly beganAt?: number;
  /** When that was over, where it was before the end. */
  readonly endedAt?: number;
  /** Commits within the time of the plot, the oldest first. */
  readonly commits: readonly RateCommit<Text>[];
  /** What the plot shows, in English sentences, as Claude reads it: when it began, and after which commit. */
  readonly words: Text;
  /** The same as facts, to be said in the reader's language; rates of earlier versions have only words. */
  readonly facts?: RateFacts<Text>;
}

export const maxIntervals = 60;

/** The end of the last interval. */
export function rateEnd({ from, step, counts }: Pick<ErrorRate, 'from' | 'step' | 'counts'>): number {
  return from + step * counts.length;
}

/** `2026-11-22 02:31:04 UTC`, or without the day where `day` is the same one. */
export function utcTime(at: number, day?: number): string {
  const iso = isoOf(at);
  const isSameDay = day !== undefined && isoOf(day).slice(0, 10) === iso.slice(0, 10);
  return `${isSameDay ? '' : `${iso.slice(0, 10)} `}${iso.slice(11, 19)} UTC`;
}

/** A log may claim any time; one that no calendar has is not worth an error. */
function isoOf(at: number): string {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : '????-??-??T??:??:??';
}
