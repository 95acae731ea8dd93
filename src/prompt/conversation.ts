import type { Evidence } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { Redacted } from '../model/redacted.ts';
import { noRedactedText, wellFormed } from '../model/redacted.ts';
import type { Run } from '../model/reply.ts';
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
 * A run that ended without a word leaves no assistant message: its blocks stay where they were, the next question
 * follows in the same user message, and the same question is not written twice.
 */
export function conversation(incident: Incident, next: NextQuestion): Prompt {
  const messages: PromptMessage[] = [];
  let user: PromptBlock[] = [];
  for (const run of incident.runs) {
    appendQuestion(user, { question: run.question, evidence: sentWith(incident, run) });
    const reply = replyBlocks(run);
    if (reply.length === 0) continue;
    messages.push({ role: 'user', content: user }, { role: 'assistant', content: reply });
    user = toolResults(run);
  }
  appendQuestion(user, next);
  messages.push({ role: 'user', content: user });
  return { system: systemText, tools: toolDefinitions(), messages };
}

function appendQuestion(user: PromptBlock[], next: NextQuestion): void {
  for (const item of next.evidence) user.push({ type: 'text', text: evidenceBlock(item) });
  const question = wellFormed(next.question);
  const last = user.at(-1);
  if (question.trim() === '' || (last?.type === 'text' && last.text === question)) return;
  user.push({ type: 'text', text: question });
}

function sentWith(incident: Incident, run: Run): readonly Evidence[] {
  return run.evidenceIds.flatMap((id) => incident.evidence.find((item) => item.id === id) ?? []);
}

/**
 * The API takes no empty text block; a reply of blank text alone counts as none. Opaque parts are kept in the record and
 * left out here: a signed block is valid for the model and the endpoint that made it only.
 */
function replyBlocks(run: Run): PromptBlock[] {
  return run.parts.flatMap((part, index): PromptBlock[] => {
    if (part.type === 'text') return part.text.trim() === '' ? [] : [{ type: 'text', text: wellFormed(part.text) }];
    if (part.type === 'toolCall') {
      const name = part.name.replace(/[^\w-]/g, '_').slice(0, 128) || 'unnamed';
      return [{ type: 'tool_use', id: callId(run, index), name, input: parsedInput(part.inputJson) }];
    }
    return [];
  });
}

function toolResults(run: Run): PromptBlock[] {
  return run.parts.flatMap((part, index): PromptBlock[] => {
    if (part.type !== 'toolCall') return [];
    const result = { type: 'tool_result', tool_use_id: callId(run, index), content: wellFormed(part.answer) } as const;
    return [part.accepted ? result : { ...result, is_error: true }];
  });
}

/**
 * A call's id within the conversation, ours: the API wants each to be unique and of letters, digits, `_` and `-`, and a
 * compatible server that answered once may have given any, the same one in each reply included.
 */
function callId(run: Run, index: number): string {
  return `${run.id}_${index}`;
}

/** A tool's input must be an object in the request; what never was one is shown to Claude as the text that it was. */
function parsedInput(json: Redacted): unknown {
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
