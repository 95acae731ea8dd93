/** How many of something happened when: seconds, or coarser steps where the span is long. */
export interface CountedTime {
  /** The start of its step, in milliseconds. */
  readonly at: number;
  readonly count: number;
}

/** Steps that are kept; with more of them each becomes twice as long. */
const maxSteps = 8192;

/** Counts times in bounded memory: to the second where that suffices, in the order of time, whatever order they come in. */
export class TimeCounts {
  /** Milliseconds of one step: a second times a power of two. */
  step = 1000;
  #counts = new Map<number, number>();

  add(at: number): void {
    const key = Math.floor(at / this.step);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    while (this.#counts.size > maxSteps) this.#coarsen();
  }

  sorted(): readonly CountedTime[] {
    return [...this.#counts].sort(([a], [b]) => a - b).map(([key, count]) => ({ at: key * this.step, count }));
  }

  #coarsen(): void {
    this.step *= 2;
    const coarser = new Map<number, number>();
    for (const [key, count] of this.#counts) {
      const half = Math.floor(key / 2);
      coarser.set(half, (coarser.get(half) ?? 0) + count);
    }
    this.#counts = coarser;
  }
}
