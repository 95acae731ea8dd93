import type { Redacted } from './redacted.ts';

/** A place that calls, imports or otherwise names a function that the fix changes. Kept in journals. */
export interface KnownCaller<Text extends string = Redacted> {
  /** The changed function's name. */
  readonly of: Text;
  /** As the evidence names the file, with `/`. */
  readonly path: Text;
  /** From 1. */
  readonly line: number;
  /** The function that the place is in, where that is known. */
  readonly in?: Text;
}

/** Callers that are kept as data of all changed functions together; the evidence's text may list more. */
export const maxKnownCallers = 100;
