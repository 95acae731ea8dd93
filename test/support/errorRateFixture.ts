import type { ErrorRate } from '../../src/model/errorRate.ts';
import { inEnglish } from '../../src/model/l10n.ts';
import { rateWords } from '../../src/model/rateWords.ts';

const rateFrom = Date.UTC(2026, 10, 22, 1, 45);
const rateFacts = {
  onset: {
    kind: 'began',
    at: rateFrom + 31 * 60_000 + 4_000,
    rateBefore: 3 / (31 * 60_000),
    rateSince: 29 / 60_000,
  },
  total: 712,
  untimed: 0,
  span: { from: rateFrom + 12_000, to: rateFrom + 54 * 60_000 + 51_000 },
  before: { hash: 'c'.repeat(40), at: rateFrom + 28 * 60_000, subject: 'Release', tags: [] },
} as const;
/** An error rate of 55 minutes that began after three commits; `text` makes its texts what they are to be. */
export const errorRate = <T extends string>(text: (words: string) => T): ErrorRate<T> => ({
  from: rateFrom,
  step: 60_000,
  counts: Array.from({ length: 55 }, (_, index) => (index < 31 ? (index % 13 === 0 ? 1 : 0) : 18 + ((index * 7) % 23))),
  beganAt: rateFrom + 31 * 60_000 + 4_000,
  commits: [
    { hash: 'b'.repeat(40), at: rateFrom + 9 * 60_000, subject: text('Say what an order contains'), tags: [] },
    {
      hash: `a41c9e0${'0'.repeat(33)}`,
      at: rateFrom + 27 * 60_000,
      subject: text('tidy configuration'),
      tags: [text('v2.18.2')],
    },
    { hash: 'c'.repeat(40), at: rateFrom + 28 * 60_000, subject: text('Release'), tags: [] },
  ],
  words: text(inEnglish(() => rateWords(rateFacts))),
  facts: { ...rateFacts, before: { ...rateFacts.before, subject: text(rateFacts.before.subject), tags: [] } },
});
