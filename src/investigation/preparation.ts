import { errorSentence } from '../evidence/errorSentence.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { pendingEvidence, presentEvidence, runsOf } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { Redacted } from '../model/redacted.ts';
import type { QuestionKind } from '../model/reply.ts';
import type { Prompt } from '../model/request.ts';
import type { StepId } from '../model/steps.ts';
import { maxSuspects } from '../model/suspect.ts';
import { conversation } from '../prompt/conversation.ts';
import { continueQuestion, recordAgainQuestion, stepQuestion } from '../prompt/questions.ts';
import type { QuestionFacts } from '../prompt/questions.ts';
import { numberEvidence, redactEvidence } from './intake.ts';
import type { EvidenceDraft } from './intake.ts';
import type { InvestigationWorld } from './world.ts';

export interface QuestionRequest {
  readonly step: StepId;
  readonly kind: QuestionKind;
  /** The user's words, for a follow-up. */
  readonly followUp?: string | undefined;
}

/** What goes out with a question: shown by the preview, then sent as it is. */
export interface PreparedQuestion {
  readonly evidence: readonly Evidence[];
  /** The part of it that the incident does not have yet. */
  readonly fresh: readonly (EvidenceDraft & Pick<Evidence, 'id'>)[];
  readonly question: Redacted;
  readonly prompt: Prompt;
}

/** What a question needs that takes time: texts that were read and redacted. */
export interface GatheredTexts {
  readonly drafts: readonly EvidenceDraft[];
  readonly words: Words;
}

/** Collects what a question sends and redacts it. Records nothing. */
export async function gatherTexts(
  incident: Incident,
  world: InvestigationWorld,
  request: QuestionRequest,
  signal: AbortSignal,
): Promise<Result<GatheredTexts>> {
  const { step, kind } = request;
  const missing = missingFor(request, incident);
  if (missing !== undefined) return fail(missing);
  const drafts = kind === 'step' && step === 'files' ? await suspectDrafts(incident, world, signal) : succeed([]);
  if (!drafts.ok) return drafts;
  const words = await redactedWords(incident, world, request, signal);
  if (!words.ok) return words;
  return succeed({ drafts: drafts.value, words: words.value });
}

/**
 * Builds the question and its request from what was gathered. Waits for nothing, so that the caller can record and send
 * what belongs to one state of the incident: a number given here is still free when it is recorded.
 */
export function buildQuestion(
  incident: Incident,
  request: QuestionRequest,
  { drafts, words }: GatheredTexts,
): Result<PreparedQuestion> {
  const fresh = numberEvidence(drafts, incident.evidence);
  const added = fresh.map((item): Evidence => ({ ...item, addedAt: incident.lastEventAt }));
  const evidence = [...pendingEvidence(incident, request.step), ...added];
  const broken = threeFileRule(incident, evidence);
  if (broken !== undefined) return fail(broken);
  const withFresh: Incident = { ...incident, evidence: [...incident.evidence, ...added] };
  const question = questionText(withFresh, request, words);
  return succeed({ evidence, fresh, question, prompt: conversation(withFresh, { question, evidence }) });
}

interface Words {
  readonly followUp: Redacted;
  readonly facts: QuestionFacts;
}

function missingFor({ step, kind, followUp = '' }: QuestionRequest, incident: Incident): Failure | undefined {
  if (kind === 'followUp' && followUp.trim() === '') return { kind: 'nothingThere', what: 'reply' };
  if (kind !== 'step') return undefined;
  if (step === 'orient' && presentEvidence(incident).length === 0) return { kind: 'noEvidence' };
  if (step === 'files' && incident.suspects.length === 0) return { kind: 'noSuspects' };
  return undefined;
}

function questionText(incident: Incident, { step, kind }: QuestionRequest, words: Words): Redacted {
  switch (kind) {
    case 'step':
      return stepQuestion(step, incident, words.facts);
    case 'followUp':
      return words.followUp;
    case 'continue':
      return continueQuestion();
    case 'recordAgain':
      return recordAgainQuestion(step);
  }
}

async function redactedWords(
  incident: Incident,
  { redactor }: InvestigationWorld,
  { followUp = '' }: QuestionRequest,
  signal: AbortSignal,
): Promise<Result<Words>> {
  const suspects: Redacted[] = [];
  for (const { path } of incident.suspects) {
    const redacted = await redactor.redact(path, { signal, what: path });
    if (!redacted.ok) return redacted;
    suspects.push(redacted.value.text);
  }
  const reply = await redactor.redact(followUp.trim(), { signal, what: 'Your reply' });
  if (!reply.ok) return reply;
  const error = await redactor.redact(currentError(incident) ?? '', { signal, what: 'The error' });
  if (!error.ok) return error;
  const facts = { suspects, ...(error.value.text === '' ? {} : { error: error.value.text }) };
  return succeed({ followUp: reply.value.text, facts });
}

/** The error in a sentence, from what the user gave most directly. */
function currentError(incident: Incident): string | undefined {
  const items = presentEvidence(incident).filter(({ kind }) => kind !== 'file');
  const direct = items.filter(({ kind }) => kind === 'errorText' || kind === 'clipboard' || kind === 'selection');
  const traces = items.filter(({ kind }) => kind === 'stackTail');
  for (const item of [...direct, ...traces, ...items]) {
    const sentence = errorSentence(item.text);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

/** The suspects' texts, without those that Claude has, or will get with this question, in the same state. */
async function suspectDrafts(
  incident: Incident,
  world: InvestigationWorld,
  signal: AbortSignal,
): Promise<Result<readonly EvidenceDraft[]>> {
  const drafts: EvidenceDraft[] = [];
  for (const suspect of incident.suspects) {
    const file = await world.readSuspect(suspect, signal);
    if (!file.ok) return file;
    const draft = await redactEvidence(world.redactor, { ...file.value, step: 'files' }, signal);
    if (!draft.ok) return draft;
    const latest = incident.evidence.findLast(({ kind, uri }) => kind === 'file' && uri === suspect.uri);
    if (latest?.removedAt === undefined && latest?.text === draft.value.text) continue;
    drafts.push(draft.value);
  }
  return succeed(drafts);
}

/** No file beyond the first three goes out before step 3 has an answer, recorded as data or not. */
function threeFileRule(incident: Incident, evidence: readonly Evidence[]): Failure | undefined {
  const answered = runsOf(incident, 'hypotheses').some(
    ({ phase, record }) => phase.kind === 'done' || record !== undefined,
  );
  if (answered) return undefined;
  const sent = incident.evidence.filter(({ sentIn }) => sentIn !== undefined);
  const files = [...sent, ...evidence].filter(({ kind }) => kind === 'file');
  const fourth = [...new Map(files.map((item) => [item.uri, item])).values()][maxSuspects];
  return fourth === undefined ? undefined : { kind: 'threeFileRule', path: fourth.title };
}
