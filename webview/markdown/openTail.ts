import type { Settled, SettledByLine } from './blocks.ts';

/**
 * The lines from the first block that is not final to the end of the text. Beside the lines themselves it keeps a
 * shortened source with the same structure: lines of an open block whose nodes stand already are left out of it, so
 * that parsing it again costs what is new and not what is long.
 */
export class OpenTail {
  #lines: string[] = [];
  #kept: string[] = [];
  /** For each kept line the line it stands for. */
  #origins: number[] = [];
  #settledBlocks = new Map<number, Settled>();

  /** The shortened source, line by line. */
  get keptLines(): readonly string[] {
    return this.#kept;
  }

  /** What the shortened source leaves out, by the kept line where the block starts. */
  get settled(): SettledByLine {
    return this.#settledBlocks;
  }

  add(lines: readonly string[]): void {
    for (const line of lines) {
      this.#origins.push(this.#lines.length);
      this.#lines.push(line);
      this.#kept.push(line);
    }
  }

  /** The shortened source with the unfinished last line. */
  source(partial: string): string {
    return this.#kept.length === 0 ? partial : `${this.#kept.join('\n')}\n${partial}`;
  }

  /** The whole source from one kept line to another, with what was left out between them; `partial` ends the text. */
  fullSource(start: number, end: number, partial: string): string {
    const lines = this.#lines.slice(this.#originOf(start), this.#originOf(end));
    return lines.map((line) => `${line}\n`).join('') + (end >= this.#kept.length ? partial : '');
  }

  /** Drops the lines before a kept line: their blocks are final. */
  drop(before: number): void {
    const origin = this.#originOf(before);
    this.#lines.splice(0, origin);
    this.#kept.splice(0, before);
    this.#origins.splice(0, before);
    this.#origins = this.#origins.map((line) => line - origin);
    this.#moveSettled((line) => (line < before ? undefined : line - before));
  }

  /** Leaves out the kept lines from `start` to `end` (exclusive), in favour of `standIn` when one is given. */
  settle(block: number, settled: Settled, start: number, end: number, standIn?: string): void {
    const standIns = standIn === undefined ? [] : [standIn];
    const origins = standIn === undefined ? [] : [this.#originOf(start)];
    this.#kept.splice(start, end - start, ...standIns);
    this.#origins.splice(start, end - start, ...origins);
    const by = end - start - standIns.length;
    // Blocks that began in the lines left out are done with.
    this.#moveSettled((line) => (line <= block ? line : line < end ? undefined : line - by));
    this.#settledBlocks.set(block, settled);
  }

  /** Puts back all that was left out. */
  unsettle(): void {
    this.#settledBlocks.clear();
    this.#kept = [...this.#lines];
    this.#origins = this.#lines.map((_, line) => line);
  }

  #originOf(line: number): number {
    return this.#origins[line] ?? this.#lines.length;
  }

  #moveSettled(newLine: (line: number) => number | undefined): void {
    const moved = new Map<number, Settled>();
    for (const [line, settled] of this.#settledBlocks) {
      const to = newLine(line);
      if (to !== undefined) moved.set(to, settled);
    }
    this.#settledBlocks = moved;
  }
}
