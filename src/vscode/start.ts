import type * as vscode from 'vscode';
import type { CommandName } from '../contributions.ts';
import { commandRunner } from './commands.ts';
import { useTexts } from '../model/l10n.ts';
import { registerContextKeys } from './contextKeys.ts';
import { DebugWatch } from './debugWatch.ts';
import { DemoActions } from './demoActions.ts';
import { Diffs } from './diffs.ts';
import { Documents } from './documents.ts';
import { Endpoints } from './endpoints.ts';
import { EndpointActions } from './endpointActions.ts';
import { EvidenceActions } from './evidenceActions.ts';
import { IncidentActions } from './incidentActions.ts';
import { registerProblemActions } from './findings.ts';
import { FixActions } from './fixActions.ts';
import { intentHandler } from './intents.ts';
import { Keys } from './keys.ts';
import type { Log } from './log.ts';
import { notify } from './notices.ts';
import { Panel } from './panel.ts';
import type { EarlyTab } from './panelTab.ts';
import { ProofActions } from './proofActions.ts';
import { registerReplyNotice } from './replyNotice.ts';
import { Session } from './session.ts';
import { registerStatusBar } from './statusBar.ts';
import { SuspectActions } from './suspectActions.ts';
import { SurroundingsWatch } from './surroundings.ts';
import type { Terminals } from './terminals.ts';
import { editorTexts } from './texts.ts';
import { TraceWatch } from './traceWatch.ts';
import { registerTrees } from './trees.ts';
import { registerWatchReminder, WatchActions } from './watchActions.ts';

/** What listens from the window's start on, and what the rest is made with. */
export interface FromTheStart {
  readonly log: Log;
  readonly terminals: Terminals;
}

/** What the window's commands and panels reach once it is loaded. */
export interface Started {
  readonly run: (command: CommandName, args: readonly unknown[]) => Promise<void>;
  /** Takes over a panel that the editor kept over a reload. */
  readonly adopt: (kept: vscode.WebviewPanel) => void;
  /** Takes over a panel that has been shown while all this was loaded. */
  readonly adoptEarly: (early: EarlyTab) => void;
}

/** Makes everything that the window needs once it works on an incident, and restores the last one. */
export function start(context: vscode.ExtensionContext, { log, terminals }: FromTheStart): Started {
  useTexts(editorTexts());
  const keys = new Keys(context.secrets);
  const endpoints = new Endpoints(context.globalState, keys, log);
  const session = new Session(context, keys, endpoints, log);
  const proofs = new ProofActions(session, context.workspaceState, log);
  const surroundings = new SurroundingsWatch(session, keys, endpoints, terminals, proofs, log);
  const traces = new TraceWatch(session, log);
  const documents = new Documents(session);
  const evidence = new EvidenceActions(session, terminals);
  const suspects = new SuspectActions(session);
  const incidents = new IncidentActions(session);
  const endpointActions = new EndpointActions(keys, endpoints);
  const diffs = new Diffs(documents);
  const fixes = new FixActions(session, diffs, log, () => proofs.plan());
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
  const debug = new DebugWatch(session);
  const demos = new DemoActions(context, session, panel);
  void session.restore().then(notify, (error: unknown) => log.error('The last incident was not restored', error));
  void demos.begin().then(notify, (error: unknown) => log.error('The demo was not begun', error));

  context.subscriptions.push(
    endpoints,
    session,
    proofs,
    surroundings,
    traces,
    documents,
    panel,
    fixes,
    debug,
    registerProblemActions(session),
    registerTrees(session, traces),
    registerStatusBar(session, () => endpoints.firstName),
    registerWatchReminder(session, panel),
    registerReplyNotice(session, panel),
    registerContextKeys(session),
  );
  const run = commandRunner({
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
    debug,
    handle,
  });
  return { run, adopt: (kept) => panel.adopt(kept), adoptEarly: (early) => panel.adoptEarly(early) };
}
