import type { Onset } from '../../model/errorRate.ts';
import type { CountedTime } from '../logDigest/timeCounts.ts';
import type { Intervals } from './intervals.ts';

const fewest = 5;
/** Log likelihood ratio from which on a stretch is taken for no accident: one in about 3,000 for a given stretch. */
const clear = 8;
/** How many times as frequent errors must be within the stretch as outside of it. */
const factor = 3;

/**
 * Finds when errors became clearly more frequent: the stretch of intervals that a Poisson process of one rate explains
 * worst (Kulldorff's scan statistic), if it stands out clearly, and within its first intervals the moment at which a
 * change of rate is most likely. A stretch that begins with what was read has no beginning that could be told.
 */
export function findOnset(intervals: Intervals, times: readonly CountedTime[]): Onset {
  const { counts, from, step } = intervals;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < fewest) return { kind: 'tooFew' };
  const best = densest(counts, total);
  if (best === undefined) return { kind: 'noClearBeginning' };
  const { first, last, inside } = best;
  if (first === 0) return { kind: 'beganEarlier' };
  const length = last - first + 1;
  const rateSince = inside / (length * step);
  const rateBefore = (total - inside) / ((counts.length - length) * step);
  const start = from + first * step;
  const at = changeWithin(times, start - step, start + step, rateBefore, rateSince) ?? start;
  const lastAt = times.findLast((time) => time.at < from + (last + 1) * step)?.at ?? start;
  // The last interval may have only begun. So long a silence is an accident once in 150 times.
  const silence = from + (counts.length - 1) * step - lastAt;
  const endedAt = last < counts.length - 1 && silence * rateSince >= 5 ? lastAt : undefined;
  return { kind: 'began', at, rateBefore, rateSince, ...(endedAt === undefined ? {} : { endedAt }) };
}

interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly inside: number;
}

function densest(counts: readonly number[], total: number): Stretch | undefined {
  let best: Stretch | undefined;
  let bestRatio = clear;
  for (let first = 0; first < counts.length; first += 1) {
    let inside = 0;
    for (let last = first; last < counts.length; last += 1) {
      inside += counts[last] ?? 0;
      const share = (last - first + 1) / counts.length;
      if (share === 1 || inside * (1 - share) < factor * (total - inside) * share) continue;
      const ratio = logRatio(inside, total * share) + logRatio(total - inside, total * (1 - share));
      if (ratio <= bestRatio) continue;
      bestRatio = ratio;
      best = { first, last, inside };
    }
  }
  return best;
}

function logRatio(observed: number, expected: number): number {
  return observed === 0 ? 0 : observed * Math.log(observed / expected);
}

/** The time of the error at which a change from one rate to the other is most likely, among those in a short stretch. */
function changeWithin(
  times: readonly CountedTime[],
  from: number,
  to: number,
  rateBefore: number,
  rateSince: number,
): number | undefined {
  const near = times.filter(({ at }) => at >= from && at < to);
  const before = Math.log(Math.max(rateBefore, rateSince / 1e6));
  const since = Math.log(rateSince);
  let after = near.reduce((sum, { count }) => sum + count, 0);
  let earlier = 0;
  let best: number | undefined;
  let bestLikelihood = -Infinity;
  for (const { at, count } of near) {
    const likelihood = earlier * before - rateBefore * (at - from) + after * since - rateSince * (to - at);
    if (likelihood > bestLikelihood) {
      bestLikelihood = likelihood;
      best = at;
    }
    earlier += count;
    after -= count;
  }
  return best;
}
