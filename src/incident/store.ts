import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Fact, IncidentEvent } from '../model/event.ts';
import { journalFormat } from '../model/event.ts';
import type { IncidentFolder } from '../model/event.ts';
import { Emitter } from '../model/emitter.ts';
import type { Disposable } from '../model/emitter.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { activeRun } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { Redacted } from '../model/redacted.ts';
import { emptyIncident, reduce } from '../model/reduce.ts';
import { Journal } from './journal.ts';
import type { JournalContents } from './journal.ts';

export interface StoreOptions {
  /** The journal's path, ending in `.jsonl`. */
  readonly path: string;
  readonly now: () => number;
}

/**
 * One incident: what happened (its journal) and what that makes of it (`incident`). Events go to disk, then into the
 * incident, then to whoever listens.
 */
export class IncidentStore implements Disposable {
  /** Lines of the journal that could not be read when it was opened. */
  readonly badLines: number;
  readonly onEvent: Emitter<IncidentEvent>['event'];
  private current: Incident;
  private readonly journal: Journal;
  private readonly now: () => number;
  private readonly events = new Emitter<IncidentEvent>();
  private readonly told: IncidentEvent[];
  private writeFailure: Failure | undefined;
  private disposed = false;

  private constructor(
    journal: Journal,
    now: () => number,
    incident: Incident,
    { events, badLines }: JournalContents = { events: [], badLines: 0 },
  ) {
    this.journal = journal;
    this.now = now;
    this.current = incident;
    this.badLines = badLines;
    this.told = events.filter(isTold);
    this.onEvent = this.events.event;
  }

  /** Starts an incident. Its marker is drawn here: what is written into a log beforehand cannot hold it. */
  static start(options: StoreOptions & { id: string; title: Redacted; folder?: IncidentFolder }): IncidentStore {
    const store = new IncidentStore(new Journal(options.path), options.now, emptyIncident);
    store.dispatch({
      type: 'incidentStarted',
      format: journalFormat,
      incidentId: options.id,
      title: options.title,
      ...(options.folder === undefined ? {} : { folder: options.folder }),
      marker: randomBytes(12).toString('hex'),
    });
    return store;
  }

  /**
   * Opens an incident from its journal. A reply that was streaming when the window went away is marked interrupted: its
   * text stays, and it can be continued.
   */
  static open(options: StoreOptions): Result<IncidentStore> {
    const journal = new Journal(options.path);
    const contents = journal.read();
    if (!contents.ok) return contents;
    const { events } = contents.value;
    const first = events[0];
    if (first === undefined) return fail({ kind: 'journalUnreadable', path: options.path, code: 'no readable line' });
    const start = first.type === 'incidentStarted' ? emptyIncident : recovered(journal, first);
    const incident = events.reduce(reduce, start);
    const store = new IncidentStore(journal, options.now, incident, contents.value);
    const streaming = activeRun(incident);
    if (streaming !== undefined) {
      store.dispatch({ type: 'replyEnded', runId: streaming.id, outcome: { kind: 'interrupted' } });
    }
    return succeed(store);
  }

  get incident(): Incident {
    return this.current;
  }

  /**
   * What happened, in its order, without the pieces of replies: those are in the incident whole. It is what the timeline
   * is made from.
   */
  get history(): readonly IncidentEvent[] {
    return this.told;
  }

  get path(): string {
    return this.journal.path;
  }

  /** Why the last event is not on disk, while that is so. */
  get failure(): Failure | undefined {
    return this.writeFailure;
  }

  /** Makes a fact happen. Without effect once the store is disposed of. */
  dispatch(fact: Fact): IncidentEvent {
    const event: IncidentEvent = { ...fact, seq: this.current.seq + 1, at: this.now() };
    if (this.disposed) return event;
    this.writeFailure = this.journal.append(event);
    this.current = reduce(this.current, event);
    if (isTold(event)) this.told.push(event);
    this.events.fire(event);
    return event;
  }

  /**
   * Lets go of the incident, as when the window closes. A reply that still streams is left without an end in the journal,
   * and nothing of it is written any more: whoever opens the incident next marks it as interrupted.
   */
  dispose(): void {
    this.disposed = true;
    this.events.dispose();
    this.journal.close();
  }
}

function isTold({ type }: IncidentEvent): boolean {
  return type !== 'replyDelta' && type !== 'replyOpaque';
}

/** What stands in for a damaged first line, so that the rest of the incident is not lost with it. */
function recovered(journal: Journal, first: IncidentEvent): Incident {
  return { ...emptyIncident, id: basename(journal.path, '.jsonl'), title: 'Recovered incident', startedAt: first.at };
}
