import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { nextLook, pause, Since } from '../../../src/claude/clock.ts';
import type { Clock } from '../../../src/claude/clock.ts';
import { IdleTimer } from '../../../src/claude/idleTimer.ts';
import { until } from '../../support/until.ts';

const hour = 3_600_000;

/** This machine's clocks, of which the wall clock can be moved as a sleep or a person moves it. */
class MovableClock implements Clock {
  #ahead = 0;
  readonly wall = (): number => Date.now() + this.#ahead;
  readonly steady = (): number => performance.now();

  move(ms: number): void {
    this.#ahead += ms;
  }
}

describe('time that jumps', () => {
  const never = new AbortController().signal;
  const ended = async (waiting: Promise<void>, within: number): Promise<boolean> =>
    Promise.race([waiting.then(() => true), delay(within, false)]);

  it('ends a wait when the machine wakes after its time, not by its length later', async () => {
    const clock = new MovableClock();
    const waiting = pause(30_000, never, undefined, clock);
    assert.equal(await ended(waiting, 50), false);
    clock.move(3 * hour);
    assert.equal(await ended(waiting, 10_000), true);
  });

  it('does not make a wait longer where the clock is set back, and ends one at Stop or Retry all the same', async () => {
    const clock = new MovableClock();
    const waiting = pause(200, never, undefined, clock);
    clock.move(-5 * hour);
    assert.equal(await ended(waiting, 10_000), true);
    const stop = new AbortController();
    const stopped = pause(hour, stop.signal, undefined, clock);
    stop.abort();
    assert.equal(await ended(stopped, 10_000), true);
  });

  it('is never less than the time that went by, however the clock is moved', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(hour), fc.integer({ min: -9 * hour, max: 9 * hour }))), (steps) => {
        let [wall, steady] = [1_000_000_000_000, 0];
        const since = new Since({ wall: () => wall, steady: () => steady });
        for (const [passed, jump] of steps) {
          steady += passed;
          wall += passed + jump;
          assert.equal(since.awake, steady);
          assert.ok(since.all >= steady);
          assert.ok(nextLook(hour - since.all) >= 0 && nextLook(hour - since.all) <= 1_000);
        }
      }),
    );
  });

  it('gives a stream little time after a sleep to be heard again, where it had much before', async () => {
    const clock = new MovableClock();
    const timer = new IdleTimer(15_000, clock, 500);
    const begun = performance.now();
    clock.move(2 * hour);
    await until('it is over', async () => timer.signal.aborted, 10_000);
    const took = performance.now() - begun;
    assert.ok(took >= 490, `${took} ms: what is on its way gets its time`);
    assert.ok(timer.silentSeconds >= 7_200, 'it is said how long nothing came');
  });

  it('leaves a stream alone that is heard again after a sleep, or when the clock is set back', async () => {
    const clock = new MovableClock();
    const timer = new IdleTimer(1_500, clock);
    clock.move(2 * hour);
    await delay(1_050);
    timer.restart();
    clock.move(-4 * hour);
    await delay(1_050);
    assert.equal(timer.signal.aborted, false);
    await until('it is over', async () => timer.signal.aborted, 10_000);
  });
});
