import { errorSentence } from '../evidence/errorSentence.ts';
import { showHidden } from '../evidence/hiddenCharacters.ts';
import { suspiciousLines } from '../evidence/suspiciousLines.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { hypothesesAnswered, pendingEvidence, presentEvidence } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { Redacted } from '../model/redacted.ts';
import type { EndpointLabel, QuestionKind } from '../model/reply.ts';
import type { Prompt } from '../model/request.ts';
import { stepDefinition } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import { maxSuspects } from '../model/suspect.ts';
import { withCut } from '../model/contextCut.ts';
import type { ContextCut } from '../model/contextCut.ts';
import { conversation } from '../prompt/conversation.ts';
import { fitConversation } from '../prompt/shortenConversation.ts';
import {
  continueQuestion,
  followUpQuestion,
  longReplyQuestion,
  recordAgainQuestion,
  stepQuestion,
} from '../prompt/questions.ts';
import type { QuestionFacts } from '../prompt/questions.ts';
import { numberEvidence, redactEvidence } from './intake.ts';
import { linesNamedIn } from './limits.ts';
import { collectForStep } from './stepEvidence.ts';
import type { EvidenceDraft } from './intake.ts';
import type { InvestigationWorld } from './world.ts';
import type { Redactor } from '../redaction/redactor.ts';

export interface QuestionRequest {
  readonly step: StepId;
  readonly kind: QuestionKind;
  /** The user's words, for a follow-up. */
  readonly followUp?: string | undefined;
  /** The user was told that it passes the budget, and wants it asked. */
  readonly beyondBudget?: boolean | undefined;
}

/** What goes out with a question: shown by the preview, then sent as it is. */
export interface PreparedQuestion {
  readonly evidence: readonly Evidence[];
  /** The part of it that the incident does not have yet. */
  readonly fresh: readonly (EvidenceDraft & Pick<Evidence, 'id'>)[];
  readonly question: Redacted;
  /** What of the conversation so far, and of this evidence, is not sent any more, so that the model can read it all. */
  readonly cut?: ContextCut;
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
  const drafts =
    kind === 'step' ? await freshDrafts(step, incident, world, signal) : await longReply(request, world, signal);
  if (!drafts.ok) return drafts;
  const words = await redactedWords(incident, world, request, signal);
  if (!words.ok) return words;
  return succeed({ drafts: drafts.value, words: words.value });
}

/**
 * Builds the question and its request from what was gathered. Waits for nothing, so that the caller can record and send
 * what belongs to one state of the incident: a number given here is still free when it is recorded. What would take the
 * request over `limit`, in tokens, is cut.
 */
export function buildQuestion(
  incident: Incident,
  request: QuestionRequest,
  { drafts, words }: GatheredTexts,
  limit: number,
  to?: EndpointLabel,
): Result<PreparedQuestion> {
  const fresh = numberEvidence(drafts, incident.evidence);
  const added = fresh.map((item): Evidence => ({ ...item, addedAt: incident.lastEventAt }));
  const evidence = [...pendingEvidence(incident, request.step), ...added];
  const broken = threeFileRule(incident, evidence);
  if (broken !== undefined) return fail(broken);
  const withFresh: Incident = { ...incident, evidence: [...incident.evidence, ...added] };
  const question = questionText(withFresh, request, words, fresh);
  const next = { question, evidence };
  const fit = fitConversation(withFresh, next, limit);
  if (fit.kind === 'tooLong') return fail({ kind: 'contextFull', tokens: fit.tokens, limit });
  if (fit.kind === 'fits') return succeed({ evidence, fresh, question, prompt: conversation(withFresh, next, to) });
  const prompt = conversation(withCut(withFresh, fit.cut, incident.lastEventAt), next, to);
  return succeed({ evidence, fresh, question, cut: fit.cut, prompt });
}

interface Words {
  readonly followUp: Redacted;
  readonly facts: QuestionFacts;
}

/** More than this in the reply box, in characters, is something that was pasted rather than said. */
export const maxReplyCharacters = 12_000;

/** Steps whose evidence is taken from the suspects: without any, there is nothing to ask about. */
const readsSuspects: ReadonlySet<StepId> = new Set(['files', 'environment', 'regression']);

function missingFor({ step, kind, followUp = '' }: QuestionRequest, incident: Incident): Failure | undefined {
  if (kind === 'followUp' && followUp.trim() === '') return { kind: 'nothingThere', what: 'reply' };
  if (kind !== 'step') return undefined;
  if (step === 'orient' && presentEvidence(incident).length === 0) return { kind: 'noEvidence' };
  if (readsSuspects.has(step) && incident.suspects.length === 0) return { kind: 'noSuspects' };
  return undefined;
}

function questionText(
  incident: Incident,
  { step, kind }: QuestionRequest,
  words: Words,
  fresh: PreparedQuestion['fresh'],
): Redacted {
  switch (kind) {
    case 'step':
      return stepQuestion(step, incident, words.facts);
    case 'followUp': {
      const [pasted] = fresh;
      return followUpQuestion(incident, pasted === undefined ? words.followUp : longReplyQuestion(pasted));
    }
    case 'continue':
      return continueQuestion();
    case 'recordAgain':
      return recordAgainQuestion(step);
  }
}

