import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { FailingLine } from '../evidence/failingLines.ts';
import { Drafts } from '../incident/drafts.ts';
import { IncidentLibrary } from '../incident/library.ts';
import type { IncidentSummary } from '../incident/library.ts';
import { IncidentLock } from '../incident/lock.ts';
import type { LockOwner } from '../incident/lock.ts';
import { IncidentStore } from '../incident/store.ts';
import { Investigation } from '../investigation/investigation.ts';
import { untitled } from '../model/untitled.ts';
import { isDraftKey } from '../model/draft.ts';
import type { KeptDrafts } from '../model/draft.ts';
import type { IncidentEvent, IncidentFolder } from '../model/event.ts';
import { DisposableStore } from '../model/emitter.ts';
import { errorMessage, fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { ownWords } from '../model/redacted.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { ActiveIncident } from './activeIncident.ts';
import { demoWorld } from './demoBundle.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import type { Endpoints } from './endpoints.ts';
import { budget, contextWindowOf, longestWaitMs } from './settings.ts';
import { notify } from './notices.ts';
import { findEnvironment } from './environmentFinder.ts';
import { readHouseRules } from './houseRules.ts';
import { languageServerCallers } from './languageServerCallers.ts';
import { openRedactor } from './redaction.ts';
import { readSuspect } from './workspaceFiles.ts';
import { repositoryWorld } from './world.ts';

/** A demo to start, with the title that its incident gets. */
export interface DemoStart {
  readonly name: string;
  readonly title: string;
}

/** Events after which the list of incidents shows something else. */
const summarized: ReadonlySet<IncidentEvent['type']> = new Set([
  'incidentStarted',
  'incidentRenamed',
  'incidentResolved',
  'incidentReopened',
  'stepChecked',
  'stepUnchecked',
  'stepSkipped',
]);

/**
 * The incident that this window works on: opens, starts and switches incidents, and passes their events on. Lives as
 * long as the window; panels and trees come and go.
 */
export class Session implements vscode.Disposable {
  /** Another incident, or none, is open now. */
  readonly onDidSwitch: vscode.Event<void>;
  readonly onDidHappen: vscode.Event<IncidentEvent>;
  /** The incident cannot be saved any more, or can again. */
  readonly onDidSave: vscode.Event<void>;
  readonly #saved = new vscode.EventEmitter<void>();
  /** What the stack traces name in the open folders; set by what reads them. */
  failingLines: () => readonly FailingLine[] = () => [];
  readonly #switched = new vscode.EventEmitter<void>();
  readonly #happened = new vscode.EventEmitter<IncidentEvent>();
  readonly #library: IncidentLibrary;
  readonly #active: ActiveIncident;
  readonly #context: vscode.ExtensionContext;
  readonly #keys: Keys;
  readonly #endpoints: Endpoints;
  readonly #log: Log;
  readonly #window: LockOwner = {
    window: randomBytes(8).toString('hex'),
    pid: process.pid,
    host: hostname(),
    since: Date.now(),
  };
  #opened:
    | {
        readonly investigation: Investigation;
        readonly redactor: Redactor;
        readonly drafts: Drafts;
        readonly disposables: DisposableStore;
      }
    | undefined;
  /** The last call that opens an incident, done or not. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(context: vscode.ExtensionContext, keys: Keys, endpoints: Endpoints, log: Log) {
    this.#context = context;
    this.#keys = keys;
    this.#endpoints = endpoints;
    this.#log = log;
    this.#library = new IncidentLibrary(join(context.globalStorageUri.fsPath, 'incidents'));
    this.#active = new ActiveIncident(context, (error) =>
      log.error('Which incident is open could not be written', error),
    );
    this.onDidSwitch = this.#switched.event;
    this.onDidHappen = this.#happened.event;
    this.onDidSave = this.#saved.event;
  }

  get investigation(): Investigation | undefined {
    return this.#opened?.investigation;
  }

  /** Why nothing can be changed in the open incident: another window writes it. */
  get readOnly(): Failure | undefined {
    const writer = this.investigation?.store.writer;
    return writer === undefined ? undefined : { kind: 'openElsewhere', host: writer.host, since: writer.since };
  }

  /** Whether this window had an incident open, which is not open yet. */
  get willRestore(): boolean {
    return this.#opened === undefined && this.#active.get() !== undefined;
  }

  /** Makes this the window that writes the open incident; the other one, where it lives, then only follows. */
  takeOver(): Promise<Result<Investigation>> {
    return this.#inTurn(async () => {
      const { investigation } = this;
      if (investigation === undefined) return fail({ kind: 'unexpected', detail: t('no incident is open') });
      if (this.readOnly === undefined) return succeed(investigation);
      const { path, incident } = investigation.store;
      this.#lockOf(path).takeOver();
      return this.#openKept(incident.id);
    });
  }

  /** The redactor of the open incident. */
  get redactor(): Redactor | undefined {
    return this.#opened?.redactor;
  }

  /** What the user is writing in the open incident. */
  get drafts(): KeptDrafts | undefined {
    return this.#opened?.drafts.kept;
  }

  /** Keeps what the page tells of its drafts; of another incident than the open one it is too late. */
  keepDrafts(
    incidentId: string,
    changes: readonly { readonly key: string; readonly text?: string | undefined }[],
  ): void {
    if (this.#opened?.investigation.incident.id !== incidentId) return;
    this.#opened.drafts.keep(changes.flatMap(({ key, text }) => (isDraftKey(key) ? [{ key, text }] : [])));
  }

  /** How many incidents are kept. */
  get count(): number {
    return this.#library.ids().length;
  }

  /** All incidents, the latest first. */
  list(): readonly IncidentSummary[] {
    return this.#library.list();
  }

  /** Opens the incident that this window had open before it was reloaded, if any. */
  restore(): Promise<Failure | undefined> {
    return this.#inTurn(async () => {
      const id = this.#active.get();
      if (id === undefined || !this.#library.ids().includes(id)) return undefined;
      await untilLetGo(this.#lockOf(this.#library.pathOf(id)));
      const result = await this.#openKept(id);
      return result.ok ? undefined : result.failure;
    });
  }

  /** The open incident, or a new one where none is open. One that is just being restored is waited for. */
  current(): Promise<Result<Investigation>> {
    return this.#inTurn(async () =>
      this.#opened === undefined ? this.#startNew() : succeed(this.#opened.investigation),
    );
  }

  /** Starts a new incident and works on it: of a demo, where one is given. The one before stays in the list. */
  start(demo?: DemoStart): Promise<Result<Investigation>> {
    return this.#inTurn(() => this.#startNew(demo));
  }

  switchTo(id: string): Promise<Result<Investigation>> {
    return this.#inTurn(() => this.#openKept(id));
  }

  /** Deletes an incident and all that was kept for it. Where it is the open one, none is open afterwards. */
  delete(id: string): Promise<Failure | undefined> {
    return this.#inTurn(async () => {
      const state = this.#lockOf(this.#library.pathOf(id)).state();
      if (state.kind === 'held') return { kind: 'openElsewhere', host: state.owner.host, since: state.owner.since };
      const { investigation } = this;
      const isOpen = investigation?.incident.id === id;
      if (isOpen) {
        await investigation.stop();
        this.#opened?.drafts.discard();
        this.#close();
        await this.#active.set(undefined);
      }
      const failure = this.#library.delete(id);
      if (isOpen) this.#switched.fire();
      return failure;
    });
  }

  dispose(): void {
    this.#close();
    this.#switched.dispose();
    this.#happened.dispose();
    this.#saved.dispose();
  }

  /**
   * One after the other: a panel that is opened while the window still restores its incident must get that one, and
   * two callers at once the same new one.
   */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #startNew(demo?: DemoStart): Promise<Result<Investigation>> {
    const id = newId(new Date());
    const folder = currentFolder();
    const path = this.#library.pathOf(id);
    return this.#open(path, () =>
      succeed(
        IncidentStore.start({
          path,
          now: Date.now,
          lock: this.#lockOf(path),
          id,
          title: demo === undefined ? untitled : ownWords(demo.title),
          ...(folder === undefined ? {} : { folder }),
          ...(demo === undefined ? {} : { demo: demo.name }),
        }),
      ),
    );
  }

  #openKept(id: string): Promise<Result<Investigation>> {
    const path = this.#library.pathOf(id);
    return this.#open(path, () => IncidentStore.open({ path, now: Date.now, lock: this.#lockOf(path) }));
  }

  async #open(path: string, load: () => Result<IncidentStore>): Promise<Result<Investigation>> {
    // So that an incident that is opened anew finds what was being written.
    await this.#opened?.drafts.flush();
    const redaction = await openRedactor(
      path,
      await this.#keys.fingerprintKey(),
      (message) => this.#log.info(message),
      () => this.readOnly === undefined,
      () => void this.#hideLearned(path),
    );
    await this.investigation?.stop();
    let store: Result<IncidentStore>;
    try {
      store = load();
    } catch (error) {
      this.#log.error('The incident was not opened', error);
      store = fail({ kind: 'unexpected', detail: errorMessage(error) });
    }
    if (!store.ok) {
      redaction.dispose();
      return store;
    }
    this.#close();
    const investigation = new Investigation(store.value, {
      redactor: redaction.redactor,
      endpoint: () => this.#endpoints.first(),
      fallbacks: () => this.#endpoints.fallbacks(),
      key: (endpoint) => this.#endpoints.keyOf(endpoint),
      health: this.#endpoints.book,
      parameters: this.#endpoints.parameters,
      longestWaitMs,
      budget,
      readSuspect,
      environmentTable: findEnvironment,
      houseRules: readHouseRules,
      contextWindow: contextWindowOf,
      ...repositoryWorld,
      failingLines: () => this.failingLines(),
      languageServerCallers,
      ...demoWorld(this.#context.extensionPath, store.value.incident.demo),
      log: (message) => this.#log.info(message),
    });
    const disposables = new DisposableStore();
    const drafts = new Drafts({
      journalPath: path,
      hide: (text) => redaction.redactor.hide(text, { what: t('what you are writing') }),
      mayStore: () => store.value.writer === undefined,
      log: (message) => this.#log.info(message),
    });
    disposables.add(drafts);
    disposables.add(redaction);
    disposables.add(store.value);
    disposables.add(store.value.onEvent((event) => this.#passOn(event)));
    disposables.add(store.value.onFailureChange(() => this.#saved.fire()));
    disposables.add(store.value.onWriterChange(() => this.#reopen(store.value)));
    this.#opened = { investigation, redactor: redaction.redactor, drafts, disposables };
    if (store.value.writer === undefined) this.#library.remember(store.value.incident);
    await this.#active.set(store.value.incident.id);
    this.#switched.fire();
    return succeed(investigation);
  }

  /** Evidence may hold what an environment file says only now. */
  async #hideLearned(path: string): Promise<void> {
    const { investigation } = this;
    if (investigation?.store.path !== path || this.readOnly !== undefined) return;
    await notify(await investigation.hideLearned());
  }

  #passOn(event: IncidentEvent): void {
    const { investigation } = this;
    if (investigation !== undefined && this.readOnly === undefined && summarized.has(event.type))
      this.#library.remember(investigation.incident);
    this.#happened.fire(event);
  }

  /** Another window has taken the incident over, or has let go of it: what it wrote is read, and this one's part is new. */
  #reopen(store: IncidentStore): void {
    void this.#inTurn(async () => {
      if (this.investigation?.store !== store) return;
      const opened = await this.#openKept(store.incident.id);
      if (!opened.ok) this.#log.error(`The incident could not be opened again: ${opened.failure.kind}`);
    }).catch((error: unknown) => this.#log.error('The incident could not be opened again', error));
  }

  #lockOf(path: string): IncidentLock {
    return new IncidentLock(path, { me: this.#window, now: Date.now });
  }

  #close(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    void opened?.investigation.stop();
    opened?.disposables.dispose();
  }
}

/** A window that is reloaded starts before what it was has ended: it is given this long to let go, in milliseconds. */
const letGoMs = 1_500;

async function untilLetGo(lock: IncidentLock): Promise<void> {
  for (let waited = 0; lock.state().kind === 'held' && waited < letGoMs; waited += 100) await delay(100);
}

/** Sortable by time, and unique where two windows start one in the same second. */
function newId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(':', '-')}-${randomBytes(3).toString('hex')}`;
}

function currentFolder(): IncidentFolder | undefined {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder === undefined ? undefined : { name: folder.name, uri: folder.uri.toString() };
}
