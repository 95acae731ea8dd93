import { errorMessage } from '../model/failure.ts';
import * as vscode from 'vscode';
import { walkthroughId } from '../contributions.ts';
import type { CommandName } from '../contributions.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Failure } from '../model/failure.ts';
import { nextStep } from '../model/incident.ts';
import { t } from '../model/l10n.ts';
import { isStepId } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import type { Suspect } from '../model/suspect.ts';
import { openProposals } from '../model/traceReport.ts';
import type { SuspectProposal } from '../model/traceReport.ts';
import { isEvidenceId } from '../protocol.ts';
import { chooseBaseline } from './baselineActions.ts';
import { addProtocol } from './houseRules.ts';
import type { DebugWatch } from './debugWatch.ts';
import type { DemoActions } from './demoActions.ts';
import type { Documents } from './documents.ts';
import type { EndpointActions } from './endpointActions.ts';
import type { EvidenceActions } from './evidenceActions.ts';
import { collectProblems, collectTestFailure } from './findings.ts';
import type { FixActions } from './fixActions.ts';
import type { IncidentActions } from './incidentActions.ts';
import type { Log } from './log.ts';
import { notify } from './notices.ts';
import type { IntentHandler, Panel } from './panel.ts';
import { exportPostmortem, showTimeline } from './recordDocuments.ts';
import type { Session } from './session.ts';
import { chooseSourceMapFolder } from './sourceMapFolders.ts';
import type { SuspectActions } from './suspectActions.ts';
import type { WatchActions } from './watchActions.ts';
import type { TraceWatch } from './traceWatch.ts';

export interface CommandActions {
  readonly session: Session;
  readonly demos: DemoActions;
  readonly panel: Panel;
  readonly log: Log;
  readonly incidents: IncidentActions;
  readonly evidence: EvidenceActions;
  readonly suspects: SuspectActions;
  readonly endpoints: EndpointActions;
  readonly documents: Documents;
  readonly fixes: FixActions;
  readonly watch: WatchActions;
  readonly debug: DebugWatch;
  /** Does what a button of the panel would do. */
  readonly handle: IntentHandler;
  readonly traces: TraceWatch;
}

/** Commands that would change the incident: refused in words where another window writes it. */
const changing: ReadonlySet<string> = new Set<CommandName>([
  'renameIncident',
  'resolveIncident',
  'reopenIncident',
  'addSuspect',
  'removeSuspect',
  'setSuspectRole',
  'addClipboard',
  'addSelection',
  'addLogFile',
  'addStackFile',
  'addTerminalOutput',
  'addTerminalSelection',
  'addProblems',
  'addTestFailure',
  'addException',
  'addDebugOutput',
  'removeEvidence',
  'chooseBaseline',
]);

type Handler = (...args: readonly unknown[]) => Promise<Failure | undefined> | Failure | undefined;

/** Runs a command by its name. All pass through this one place, which catches what goes wrong and tells it in words. */
export function commandRunner(actions: CommandActions): (name: CommandName, args: readonly unknown[]) => Promise<void> {
  const handlers = handlersOf(actions);
  const { session } = actions;
  return async (name, args) => {
    try {
      const refused = changing.has(name) ? session.readOnly : undefined;
      await notify(refused ?? (await handlers[name](...args)));
    } catch (error) {
      actions.log.error(`${name} failed`, error);
      await notify({ kind: 'unexpected', detail: errorMessage(error) });
    }
  };
}

