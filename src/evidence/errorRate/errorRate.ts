import { rateEnd, type ErrorRate } from '../../model/errorRate.ts';
import type { Commit } from '../gitHistory.ts';
import type { LogDigest } from '../logDigest/digester.ts';
import { intervalsOf } from './intervals.ts';
import { findOnset } from './onset.ts';
import { describeRate } from './words.ts';

/** Commits that are put on the axis at most. */
const maxCommits = 12;

/** The error rate of a digested log; undefined where no error has a time. `commits` are the recent ones, newest first. */
export function errorRateOf(digest: LogDigest, commits: readonly Commit[]): ErrorRate<string> | undefined {
  const { span, errorTimes, timeStep, errorCount, untimed } = digest;
  if (span === undefined || errorTimes.length === 0) return undefined;
  const intervals = intervalsOf(errorTimes, span, timeStep);
  if (intervals === undefined) return undefined;
  const onset = findOnset(intervals, errorTimes);
  const end = rateEnd(intervals);
  const within = commits
    .filter(({ committedAt }) => committedAt >= intervals.from && committedAt < end)
    .slice(0, maxCommits)
    .sort((a, b) => a.committedAt - b.committedAt);
  return {
    ...intervals,
    ...(onset.kind === 'began' ? { beganAt: onset.at } : {}),
    ...(onset.kind === 'began' && onset.endedAt !== undefined ? { endedAt: onset.endedAt } : {}),
    commits: within.map(({ hash, committedAt, subject, tags }) => ({ hash, at: committedAt, subject, tags })),
    words: describeRate({ onset, total: errorCount, untimed, span, commits }),
  };
}
