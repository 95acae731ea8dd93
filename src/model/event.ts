import type { Baseline } from './baseline.ts';
import type { ContextCut } from './contextCut.ts';
import type { Evidence, EvidenceId } from './evidence.ts';
import type { Failure } from './failure.ts';
import type { GroundedClaim } from './grounding.ts';
import type { Hunt } from './hunt.ts';
import type { Proof } from './proof.ts';
import type { Redacted } from './redacted.ts';
import type { StepRecord } from './records.ts';
import type { EndpointLabel, QuestionKind, Retry, RunId, RunPhase, ToolCall, Usage } from './reply.ts';
import type { StepId } from './steps.ts';
import type { CheckedPattern } from './similarPattern.ts';
import type { MonitorState } from './watch.ts';
import type { Suspect, SuspectRole } from './suspect.ts';

/** The journal's format; raised when an older reader would misread a newer journal. */
export const journalFormat = 1;

/** The window's folder that an incident belongs to. */
export interface IncidentFolder {
  readonly name: string;
  readonly uri: string;
}

/**
 * The small facts that an incident consists of. They are journal lines, wire messages and timeline entries at once:
 * a type is never renamed and a property never changes its meaning.
 */
export type Fact =
  | {
      readonly type: 'incidentStarted';
      readonly format: number;
      readonly incidentId: string;
      readonly title: Redacted;
      readonly folder?: IncidentFolder;
      /** The random word that marks blocks of evidence in this incident's requests. Absent in older journals. */
      readonly marker?: string;
      /** The name of the demo whose recorded replies answer it; absent where Claude does. */
      readonly demo?: string;
    }
  | { readonly type: 'incidentRenamed'; readonly title: Redacted }
  | { readonly type: 'incidentResolved' }
  | { readonly type: 'incidentReopened' }
  | { readonly type: 'suspectAdded'; readonly suspect: Omit<Suspect, 'addedAt'> }
  | { readonly type: 'suspectRemoved'; readonly uri: string }
  | { readonly type: 'suspectRoleChanged'; readonly uri: string; readonly role: SuspectRole }
  | { readonly type: 'evidenceAdded'; readonly evidence: Omit<Evidence, 'addedAt' | 'removedAt' | 'sentIn'> }
  | { readonly type: 'evidenceRemoved'; readonly evidenceId: EvidenceId }
  | { readonly type: 'stepChecked'; readonly step: StepId }
  | { readonly type: 'stepUnchecked'; readonly step: StepId }
  | { readonly type: 'stepSkipped'; readonly step: StepId; readonly reason: Redacted }
  | {
      readonly type: 'stepAsked';
      readonly runId: RunId;
      readonly step: StepId;
      readonly kind: QuestionKind;
      readonly question: Redacted;
      readonly evidenceIds: readonly EvidenceId[];
      readonly endpoint: EndpointLabel;
    }
  | { readonly type: 'replyRetrying'; readonly runId: RunId; readonly retry: Retry }
  | { readonly type: 'replyDelta'; readonly runId: RunId; readonly text: Redacted }
  | { readonly type: 'replyOpaque'; readonly runId: RunId; readonly json: Redacted }
  | { readonly type: 'toolCalled'; readonly runId: RunId; readonly call: Omit<ToolCall, 'type'> }
  /** The tool calls so far were answered, and Claude goes on within the same reply. */
  | { readonly type: 'turnEnded'; readonly runId: RunId }
  | {
      readonly type: 'hypothesisJudged';
      readonly runId: RunId;
      /** The hypothesis's place in the run's record, from 0. */
      readonly index: number;
      readonly verdict: 'open' | 'confirmed' | 'ruledOut';
      readonly note: Redacted;
    }
  /** From where the regression diff starts: as the user chose it, see `src/model/baseline.ts`. */
  | { readonly type: 'baselineChosen'; readonly baseline: Baseline }
  /** A monitor of the blast radius was looked at during the watch. */
  | { readonly type: 'monitorTicked'; readonly runId: RunId; readonly index: number; readonly ticked: boolean }
  | {
      readonly type: 'resultRecorded';
      readonly runId: RunId;
      readonly record: StepRecord;
      /** What its claims rest on, checked when it came against what was sent by then. Absent in older journals. */
      readonly grounding?: readonly GroundedClaim[];
    }
  | {
      readonly type: 'replyEnded';
      readonly runId: RunId;
      readonly outcome: ReplyOutcome;
      readonly usage?: Usage;
      readonly requestId?: string;
    }
  /** The fix that a run recorded was applied to the files, which are named as the panel names them. */
  | {
      readonly type: 'fixApplied';
      readonly runId: RunId;
      readonly files: readonly string[];
      /** Whether its test was seen to fail without it and pass with it; if not, why it was applied all the same. */
      readonly proof: { readonly kind: 'proved' } | { readonly kind: 'unproved'; readonly reason: Redacted };
    }
  /** The files are again as they were before that fix was applied: seen in the editor, by whatever undid it. */
  | { readonly type: 'fixUndone'; readonly runId: RunId }
  /** The similar places that a fix names were looked up in the files, in the order of its record. */
  | { readonly type: 'patternsChecked'; readonly runId: RunId; readonly patterns: readonly CheckedPattern[] }
  /** The watch after the deploy was started, or started again; it lasts so many minutes from the fact's time. */
  | { readonly type: 'watchStarted'; readonly minutes: number }
  /** A monitor of the blast radius was looked at: how it is, and a word on it. Supersedes `monitorTicked`. */
  | {
      readonly type: 'monitorChecked';
      readonly runId: RunId;
      readonly index: number;
      readonly state: MonitorState;
      readonly note: Redacted;
    }
  /** The time of the watch is up, told once. */
  | { readonly type: 'watchEnded' }
  /** The reply broke off, and another endpoint, or the same one once more, goes on where it ended. Since 0.2. */
  | {
      readonly type: 'replyContinued';
      readonly runId: RunId;
      readonly endpoint: EndpointLabel;
      readonly failure: Failure;
      /** Tokens of the part that ended here; `replyEnded` has the whole reply's. */
      readonly usage?: Usage;
      readonly requestId?: string;
    }
  /** From the next request on less of the conversation is sent, so that it stays within what the model reads. */
  | ({ readonly type: 'contextCut' } & ContextCut)
  /** The user has seen what is sent, and agreed that it goes to this host in this incident. */
  | { readonly type: 'sendingAgreed'; readonly host: string }
  /** The fix that a run recorded was tried in a scratch copy. */
  | ({ readonly type: 'proofEnded' } & Omit<Proof, 'endedAt'>)
  /** The history was searched for the commit that brought the bug. */
  | ({ readonly type: 'huntEnded' } & Omit<Hunt, 'endedAt'>)
  /** A value that was learnt later stood in this evidence: it is hidden from now on. The same item, its lines numbered as before. */
  | { readonly type: 'evidenceHidden'; readonly evidence: Omit<Evidence, 'addedAt' | 'removedAt' | 'sentIn'> };

/** How a reply ended; the reducer adds the time. */
export type ReplyOutcome = RunPhase extends infer Phase
  ? Phase extends { readonly kind: 'streaming' }
    ? never
    : Omit<Phase, 'at'>
  : never;

export type FactType = Fact['type'];

/** A fact with its place and time in the incident. `seq` counts from 1 without gaps; `at` is epoch milliseconds. */
export type IncidentEvent = Fact & { readonly seq: number; readonly at: number };
