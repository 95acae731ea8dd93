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
import { JournalTail } from './journalTail.ts';
import type { IncidentLock, LockOwner } from './lock.ts';

export interface StoreOptions {
  /** The journal's path, ending in `.jsonl`. */
  readonly path: string;
  readonly now: () => number;
  /** Which window writes the incident; without it, this one does. */
  readonly lock?: IncidentLock;
}

/** What was wrong with a journal when it was read. */
export type JournalDamage = Pick<JournalContents, 'badLines' | 'missing' | 'unknown'>;

const empty = { events: [], badLines: 0, missing: 0, unknown: 0 };

/** How often what could not be written is tried again, in milliseconds. */
const retryMs = 2_000;

/** How often a window looks who writes its incident, in milliseconds. */
const lookMs = 1_000;

/**
 * One incident: what happened (its journal) and what that makes of it (`incident`). Events go to disk, then into the
 * incident, then to whoever listens. Where another window writes it, it is only followed: what happens there happens
 * here a moment later, and nothing can be added.
 */
export class IncidentStore implements Disposable {
  /** What could not be read of the journal when it was opened. */
  readonly damage: JournalDamage;
  /** Writing has begun to fail, or works again. */
  readonly onFailureChange: Emitter<Failure | undefined>['event'];
  readonly #failureChanged = new Emitter<Failure | undefined>();
  #retryTimer: NodeJS.Timeout | undefined;
  readonly onEvent: Emitter<IncidentEvent>['event'];
  #current: Incident;
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #events = new Emitter<IncidentEvent>();
  readonly #told: IncidentEvent[];
  /** The window that writes; this one reads. Undefined where this one writes. */
  readonly writer: LockOwner | undefined;
  /** The other window has gone, or has taken the incident over: it is to be opened anew. */
  readonly onWriterChange: Emitter<undefined>['event'];
  readonly #writerChanged = new Emitter<undefined>();
  readonly #lock: IncidentLock | undefined;
  #tail: JournalTail | undefined;
  #writeFailure: Failure | undefined;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  private constructor(
    journal: Journal,
    now: () => number,
    incident: Incident,
    { events, badLines, missing, unknown }: Omit<JournalContents, 'bytes'> = empty,
    access: { readonly lock?: IncidentLock | undefined; readonly writer?: LockOwner | undefined } = {},
  ) {
    this.#lock = access.lock;
    this.writer = access.writer;
    this.onWriterChange = this.#writerChanged.event;
    this.#journal = journal;
    this.#now = now;
    this.#current = incident;
    this.damage = { badLines, missing, unknown };
    this.onFailureChange = this.#failureChanged.event;
    this.#told = events.filter(isTold);
    this.onEvent = this.#events.event;
  }

  /** Starts an incident. Its marker is drawn here: what is written into a log beforehand cannot hold it. */
  static start(
    options: StoreOptions & { id: string; title: Redacted; folder?: IncidentFolder; demo?: string },
  ): IncidentStore {
    options.lock?.acquire();
    const { lock } = options;
    const store = new IncidentStore(new Journal(options.path), options.now, emptyIncident, undefined, { lock });
    store.#watchWriter(isLostForGood);
    store.dispatch({
      type: 'incidentStarted',
      format: journalFormat,
      incidentId: options.id,
      title: options.title,
      ...(options.folder === undefined ? {} : { folder: options.folder }),
      marker: randomBytes(12).toString('hex'),
      ...(options.demo === undefined ? {} : { demo: options.demo }),
    });
    return store;
  }

  /**
   * Opens an incident from its journal. A reply that was streaming when the window went away is marked interrupted: its
   * text stays, and it can be continued. Where another window writes the incident, it is followed and left as it is.
   */
  static open(options: StoreOptions): Result<IncidentStore> {
    const { lock } = options;
    const state = lock?.acquire();
    const journal = new Journal(options.path);
    const contents = journal.read();
    if (!contents.ok) {
      lock?.dispose();
      return contents;
    }
    const { events } = contents.value;
    const first = events[0];
    if (first === undefined) {
      lock?.dispose();
      return fail({ kind: 'journalUnreadable', path: options.path, code: 'no readable line' });
    }
    const start = first.type === 'incidentStarted' ? emptyIncident : recovered(journal, first);
    const incident = events.reduce(reduce, start);
    const writer = state?.kind === 'held' ? state.owner : undefined;
    const store = new IncidentStore(journal, options.now, incident, contents.value, { lock, writer });
    if (writer !== undefined) {
      store.#follow(contents.value.bytes);
      return succeed(store);
    }
    store.#watchWriter(isLostForGood);
    const streaming = activeRun(incident);
    if (streaming !== undefined) {
      store.dispatch({ type: 'replyEnded', runId: streaming.id, outcome: { kind: 'interrupted' } });
    }
    return succeed(store);
  }

  get incident(): Incident {
    return this.#current;
  }

  /**
   * What happened, in its order, without the pieces of replies: those are in the incident whole. It is what the timeline
   * is made from.
   */
  get history(): readonly IncidentEvent[] {
    return this.#told;
  }

  get path(): string {
    return this.#journal.path;
  }

  /** Why the last event is not on disk, while that is so. */
  get failure(): Failure | undefined {
    return this.#writeFailure;
  }

  /**
   * Makes a fact happen. Without effect once the store is disposed of, or where another window writes the incident: also
   * where it has just taken it over, which is told.
   */
  dispatch(fact: Fact): IncidentEvent {
    const event: IncidentEvent = { ...fact, seq: this.#current.seq + 1, at: this.#now() };
    if (this.#disposed || this.writer !== undefined) return event;
    if (this.#lock?.isLost === true) {
      this.#tellWriterChange();
      return event;
    }
    this.#noteWriting(this.#journal.append(event));
    this.#happen(event);
    return event;
  }

  /** While lines are owed to the disk, they are tried again without waiting for the next event. */
  #noteWriting(failure: Failure | undefined): void {
    const before = this.#writeFailure;
    this.#writeFailure = failure;
    if (failure === undefined) {
      clearInterval(this.#retryTimer);
      this.#retryTimer = undefined;
    } else {
      this.#retryTimer ??= setInterval(() => this.#noteWriting(this.#journal.retry()), retryMs).unref();
    }
    if ((before === undefined) !== (failure === undefined)) this.#failureChanged.fire(failure);
  }

  /** Takes in what the other window has written by now, without waiting to be told of it. */
  catchUp(): void {
    this.#tail?.read();
  }

  #happen(event: IncidentEvent): void {
    this.#current = reduce(this.#current, event);
    if (isTold(event)) this.#told.push(event);
    this.#events.fire(event);
  }

  /** Takes part in what another window writes, and notices when it no longer does. */
  #follow(from: number): void {
    this.#tail = new JournalTail(this.path, from, (events) => events.forEach((event) => this.#happen(event)));
    this.#watchWriter((theirs) => theirs.state().kind !== 'held');
  }

  /** Notices without being asked to write that another window has taken the incident over. */
  #watchWriter(isChanged: (lock: IncidentLock) => boolean): void {
    const lock = this.#lock;
    if (lock === undefined) return;
    this.#timer = setInterval(() => {
      if (isChanged(lock)) this.#tellWriterChange();
    }, lookMs).unref();
  }

  #tellWriterChange(): void {
    clearInterval(this.#timer);
    // Not from within the call that has noticed it: whoever hears it closes this store.
    queueMicrotask(() => this.#writerChanged.fire(undefined));
  }

  /**
   * Lets go of the incident, as when the window closes. A reply that still streams is left without an end in the journal,
   * and nothing of it is written any more: whoever opens the incident next marks it as interrupted.
   */
  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    clearInterval(this.#retryTimer);
    this.#failureChanged.dispose();
    this.#tail?.dispose();
    this.#writerChanged.dispose();
    this.#events.dispose();
    this.#journal.close();
    this.#lock?.dispose();
  }
}

/** A lock that could not be written, or was swept away, is taken again. */
function isLostForGood(own: IncidentLock): boolean {
  return own.isLost || own.acquire().kind === 'held';
}

function isTold({ type }: IncidentEvent): boolean {
  return type !== 'replyDelta' && type !== 'replyOpaque';
}

/** What stands in for a damaged first line, so that the rest of the incident is not lost with it. */
function recovered(journal: Journal, first: IncidentEvent): Incident {
  return { ...emptyIncident, id: basename(journal.path, '.jsonl'), title: 'Recovered incident', startedAt: first.at };
}
