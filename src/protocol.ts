import { draftKeyPattern, longestDraft, mostDrafts } from './model/draft.ts';
import type { KeptDrafts } from './model/draft.ts';
import type { StepEstimate } from './model/cost.ts';
import type { Failure } from './model/failure.ts';
import type { IncidentEvent } from './model/event.ts';
import type { EvidenceId } from './model/evidence.ts';
import type { Incident } from './model/incident.ts';
import { callForPanel, runsForPanel } from './model/panelSnapshot.ts';
import type { Price } from './model/price.ts';
import type { ProvingState } from './model/proving.ts';
import type { RateLimit } from './model/rateLimit.ts';
import type { EndpointLabel, RunId } from './model/reply.ts';
import { noRedactedText } from './model/redacted.ts';
import type { Redacted } from './model/redacted.ts';
import { suspectRoles } from './model/suspect.ts';
import {
  array,
  boolean,
  discriminatedUnion,
  int,
  literal,
  maxLength,
  object,
  oneOf,
  optional,
  regex,
  safeParse,
  string,
} from './model/schema.ts';
import type { Infer } from './model/schema.ts';
import { stepIds } from './model/steps.ts';
import type { StepId } from './model/steps.ts';
import { monitorStates } from './model/watch.ts';
import type { TraceReport } from './model/traceReport.ts';

/**
 * The wire between the extension host and the panel: two unions. The host owns the incident; the panel renders it and
 * sends intents. Each intent is answered, with a failure where it failed.
 */

/** A file that may be taken as a suspect with one click: an open editor, or one that Claude asked for. */
export interface OfferedFile {
  readonly uri: string;
  readonly path: string;
}

