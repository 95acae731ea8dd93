import { utcTime } from '../../model/errorRate.ts';
import { elapsed } from '../../model/figures.ts';
import type { Commit } from '../gitHistory.ts';
import type { Onset } from './onset.ts';

/** What is told of an error rate. */
export interface RateFacts {
  readonly onset: Onset;
  readonly total: number;
  readonly untimed: number;
  readonly span: { readonly from: number; readonly to: number };
  /** The newest first, as git gives them; empty where there is no history. */
  readonly commits: readonly Pick<Commit, 'shortHash' | 'subject' | 'committedAt' | 'tags'>[];
}

const minute = 60_000;
const hour = 60 * minute;

/** An error rate in sentences, for those who do not see the plot and for Claude. */
export function describeRate(facts: RateFacts): string {
  const { onset, total, untimed, span } = facts;
  const timed = total - untimed;
  const where = `${timed} ${timed === 1 ? 'error' : 'errors'} from ${utcTime(span.from)} to ${utcTime(span.to, span.from)}.`;
  const left = untimed === 0 ? [] : [`${untimed} more carry no time and are not counted here.`];
  return [where, ...left, ...describeOnset(onset, span, timed), ...describeCommit(facts)].join(' ');
}

function describeOnset(onset: Onset, span: RateFacts['span'], timed: number): string[] {
  switch (onset.kind) {
    case 'tooFew':
      return timed === 0 ? [] : ['They are too few to tell when it began.'];
    case 'noClearBeginning':
      return ['They are spread over that time, with no clear beginning.'];
    case 'beganEarlier':
      return ['They were there when what was read begins: it began earlier.'];
    case 'began': {
      const { at, endedAt, rateBefore, rateSince } = onset;
      const end = endedAt === undefined ? '' : `, and were over at ${utcTime(endedAt, span.from)}`;
      const before = rateBefore === 0 ? 'none' : ratePerTime(rateBefore);
      const otherwise = endedAt === undefined ? 'before' : 'otherwise';
      return [`They began at ${utcTime(at, span.from)}${end}: ${ratePerTime(rateSince)} then, ${before} ${otherwise}.`];
    }
  }
}

/** `25 a minute`, `0.3 a minute`, `2 an hour`. */
function ratePerTime(rate: number): string {
  const perMinute = rate * minute;
  return perMinute >= 1 ? `${figure(perMinute)} a minute` : `${figure(rate * hour)} an hour`;
}

function figure(value: number): string {
  if (value >= 10) return Math.round(value).toLocaleString('en-US');
  return value < 0.1 ? 'fewer than 0.1' : value.toFixed(1).replace(/\.0$/, '');
}

/** The last commit before it began. Commits are named, never blamed: none is said to be the cause. */
function describeCommit({ onset, commits }: RateFacts): string[] {
  if (onset.kind !== 'began' || commits.length === 0) return [];
  const last = commits
    .filter(({ committedAt }) => committedAt <= onset.at)
    .reduce<RateFacts['commits'][number] | undefined>(
      (latest, commit) => (latest !== undefined && latest.committedAt >= commit.committedAt ? latest : commit),
      undefined,
    );
  if (last === undefined) return ['All of the recent commits are later than that.'];
  const tags = last.tags.length === 0 ? '' : ` (tag ${last.tags.join(', ')})`;
  return [
    `The last commit before that is ${last.shortHash} “${last.subject}”${tags}, made ${elapsed(onset.at - last.committedAt)} earlier; when it was deployed is not known here.`,
  ];
}
