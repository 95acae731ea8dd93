import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import type { Failure } from '../model/failure.ts';
import { isEvidenceId, isRunId } from '../protocol.ts';
import { promptAsText } from '../prompt/plainText.ts';
import type { StepId } from '../model/steps.ts';
import { askFirst } from './agreement.ts';
import { chooseBaseline } from './baselineActions.ts';
import type { Diffs } from './diffs.ts';
import type { Intent } from '../protocol.ts';
import type { QuestionRequest } from '../investigation/preparation.ts';
import { t } from '../model/l10n.ts';
import type { Documents } from './documents.ts';
import type { EvidenceActions } from './evidenceActions.ts';
import { findFile } from './findFile.ts';
import type { FixActions } from './fixActions.ts';
import type { IntentHandler } from './panel.ts';
import { runFailureAction } from './notices.ts';
import { openCode } from './openCode.ts';
import { openPlace, openReference } from './openReference.ts';
import type { ProofActions } from './proofActions.ts';
import type { Session } from './session.ts';
import type { SuspectActions } from './suspectActions.ts';
import type { WatchActions } from './watchActions.ts';
import type { SurroundingsWatch } from './surroundings.ts';

/** What the panel's intents need. */
export interface IntentActions {
  readonly session: Session;
  readonly evidence: EvidenceActions;
  readonly suspects: SuspectActions;
  readonly documents: Documents;
  readonly diffs: Diffs;
  readonly fixes: FixActions;
  readonly watch: WatchActions;
  /** Knows what the panel was offered. */
  readonly surroundings: Pick<SurroundingsWatch, 'offers'>;
  readonly proofs: ProofActions;
}

/** Intents that change nothing of the incident. */
const looking: ReadonlySet<Intent['type']> = new Set<Intent['type']>([
  'showCommit',
  'showFix',
  'copyPrompt',
  'previewEvidence',
  'previewQuestion',
  'showReply',
  'openFile',
  'copyText',
  'openCode',
  'runCommand',
]);

/** Turns what the user wants in the panel into calls. The answer says why it could not be done, shown where it was asked. */
export function intentHandler(actions: IntentActions): IntentHandler {
  return async (intent) => {
    if (intent.type === 'ready') return undefined;
    if (intent.type === 'keepDrafts') {
      // Neither a step of the incident, nor a reason to start one.
      actions.session.keepDrafts(intent.incidentId, intent.drafts);
      return undefined;
    }
    const current = await actions.session.current();
    if (!current.ok) return current.failure;
    // Where another window writes the incident, this one only looks.
    const { readOnly } = actions.session;
    if (readOnly !== undefined && !looking.has(intent.type)) return readOnly;
    return handle(intent, actions);
  };
}

async function handle(
  intent: Exclude<Intent, { type: 'ready' | 'keepDrafts' }>,
  actions: IntentActions,
): Promise<Failure | undefined> {
  const { session, evidence, suspects, documents, diffs, surroundings, proofs, fixes, watch } = actions;
  const { investigation } = session;
  switch (intent.type) {
    case 'ask':
      return ask(session, documents, {
        step: intent.step,
        kind: intent.followUp === undefined ? 'step' : 'followUp',
        followUp: intent.followUp,
        beyondBudget: intent.beyondBudget,
      });
    case 'continueReply':
      return ask(session, documents, { step: intent.step, kind: 'continue', beyondBudget: intent.beyondBudget });
    case 'askForRecord':
      return ask(session, documents, { step: intent.step, kind: 'recordAgain', beyondBudget: intent.beyondBudget });
    case 'stop':
      await investigation?.stop();
      return undefined;
    case 'retry':
      investigation?.retry();
      return undefined;
    case 'checkStep':
      investigation?.checkStep(intent.step, intent.checked);
      return undefined;
    case 'skipStep':
      return investigation?.skipStep(intent.step, intent.reason);
    case 'renameIncident':
      return investigation?.rename(intent.title);
    case 'judgeHypothesis':
      if (!isRunId(intent.runId)) return undefined;
      return investigation?.judgeHypothesis(intent.runId, intent.index, intent.verdict, intent.note);
    case 'chooseBaseline':
      return chooseBaseline(session);
    case 'showCommit':
      return investigation === undefined ? undefined : diffs.showCommit(investigation.incident, intent.commit);
    case 'showFix':
      return fixes.show();
    case 'applyFix':
      return isRunId(intent.runId) ? fixes.apply({ runId: intent.runId, reason: intent.reason }) : undefined;
    case 'mendFix':
      return fixes.mend();
    case 'fixSimilar':
      return fixes.fixSimilar();
    case 'createFixBranch':
      return fixes.branch();
    case 'useFixMessage':
      return fixes.message();
    case 'startWatch':
      return watch.start();
    case 'checkMonitor':
      return isRunId(intent.runId) ? watch.check(intent.runId, intent.index, intent.state, intent.note) : undefined;
    case 'typeRollback':
      return watch.typeRollback();
    case 'copyPrompt':
      return copyPrompt(session, intent.step);
    case 'addErrorText':
      return evidence.addErrorText(intent.text);
    case 'addEvidence':
      return addEvidence(intent.source, evidence);
    case 'compareProduction':
      return evidence.addProductionNames(intent.names);
    case 'addOfferedLog': {
      // The panel names one of the logs that it was given, no other file of this machine.
      const offered = surroundings.offers(intent.uri);
      return offered ? evidence.addLog(intent.kind, vscode.Uri.parse(intent.uri, true)) : { kind: 'notOffered' };
    }
    case 'removeEvidence':
      if (isEvidenceId(intent.evidenceId)) investigation?.removeEvidence(intent.evidenceId);
      return undefined;
    case 'previewEvidence':
      if (isEvidenceId(intent.evidenceId)) await documents.showEvidence(intent.evidenceId, intent.line);
      return undefined;
    case 'previewQuestion': {
      const prepared = await investigation?.preview(intent.step, AbortSignal.timeout(30_000));
      if (investigation !== undefined && prepared?.ok === true) {
        const { incident, endpoint } = investigation;
        await documents.showQuestion(
          intent.step,
          prepared.value,
          incident,
          endpoint.ok ? endpoint.value : undefined,
          intent.as,
        );
      }
      return prepared?.ok === false ? prepared.failure : undefined;
    }
    case 'showReply':
      if (isRunId(intent.runId)) await documents.showReply(intent.runId);
      return undefined;
    case 'addSuspect':
      return addSuspect(intent, suspects);
    case 'removeSuspect':
      suspects.remove(intent.uri);
      return undefined;
    case 'setSuspectRole':
      await suspects.setRole(intent.uri, intent.role);
      return undefined;
    case 'openFile':
      return openReference(intent.path, intent.line, intent.column);
    case 'openPlace':
      return openPlace(vscode.Uri.parse(intent.uri, true), intent.line, intent.column);
    case 'copyText':
      await vscode.env.clipboard.writeText(intent.text);
      return undefined;
    case 'openCode':
      return openCode(intent.code, intent.fenceWord);
    case 'planProof':
      return proofs.plan();
    case 'dismissProof':
      proofs.dismiss();
      return undefined;
    case 'prove':
      return proofs.prove(intent.planId, intent.withUncommitted);
    case 'changeTestCommand':
      return proofs.changeCommand();
    case 'startHunt':
      return proofs.hunt(intent.firstParent);
    case 'stopProving':
      proofs.stop();
      return undefined;
    case 'runCommand':
      await runCommand(intent.command);
      return undefined;
  }
}

