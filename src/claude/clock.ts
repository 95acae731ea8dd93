import type { Emitter } from '../model/emitter.ts';

/** The two clocks of a machine, in milliseconds. Timers run by the steady one, which stands still while it sleeps. */
export interface Clock {
  /** Epoch time: it goes on while the machine sleeps, and may be set forward or back at any moment. */
  readonly wall: () => number;
  /** It never goes back and does not jump. */
  readonly steady: () => number;
}

export const systemClock: Clock = { wall: () => Date.now(), steady: () => performance.now() };

/** Longest time between two looks at the clocks, in milliseconds. */
const longestLook = 1_000;

/** How long ago something was, however the clocks were moved meanwhile. */
export class Since {
  readonly #clock: Clock;
  readonly #wall: number;
  readonly #steady: number;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
    this.#wall = clock.wall();
    this.#steady = clock.steady();
  }

  /** Milliseconds in which this process could run. */
  get awake(): number {
    return this.#clock.steady() - this.#steady;
  }

  /** The same with those in which the machine slept; a clock that was set back takes nothing away. */
  get all(): number {
    return Math.max(this.awake, this.#clock.wall() - this.#wall);
  }
}

/** When to look again, in milliseconds, at what is due in `ms`: a sleep must not put it off by its own length. */
export function nextLook(ms: number): number {
  return Math.max(0, Math.min(ms, longestLook));
}

/** Waits, also through a sleep of the machine: it is over when the time is, by whichever clock says so first. */
export function pause(
  ms: number,
  signal: AbortSignal,
  onRetry?: Emitter<void>['event'],
  clock: Clock = systemClock,
): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const begun = new Since(clock);
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      retry?.dispose();
      resolve();
    };
    const look = (): void => {
      const left = ms - begun.all;
      if (left <= 0) done();
      else timer = setTimeout(look, nextLook(left));
    };
    let timer = setTimeout(look, nextLook(ms));
    const retry = onRetry?.(done);
    signal.addEventListener('abort', done);
  });
}
