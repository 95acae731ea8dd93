import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { succeed } from '../../src/model/failure.ts';
import type { IncidentEvent } from '../../src/model/event.ts';
import type { TraceReport } from '../../src/model/traceReport.ts';
import type { Surroundings, ToPanel } from '../../src/protocol.ts';
import { pageSeen } from '../../src/vscode/pageSeen.ts';
import { Panel } from '../../src/vscode/panel.ts';
import { listeningTo } from '../../src/vscode/panelTab.ts';
import { fullSurroundings, harmless, IncidentBuilder } from '../support/incidents.ts';
import { until } from '../support/until.ts';

/** An event of the editor's kind that counts who listens. */
class CountedEvent<T> {
  readonly #emitter = new vscode.EventEmitter<T>();
  listeners = 0;

  readonly event: vscode.Event<T> = (listener, thisArgument, disposables) => {
    const inner = this.#emitter.event(listener, thisArgument);
    this.listeners += 1;
    const own = new vscode.Disposable(() => {
      this.listeners -= 1;
      inner.dispose();
    });
    disposables?.push(own);
    return own;
  };

  fire(value: T): void {
    this.#emitter.fire(value);
  }
}

/** A tab with a page that the editor would show, and what is posted to that page. */
function madeTab() {
  const received = new CountedEvent<unknown>();
  const disposed = new CountedEvent<void>();
  const viewState = new CountedEvent<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  const posted: ToPanel[] = [];
  const tab: vscode.WebviewPanel = {
    viewType: 'incidentPanel',
    title: '',
    active: true,
    visible: true,
    viewColumn: vscode.ViewColumn.One,
    options: {},
    webview: {
      html: '',
      options: {},
      cspSource: 'https://example.com',
      asWebviewUri: (uri) => uri,
      onDidReceiveMessage: received.event,
      postMessage: (message: ToPanel) => {
        posted.push(message);
        return Promise.resolve(true);
      },
    },
    onDidDispose: disposed.event,
    onDidChangeViewState: viewState.event,
    reveal: () => undefined,
    dispose: () => disposed.fire(),
  };
  return { tab, posted, received, events: [received, disposed, viewState] };
}

function madePanel() {
  const builder = new IncidentBuilder('Checkout returns 500', Date.now()).evidence({ title: 'error.log' });
  const runId = builder.ask('orient');
  const switched = new CountedEvent<void>();
  const happened = new CountedEvent<IncidentEvent>();
  const surroundings = new CountedEvent<Surroundings>();
  const traces = new CountedEvent<TraceReport>();
  const errors: string[] = [];
  const extension = vscode.extensions.getExtension('incident-panel.incident-panel');
  if (extension === undefined) throw new Error('The extension is not in this editor.');
  const panel = new Panel(
    extension.extensionUri,
    {
      get investigation() {
        return { incident: builder.incident };
      },
      drafts: undefined,
      willRestore: false,
      current: () => Promise.resolve(succeed(undefined)),
      onDidSwitch: switched.event,
      onDidHappen: happened.event,
    },
    {
      onDidChange: surroundings.event,
      now: () => Promise.resolve(fullSurroundings),
      lookAround: () => Promise.resolve(),
    },
    { error: (message) => void errors.push(message) },
    () => Promise.resolve(undefined),
    { onDidChange: traces.event, report: { traces: [], moreTraces: 0, proposals: [] } },
  );
  const tell = (text: string): void =>
    happened.fire(builder.event({ type: 'replyDelta', runId, text: harmless(text) }));
  return { panel, tell, errors, events: [switched, happened, surroundings, traces] };
}

const ready = { intentId: 1, intent: { type: 'ready' } };
const typesOf = (posted: readonly ToPanel[], type: ToPanel['type']): number =>
  posted.filter((message) => message.type === type).length;

describe('the panel', function () {
  this.timeout(60_000);

  it('is told a reply that streams by what came, after one snapshot, in little more than its bytes', async () => {
    const { panel, tell, errors } = madePanel();
    const { tab, posted, received } = madeTab();
    panel.adopt(tab);
    received.fire(ready);
    await until('the page was hydrated', () => Promise.resolve(typesOf(posted, 'answer') === 1));
    const before = posted.length;
    // A minute of 20 KB a second, as the host gathers it: a piece for each frame or two.
    const piece = 'word '.repeat(130);
    const pieces = 1_800;
    for (let count = 0; count < pieces; count += 1) tell(piece);
    const streamed = posted.slice(before);
    assert.equal(typesOf(posted, 'hydrate'), 1);
    assert.equal(typesOf(streamed, 'events'), pieces);
    assert.equal(streamed.length, pieces);
    const bytes = streamed.reduce((sum, message) => sum + Buffer.byteLength(JSON.stringify(message)), 0);
    assert.ok(bytes <= 1.3 * pieces * piece.length, `${bytes} bytes for ${pieces * piece.length}`);
    assert.deepEqual(errors, []);
    panel.dispose();
  });

  it('hears what a page said that was there before it, leaves that page as it is, and listens no longer when it is closed', async () => {
    const { panel, errors, events } = madePanel();
    const { tab, posted, received, events: tabEvents } = madeTab();
    const early = listeningTo(tab);
    tab.webview.html = 'the first page';
    received.fire(pageSeen);
    await early.seen;
    received.fire(ready);
    panel.adoptEarly(early);
    await until('the page was hydrated', () => Promise.resolve(typesOf(posted, 'answer') === 1));
    assert.equal(typesOf(posted, 'hydrate'), 1);
    assert.equal(tab.webview.html, 'the first page');
    received.fire({ ...ready, intentId: 2 });
    await until('it is heard directly, once', () => Promise.resolve(typesOf(posted, 'answer') === 2));
    assert.deepEqual(errors, []);
    assert.equal(early.closed, false);
    panel.dispose();
    for (const event of [...events, ...tabEvents]) assert.equal(event.listeners, 0);
  });

  it('is not waited for by what is loaded behind a page that says nothing, or whose tab is closed', async () => {
    const silent = listeningTo(madeTab().tab);
    const made = madeTab();
    const closed = listeningTo(made.tab);
    made.tab.dispose();
    await Promise.all([silent.seen, closed.seen]);
    assert.deepEqual([silent.closed, closed.closed], [false, true]);
  });

  it('leaves nothing behind that listens when it was opened and closed a hundred times', async () => {
    const { panel, tell, events } = madePanel();
    const tabs: ReturnType<typeof madeTab>[] = [];
    for (let time = 0; time < 100; time += 1) {
      const made = madeTab();
      tabs.push(made);
      panel.adopt(made.tab);
      made.received.fire(ready);
      await until('the page was hydrated', () => Promise.resolve(typesOf(made.posted, 'answer') === 1));
      // Half of them are closed by their user; the next one closes the others.
      if (time % 2 === 0) made.tab.dispose();
    }
    panel.dispose();
    for (const event of [...events, ...tabs.flatMap((each) => each.events)]) assert.equal(event.listeners, 0);
    const counts = tabs.map(({ posted }) => posted.length);
    tell('nobody is there');
    assert.deepEqual(
      tabs.map(({ posted }) => posted.length),
      counts,
    );
    assert.equal(panel.visible, false);
  });
});