async function redactedWords(
  incident: Incident,
  { redactor, houseRules }: InvestigationWorld,
  { step, followUp = '' }: QuestionRequest,
  signal: AbortSignal,
): Promise<Result<Words>> {
  // A name may hold line breaks and characters that nobody sees; in the question it is a name on one line.
  const paths = incident.suspects.map(({ path }) => showHidden(path.replace(/\s+/g, ' ')).text);
  const suspects = await redactAll(redactor, 'The path of a suspect', paths, signal);
  if (!suspects.ok) return suspects;
  const concerned = (await houseRules()).filter(({ steps }) => steps.includes(step)).map(({ text }) => text);
  const rules = await redactAll(redactor, 'A rule of CLAUDE.md', concerned, signal);
  if (!rules.ok) return rules;
  const isLong = followUp.trim().length > maxReplyCharacters;
  const reply = await redactor.redact(isLong ? '' : followUp.trim(), { signal, what: 'Your reply' });
  if (!reply.ok) return reply;
  const error = await redactor.redact(currentError(incident) ?? '', { signal, what: 'The error' });
  if (!error.ok) return error;
  const facts = {
    suspects: suspects.value,
    houseRules: rules.value,
    ...(error.value.text === '' ? {} : { error: error.value.text }),
  };
  return succeed({ followUp: reply.value.text, facts });
}

/** The user's words, where they are more than words: then they are evidence, which may be cut, as a question may not. */
async function longReply(
  { kind, step, followUp = '' }: QuestionRequest,
  { redactor }: InvestigationWorld,
  signal: AbortSignal,
): Promise<Result<readonly EvidenceDraft[]>> {
  const text = followUp.trim();
  if (kind !== 'followUp' || text.length <= maxReplyCharacters) return succeed([]);
  const { number } = stepDefinition(step);
  const pasted = { kind: 'clipboard', title: `Your reply in step ${number}`, source: 'the reply box', text } as const;
  const draft = await redactEvidence(redactor, pasted, signal);
  return draft.ok ? succeed([draft.value]) : draft;
}

async function redactAll(
  redactor: Redactor,
  what: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Result<Redacted[]>> {
  const all: Redacted[] = [];
  for (const text of texts) {
    const redacted = await redactor.redact(text, { signal, what });
    if (!redacted.ok) return redacted;
    all.push(redacted.value.text);
  }
  return succeed(all);
}

/** The error in a sentence, from what the user gave most directly. */
function currentError(incident: Incident): string | undefined {
  const items = presentEvidence(incident).filter(({ kind }) => kind !== 'file');
  const direct = items.filter(({ kind }) => kind === 'errorText' || kind === 'clipboard' || kind === 'selection');
  const traces = items.filter(({ kind }) => kind === 'stackTail');
  for (const item of [...direct, ...traces, ...items]) {
    const sentence = errorSentence(item.text);
    // The question is ours: what speaks to a model stays in its block.
    if (sentence !== undefined && suspiciousLines(sentence).length === 0) return sentence;
  }
  return undefined;
}

/** What the step gathers, redacted, without what Claude has, or will get with this question, in the same state. */
async function freshDrafts(
  step: StepId,
  incident: Incident,
  world: InvestigationWorld,
  signal: AbortSignal,
): Promise<Result<readonly EvidenceDraft[]>> {
  const collected = await collectForStep(step, incident, world, signal);
  if (!collected.ok) return collected;
  const drafts: EvidenceDraft[] = [];
  const texts = presentEvidence(incident).flatMap(({ kind, text }) => (kind === 'file' ? [] : [text]));
  for (const item of collected.value) {
    const named = item.kind === 'file' ? linesNamedIn(texts, item.source) : [];
    const draft = await redactEvidence(world.redactor, item, signal, named);
    if (!draft.ok) return draft;
    if (!isKnown(incident, draft.value)) drafts.push(draft.value);
  }
  return succeed(drafts);
}

/** Whether the newest of the same kind and source has the same text. One that the user took out is not there. */
function isKnown(incident: Incident, draft: EvidenceDraft): boolean {
  const latest = incident.evidence.findLast(({ kind, uri }) => kind === draft.kind && uri === draft.uri);
  return latest !== undefined && latest.removedAt === undefined && latest.text === draft.text;
}

/** No file beyond the first three goes out before step 3 has an answer. */
function threeFileRule(incident: Incident, evidence: readonly Evidence[]): Failure | undefined {
  if (hypothesesAnswered(incident)) return undefined;
  const sent = incident.evidence.filter(({ sentIn }) => sentIn !== undefined);
  const files = [...sent, ...evidence].filter(({ kind }) => kind === 'file');
  const fourth = [...new Map(files.map((item) => [item.uri, item])).values()][maxSuspects];
  return fourth === undefined ? undefined : { kind: 'threeFileRule', path: fourth.title };
}