/** Answers as soon as the question is on its way: how the reply goes is told by events. What keeps it back is the answer. */
async function ask(session: Session, documents: Documents, request: QuestionRequest): Promise<Failure | undefined> {
  const { investigation } = session;
  const refusal = investigation === undefined ? undefined : await askFirst(investigation, documents, request);
  if (refusal !== undefined) return refusal;
  return new Promise((resolve, reject) => {
    if (investigation === undefined) resolve(undefined);
    else investigation.ask(request, () => resolve(undefined)).then(resolve, reject);
  });
}

function addEvidence(
  source: Extract<Intent, { type: 'addEvidence' }>['source'],
  evidence: EvidenceActions,
): Promise<Failure | undefined> {
  switch (source) {
    case 'clipboard':
      return evidence.addClipboard();
    case 'selection':
      return evidence.addSelection();
    case 'terminal':
      return evidence.addTerminalOutput();
    case 'logFile':
      return evidence.addLog('logTail');
    case 'stackFile':
      return evidence.addLog('stackTail');
  }
}

/** Puts the step's question and evidence on the clipboard: the very text that would be sent, for any other client. */
async function copyPrompt({ investigation }: Session, step: StepId): Promise<Failure | undefined> {
  const prepared = await investigation?.preview(step, AbortSignal.timeout(30_000));
  if (prepared === undefined) return undefined;
  if (!prepared.ok) return prepared.failure;
  await vscode.env.clipboard.writeText(promptAsText(prepared.value.prompt));
  void vscode.window.setStatusBarMessage(
    `$(copy) ${t('The step’s question and evidence are on the clipboard.')}`,
    5_000,
  );
  return undefined;
}

/** A suspect by its URI (an open editor), by a path in a reply, which is looked up in the workspace, or by a dialog. */
async function addSuspect(
  intent: Extract<Intent, { type: 'addSuspect' }>,
  suspects: SuspectActions,
): Promise<Failure | undefined> {
  if (intent.uri !== undefined) return suspects.add(vscode.Uri.parse(intent.uri, true), intent.role);
  if (intent.path === undefined) return suspects.choose();
  const found = await findFile(intent.path);
  return found.ok ? suspects.add(found.value, intent.role) : found.failure;
}

async function runCommand(command: Extract<Intent, { type: 'runCommand' }>['command']): Promise<void> {
  switch (command) {
    case 'switchEndpoint':
    case 'startIncident':
    case 'switchIncident':
    case 'showWhatWasSent':
    case 'resolveIncident':
    case 'reopenIncident':
    case 'addProtocol':
    case 'exportPostmortem':
    case 'takeOverIncident':
      await vscode.commands.executeCommand(commands[command]);
      return;
    default:
      await runFailureAction(command);
  }
}
