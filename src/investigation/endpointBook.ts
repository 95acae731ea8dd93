import { reduceHealth } from '../claude/endpointHealth.ts';
import type { HealthEvent, HealthState } from '../claude/endpointHealth.ts';
import { Emitter } from '../model/emitter.ts';

/** What is known of the endpoints' health, shared by all incidents of a window and kept nowhere. */
export class EndpointBook {
  readonly onDidChange: Emitter<HealthState>['event'];
  readonly now: () => number;
  readonly #changed = new Emitter<HealthState>();
  #current: HealthState = {};

  constructor(now: () => number = Date.now) {
    this.now = now;
    this.onDidChange = this.#changed.event;
  }

  get state(): HealthState {
    return this.#current;
  }

  note(event: HealthEvent): void {
    const next = reduceHealth(this.#current, event);
    if (next === this.#current) return;
    this.#current = next;
    this.#changed.fire(next);
  }
}