/** A log found in the workspace, that may be added with one click. */
export interface OfferedLog extends OfferedFile {
  readonly kind: 'logTail' | 'stackTail';
  /** How many lines of its end are taken. */
  readonly lines: number;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** The section “Production Debugging Protocol” of the folder's CLAUDE.md, as it is applied. */
export interface HouseRules {
  /** Where it stands, for a link: `CLAUDE.md`. */
  readonly path: string;
  readonly stagingEnvironment?: string;
  readonly rollbackCommand?: string;
  /** The lines that are applied, with the steps whose questions they go into. */
  readonly lines: readonly { readonly line: number; readonly text: string; readonly steps: readonly StepId[] }[];
}

/** What the panel shows beside the incident: the state of the editor around it. Never stored. */
export interface Surroundings {
  /** Names of the window's folders; empty when none is open. */
  readonly folders: readonly string[];
  readonly git: 'ready' | 'missing' | 'notARepository' | 'noCommits' | 'unknown';
  readonly trusted: boolean;
  readonly hasKey: boolean;
  readonly endpoint: { readonly name: string; readonly host: string; readonly model: string; readonly demo: boolean };
  /** Something about the endpoint's configuration that keeps it from being used. */
  readonly endpointFailure?: Failure;
  readonly openEditors: readonly OfferedFile[];
  readonly logs: readonly OfferedLog[];
  /** How the active terminal's output can be had. */
  readonly terminal: 'none' | 'shellIntegration' | 'selectionOnly';
  /** Lines of the journal that could not be read and were kept aside, and whether writing it fails now. */
  readonly journal: {
    readonly badLines: number;
    /** Events that are not there, and lines of a kind that this version does not know; absent for none. */
    readonly missing?: number;
    readonly unknown?: number;
    readonly failure?: Failure;
  };
  readonly otherIncidents: number;
  /** Why nothing can be changed here: another window writes the incident. */
  readonly readOnly?: Failure;
  /** What the folder's CLAUDE.md says for an incident; absent where it has no such section. */
  readonly houseRules?: HouseRules;
  /** All endpoints, in the order in which they would be asked now; `endpoint` is the one that answers next. */
  readonly endpoints?: readonly EndpointState[];
  /** Prices to reckon by, the first that fits a model first, and what an incident may cost (0: no limit). */
  readonly cost?: {
    readonly prices: readonly Price[];
    readonly limit: number;
    /** About how many tokens the next question of each step would send. */
    readonly nextTokens: Readonly<Record<string, StepEstimate>>;
  };
  /** A proof or a regression hunt that is planned or on; absent where there is none. */
  readonly proving?: Exclude<ProvingState, { kind: 'idle' }>;
}

/** An endpoint as it stands. */
export interface EndpointState extends EndpointLabel {
  readonly id: string;
  readonly hasKey: boolean;
  /** Whether the user agreed to what is sent to it; without that it is never asked. */
  readonly agreed: boolean;
  /** It is left alone until then, since it failed. */
  readonly rests?: { readonly until: number; readonly failure: Failure };
  /** What its last response said. */
  readonly limits?: readonly RateLimit[];
}

export type ToPanel =
  /** The whole truth; sent when the panel says it is ready and each time it becomes visible again. */
  | {
      readonly type: 'hydrate';
      readonly incident: Incident;
      readonly surroundings: Surroundings;
      /** What the user was writing when the page before this one went away. */
      readonly drafts?: KeptDrafts;
    }
  /** What happened since; the first one's `seq` follows the last one that the panel has, or it asks to be hydrated. */
  | { readonly type: 'events'; readonly events: readonly IncidentEvent[] }
  | { readonly type: 'surroundings'; readonly surroundings: Surroundings }
  /** What the stack traces of the evidence tell; sent after each hydrate, and when it has changed. */
  | { readonly type: 'traces'; readonly report: TraceReport }
  /** The answer to an intent. */
  | { readonly type: 'answer'; readonly intentId: number; readonly failure?: Failure }
  /** Brings a part of the panel into view, when a command or a tree asked for it. */
  | { readonly type: 'reveal'; readonly target: { readonly step: (typeof stepIds)[number] } | 'errorBox' };

const step = oneOf(stepIds);
const uri = string().check(maxLength(4_000));
const text = string().check(maxLength(2_000_000));
const runId = string().check(maxLength(20));

const intentSchemas = [
  object({ type: literal('ready') }),
  object({ type: literal('ask'), step, followUp: optional(text), beyondBudget: optional(boolean()) }),
  object({ type: literal('continueReply'), step, beyondBudget: optional(boolean()) }),
  object({ type: literal('askForRecord'), step, beyondBudget: optional(boolean()) }),
  object({ type: literal('stop') }),
  /** Waits no longer for the endpoint that is asked. */
  object({ type: literal('retry') }),
  object({ type: literal('checkStep'), step, checked: boolean() }),
  object({ type: literal('skipStep'), step, reason: text }),
  object({ type: literal('renameIncident'), title: text }),
  object({
    type: literal('judgeHypothesis'),
    runId,
    index: int(),
    verdict: oneOf(['open', 'confirmed', 'ruledOut']),
    note: text,
  }),
  /** The host shows the choices: recent commits, tags, “last known good at”. */
  object({ type: literal('chooseBaseline') }),
  /** Shows what a commit did to the suspects, in the editor's diff view. */
  object({ type: literal('showCommit'), commit: string().check(maxLength(200)) }),
  /** Shows the edits of the latest fix, in the editor's diff view. */
  object({ type: literal('showFix') }),
  /** Applies the latest fix, after the editor's own preview of it. The reason is for one that no test run has proved. */
  object({ type: literal('applyFix'), runId, reason: text }),
  /** Asks Claude to mend the edits of the latest fix that do not fit the files as they are. */
  object({ type: literal('mendFix') }),
  /** Asks Claude to extend the latest fix to the similar places that were found, each with its test. */
  object({ type: literal('fixSimilar') }),
  /** Makes the branch that is shown, and switches to it. Commits nothing. */
  object({ type: literal('createFixBranch') }),
  /** Puts the commit message that is shown into the Source Control view, or on the clipboard. Commits nothing. */
  object({ type: literal('useFixMessage') }),
  object({ type: literal('startWatch') }),
  object({ type: literal('checkMonitor'), runId, index: int(), state: oneOf(monitorStates), note: text }),
  /** Types the rollback command of CLAUDE.md into a terminal, without running it. */
  object({ type: literal('typeRollback') }),
  /** Puts the step's question with its evidence on the clipboard, for any other Claude client. */
  object({ type: literal('copyPrompt'), step }),
  object({ type: literal('addErrorText'), text }),
  /** The host knows where from; the panel only names the source. */
  object({
    type: literal('addEvidence'),
    source: oneOf(['clipboard', 'selection', 'terminal', 'logFile', 'stackFile']),
  }),
  /** Names of the variables that are set in production, which the panel has taken from a paste; never a value. */
  object({
    type: literal('compareProduction'),
    names: array(string().check(regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/))).check(maxLength(2000)),
  }),
  object({ type: literal('addOfferedLog'), uri, kind: oneOf(['logTail', 'stackTail']) }),
  object({ type: literal('removeEvidence'), evidenceId: string().check(maxLength(20)) }),
  object({ type: literal('previewEvidence'), evidenceId: string().check(maxLength(20)), line: optional(int()) }),
  object({ type: literal('previewQuestion'), step, as: optional(oneOf(['text', 'json'])) }),
  /** Opens the whole text of an old reply in an editor. */
  object({ type: literal('showReply'), runId }),
  object({
    type: literal('addSuspect'),
    uri: optional(uri),
    path: optional(uri),
    role: optional(oneOf(suspectRoles)),
  }),
  object({ type: literal('removeSuspect'), uri }),
  object({ type: literal('setSuspectRole'), uri, role: oneOf(suspectRoles) }),
  object({ type: literal('openFile'), path: uri, line: optional(int()), column: optional(int()) }),
  /** A file that the host itself named, such as a frame's; the host looks again whether it is in an open folder. */
  object({ type: literal('openPlace'), uri, line: optional(int()), column: optional(int()) }),
  object({ type: literal('copyText'), text }),
  /** Opens a listing of a reply in a new editor; the word after its fence says in which language. */
  object({ type: literal('openCode'), code: text, fenceWord: string().check(maxLength(200)) }),
  object({
    type: literal('runCommand'),
    command: oneOf([
      'setApiKey',
      'allowEndpoint',
      'selectModel',
      'openEndpointSettings',
      'switchEndpoint',
      'startIncident',
      'switchIncident',
      'openFolder',
      'manageTrust',
      'showLog',
      'showWhatWasSent',
      'resolveIncident',
      'reopenIncident',
      'addProtocol',
      'exportPostmortem',
      'takeOverIncident',
    ]),
  }),
  /** Finds what a proof would run, and shows it; the host asks where it finds nothing. */
  object({ type: literal('planProof') }),
  object({ type: literal('dismissProof') }),
  /** What is being written, so that it outlives the page; one without a text is gone. The host stores no secret of it. */
  object({
    type: literal('keepDrafts'),
    incidentId: string().check(maxLength(100)),
    drafts: array(
      object({
        key: string().check(regex(draftKeyPattern)),
        text: optional(string().check(maxLength(longestDraft))),
      }),
    ).check(maxLength(mostDrafts)),
  }),
  /** Runs the plan that was shown, by its number: what it runs, only the host says. */
  object({ type: literal('prove'), planId: int(), withUncommitted: boolean() }),
  object({ type: literal('changeTestCommand') }),
  object({ type: literal('startHunt'), firstParent: boolean() }),
  object({ type: literal('stopProving') }),
] as const;

