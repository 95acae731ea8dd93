import type { Fact, FactType, IncidentEvent } from '../model/event.ts';
import { evidenceKinds } from '../model/evidence.ts';
import {
  array,
  boolean,
  discriminatedUnion,
  int,
  literal,
  looseObject,
  number,
  oneOf,
  optional,
  positive,
  regex,
  safeParse,
  string,
  tuple,
  unknown,
} from '../model/schema.ts';
import { huntAnswers } from '../model/hunt.ts';
import { cannotRunReasons, proofPhases } from '../model/proof.ts';
import type { Schema } from '../model/schema.ts';
import type { StepRecord } from '../model/records.ts';
import { recordTools } from '../model/tools.ts';
import { stepIds } from '../model/steps.ts';
import { suspectRoles } from '../model/suspect.ts';
import { monitorStates } from '../model/watch.ts';

/** One line of a journal, parsed. */
export type JournalLine =
  | { readonly kind: 'event'; readonly event: IncidentEvent }
  /** A type that this version does not know: legal, kept, without effect. */
  | { readonly kind: 'unknownType'; readonly type: string }
  | { readonly kind: 'bad'; readonly reason: string };

const step = oneOf(stepIds);
const runIdPattern = /^R[1-9]\d*$/;
const runId = string().check(regex(runIdPattern));
const evidenceId = string().check(regex(/^E[1-9]\d*$/));
const endpoint = looseObject({ name: string(), host: string(), model: string(), demo: boolean() });
const usage = looseObject({ input: number(), output: number(), cacheRead: number(), cacheWrite: number() });
const failure = looseObject({ kind: string() });

const suspicious = optional(array(looseObject({ line: int(), kind: string(), excerpt: string() })));
const groundedClaim = looseObject({
  index: optional(int()),
  grounding: oneOf(['grounded', 'notGrounded']),
  citations: array(
    discriminatedUnion('grounded', [
      looseObject({
        grounded: literal(true),
        cited: string(),
        evidenceId: optional(string()),
        searchedIn: optional(runId),
        line: optional(int()),
        endLine: optional(int()),
        text: string(),
      }),
      looseObject({ grounded: literal(false), cited: string(), reason: string() }),
    ]),
  ),
});

const rateCommit = looseObject({ hash: string(), at: number(), subject: string(), tags: array(string()) });
const onset = discriminatedUnion('kind', [
  looseObject({ kind: literal('tooFew') }),
  looseObject({ kind: literal('noClearBeginning') }),
  looseObject({ kind: literal('beganEarlier') }),
  looseObject({
    kind: literal('began'),
    at: number(),
    endedAt: optional(number()),
    rateBefore: number(),
    rateSince: number(),
  }),
]);
const rateFacts = looseObject({
  onset,
  total: number(),
  untimed: number(),
  span: looseObject({ from: number(), to: number() }),
  before: optional(rateCommit),
  allLater: optional(boolean()),
});
const errorRate = looseObject({
  from: number(),
  step: number().check(positive()),
  counts: array(number()),
  beganAt: optional(number()),
  endedAt: optional(number()),
  commits: array(rateCommit),
  words: string(),
  facts: optional(rateFacts),
});
const proofPhase = oneOf(proofPhases);
const commandEnd = discriminatedUnion('kind', [
  looseObject({ kind: literal('exited'), code: int() }),
  looseObject({ kind: literal('signalled'), signal: string() }),
  looseObject({ kind: literal('timedOut'), seconds: number() }),
  looseObject({ kind: literal('stopped') }),
  looseObject({ kind: literal('notStarted'), code: string() }),
]);
const proofVerdict = discriminatedUnion('kind', [
  looseObject({
    kind: literal('proved'),
    suite: oneOf(['passed', 'none', 'brokenBefore']),
    reason: oneOf(['asStated', 'notStated']),
  }),
  looseObject({
    kind: oneOf(['testPassesWithoutFix', 'failsForOtherReason', 'failsWithFix', 'suiteBroken', 'stopped']),
  }),
  looseObject({
    kind: literal('cannotRun'),
    why: oneOf(cannotRunReasons),
    phase: optional(proofPhase),
    detail: string(),
    failure: optional(failure),
  }),
  looseObject({ kind: literal('timedOut'), phase: proofPhase, seconds: number() }),
  looseObject({ kind: literal('flaky'), phase: proofPhase }),
]);
const huntedCommit = looseObject({ hash: string(), subject: string() });
const huntOutcome = discriminatedUnion('kind', [
  looseObject({ kind: literal('found'), culprit: huntedCommit }),
  looseObject({ kind: literal('undecided'), candidates: array(huntedCommit) }),
  looseObject({ kind: literal('goodEndNotGood'), answer: oneOf(['bad', 'skip']) }),
  looseObject({ kind: literal('badEndNotBad'), answer: oneOf(['good', 'skip']) }),
  looseObject({ kind: literal('stopped') }),
  looseObject({ kind: literal('failed'), detail: string() }),
]);

