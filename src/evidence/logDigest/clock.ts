import type { LogTime } from './time.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** How the times of a log were understood, for the words that say it. */
export type ClockReading =
  /** There are no times. */
  | { readonly kind: 'none' }
  /** Each time says its zone. */
  | { readonly kind: 'zoned' }
  /** The zone in which the last line is as old as the file's last change. Minutes east of UTC. */
  | { readonly kind: 'zoneOfFile'; readonly minutesEast: number }
  /** No zone fits: taken for UTC. */
  | { readonly kind: 'assumedUtc' };

/** How the dates were understood. */
export type DateReading = 'stated' | 'yearOfFile' | 'dayOfFile';

export interface ClockFacts {
  readonly zone: ClockReading;
  readonly dates: DateReading;
  /** What to add to the times that `toMilliseconds` gave, to have milliseconds since 1970. */
  readonly correction: number;
}

/**
 * Brings the times of one log to one scale. What a time does not say (zone, year, day) follows from when the file was
 * last written, which is known only with the last line: `facts` tells then what to add to all.
 */
export class LogClock {
  readonly #writtenAt: number;
  readonly #localMinutesEast: number;
  #zoned = 0;
  #unzoned = 0;
  #dateless = 0;
  #yearless = 0;
  #dayOffset = 0;
  #lastOfDay: number | undefined;
  #last: number | undefined;

  /** `localMinutesEast`: this machine's zone, which a log without zones is likely to be in, if not in UTC. */
  constructor(writtenAt: number, localMinutesEast: number) {
    this.#writtenAt = writtenAt;
    this.#localMinutesEast = localMinutesEast;
  }

  /** A time of the log on the scale of all its times. They must come in the order of the log. */
  toMilliseconds(time: LogTime): number {
    const ms = this.#place(time);
    this.#last = ms;
    return ms;
  }

  #place({ ms, zoned, missing }: LogTime): number {
    if (zoned) this.#zoned += 1;
    else this.#unzoned += 1;
    if (missing === 'date') {
      this.#dateless += 1;
      // The clock went back by more than half a day: midnight has passed.
      if (this.#lastOfDay !== undefined && ms < this.#lastOfDay - day / 2) this.#dayOffset += day;
      this.#lastOfDay = ms;
      return this.#dayOffset + ms;
    }
    if (missing === 'nothing') return ms;
    this.#yearless += 1;
    return inLikelyYear(ms, this.#writtenAt);
  }

  facts(): ClockFacts {
    if (this.#last === undefined) return { zone: { kind: 'none' }, dates: 'stated', correction: 0 };
    const dates = this.#dateless > 0 ? 'dayOfFile' : this.#yearless > 0 ? 'yearOfFile' : 'stated';
    const last = this.#last;
    const dayShift = dates === 'dayOfFile' ? this.#dayOf(last) : 0;
    if (this.#unzoned === 0) return { zone: { kind: 'zoned' }, dates, correction: dayShift };
    // Where some say their zone, the others cannot be moved alone.
    if (this.#zoned > 0) return { zone: { kind: 'assumedUtc' }, dates, correction: dayShift };
    const minutesEast = this.#zoneOf(last + dayShift);
    if (minutesEast === undefined) return { zone: { kind: 'assumedUtc' }, dates, correction: dayShift };
    return { zone: { kind: 'zoneOfFile', minutesEast }, dates, correction: dayShift - minutesEast * minute };
  }

  /** Puts the last time nearest to the file's last change. */
  #dayOf(last: number): number {
    return Math.round((this.#writtenAt - last) / day) * day;
  }

  /** The zone, in half hours, in which the last line was written less than two minutes before the file was. */
  #zoneOf(last: number): number | undefined {
    const all = Array.from({ length: 53 }, (_, index) => (index - 24) * 30);
    return [0, this.#localMinutesEast, ...all].find((minutesEast) => {
      const age = this.#writtenAt - (last - minutesEast * minute);
      return age >= -2000 && age <= 2 * minute;
    });
  }
}

/** The latest year in which the time is not more than a day and a half after the file was written. */
function inLikelyYear(ms: number, writtenAt: number): number {
  const date = new Date(ms);
  const year = new Date(writtenAt).getUTCFullYear();
  const inYear = (candidate: number): number => Date.UTC(candidate, date.getUTCMonth(), date.getUTCDate()) + (ms % day);
  return inYear(year) > writtenAt + 1.5 * day ? inYear(year - 1) : inYear(year);
}
