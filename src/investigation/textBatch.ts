/** Longest that text is held back, in milliseconds: two frames. */
const holdMs = 33;

/**
 * Gathers the small pieces in which a reply arrives into a few a second, so that an event costs little beside its text
 * on disk and on the wire. The first piece of a silence is passed on at once.
 */
export class TextBatch {
  readonly #write: (text: string) => void;
  #pending = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  push(text: string): void {
    this.#pending += text;
    if (this.#timer !== undefined) return;
    this.#write(this.#take());
    this.#timer = setTimeout(() => this.#tick(), holdMs);
  }

  /** Writes what is held back and ends the timer. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending !== '') this.#write(this.#take());
  }

  #tick(): void {
    this.#timer = undefined;
    if (this.#pending === '') return;
    this.#write(this.#take());
    this.#timer = setTimeout(() => this.#tick(), holdMs);
  }

  #take(): string {
    const text = this.#pending;
    this.#pending = '';
    return text;
  }
}
