import { isResting } from '../claude/endpointHealth.ts';
import { probe } from '../claude/models.ts';
import type { Disposable } from '../model/emitter.ts';
import { errorMessage } from '../model/failure.ts';
import { endpointId } from '../model/claude.ts';
import type { EndpointBook } from './endpointBook.ts';
import type { Target } from './answering.ts';

/** Milliseconds that a probe may take. */
const probeTimeout = 10_000;

/**
 * Milliseconds between two looks at most: a timer stands still while the machine sleeps, and a clock may be moved, and
 * either would keep an endpoint resting for longer than it asked.
 */
const longestLook = 30_000;

/**
 * Looks after endpoints that rest: when a penalty ends the endpoint is probed, once, with its own key and at no cost, and
 * rests on where it fails. Nothing runs while none rests. What `onChange` hears is that somebody else may answer now.
 */
export class Probing implements Disposable {
  readonly #book: EndpointBook;
  readonly #targets: () => Promise<readonly Target[]>;
  readonly #onChange: () => void;
  readonly #log: (message: string) => void;
  readonly #watching: Disposable;
  /** Ends of penalties that were looked at, by endpoint. */
  readonly #probed = new Map<string, number>();
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    book: EndpointBook,
    targets: () => Promise<readonly Target[]>,
    onChange: () => void,
    log: (message: string) => void = () => undefined,
  ) {
    this.#book = book;
    this.#targets = targets;
    this.#onChange = onChange;
    this.#log = log;
    this.#watching = book.onDidChange(() => this.#schedule());
  }

  dispose(): void {
    this.#controller.abort();
    clearTimeout(this.#timer);
    this.#watching.dispose();
  }

  /** Waits for the end of the penalty that ends first and was not looked at. */
  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#controller.signal.aborted) return;
    const { state } = this.#book;
    const now = this.#book.now();
    const left = Object.entries(state).flatMap(([id, { penalty }]) => {
      if (penalty === undefined || this.#probed.get(id) === penalty.until) return [];
      return [isResting(state, id, now) ? penalty.until - now : 0];
    });
    if (left.length === 0) return;
    const delay = Math.min(longestLook, ...left);
    this.#timer = setTimeout(() => void this.#look(), delay);
    // A window that closes does not wait for it.
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      const now = this.#book.now();
      const { state } = this.#book;
      const due = Object.entries(state).flatMap(([id, { penalty }]) =>
        penalty !== undefined && !isResting(state, id, now) && this.#probed.get(id) !== penalty.until
          ? [{ id, penalty }]
          : [],
      );
      if (due.length === 0) return;
      for (const { id, penalty } of due) this.#probed.set(id, penalty.until);
      const targets = await this.#targets();
      await Promise.all(due.map(({ id }) => this.#probe(targets.find(({ endpoint }) => endpointId(endpoint) === id))));
      this.#onChange();
    } catch (error) {
      this.#log(`Endpoints were not probed: ${errorMessage(error)}`);
    } finally {
      this.#schedule();
    }
  }

  async #probe(target: Target | undefined): Promise<void> {
    if (target === undefined) return;
    const { endpoint, key } = target;
    const { signal } = this.#controller;
    const failure = await probe(endpoint, key, AbortSignal.any([signal, AbortSignal.timeout(probeTimeout)]));
    if (signal.aborted) return;
    this.#log(`${endpoint.name} was probed: ${failure?.kind ?? 'it answers'}`);
    if (failure !== undefined)
      this.#book.note({ type: 'failed', endpoint: endpointId(endpoint), failure, at: this.#book.now() });
  }
}
