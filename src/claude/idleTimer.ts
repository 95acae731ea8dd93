import { nextLook, Since, systemClock } from './clock.ts';
import type { Clock } from './clock.ts';

/**
 * After a sleep of the machine, how long something may take to be heard again, in milliseconds: a connection rarely
 * survives one, and nobody should wait for one that has not.
 */
const wakeGrace = 10_000;

/** Aborts its signal after a time without `restart`, or when it is given up, unless it was stopped. */
export class IdleTimer {
  /** Somebody did not want to wait for it. */
  givenUp = false;
  readonly #controller = new AbortController();
  readonly #ms: number;
  readonly #clock: Clock;
  readonly #grace: number;
  #timer: NodeJS.Timeout;
  #stopped = false;
  #heard: Since;
  #woke: Since | undefined;
  #silentMs = 0;

  constructor(ms: number, clock: Clock = systemClock, grace = wakeGrace) {
    this.#ms = ms;
    this.#grace = Math.min(ms, grace);
    this.#clock = clock;
    this.#heard = new Since(clock);
    this.#timer = setTimeout(() => this.#look(), nextLook(ms));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** How long nothing was heard when it ended, in whole seconds. */
  get silentSeconds(): number {
    return Math.round(this.#silentMs / 1000);
  }

  restart(): void {
    this.#heard = new Since(this.#clock);
    this.#woke = undefined;
  }

  giveUp(): void {
    if (this.#stopped || this.signal.aborted) return;
    this.givenUp = true;
    this.#end();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #look(): void {
    const { awake, all } = this.#heard;
    // The wall clock is far ahead of the time in which we could have heard something: the machine has slept.
    if (all - awake >= this.#ms) this.#woke ??= new Since(this.#clock);
    const left = Math.min(this.#ms - awake, this.#woke === undefined ? Infinity : this.#grace - this.#woke.awake);
    if (left <= 0) this.#end();
    else this.#timer = setTimeout(() => this.#look(), nextLook(left));
  }

  #end(): void {
    this.#silentMs = this.#heard.all;
    this.stop();
    this.#controller.abort();
  }
}