const intentSchema = discriminatedUnion('type', intentSchemas);

/** What the user asked for, in the panel. */
export type Intent = Infer<typeof intentSchema>;

/** An intent with the number that its answer carries. */
export interface FromPanel {
  readonly intentId: number;
  readonly intent: Intent;
}

const envelope = object({ intentId: int(), intent: intentSchema });

/** Parses a message that came from the panel; undefined for anything that is not one. */
export function parseFromPanel(message: unknown): FromPanel | undefined {
  const parsed = safeParse(envelope, message);
  return parsed.success ? parsed.data : undefined;
}

/** Whether untrusted text is the id of a question. */
export function isRunId(value: string): value is RunId {
  return /^R[1-9]\d{0,5}$/.test(value);
}

/** Whether untrusted text is the id of a piece of evidence. */
export function isEvidenceId(value: string): value is EvidenceId {
  return /^E[1-9]\d{0,5}$/.test(value);
}

/**
 * The incident as the panel gets it: without the text of evidence, which the panel does not show (a preview opens it
 * in an editor) and which may be large, and with the older replies shortened.
 */
export function forPanel(incident: Incident): Incident {
  return { ...incident, runs: runsForPanel(incident.runs), evidence: incident.evidence.map(withoutText) };
}

/** The same for an event. */
export function eventForPanel(event: IncidentEvent): IncidentEvent {
  if (event.type === 'evidenceAdded' || event.type === 'evidenceHidden')
    return { ...event, evidence: withoutText(event.evidence) };
  return event.type === 'toolCalled' ? { ...event, call: callForPanel(event.call) } : event;
}

function withoutText<T extends { readonly text: Redacted }>(item: T): T & { readonly characters: number } {
  return { ...item, text: noRedactedText, characters: item.text.length };
}
