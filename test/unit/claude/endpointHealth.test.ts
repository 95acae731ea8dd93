import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  firstPenalty,
  inOrder,
  isOnTrial,
  isResting,
  longestOwnPenalty,
  longestPenalty,
  reduceHealth,
  stillToAsk,
} from '../../../src/claude/endpointHealth.ts';
import type { HealthEvent, HealthState } from '../../../src/claude/endpointHealth.ts';
import type { Failure } from '../../../src/model/failure.ts';

const overloaded: Failure = { kind: 'overloaded', endpoint: 'A' };
const limited = (seconds: number): Failure => ({ kind: 'rateLimited', endpoint: 'A', retryAfterSeconds: seconds });
const failed = (failure: Failure, at = 0, endpoint = 'A'): HealthEvent => ({ type: 'failed', endpoint, failure, at });
const after = (...events: readonly HealthEvent[]): HealthState => events.reduce(reduceHealth, {});

describe('endpoint health', () => {
  it('leaves an endpoint alone for as long as it asks, then has it tried, and trusts it when it has answered', () => {
    const state = after(failed(limited(90)));
    assert.equal(isResting(state, 'A', 89_999), true);
    assert.equal(isResting(state, 'A', 90_000), false);
    assert.equal(isOnTrial(state, 'A', 90_000), true);
    assert.equal(isOnTrial(state, 'A', 10), false, 'it rests');
    const answered = reduceHealth(state, { type: 'answered', endpoint: 'A' });
    assert.deepEqual([isResting(answered, 'A', 10), isOnTrial(answered, 'A', 10)], [false, false]);
  });

  it('doubles a rest of its own making with each failure in a row, up to a limit, and forgets old ones', () => {
    let state: HealthState = {};
    const lengths: number[] = [];
    for (let at = 0, count = 0; count < 8; count += 1) {
      state = reduceHealth(state, failed(overloaded, at));
      const until = state['A']?.penalty?.until ?? assert.fail();
      lengths.push(until - at);
      at = until;
    }
    assert.deepEqual(lengths.slice(0, 3), [firstPenalty, 2 * firstPenalty, 4 * firstPenalty]);
    assert.equal(lengths.at(-1), longestOwnPenalty);
    const late = (state['A']?.penalty?.until ?? 0) + longestPenalty;
    assert.equal(reduceHealth(state, failed(overloaded, late))['A']?.penalty?.failures, 1);
  });

  it('is not touched by what is wrong with a request, a key or a model, nor by a refusal', () => {
    const others: readonly Failure[] = [
      { kind: 'requestRefused', endpoint: 'A', status: 400, detail: '' },
      { kind: 'keyRefused', endpoint: 'A' },
      { kind: 'permissionDenied', endpoint: 'A', detail: '' },
      { kind: 'modelNotFound', endpoint: 'A', model: 'm' },
      { kind: 'requestTooLarge', endpoint: 'A' },
      { kind: 'refusal', endpoint: 'A' },
      { kind: 'contextFull', characters: 1, limit: 1 },
    ];
    for (const failure of others) assert.deepEqual(after(failed(failure)), {}, failure.kind);
  });

  it('asks the first that does not rest; of those that all rest, the one whose rest ends first', () => {
    const three = ['A', 'B', 'C'];
    assert.deepEqual(inOrder({}, three, 0), three);
    assert.deepEqual(inOrder(after(failed(limited(60))), three, 0), ['B', 'C', 'A']);
    const all = after(failed(limited(60)), failed(limited(30), 0, 'B'), failed(limited(40), 0, 'C'));
    assert.deepEqual(inOrder(all, three, 1), ['B', 'C', 'A']);
    assert.deepEqual(inOrder(all, three, 60_000), three, 'all are back');
    assert.deepEqual(inOrder(all, ['A'], 1), ['A'], 'the last one is never ruled out');
  });

  it('goes on at an endpoint that failed by itself, and not at one that said when to come back', () => {
    const state = after(failed(overloaded, 0, 'B'), failed(limited(60), 0, 'C'));
    assert.deepEqual(stillToAsk(state, ['A', 'B', 'C'], new Set(['A']), 1), ['B']);
    assert.deepEqual(stillToAsk(state, ['A', 'B', 'C'], new Set(['A', 'B']), 1), []);
    assert.deepEqual(stillToAsk(state, ['A', 'B', 'C'], new Set(['A']), 60_000), ['B', 'C']);
  });

  it('is not misled by a clock that was set back', () => {
    const state = after(failed(limited(60), 10 * longestPenalty));
    assert.equal(isResting(state, 'A', 0), false);
  });

  it('forgives on the user’s word and keeps the limits', () => {
    const limits = [{ kind: 'requests', remaining: 3 }] as const;
    const state = after(
      failed(overloaded),
      { type: 'limits', endpoint: 'A', limits },
      { type: 'forgiven', endpoint: 'A' },
    );
    assert.deepEqual(state, { A: { limits } });
    assert.equal(reduceHealth(state, { type: 'limits', endpoint: 'A', limits: [] }), state, 'nothing said is no news');
  });

  const failure: fc.Arbitrary<Failure> = fc.oneof(
    fc.constant(overloaded),
    fc.constant<Failure>({ kind: 'cutOff', endpoint: 'A', detail: '' }),
    fc.constant<Failure>({ kind: 'keyRefused', endpoint: 'A' }),
    fc.integer({ min: 0, max: 10_000_000 }).map(limited),
  );
  const endpoint = fc.constantFrom('A', 'B', 'C');
  const event: fc.Arbitrary<HealthEvent> = fc.oneof(
    fc.record({ type: fc.constant('failed' as const), endpoint, failure, at: fc.nat(10_000_000) }),
    fc.record({ type: fc.constantFrom('answered' as const, 'forgiven' as const), endpoint }),
  );

  it('never rules all out, never loses one, and lets every rest end, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.nat(10_000_000), (events, now) => {
        const state = after(...events);
        const all = ['A', 'B', 'C'];
        const order = inOrder(state, all, now);
        assert.deepEqual(order.toSorted(), all);
        const resting = order.map((id) => isResting(state, id, now));
        assert.deepEqual(resting, resting.toSorted(), 'those that rest come last');
        for (const id of all) {
          assert.equal(isResting(state, id, now + longestPenalty + 10_000_000), false);
          assert.ok(!(isResting(state, id, now) && isOnTrial(state, id, now)));
        }
        for (const id of stillToAsk(state, all, new Set(['A']), now)) assert.notEqual(id, 'A');
      }),
    );
  });
});
