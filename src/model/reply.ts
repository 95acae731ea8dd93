import type { Failure } from './failure.ts';
import type { EvidenceId } from './evidence.ts';
import type { GroundedClaim } from './grounding.ts';
import type { Redacted } from './redacted.ts';
import type { StepRecord } from './records.ts';
import type { CheckedPattern } from './similarPattern.ts';
import type { StepId } from './steps.ts';
import type { SuspiciousLine } from './suspicion.ts';

/** One question and its reply: `R1`, `R2`, … in the order of asking. */
export type RunId = `R${number}`;

/** Who answers, as the record shows it. No key, no path. */
export interface EndpointLabel {
  readonly name: string;
  /** Host and port of the base URL. */
  readonly host: string;
  readonly model: string;
  /** Replies are canned demo replies and are labelled so everywhere. */
  readonly demo: boolean;
}

/** Token counts as the API reports them; cached input is apart from `input`. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** A call of one of the panel's tools within a reply. `inputJson` is kept as it came: it is part of the conversation. */
export interface ToolCall {
  readonly type: 'toolCall';
  readonly callId: string;
  readonly name: string;
  readonly inputJson: Redacted;
  /** What Claude is told about it with the next question. */
  readonly answer: Redacted;
  readonly accepted: boolean;
  /** Lines of the answer, from 1, that speak to a model or held what nobody sees; absent for none. */
  readonly suspicious?: readonly SuspiciousLine[];
}

export type ReplyPart =
  | { readonly type: 'text'; readonly text: Redacted }
  | ToolCall
  /** A block that belongs to the conversation and is nobody's to read (a signed thinking block), as JSON. */
  | { readonly type: 'opaque'; readonly json: Redacted }
  /** Claude's turn ended to get the answers of its tool calls, and went on with the next part. */
  | { readonly type: 'turn' }
  | ContinuedElsewhere;

/** The reply broke off before this part, and `endpoint` goes on with it. */
export interface ContinuedElsewhere {
  readonly type: 'continued';
  readonly endpoint: EndpointLabel;
  /** What kept the endpoint before it from going on. */
  readonly failure: Failure;
  /** What the endpoint before it used for its part, where it said so. */
  readonly usage?: Usage;
}

/** A wait before the request is sent once more. */
export interface Retry {
  /** The attempt that comes next, from 2. */
  readonly attempt: number;
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly resumesAt: number;
  readonly failure: Failure;
}

/** Where a run stands. Only `streaming` can still change. */
export type RunPhase =
  | { readonly kind: 'streaming'; readonly retry?: Retry }
  | { readonly kind: 'done'; readonly at: number; readonly stopReason: string }
  | { readonly kind: 'stopped'; readonly at: number }
  | { readonly kind: 'failed'; readonly at: number; readonly failure: Failure }
  /** The window went away in mid-reply; found when the incident was opened again. */
  | { readonly kind: 'interrupted'; readonly at: number };

/** What the user makes of a hypothesis, with a note on why. */
export interface Verdict {
  readonly kind: 'open' | 'confirmed' | 'ruledOut';
  readonly note: Redacted;
  readonly at: number;
}

/** What kind of question it was: the step's own, or one within the same step. */
export type QuestionKind = 'step' | 'followUp' | 'continue' | 'recordAgain';

export interface Run {
  readonly id: RunId;
  readonly step: StepId;
  readonly kind: QuestionKind;
  readonly askedAt: number;
  readonly question: Redacted;
  /** Evidence that went out with this question for the first time, in order. */
  readonly evidenceIds: readonly EvidenceId[];
  /** Who was asked first; a `continued` part names who went on. */
  readonly endpoint: EndpointLabel;
  readonly parts: readonly ReplyPart[];
  readonly record?: StepRecord;
  /** Whether the record's claims rest on what was sent, checked when it came; empty where nobody did. */
  readonly grounding?: readonly GroundedClaim[];
  /** What the user makes of the recorded hypotheses, by their place in the record. */
  readonly verdicts?: readonly (Verdict | undefined)[];
  /** Whether the similar places of a recorded fix are really there, as they were looked up. */
  readonly checkedPatterns?: readonly CheckedPattern[];
  readonly usage?: Usage;
  readonly requestId?: string;
  /** Characters of its text that the panel did not get, see `src/model/panelSnapshot.ts`; absent for none. */
  readonly leftOut?: number;
  readonly phase: RunPhase;
}

/** Who is answering, or answered last: the endpoint that was asked, or the one that went on with the reply. */
export function answeringEndpoint({ endpoint, parts }: Pick<Run, 'endpoint' | 'parts'>): EndpointLabel {
  const continued = parts.findLast((part) => part.type === 'continued');
  return continued?.type === 'continued' ? continued.endpoint : endpoint;
}

/** The reply's prose, without its tool calls. */
export function replyText(run: Pick<Run, 'parts'>): string {
  return run.parts.reduce((text, part) => (part.type === 'text' ? text + part.text : text), '');
}