const evidenceFact = looseObject({
  evidence: looseObject({
    id: evidenceId,
    kind: oneOf(evidenceKinds),
    title: string(),
    source: string(),
    text: string(),
    lineCount: int(),
    uri: optional(string()),
    firstLine: optional(int()),
    omitted: optional(string()),
    errorRate: optional(errorRate),
    callers: optional(array(looseObject({ of: string(), path: string(), line: int(), in: optional(string()) }))),
    step: optional(step),
    redactions: array(looseObject({ kind: string(), count: int() })),
    suspicious,
  }),
});
/** What each type must have for the reducer and the views to be safe. Loose: a later version may add properties. */
const shapes: Readonly<Record<FactType, Schema>> = {
  incidentStarted: looseObject({
    format: int(),
    incidentId: string(),
    title: string(),
    folder: optional(looseObject({ name: string(), uri: string() })),
    marker: optional(string().check(regex(/^[0-9a-z]{16,64}$/))),
    demo: optional(string()),
  }),
  incidentRenamed: looseObject({ title: string() }),
  incidentResolved: looseObject({}),
  incidentReopened: looseObject({}),
  suspectAdded: looseObject({ suspect: looseObject({ uri: string(), path: string(), role: oneOf(suspectRoles) }) }),
  suspectRemoved: looseObject({ uri: string() }),
  suspectRoleChanged: looseObject({ uri: string(), role: oneOf(suspectRoles) }),
  evidenceAdded: evidenceFact,
  evidenceHidden: evidenceFact,
  evidenceRemoved: looseObject({ evidenceId }),
  stepChecked: looseObject({ step }),
  stepUnchecked: looseObject({ step }),
  stepSkipped: looseObject({ step, reason: string() }),
  stepAsked: looseObject({
    runId,
    step,
    kind: oneOf(['step', 'followUp', 'continue', 'recordAgain']),
    question: string(),
    evidenceIds: array(evidenceId),
    endpoint,
  }),
  replyRetrying: looseObject({
    runId,
    retry: looseObject({ attempt: int(), attempts: int(), resumesAt: number(), failure }),
  }),
  replyDelta: looseObject({ runId, text: string() }),
  replyOpaque: looseObject({ runId, json: string() }),
  toolCalled: looseObject({
    runId,
    call: looseObject({
      callId: string(),
      name: string(),
      inputJson: string(),
      answer: string(),
      accepted: boolean(),
      suspicious,
    }),
  }),
  turnEnded: looseObject({ runId }),
  hypothesisJudged: looseObject({
    runId,
    index: int(),
    verdict: oneOf(['open', 'confirmed', 'ruledOut']),
    note: string(),
  }),
  baselineChosen: looseObject({
    baseline: discriminatedUnion('kind', [
      looseObject({ kind: literal('commitsBack'), count: int() }),
      looseObject({ kind: literal('tag'), name: string() }),
      looseObject({ kind: literal('commit'), hash: string() }),
      looseObject({ kind: literal('before'), time: number() }),
    ]),
  }),
  monitorTicked: looseObject({ runId, index: int(), ticked: boolean() }),
  resultRecorded: looseObject({
    runId,
    record: looseObject({ step, data: unknown() }),
    grounding: optional(array(groundedClaim)),
  }),
  sendingAgreed: looseObject({ host: string() }),
  replyEnded: looseObject({
    runId,
    outcome: discriminatedUnion('kind', [
      looseObject({ kind: literal('done'), stopReason: string() }),
      looseObject({ kind: literal('stopped') }),
      looseObject({ kind: literal('failed'), failure }),
      looseObject({ kind: literal('interrupted') }),
    ]),
    usage: optional(usage),
    requestId: optional(string()),
  }),
  fixApplied: looseObject({
    runId,
    files: array(string()),
    proof: discriminatedUnion('kind', [
      looseObject({ kind: literal('proved') }),
      looseObject({ kind: literal('unproved'), reason: string() }),
    ]),
  }),
  fixUndone: looseObject({ runId }),
  patternsChecked: looseObject({
    runId,
    patterns: array(
      looseObject({
        index: int(),
        by: oneOf(['quote', 'search', 'line']),
        place: discriminatedUnion('kind', [
          looseObject({ kind: literal('found') }),
          looseObject({ kind: literal('moved'), line: int() }),
          looseObject({
            kind: literal('notFound'),
            reason: oneOf(['noFile', 'notTracked', 'noSuchLine', 'otherText']),
          }),
          looseObject({ kind: literal('notChecked') }),
        ]),
      }),
    ),
  }),
  watchStarted: looseObject({ minutes: number().check(positive()) }),
  monitorChecked: looseObject({ runId, index: int(), state: oneOf(monitorStates), note: string() }),
  watchEnded: looseObject({}),
  replyContinued: looseObject({
    runId,
    endpoint,
    failure,
    usage: optional(usage),
    requestId: optional(string()),
  }),
  contextCut: looseObject({
    evidence: array(looseObject({ evidenceId, kept: array(tuple([int(), int()])), summary: optional(string()) })),
    runs: array(looseObject({ runId, keeps: oneOf(['start', 'end', 'outline', 'nothing']) })),
  }),
  proofEnded: looseObject({
    runId,
    startedAt: number(),
    verdict: proofVerdict,
    runs: array(
      looseObject({
        phase: proofPhase,
        command: string(),
        attempts: array(looseObject({ end: commandEnd, milliseconds: number() })),
        output: string(),
      }),
    ),
    uncommitted: array(string()),
    changedOutside: array(string()),
    evidenceId: optional(evidenceId),
  }),
  huntEnded: looseObject({
    startedAt: number(),
    good: string(),
    bad: string(),
    firstParent: boolean(),
    tested: array(looseObject({ hash: string(), answer: oneOf(huntAnswers) })),
    outcome: huntOutcome,
    evidenceId: optional(evidenceId),
  }),
};

