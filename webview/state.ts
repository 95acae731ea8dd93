import type { Incident } from '../src/model/incident.ts';
import { reduce } from '../src/model/reduce.ts';
import type { IncidentEvent } from '../src/model/event.ts';
import type { TraceReport } from '../src/model/traceReport.ts';
import type { Surroundings, ToPanel } from '../src/protocol.ts';

/** What a message changed: nothing, only the streamed text of the reply that is coming in, or anything else. */
export type Change = 'nothing' | 'replyText' | 'all';

/**
 * The panel's copy of what the host owns. It starts from a hydrate and goes on with the events that follow, through
 * the same reducer as the host. When an event is missing it changes nothing more and asks to be hydrated again.
 */
export class PanelState {
  readonly #askToHydrate: () => void;
  #incident: Incident | undefined;
  #surroundings: Surroundings | undefined;
  #traces: TraceReport = { traces: [], moreTraces: 0, proposals: [] };
  #waitsForHydrate = true;

  constructor(askToHydrate: () => void) {
    this.#askToHydrate = askToHydrate;
  }

  get incident(): Incident | undefined {
    return this.#incident;
  }

  get surroundings(): Surroundings | undefined {
    return this.#surroundings;
  }

  get traces(): TraceReport {
    return this.#traces;
  }

  receive(message: Extract<ToPanel, { type: 'hydrate' | 'events' | 'surroundings' | 'traces' }>): Change {
    switch (message.type) {
      case 'hydrate':
        this.#incident = message.incident;
        this.#surroundings = message.surroundings;
        this.#waitsForHydrate = false;
        return 'all';
      case 'surroundings':
        this.#surroundings = message.surroundings;
        return 'all';
      case 'traces':
        this.#traces = message.report;
        return 'all';
      case 'events':
        return this.#apply(message.events);
    }
  }

  #apply(events: readonly IncidentEvent[]): Change {
    if (this.#incident === undefined || this.#waitsForHydrate) return 'nothing';
    const before = this.#incident;
    let onlyText = true;
    for (const event of events) {
      // A hydrate may already hold what was on its way when it was made.
      if (event.seq <= this.#incident.seq) continue;
      if (event.seq !== this.#incident.seq + 1) {
        this.#waitsForHydrate = true;
        this.#askToHydrate();
        break;
      }
      this.#incident = reduce(this.#incident, event);
      onlyText &&= event.type === 'replyDelta';
    }
    if (this.#incident === before) return 'nothing';
    // A delta that opens a new part needs a place in the page, not only more text in it.
    return onlyText && partCount(this.#incident) === partCount(before) ? 'replyText' : 'all';
  }
}

function partCount(incident: Incident): number {
  return incident.runs.at(-1)?.parts.length ?? 0;
}

const types: ReadonlySet<unknown> = new Set([
  'hydrate',
  'events',
  'surroundings',
  'traces',
  'answer',
  'reveal',
] satisfies ToPanel['type'][]);

/** Whether a window message is one of the host's. Only the host can post to the panel; others in the page may not. */
export function isToPanel(data: unknown): data is ToPanel {
  return typeof data === 'object' && data !== null && 'type' in data && types.has(data.type);
}
