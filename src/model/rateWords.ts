import { utcTime } from './errorRate.ts';
import type { ErrorRate, Onset, RateFacts } from './errorRate.ts';
import { plural, t } from './l10n.ts';
import { asLabel } from './label.ts';
import { amount, elapsed } from './shownFigures.ts';

const minute = 60_000;
const hour = 60 * minute;

/** An error rate in sentences, for those who do not see the plot and, in English, for Claude. Times are UTC, as in logs. */
export function rateWords(facts: RateFacts<string>): string {
  const { onset, total, untimed, span } = facts;
  const timed = total - untimed;
  const [from, to] = [utcTime(span.from), utcTime(span.to, span.from)];
  const where = plural(timed, '{0} error from {1} to {2}.', '{0} errors from {1} to {2}.', from, to);
  const left =
    untimed === 0
      ? []
      : [
          plural(
            untimed,
            '{0} more carries no time and is not counted here.',
            '{0} more carry no time and are not counted here.',
          ),
        ];
  return [where, ...left, ...onsetWords(onset, span, timed), ...commitWords(facts)].join(' ');
}

/** An error rate in the reader's language; in English where it was recorded by an earlier version, which kept no facts. */
export function shownRate({ facts, words }: Pick<ErrorRate<string>, 'facts' | 'words'>): string {
  return facts === undefined ? words : rateWords(facts);
}

function onsetWords(onset: Onset, span: RateFacts['span'], timed: number): string[] {
  switch (onset.kind) {
    case 'tooFew':
      return timed === 0 ? [] : [t('They are too few to tell when it began.')];
    case 'noClearBeginning':
      return [t('They are spread over that time, with no clear beginning.')];
    case 'beganEarlier':
      return [t('They were there when what was read begins: it began earlier.')];
    case 'began': {
      const { at, endedAt, rateBefore, rateSince } = onset;
      const [began, before, since] = [utcTime(at, span.from), perTime(rateBefore), perTime(rateSince)];
      return [
        endedAt === undefined
          ? t('They began at {0}: {1} then, {2} before.', began, since, before)
          : t(
              'They began at {0}, and were over at {1}: {2} then, {3} otherwise.',
              began,
              utcTime(endedAt, span.from),
              since,
              before,
            ),
      ];
    }
  }
}

/** `25 a minute`, `0.3 a minute`, `2 an hour`, `none`. */
function perTime(rate: number): string {
  if (rate === 0) return t('none');
  const perMinute = rate * minute;
  return perMinute >= 1 ? t('{0} a minute', figure(perMinute)) : t('{0} an hour', figure(rate * hour));
}

function figure(value: number): string {
  if (value >= 10) return amount(Math.round(value));
  return value < 0.1 ? t('fewer than {0}', amount(0.1)) : amount(value, { maximumFractionDigits: 1 });
}

/** The last commit before it began. Commits are named, never blamed: none is said to be the cause. */
function commitWords({ onset, before, allLater }: RateFacts<string>): string[] {
  if (onset.kind !== 'began') return [];
  if (before === undefined) return allLater === true ? [t('All of the recent commits are later than that.')] : [];
  const { hash, subject, tags, at } = before;
  const name = `${hash.slice(0, 7)} “${asLabel(subject)}”`;
  const gap = elapsed(onset.at - at);
  return [
    tags.length === 0
      ? t('The last commit before that is {0}, made {1} earlier; when it was deployed is not known here.', name, gap)
      : t(
          'The last commit before that is {0} (tag {1}), made {2} earlier; when it was deployed is not known here.',
          name,
          asLabel(tags.join(', ')),
          gap,
        ),
  ];
}