const envelope = looseObject({ seq: int().check(positive()), at: number(), type: string() });

/** Parses one line. Never throws. */
export function parseJournalLine(line: string): JournalLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'bad', reason: 'not JSON' };
  }
  if (isDelta(value)) return { kind: 'event', event: value };
  const stamped = safeParse(envelope, value);
  if (!stamped.success) return { kind: 'bad', reason: 'not an event' };
  const { type } = stamped.data;
  if (!isFactType(type)) return { kind: 'unknownType', type };
  const shaped = safeParse(shapes[type], value);
  if (!shaped.success) return { kind: 'bad', reason: `not a ${type} event` };
  const event = shaped.data as IncidentEvent;
  if (event.type === 'resultRecorded' && !isRecord(event.record)) return { kind: 'bad', reason: 'not a record' };
  return { kind: 'event', event };
}

/** Nearly all lines of a long incident are pieces of replies: told by hand, they are read ten times as fast. */
function isDelta(value: unknown): value is Extract<IncidentEvent, { type: 'replyDelta' }> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'replyDelta' &&
    'text' in value &&
    typeof value.text === 'string' &&
    'runId' in value &&
    typeof value.runId === 'string' &&
    runIdPattern.test(value.runId) &&
    'at' in value &&
    typeof value.at === 'number' &&
    'seq' in value &&
    Number.isSafeInteger(value.seq) &&
    Number(value.seq) > 0
  );
}

/** One event as a line, its line break included. */
export function journalLine(event: IncidentEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function isFactType(type: string): type is Fact['type'] {
  return Object.hasOwn(shapes, type);
}

function isRecord(record: StepRecord): boolean {
  return safeParse(recordTools[record.step].schema, record.data).success;
}
