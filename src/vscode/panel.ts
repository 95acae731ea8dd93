import { errorMessage } from '../model/failure.ts';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { DisposableStore } from '../model/emitter.ts';
import type { IncidentEvent } from '../model/event.ts';
import type { Investigation } from '../investigation/investigation.ts';
import type { Failure, Result } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { eventForPanel, forPanel, parseFromPanel } from '../protocol.ts';
import type { Intent, ToPanel } from '../protocol.ts';
import type { Log } from './log.ts';
import { pageSeen } from './pageSeen.ts';
import { newPanelTab, webviewOptions } from './panelTab.ts';
import type { EarlyTab } from './panelTab.ts';
import type { Session } from './session.ts';
import type { SurroundingsWatch } from './surroundings.ts';
import type { TraceWatch } from './traceWatch.ts';

/** Milliseconds that the page waits for an incident that is being restored, to begin with its picture. */
const longestWaitForRestore = 300;

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly disposables: DisposableStore;
  /** The page has been hydrated and takes events. */
  ready: boolean;
}

/** What the panel needs of the session: the open incident, and what happens to it. */
interface PanelSession extends Pick<Session, 'onDidSwitch' | 'onDidHappen' | 'drafts' | 'willRestore'> {
  readonly investigation: Pick<Investigation, 'incident'> | undefined;
  current(): Promise<Result<unknown>>;
}

export type IntentHandler = (intent: Intent) => Promise<Failure | undefined>;

/**
 * The panel's editor tab. Says what happened, takes what the user wants, and keeps no state: the page may be thrown
 * away and made anew at any time, and is then hydrated.
 */
export class Panel implements vscode.Disposable {
  readonly #session: PanelSession;
  readonly #surroundings: Pick<SurroundingsWatch, 'onDidChange' | 'now' | 'lookAround'>;
  readonly #traces: Pick<TraceWatch, 'onDidChange' | 'report'>;
  readonly #log: Pick<Log, 'error'>;
  readonly #extensionUri: vscode.Uri;
  readonly #dist: vscode.Uri;
  readonly #handle: IntentHandler;
  #open: { readonly panel: vscode.WebviewPanel; readonly disposables: DisposableStore; ready: boolean } | undefined;
  #waitingReveal: Extract<ToPanel, { type: 'reveal' }> | undefined;

  constructor(
    extensionUri: vscode.Uri,
    session: PanelSession,
    surroundings: Pick<SurroundingsWatch, 'onDidChange' | 'now' | 'lookAround'>,
    log: Pick<Log, 'error'>,
    handle: IntentHandler,
    traces: Pick<TraceWatch, 'onDidChange' | 'report'>,
  ) {
    this.#extensionUri = extensionUri;
    this.#dist = vscode.Uri.joinPath(extensionUri, 'dist');
    this.#session = session;
    this.#surroundings = surroundings;
    this.#log = log;
    this.#handle = handle;
    this.#traces = traces;
  }

  get visible(): boolean {
    return this.#open?.panel.visible === true;
  }

