/** Aborts its signal after a time without `restart`, or when it is given up, unless it was stopped. */
export class IdleTimer {
  /** Somebody did not want to wait for it. */
  givenUp = false;
  private readonly controller = new AbortController();
  private readonly ms: number;
  private timer: NodeJS.Timeout;
  private stopped = false;
  private heardAt = performance.now();

  constructor(ms: number) {
    this.ms = ms;
    this.timer = this.start();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** How long nothing was heard, in whole seconds. */
  get silentSeconds(): number {
    return Math.round((this.givenUp ? performance.now() - this.heardAt : this.ms) / 1000);
  }

  restart(): void {
    this.heardAt = performance.now();
    clearTimeout(this.timer);
    // A last chunk may come after the end: it must not start a timer that nobody stops.
    if (!this.signal.aborted && !this.stopped) this.timer = this.start();
  }

  giveUp(): void {
    if (this.stopped || this.signal.aborted) return;
    this.givenUp = true;
    this.controller.abort();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private start(): NodeJS.Timeout {
    return setTimeout(() => this.controller.abort(), this.ms);
  }
}
