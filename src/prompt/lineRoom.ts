import { isKept, rangesOf } from '../model/contextCut.ts';
import type { LineRange } from '../model/contextCut.ts';

export interface LineRoomOptions {
  readonly lines: readonly string[];
  /** The number of the first of them. */
  readonly first: number;
  readonly maxCharacters: number;
  /** Those that may be taken; all where it is undefined. */
  readonly available: readonly LineRange[] | undefined;
}

/** Lines taken one by one, never more than fit. */
export class LineRoom {
  readonly #kept = new Set<number>();
  readonly #options: LineRoomOptions;
  #left: number;

  constructor(options: LineRoomOptions) {
    this.#options = options;
    this.#left = options.maxCharacters;
  }

  get taken(): readonly LineRange[] {
    return rangesOf(this.#kept);
  }

  /** Those that fit; one too long (minified code) is passed over. */
  take(numbers: readonly number[]): void {
    for (const number of numbers) this.#takeOne(number);
  }

  /** Up to the first that does not fit, so that they stay together. */
  takeWhileFitting(numbers: readonly number[]): void {
    for (const number of numbers) if (!this.#takeOne(number)) return;
  }

  /** All of them or none. */
  takeWhole(numbers: readonly number[]): void {
    const cost = numbers.reduce((sum, number) => sum + this.#cost(number), 0);
    if (cost <= this.#left && numbers.every((number) => this.#isAvailable(number))) this.take(numbers);
  }

  #takeOne(number: number): boolean {
    const cost = this.#cost(number);
    if (cost === 0 || !this.#isAvailable(number)) return true;
    if (cost > this.#left) return false;
    this.#kept.add(number);
    this.#left -= cost;
    return true;
  }

  #isAvailable(number: number): boolean {
    const { available } = this.#options;
    return available === undefined || isKept(available, number);
  }

  /** Nothing for a line that is there already, or is none. */
  #cost(number: number): number {
    const line = this.#options.lines[number - this.#options.first];
    return line === undefined || this.#kept.has(number) ? 0 : line.length + 1;
  }
}
