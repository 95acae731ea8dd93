import { cutOf, cutsInForce } from '../model/contextCut.ts';
import type { CutsInForce, RunCutLevel } from '../model/contextCut.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { Redacted } from '../model/redacted.ts';
import { noRedactedText, redactedTemplate, wellFormed } from '../model/redacted.ts';
import { answeringEndpoint } from '../model/reply.ts';
import type { EndpointLabel, ReplyPart, Run } from '../model/reply.ts';
import type { Prompt, PromptBlock, PromptMessage } from '../model/request.ts';
import { literal, object, safeParse, string } from '../model/schema.ts';
import { recordTools, searchTool } from '../model/tools.ts';
import { cutPart, outlineOf } from './cutReply.ts';
import { evidenceBlock, foundBlock } from './evidenceBlock.ts';
import { goOnQuestion } from './questions.ts';
import { systemText } from './systemText.ts';
import { toolDefinitions } from './toolDefinitions.ts';

/** A question that is about to be asked, with the evidence that goes out with it for the first time. */
export interface NextQuestion {
  readonly question: Redacted;
  readonly evidence: readonly Evidence[];
}

/**
 * The request for the next question of an incident, a pure function of its runs. One incident is one conversation:
 * the request for question N is a byte-for-byte prefix of the one for question N+1 up to the brackets that close it,
 * so that all but the newest part is read from the cache.
 * Without a next question it goes on with the run that streams: its tool calls were answered, or it broke off and `to`
 * goes on where it ended.
 *
 * `to` is who gets the request; without it, whoever answered last. Signed thinking goes back to its own endpoint alone.
 *
 * A run that ended without a word leaves no assistant message: its blocks stay where they were, the next question
 * follows in the same user message, and the same question is not written twice.
 *
 * What the incident's cuts name is left out, from the request after the cut on: there, and only there, the request does
 * not begin with the one before it.
 */
export function conversation(incident: Incident, next?: NextQuestion, to = lastAnswering(incident)): Prompt {
  const { marker } = incident;
  const messages: PromptMessage[] = [];
  const cuts = cutsInForce(incident);
  let user: PromptBlock[] = leftOut(incident, cuts);
  for (const run of incident.runs) {
    const keeps = cuts.runs.get(run.id);
    if (keeps === 'nothing') continue;
    if (keeps === 'outline') {
      const { question, reply } = outlineOf(run);
      appendQuestion(user, { question, evidence: [] }, cuts, marker);
      if (reply === undefined) continue;
      messages.push({ role: 'user', content: user }, { role: 'assistant', content: [reply] });
      user = [];
      continue;
    }
    appendQuestion(user, { question: run.question, evidence: sentWith(incident, run) }, cuts, marker);
    for (const { parts, by, brokeOffAt } of turnsOf(run, keeps)) {
      const reply = parts.flatMap((part) => replyBlock(part, isSame(by, to)));
      if (!reply.some(({ type }) => type !== 'thinking')) continue;
      messages.push({ role: 'user', content: user }, { role: 'assistant', content: reply });
      user = parts.flatMap((answered) => toolResult(answered, marker));
      if (brokeOffAt !== undefined)
        user.push({ type: 'text', text: goOnQuestion(run.step, isRecorded(run, brokeOffAt)) });
    }
  }
  if (next !== undefined) appendQuestion(user, next, cuts, marker);
  messages.push({ role: 'user', content: user });
  return { system: systemText(marker), tools: toolDefinitions(), messages };
}

/** Says which questions are not there at all, for a reply that speaks of one. */
function leftOut({ runs }: Incident, cuts: CutsInForce): PromptBlock[] {
  const count = runs.filter(({ id }) => cuts.runs.get(id) === 'nothing').length;
  if (count === 0) return [];
  return [
    {
      type: 'text',
      text: redactedTemplate`[The first ${count} questions of this incident and their replies were cut.]`,
    },
  ];
}

function appendQuestion(user: PromptBlock[], next: NextQuestion, cuts: CutsInForce, marker: string | undefined): void {
  for (const item of next.evidence) user.push({ type: 'text', text: evidenceBlock(item, cutOf(item, cuts), marker) });
  const question = wellFormed(next.question);
  const last = user.at(-1);
  if (question.trim() === '' || (last?.type === 'text' && last.text === question)) return;
  user.push({ type: 'text', text: question });
}

