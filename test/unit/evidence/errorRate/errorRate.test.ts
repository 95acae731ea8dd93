import assert from 'node:assert/strict';
import fc from 'fast-check';
import { intervalsOf } from '../../../../src/evidence/errorRate/intervals.ts';
import { findOnset } from '../../../../src/evidence/errorRate/onset.ts';
import { lastBefore } from '../../../../src/evidence/errorRate/errorRate.ts';
import type { CountedTime } from '../../../../src/evidence/logDigest/timeCounts.ts';
import { TimeCounts } from '../../../../src/evidence/logDigest/timeCounts.ts';
import { maxIntervals } from '../../../../src/model/errorRate.ts';
import { randomFrom } from '../../../support/samples.ts';

const minute = 60_000;
const from = Date.UTC(2026, 10, 22, 1, 0);
const span = { from, to: from + 100 * minute };

/** Random times of a Poisson process: `perMinute` on average between two minutes of the span. */
function poisson(random: () => number, first: number, last: number, perMinute: number): CountedTime[] {
  const times: CountedTime[] = [];
  for (let at = first; perMinute > 0;) {
    at -= Math.log(1 - random()) / perMinute;
    if (at >= last) break;
    times.push({ at: from + Math.floor((at * minute) / 1000) * 1000, count: 1 });
  }
  return times;
}

function onsetOf(times: readonly CountedTime[], of = span) {
  const intervals = intervalsOf(times, of);
  assert.ok(intervals);
  return findOnset(intervals, times);
}

describe('intervals of an error rate', () => {
  it('are of a length that people read off an axis, and lose no error', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 0, max: 1e11 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 50 }),
        (start, length, places) => {
          const times = places.map((place) => ({ at: Math.floor(start + place * length), count: 2 }));
          const intervals = intervalsOf(times, { from: start, to: start + length });
          assert.ok(intervals);
          assert.ok(intervals.counts.length <= maxIntervals && intervals.from <= start);
          assert.ok(intervals.from + intervals.step * intervals.counts.length > start + length);
          assert.equal(
            intervals.counts.reduce((sum, count) => sum + count, 0),
            2 * times.length,
          );
        },
      ),
    );
  });

  it('are not made of a span that a wrong date makes', () => {
    assert.equal(intervalsOf([], { from: 0, to: 9e13 }), undefined);
  });
});

describe('counts of times', () => {
  it('stay bounded and lose nothing, in whatever order times come', () => {
    const counts = new TimeCounts();
    for (let index = 0; index < 200_000; index += 1) counts.add(from + ((index * 7919) % 200_000) * 1000);
    const all = counts.sorted();
    assert.ok(all.length <= 8192);
    assert.equal(
      all.reduce((sum, { count }) => sum + count, 0),
      200_000,
    );
    assert.ok(all.every(({ at }, index) => index === 0 || at > (all[index - 1]?.at ?? 0)));
  });
});

describe('onset of errors', () => {
  it('is found within a minute, with and without errors before it', () => {
    for (const seed of Array.from({ length: 40 }, (_, index) => index)) {
      const random = randomFrom(seed);
      const began = 20 + Math.floor(random() * 60);
      const before = seed % 2 === 0 ? 0 : 0.2;
      const onset = onsetOf([...poisson(random, 0, began, before), ...poisson(random, began, 100, 6)]);
      assert.ok(onset.kind === 'began', `seed ${seed}`);
      assert.ok(
        Math.abs(onset.at - (from + began * minute)) <= minute,
        `seed ${seed}: ${(onset.at - from) / minute} for ${began}`,
      );
      assert.equal(onset.endedAt, undefined);
    }
  });

  it('has an end where the errors ceased', () => {
    const onset = onsetOf(poisson(randomFrom(3), 40, 55, 8));
    assert.ok(onset.kind === 'began');
    assert.ok(Math.abs((onset.endedAt ?? 0) - (from + 55 * minute)) <= minute);
  });

  it('is not claimed for errors that are spread evenly', () => {
    let claimed = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const { kind } = onsetOf(poisson(randomFrom(seed + 100), 0, 100, 1));
      if (kind === 'began') claimed += 1;
    }
    assert.ok(claimed <= 3, `${claimed} of 60`);
  });

  it('is earlier where the errors are there from the first line on', () => {
    assert.equal(onsetOf(poisson(randomFrom(5), 0, 30, 6)).kind, 'beganEarlier');
    assert.equal(onsetOf([...Array.from({ length: 3 }, () => ({ at: from, count: 1 }))]).kind, 'tooFew');
  });
});

describe('the last commit before errors began', () => {
  const onset = { kind: 'began', at: from + 30 * minute, rateBefore: 0, rateSince: 25 / minute } as const;
  const commit = (hash: string, at: number) => ({
    hash,
    shortHash: hash.slice(0, 7),
    subject: `made ${hash}`,
    author: 'Ada',
    authoredAt: from,
    isMerge: false,
    committedAt: from + at * minute,
    tags: ['v1'],
    files: [],
  });

  it('is never one after, in whatever order git tells them', () => {
    const found = lastBefore(onset, [commit('late', 31), commit('old', 3), commit('culprit', 26)]);
    assert.deepEqual(found.before, { hash: 'culprit', at: from + 26 * minute, subject: 'made culprit', tags: ['v1'] });
    assert.deepEqual(lastBefore(onset, [commit('late', 31)]), { allLater: true });
  });

  it('is not told without a history or a beginning', () => {
    assert.deepEqual(lastBefore(onset, []), {});
    assert.deepEqual(lastBefore({ kind: 'tooFew' }, [commit('old', 3)]), {});
  });
});