function handlersOf(actions: CommandActions): Readonly<Record<CommandName, Handler>> {
  const { session, demos, panel, log, incidents, evidence, suspects, endpoints, documents, traces, fixes, watch } =
    actions;
  const { debug, handle } = actions;
  /** Shows the panel after something was added from elsewhere, without taking the focus from there. */
  const thenShow = async (adding: Promise<Failure | undefined>): Promise<Failure | undefined> => {
    const failure = await adding;
    if (failure === undefined && !panel.visible) panel.show({ preserveFocus: true });
    return failure;
  };
  return {
    openPanel: async () => {
      // At once: its page loads while the incident is opened, and waits for that itself.
      panel.show();
      const current = await session.current();
      return current.ok ? undefined : current.failure;
    },
    startIncident: async () => {
      const failure = await incidents.start();
      panel.show();
      return failure;
    },
    startDemo: () => demos.start(),
    switchIncident: () => incidents.switch(),
    renameIncident: () => incidents.rename(),
    resolveIncident: () => {
      incidents.resolve();
      return undefined;
    },
    takeOverIncident: async () => {
      const taken = await session.takeOver();
      return taken.ok ? undefined : taken.failure;
    },
    reopenIncident: () => {
      incidents.reopen();
      return undefined;
    },
    deleteIncident: async () => {
      const failure = await incidents.delete();
      // A panel without an incident has nothing to show.
      if (session.investigation === undefined) panel.dispose();
      return failure;
    },
    addSuspect: (...args) => {
      const uris = urisOf(args);
      return uris.length === 0 ? { kind: 'fileMissing', path: t('The file') } : thenShow(suspects.addAll(uris));
    },
    removeSuspect: (item) => {
      if (isSuspect(item)) suspects.remove(item.uri);
      return undefined;
    },
    setSuspectRole: async (item) => {
      if (isSuspect(item)) await suspects.setRole(item.uri);
      return undefined;
    },
    acceptSuspect: async (item) => {
      const proposal = traces.report.proposals.find(
        ({ file, role }) => isProposal(item) && item.file.uri === file.uri && item.role === role,
      );
      return proposal === undefined ? undefined : suspects.acceptAll([proposal]);
    },
    acceptAllSuspects: async () => {
      const current = await session.current();
      return current.ok ? suspects.acceptAll(openProposals(traces.report, current.value.incident)) : current.failure;
    },
    chooseSourceMapFolder: () => chooseSourceMapFolder(),
    addClipboard: () => thenShow(evidence.addClipboard()),
    addSelection: () => thenShow(evidence.addSelection()),
    addLogFile: (uri) => thenShow(evidence.addLog('logTail', uri instanceof vscode.Uri ? uri : undefined)),
    addStackFile: (uri) => thenShow(evidence.addLog('stackTail', uri instanceof vscode.Uri ? uri : undefined)),
    addTerminalOutput: () => thenShow(evidence.addTerminalOutput()),
    addTerminalSelection: () => thenShow(evidence.addTerminalSelection()),
    addProblems: async (given) => {
      const collected = await collectProblems(given);
      return collected === undefined ? undefined : thenShow(evidence.addCollected(collected));
    },
    addTestFailure: (given) => thenShow(evidence.addCollected(collectTestFailure(given))),
    addException: async (given) => thenShow(evidence.addCollected(await debug.collectException(given))),
    addDebugOutput: () => thenShow(evidence.addCollected(debug.collectOutput())),
    nextStep: () => {
      panel.show();
      panel.reveal({ step: stepNow(session) });
      return undefined;
    },
    askClaude: () => {
      const step = stepNow(session);
      panel.show();
      panel.reveal({ step });
      return handle({ type: 'ask', step });
    },
    stopReply: () => handle({ type: 'stop' }),
    openWalkthrough: async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false);
      return undefined;
    },
    previewEvidence: async (item) => {
      if (isEvidence(item)) await documents.showEvidence(item.id);
      return undefined;
    },
    removeEvidence: (item) => {
      if (isEvidence(item)) session.investigation?.removeEvidence(item.id);
      return undefined;
    },
    chooseBaseline: () => chooseBaseline(session),
    applyFix: () => fixes.apply(),
    startWatch: () => {
      const failure = watch.start();
      if (failure === undefined) panel.reveal({ step: 'blastRadius' });
      return failure;
    },
    addProtocol: () => addProtocol(documents),
    setApiKey: () => endpoints.setApiKey(),
    clearApiKey: () => endpoints.clearApiKey(),
    selectModel: () => endpoints.selectModel(),
    addEndpoint: () => endpoints.addEndpoint(),
    switchEndpoint: () => endpoints.switchEndpoint(),
    allowEndpoint: () => endpoints.allowEndpoint(),
    revealStep: (step) => {
      panel.show();
      if (isStepId(step)) panel.reveal({ step });
      return undefined;
    },
    showWhatWasSent: async () => {
      const { investigation } = session;
      if (investigation !== undefined) await documents.showSent(investigation.incident);
      return undefined;
    },
    exportPostmortem: async () => {
      await exportPostmortem(session);
      return undefined;
    },
    showTimeline: async () => {
      await showTimeline(session, documents);
      return undefined;
    },
    showLog: () => {
      log.show();
      return undefined;
    },
  };
}

/** The step to go on with: the first that is not done, or the last where all are. */
function stepNow({ investigation }: Session): StepId {
  return (investigation === undefined ? undefined : nextStep(investigation.incident)) ?? 'blastRadius';
}

/**
 * The files that a command was called for. Menus differ: the explorer gives the file and the whole selection, an editor
 * its URI, source control its resource states one by one, the palette nothing, which means the active editor.
 */
function urisOf(args: readonly unknown[]): readonly vscode.Uri[] {
  const [first, second] = args;
  if (Array.isArray(second) && second.length > 0 && second.every((one) => one instanceof vscode.Uri)) return second;
  const all = args.flatMap((one) => {
    if (one instanceof vscode.Uri) return [one];
    return hasResourceUri(one) ? [one.resourceUri] : [];
  });
  if (all.length > 0) return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
  const active = vscode.window.activeTextEditor?.document.uri;
  return first === undefined && active !== undefined ? [active] : [];
}

function hasResourceUri(value: unknown): value is { readonly resourceUri: vscode.Uri } {
  return (
    typeof value === 'object' && value !== null && 'resourceUri' in value && value.resourceUri instanceof vscode.Uri
  );
}

function isProposal(value: unknown): value is Pick<SuspectProposal, 'file' | 'role'> {
  return typeof value === 'object' && value !== null && 'file' in value && 'role' in value;
}

function isSuspect(value: unknown): value is Pick<Suspect, 'uri'> {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string';
}

function isEvidence(value: unknown): value is Pick<Evidence, 'id'> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    isEvidenceId(value.id)
  );
}