function sentWith(incident: Incident, run: Run): readonly Evidence[] {
  return run.evidenceIds.flatMap((id) => incident.evidence.find((item) => item.id === id) ?? []);
}

function lastAnswering({ runs }: Incident): EndpointLabel | undefined {
  const last = runs.at(-1);
  return last === undefined ? undefined : answeringEndpoint(last);
}

function isSame(one: EndpointLabel, other: EndpointLabel | undefined): boolean {
  return one.name === other?.name && one.host === other.host;
}

/** Whether the step's result was recorded before this part of the reply. */
function isRecorded({ step, parts }: Run, before: number): boolean {
  return parts
    .slice(0, before)
    .some((part) => part.type === 'toolCall' && part.accepted && part.name === recordTools[step].name);
}

/** A part of a reply with its id in the conversation. */
interface TurnPart {
  readonly id: string;
  readonly part: ReplyPart;
  /** The turn ended for the answers of its calls, and the reply went on. */
  readonly continued: boolean;
}

/** What one endpoint said in one go. */
interface ReplyTurn {
  readonly parts: TurnPart[];
  readonly by: EndpointLabel;
  /** The place of the part after which somebody goes on with it, where it did not come to its end. */
  brokeOffAt?: number;
}

/**
 * A run's parts, turn by turn: Claude may have asked for the answers of its tool calls before it went on, or broken off
 * and been followed by another endpoint. The signed thinking of a reply that was cut is left out: it is signed for the
 * words that it stood among.
 */
function turnsOf(run: Run, keeps: Extract<RunCutLevel, 'start' | 'end'> | undefined): readonly ReplyTurn[] {
  let turn: ReplyTurn = { parts: [], by: run.endpoint };
  const turns = [turn];
  const last = run.parts.findLastIndex(({ type }) => type === 'turn');
  run.parts.forEach((whole, index) => {
    if (whole.type === 'turn' || whole.type === 'continued') {
      if (whole.type === 'continued') turn.brokeOffAt = index;
      turn = { parts: [], by: whole.type === 'continued' ? whole.endpoint : turn.by };
      turns.push(turn);
    } else {
      const part = keeps === undefined ? whole : cutPart(whole, keeps);
      turn.parts.push({ id: callId(run, index), part, continued: keeps === undefined && index < last });
    }
  });
  return turns;
}

/**
 * The API takes no empty text block; a reply of blank text alone counts as none. A signed thinking block goes back only
 * where the reply went on after it, and to the endpoint that signed it: the API asks for it there, and elsewhere it is of
 * no use.
 */
function replyBlock({ id, part, continued }: TurnPart, own: boolean): PromptBlock[] {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? [] : [{ type: 'text', text: wellFormed(part.text) }];
    case 'toolCall': {
      const name = part.name.replace(/[^\w-]/g, '_').slice(0, 128) || 'unnamed';
      return [{ type: 'tool_use', id, name, input: parsedInput(part.inputJson) }];
    }
    case 'opaque':
      return continued && own ? thinkingBlock(part.json) : [];
    case 'turn':
    case 'continued':
      return [];
  }
}

function toolResult({ id, part }: TurnPart, marker: string | undefined): PromptBlock[] {
  if (part.type !== 'toolCall') return [];
  const found = part.name === searchTool.name && part.accepted;
  const content = found ? foundBlock(part.answer, marker) : wellFormed(part.answer);
  const result = { type: 'tool_result', tool_use_id: id, content } as const;
  return [part.accepted ? result : { ...result, is_error: true }];
}

const thinkingSchema = object({ type: literal('thinking'), thinking: string(), signature: string() });

function thinkingBlock(json: string): PromptBlock[] {
  const parsed = safeParse(thinkingSchema, parsedInput(json));
  return parsed.success ? [parsed.data] : [];
}

/**
 * A call's id within the conversation, ours: the API wants each to be unique and of letters, digits, `_` and `-`, and a
 * compatible server that answered once may have given any, the same one in each reply included.
 */
function callId(run: Run, index: number): string {
  return `${run.id}_${index}`;
}

/** A tool's input must be an object in the request; what never was one is shown to Claude as the text that it was. */
function parsedInput(json: string): unknown {
  try {
    const input: unknown = JSON.parse(json === noRedactedText ? '{}' : json, (_, value: unknown) =>
      typeof value === 'string' ? wellFormed(value) : value,
    );
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Falls through: an incomplete call is history all the same.
  }
  return { unreadable: wellFormed(json) };
}
