import * as vscode from 'vscode';
import { panelType } from './contributions.ts';
import { useTexts } from './model/l10n.ts';
import { registerCommands } from './vscode/commands.ts';
import { registerContextKeys } from './vscode/contextKeys.ts';
import { DemoActions } from './vscode/demoActions.ts';
import { Diffs } from './vscode/diffs.ts';
import { Documents } from './vscode/documents.ts';
import { Endpoints } from './vscode/endpoints.ts';
import { EndpointActions } from './vscode/endpointActions.ts';
import { EvidenceActions } from './vscode/evidenceActions.ts';
import { IncidentActions } from './vscode/incidentActions.ts';
import { FixActions } from './vscode/fixActions.ts';
import { intentHandler } from './vscode/intents.ts';
import { Keys } from './vscode/keys.ts';
import { Log } from './vscode/log.ts';
import { notify } from './vscode/notices.ts';
import { Panel } from './vscode/panel.ts';
import { ProofActions } from './vscode/proofActions.ts';
import { Session } from './vscode/session.ts';
import { registerStatusBar } from './vscode/statusBar.ts';
import { SuspectActions } from './vscode/suspectActions.ts';
import { SurroundingsWatch } from './vscode/surroundings.ts';
import { Terminals } from './vscode/terminals.ts';
import { TraceWatch } from './vscode/traceWatch.ts';
import { editorTexts } from './vscode/texts.ts';
import { registerTrees } from './vscode/trees.ts';
import { registerWatchReminder, WatchActions } from './vscode/watchActions.ts';

export function activate(context: vscode.ExtensionContext): void {
  useTexts(editorTexts());
  const log = new Log();
  const keys = new Keys(context.secrets);
  const endpoints = new Endpoints(context.globalState, keys, log);
  const session = new Session(context, keys, endpoints, log);
  const terminals = new Terminals((error) => log.error('A terminal could not be read', error));
  const proofs = new ProofActions(session, context.workspaceState, log);
  const surroundings = new SurroundingsWatch(session, keys, endpoints, terminals, proofs, log);
  const traces = new TraceWatch(session, log);
  const documents = new Documents(session);
  const evidence = new EvidenceActions(session, terminals);
  const suspects = new SuspectActions(session);
  const incidents = new IncidentActions(session);
  const endpointActions = new EndpointActions(keys, endpoints);
  const diffs = new Diffs(documents);
  const fixes = new FixActions(session, diffs, log);
  const watch = new WatchActions(session);
  const handle = intentHandler({
    session,
    evidence,
    suspects,
    documents,
    diffs,
    surroundings,
    proofs,
    fixes,
    watch,
  });
  const panel = new Panel(context.extensionUri, session, surroundings, log, handle, traces);
  const demos = new DemoActions(context, session, panel);
  void session.restore().then(notify, (error: unknown) => log.error('The last incident was not restored', error));
  void demos.begin().then(notify, (error: unknown) => log.error('The demo was not begun', error));

  context.subscriptions.push(
    log,
    endpoints,
    session,
    terminals,
    proofs,
    surroundings,
    traces,
    documents,
    panel,
    fixes,
    registerCommands({
      session,
      demos,
      panel,
      log,
      incidents,
      evidence,
      suspects,
      endpoints: endpointActions,
      documents,
      traces,
      fixes,
      watch,
    }),
    registerTrees(session, traces),
    registerStatusBar(session, () => endpoints.firstName),
    registerWatchReminder(session, panel),
    registerContextKeys(session),
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: (kept) => {
        panel.adopt(kept);
        return Promise.resolve();
      },
    }),
  );
}