  /** Shows the panel, made anew where there is none. */
  show(options: { readonly preserveFocus?: boolean } = {}): void {
    if (this.#open !== undefined) {
      this.#open.panel.reveal(undefined, options.preserveFocus);
      return;
    }
    this.adopt(newPanelTab(this.#extensionUri, options.preserveFocus));
  }

  /** Takes over a panel that the editor kept across a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    panel.webview.options = webviewOptions(this.#extensionUri);
    const opened = this.#takeOver(panel);
    void this.#fill(opened).catch((error: unknown) => this.#log.error('The panel has no page', error));
  }

  /** Takes over a panel that has its page already, and hears what that has said meanwhile. */
  adoptEarly(early: EarlyTab): void {
    this.#takeOver(early.panel);
    for (const message of early.handOver()) void this.#receive(message);
  }

  #takeOver(panel: vscode.WebviewPanel): OpenPanel {
    this.#open?.panel.dispose();
    const disposables = new DisposableStore();
    const opened: OpenPanel = { panel, disposables, ready: false };
    this.#open = opened;
    panel.iconPath = panelIcon(this.#dist);
    disposables.add(panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)));
    disposables.add(
      panel.onDidDispose(() => {
        disposables.dispose();
        if (this.#open === opened) this.#open = undefined;
      }),
    );
    disposables.add(
      panel.onDidChangeViewState(() => {
        // A hidden page is thrown away by the editor; the next one says that it is ready by itself.
        if (!panel.visible) opened.ready = false;
      }),
    );
    disposables.add(
      this.#session.onDidSwitch(() => {
        if (opened.ready) void this.#hydrate(opened);
      }),
    );
    disposables.add(this.#session.onDidHappen((event) => this.#tellEvent(event)));
    disposables.add(
      this.#surroundings.onDidChange((surroundings) => this.#post({ type: 'surroundings', surroundings })),
    );
    disposables.add(this.#traces.onDidChange((report) => this.#post({ type: 'traces', report })));
    this.#setTitle();
    return opened;
  }

  /**
   * Gives the panel its page, with what is known of the incident as its first picture. Where none is open one will be begun
   * when the page is ready, and how that looks is known; one that is just being restored is waited for, for a moment.
   */
  async #fill(opened: OpenPanel): Promise<void> {
    const restores = this.#session.investigation === undefined && this.#session.willRestore;
    if (restores) await Promise.race([this.#session.current(), delay(longestWaitForRestore)]);
    const { fillPage } = await import('./firstPage.ts');
    if (this.#open !== opened) return;
    const known = this.#session.investigation?.incident ?? (restores ? undefined : 'toBe');
    fillPage(opened.panel, this.#extensionUri, known, this.#log);
  }

  /** Brings a part of the panel into view, now or as soon as it is there. */
  reveal(target: Extract<ToPanel, { type: 'reveal' }>['target']): void {
    const message = { type: 'reveal', target } as const;
    if (this.#open?.ready === true) this.#post(message);
    else this.#waitingReveal = message;
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }

  async #receive(raw: unknown): Promise<void> {
    if (raw === pageSeen) return;
    const message = parseFromPanel(raw);
    if (message === undefined) {
      this.#log.error('A message of the panel was not understood');
      return;
    }
    const { intentId, intent } = message;
    let failure: Failure | undefined;
    try {
      if (intent.type === 'ready') await this.#becomeReady();
      else failure = await this.#handle(intent);
    } catch (error) {
      this.#log.error(`The intent ${intent.type} failed`, error);
      failure = { kind: 'unexpected', detail: errorMessage(error) };
    }
    this.#post({ type: 'answer', intentId, ...(failure === undefined ? {} : { failure }) });
  }

  async #becomeReady(): Promise<void> {
    const opened = this.#open;
    if (opened === undefined) return;
    const current = await this.#session.current();
    if (!current.ok) this.#log.error(`No incident could be opened: ${current.failure.kind}`);
    await this.#hydrate(opened);
    if (this.#waitingReveal !== undefined) this.#post(this.#waitingReveal);
    this.#waitingReveal = undefined;
    void this.#surroundings.lookAround();
  }

  /** Sends the whole truth. From then on the page is ready: events before it would be of no use to it. */
  async #hydrate(opened: OpenPanel): Promise<void> {
    const surroundings = await this.#surroundings.now();
    // Read after the wait, and posted at once: the events that follow continue just this snapshot.
    const incident = this.#session.investigation?.incident;
    opened.ready = true;
    const drafts = this.#session.drafts;
    if (incident !== undefined)
      this.#post({
        type: 'hydrate',
        incident: forPanel(incident),
        surroundings,
        ...(drafts === undefined ? {} : { drafts }),
      });
    this.#post({ type: 'traces', report: this.#traces.report });
    this.#setTitle();
  }

  #tellEvent(event: IncidentEvent): void {
    this.#post({ type: 'events', events: [eventForPanel(event)] });
    if (event.type === 'incidentRenamed') this.#setTitle();
  }

  #setTitle(): void {
    const title = this.#session.investigation?.incident.title;
    if (this.#open !== undefined)
      this.#open.panel.title = title === undefined ? t('Incident') : t('Incident: {0}', shorten(title));
  }

  /** A page that is not there yet, or no longer, is hydrated when it is ready; it needs no messages before. */
  #post(message: ToPanel): void {
    if (this.#open?.ready === true) void this.#open.panel.webview.postMessage(message);
  }
}

function shorten(title: string): string {
  return asLabel(title, 40);
}

function panelIcon(dist: vscode.Uri): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(dist, '..', 'media', `panel-${theme}.svg`);
  return { light: icon('light'), dark: icon('dark') };
}
