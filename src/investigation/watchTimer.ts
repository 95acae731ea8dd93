import type { Disposable } from '../model/emitter.ts';
import type { Incident } from '../model/incident.ts';
import { nextWatchChange, watchList } from '../model/watch.ts';
import type { WatchList } from '../model/watch.ts';

/** Time, so that tests can have their own. */
export interface TimerClock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls once after so many milliseconds, unless it is disposed before. */
  readonly after: (milliseconds: number, call: () => void) => Disposable;
}

export interface WatchTimerOptions {
  readonly clock: TimerClock;
  /** The open incident, if one is open. */
  readonly incident: () => Incident | undefined;
  /** Shows the watch list while a watch runs or has just ended; undefined where there is nothing to show. */
  readonly show: (list: WatchList | undefined, now: number) => void;
  /** The time is up: records it; true where it was not recorded before. */
  readonly end: (now: number) => boolean;
  /** Tells the user that the time is up; called once in a watch, also when it ended while no window was open. */
  readonly remind: (list: WatchList) => void;
}

/**
 * Keeps the watch in sight. It keeps no time of its own: what it shows is derived from the incident, so that a reload
 * in the middle of a watch costs nothing.
 */
export class WatchTimer implements Disposable {
  readonly #options: WatchTimerOptions;
  #waiting: Disposable | undefined;

  constructor(options: WatchTimerOptions) {
    this.#options = options;
  }

  /** Looks at the incident anew: call it when something happened in it, or another one was opened. */
  update(): void {
    const { clock, incident, show, end, remind } = this.#options;
    this.#waiting?.dispose();
    this.#waiting = undefined;
    const current = incident();
    const now = clock.now();
    const list = current === undefined ? undefined : watchList(current, now);
    if (current === undefined || list === undefined || current.status.kind === 'resolved') {
      show(undefined, now);
      return;
    }
    show(list.clock.kind === 'notStarted' ? undefined : list, now);
    if (list.clock.kind === 'over' && end(now)) remind(list);
    const next = nextWatchChange(list, now);
    if (next === undefined) return;
    // Longer waits than an hour are of no use to anybody, and a timer of weeks would fire at once.
    this.#waiting = clock.after(Math.min(Math.max(1, next - now), 3_600_000), () => this.update());
  }

  dispose(): void {
    this.#waiting?.dispose();
  }
}
