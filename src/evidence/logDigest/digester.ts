import { LogClock, type ClockFacts } from './clock.ts';
import { ErrorGroups, type ErrorGroup } from './groups.ts';
import { readLine } from './line.ts';
import { RecordReader, type LogRecord } from './records.ts';
import { TimeCounts, type CountedTime } from './timeCounts.ts';

/** What a log says in short. Times are milliseconds since 1970, understood as `clock` says. */
export interface LogDigest {
  readonly lineCount: number;
  /** Records of errors and worse, and of warnings. */
  readonly errorCount: number;
  readonly warningCount: number;
  /** Errors and warnings by shape, the most frequent first. */
  readonly groups: readonly ErrorGroup[];
  /** Records whose shape is one of too many to be told apart. */
  readonly ungrouped: number;
  /** When the errors happened; those without a time are in `untimed`. */
  readonly errorTimes: readonly CountedTime[];
  readonly untimed: number;
  /** How fine `errorTimes` are, in milliseconds. */
  readonly timeStep: number;
  /** The first and the last time that a line gives, errors or not. */
  readonly span?: { readonly from: number; readonly to: number };
  readonly clock: ClockFacts;
}

/** Lines looked at, at both ends, for the times that the log begins and ends with. */
const endLines = 200;
const endBytes = 64 * 1024;

export interface DigesterOptions {
  /** When the file was last written, in milliseconds since 1970. */
  readonly writtenAt: number;
  /** This machine's zone then, in minutes east of UTC. */
  readonly localMinutesEast: number;
}

/** Digests a log from chunks of its bytes (UTF-8), cut anywhere. Bounded in memory, whatever comes. */
export class Digester {
  readonly #clock: LogClock;
  readonly #groups = new ErrorGroups();
  readonly #times = new TimeCounts();
  readonly #reader: RecordReader;
  #errors = 0;
  #warnings = 0;
  #untimed = 0;
  /** The log's beginning, until the clock has been started with it. */
  #head: Buffer | undefined = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  #first: number | undefined;

  constructor({ writtenAt, localMinutesEast }: DigesterOptions) {
    this.#clock = new LogClock(writtenAt, localMinutesEast);
    this.#reader = new RecordReader((record) => this.#take(record));
  }

  push(chunk: Uint8Array): void {
    this.#keepEnds(chunk);
    this.#reader.push(chunk);
  }

  end(): LogDigest {
    this.#startClock();
    this.#reader.end();
    const last = this.#lastTime();
    const clock = this.#clock.facts();
    const corrected = (at: number): number => at + clock.correction;
    const times = this.#times.sorted();
    const known = [this.#first, last, times[0]?.at, times.at(-1)?.at].filter((at) => at !== undefined);
    return {
      lineCount: this.#reader.lineCount,
      errorCount: this.#errors,
      warningCount: this.#warnings,
      groups: this.#groups.sorted().map(({ firstAt, lastAt, ...group }) => ({
        ...group,
        ...(firstAt === undefined || lastAt === undefined
          ? {}
          : { firstAt: corrected(firstAt), lastAt: corrected(lastAt) }),
      })),
      ungrouped: this.#groups.ungrouped,
      errorTimes: times.map(({ at, count }) => ({ at: corrected(at), count })),
      untimed: this.#untimed,
      timeStep: this.#times.step,
      ...(known.length === 0
        ? {}
        : { span: { from: corrected(Math.min(...known)), to: corrected(Math.max(...known)) } }),
      clock,
    };
  }

  #take(record: LogRecord): void {
    this.#startClock();
    const at = record.time === undefined ? undefined : this.#clock.toMilliseconds(record.time);
    this.#groups.add(record, at);
    if (record.level === 'warning') {
      this.#warnings += 1;
      return;
    }
    this.#errors += 1;
    if (at === undefined) this.#untimed += 1;
    else this.#times.add(at);
  }

  #keepEnds(chunk: Uint8Array): void {
    if (this.#head !== undefined && this.#head.length < endBytes)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, endBytes - this.#head.length)]);
    this.#tail =
      chunk.length >= endBytes
        ? Buffer.from(chunk.subarray(chunk.length - endBytes))
        : Buffer.concat([this.#tail, chunk]).subarray(-endBytes);
  }

  /** The clock must see the log's first time first. */
  #startClock(): void {
    if (this.#head === undefined) return;
    const lines = this.#head.toString('utf8').split('\n', endLines);
    this.#head = undefined;
    for (const line of lines) {
      const { time } = readLine(line);
      if (time === undefined) continue;
      this.#first = this.#clock.toMilliseconds(time);
      return;
    }
  }

  #lastTime(): number | undefined {
    const lines = this.#tail.toString('utf8').split('\n').slice(-endLines);
    for (const line of lines.reverse()) {
      const { time } = readLine(line);
      if (time !== undefined) return this.#clock.toMilliseconds(time);
    }
    return undefined;
  }
}
