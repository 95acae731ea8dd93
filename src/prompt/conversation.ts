import type { Evidence } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { Redacted } from '../model/redacted.ts';
import { noRedactedText } from '../model/redacted.ts';
import type { ReplyPart, Run } from '../model/reply.ts';
import type { Prompt, PromptBlock, PromptMessage } from '../model/request.ts';
import { evidenceBlock } from './evidenceBlock.ts';
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
 *
 * Without a next question it goes on with the run that streams: its tool calls were answered.
 *
 * A run that ended without a word leaves no assistant message: its blocks stay where they were, the next question
 * follows in the same user message, and the same question is not written twice.
 */
export function conversation(incident: Incident, next?: NextQuestion): Prompt {
  const messages: PromptMessage[] = [];
  let user: PromptBlock[] = [];
  for (const run of incident.runs) {
    appendQuestion(user, { question: run.question, evidence: sentWith(incident, run) });
    for (const turn of turnsOf(run)) {
      const reply = replyBlocks(turn);
      if (reply.length === 0) continue;
      messages.push({ role: 'user', content: user }, { role: 'assistant', content: reply });
      user = turn.flatMap(toolResult);
    }
  }
  if (next !== undefined) appendQuestion(user, next);
  messages.push({ role: 'user', content: user });
  return { system: systemText, tools: toolDefinitions(), messages };
}

function appendQuestion(user: PromptBlock[], { question, evidence }: NextQuestion): void {
  for (const item of evidence) user.push({ type: 'text', text: evidenceBlock(item) });
  const last = user.at(-1);
  if (last?.type === 'text' && last.text === question) return;
  user.push({ type: 'text', text: question });
}

function sentWith(incident: Incident, run: Run): readonly Evidence[] {
  return run.evidenceIds.flatMap((id) => incident.evidence.find((item) => item.id === id) ?? []);
}

/** A run's parts, turn by turn: Claude may have asked for the answers of its tool calls before it went on. */
function turnsOf(run: Run): readonly (readonly ReplyPart[])[] {
  const turns: ReplyPart[][] = [[]];
  for (const part of run.parts) {
    if (part.type === 'turn') turns.push([]);
    else turns.at(-1)?.push(part);
  }
  return turns;
}

/** The API takes no empty text block; a reply of blank text alone counts as none. */
function replyBlocks(turn: readonly ReplyPart[]): PromptBlock[] {
  return turn.flatMap((part): PromptBlock[] => {
    if (part.type === 'text') return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }];
    if (part.type === 'toolCall') {
      return [{ type: 'tool_use', id: part.callId, name: part.name, input: parsedInput(part.inputJson) }];
    }
    return [];
  });
}

function toolResult(part: ReplyPart): PromptBlock[] {
  if (part.type !== 'toolCall') return [];
  const result = { type: 'tool_result', tool_use_id: part.callId, content: part.answer } as const;
  return [part.accepted ? result : { ...result, is_error: true }];
}

/** A tool's input must be an object in the request; what never was one is shown to Claude as the text that it was. */
function parsedInput(json: Redacted): unknown {
  try {
    const input: unknown = JSON.parse(json === noRedactedText ? '{}' : json);
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Falls through: an incomplete call is history all the same.
  }
  return { unreadable: json };
}
