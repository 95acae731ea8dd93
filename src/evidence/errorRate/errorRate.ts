import { rateEnd } from '../../model/errorRate.ts';
import type { ErrorRate, Onset, RateCommit, RateFacts } from '../../model/errorRate.ts';
import { inEnglish } from '../../model/l10n.ts';
import { rateWords } from '../../model/rateWords.ts';
import type { Commit } from '../gitHistory.ts';
import type { LogDigest } from '../logDigest/digester.ts';
import { intervalsOf } from './intervals.ts';
import { findOnset } from './onset.ts';

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
  const facts: RateFacts<string> = {
    onset,
    total: errorCount,
    untimed,
    span: { from: span.from, to: span.to },
    ...lastBefore(onset, commits),
  };
  return {
    ...intervals,
    ...(onset.kind === 'began' ? { beganAt: onset.at } : {}),
    ...(onset.kind === 'began' && onset.endedAt !== undefined ? { endedAt: onset.endedAt } : {}),
    commits: within.map(onAxis),
    words: inEnglish(() => rateWords(facts)),
    facts,
  };
}

function onAxis({ hash, committedAt, subject, tags }: Commit): RateCommit<string> {
  return { hash, at: committedAt, subject, tags };
}

/** The last commit before errors began, or that all are later; nothing without a beginning or a history. */
export function lastBefore(onset: Onset, commits: readonly Commit[]): Pick<RateFacts<string>, 'before' | 'allLater'> {
  if (onset.kind !== 'began' || commits.length === 0) return {};
  const last = commits
    .filter(({ committedAt }) => committedAt <= onset.at)
    .reduce<Commit | undefined>(
      (latest, commit) => (latest !== undefined && latest.committedAt >= commit.committedAt ? latest : commit),
      undefined,
    );
  return last === undefined ? { allLater: true } : { before: onAxis(last) };
}
