import { maxIntervals } from '../../model/errorRate.ts';
import type { CountedTime } from '../logDigest/timeCounts.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Lengths that people read off an axis. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 365].map((count) => count * day),
];

export interface Intervals {
  readonly from: number;
  readonly step: number;
  readonly counts: readonly number[];
}

/**
 * Counts of errors in intervals of equal length over a span, as fine as `maxIntervals` of them allow. Undefined where
 * the span is longer than a plot makes sense of (a wrong date among right ones): over sixty years.
 */
export function intervalsOf(
  times: readonly CountedTime[],
  span: { readonly from: number; readonly to: number },
  timeStep = second,
): Intervals | undefined {
  const fits = (step: number): boolean => Math.floor(span.to / step) - Math.floor(span.from / step) < maxIntervals;
  const step = steps.find((one) => one >= timeStep && fits(one));
  if (step === undefined) return undefined;
  const first = Math.floor(span.from / step);
  const counts = Array.from({ length: Math.floor(span.to / step) - first + 1 }, () => 0);
  for (const { at, count } of times) {
    const index = Math.min(Math.max(Math.floor(at / step) - first, 0), counts.length - 1);
    counts[index] = (counts[index] ?? 0) + count;
  }
  return { from: first * step, step, counts };
}
