import type { Failure } from '../src/model/failure.ts';
import type { StepId } from '../src/model/steps.ts';
import type { Intent } from '../src/protocol.ts';
import type { IntentPort } from './vscodeApi.ts';

/** The control, or the row of controls, beside which the failure of an intent is shown. */
export type Place =
  | 'header'
  | 'notices'
  | 'sources'
  | 'suspects'
  | 'proof'
  | 'hunt'
  | `step:${StepId}`
  | `evidence:${StepId}`
  | `reply:${StepId}`
  | `skip:${StepId}`
  | `record:${StepId}`
  | 'applyFix'
  | 'watch';

/** Milliseconds for which a button says that it has copied. */
const copiedFor = 2000;

/**
 * Sends what the user asked for and keeps, for each place in the panel, whether an answer is awaited there and the
 * failure of its last intent, until it is tried again or dismissed.
 */
export class Actions {
  readonly #port: Pick<IntentPort, 'send'>;
  readonly #changed: () => void;
  readonly #failures = new Map<Place, Failure>();
  readonly #last = new Map<Place, Intent>();
  readonly #pending = new Map<Place, number>();
  readonly #copied = new Set<string>();
  readonly #unanswered = new Map<string, Promise<boolean>>();

  constructor(port: Pick<IntentPort, 'send'>, changed: () => void) {
    this.#port = port;
    this.#changed = changed;
  }

  /** Resolves with whether it went well; the failure is then shown at its place. */
  async send(place: Place, intent: Intent): Promise<boolean> {
    this.#failures.delete(place);
    this.#last.set(place, intent);
    this.#pending.set(place, (this.#pending.get(place) ?? 0) + 1);
    this.#changed();
    const failure = await this.#port.send(intent);
    this.#pending.set(place, (this.#pending.get(place) ?? 1) - 1);
    if (failure !== undefined) this.#failures.set(place, failure);
    this.#changed();
    return failure === undefined;
  }

  /** Sends an intent whose like is not under way already; if it is, resolves as that one does. */
  sendOnce(place: Place, intent: Intent): Promise<boolean> {
    const key = JSON.stringify(intent);
    const sent = this.#unanswered.get(key) ?? this.send(place, intent).finally(() => this.#unanswered.delete(key));
    this.#unanswered.set(key, sent);
    return sent;
  }

  /** Sends an intent that fills the clipboard; `isCopied(key)` then holds for two seconds. */
  async copy(place: Place, key: string, intent: Intent): Promise<void> {
    if (!(await this.send(place, intent))) return;
    this.#copied.add(key);
    this.#changed();
    setTimeout(() => {
      this.#copied.delete(key);
      this.#changed();
    }, copiedFor);
  }

  isCopied(key: string): boolean {
    return this.#copied.has(key);
  }

  failureAt(place: Place): Failure | undefined {
    return this.#failures.get(place);
  }

  /** What was last sent from there. */
  lastIntent(place: Place): Intent | undefined {
    return this.#last.get(place);
  }

  isPending(place: Place): boolean {
    return (this.#pending.get(place) ?? 0) > 0;
  }

  dismiss(place: Place): void {
    this.#failures.delete(place);
    this.#changed();
  }

  /** Forgets what concerned another incident. */
  reset(): void {
    this.#failures.clear();
    this.#changed();
  }
}
