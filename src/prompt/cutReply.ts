import type { RunCutLevel } from '../model/contextCut.ts';
import { cutText } from '../model/cutText.ts';
import { redactedTemplate, rewriteRedacted, wellFormed } from '../model/redacted.ts';
import type { Redacted } from '../model/redacted.ts';
import { searchTool } from '../model/tools.ts';
import type { ReplyPart, Run } from '../model/reply.ts';
import type { PromptBlock } from '../model/request.ts';

/** Characters of a question, and of a record, that stand for the whole in an outline. */
const keptOfOutline = 300;

/** A part of a reply with its words cut; what was recorded stays as it is. */
export function cutPart(part: ReplyPart, keeps: Extract<RunCutLevel, 'start' | 'end'>): ReplyPart {
  if (part.type === 'text') return { type: 'text', text: cutText(part.text, keeps) };
  if (part.type === 'toolCall' && part.name === searchTool.name) {
    return { ...part, answer: cutText(part.answer, 'start') };
  }
  return part;
}

/** What is left of a question and its reply in an outline. */
export interface RunOutline {
  readonly question: Redacted;
  /** Absent where the run had no reply. */
  readonly reply?: PromptBlock;
}

/** A question and its reply in a line each, and the beginning of what was recorded. */
export function outlineOf({ question, parts, record }: Run): RunOutline {
  const asked = redactedTemplate`${beginning(question)} [This question, its evidence and its reply were cut.]`;
  const said = parts.some((part) => part.type !== 'turn' && part.type !== 'opaque');
  if (!said) return { question: asked };
  const call = parts.findLast((part) => part.type === 'toolCall' && part.accepted && part.name !== searchTool.name);
  const recorded =
    record === undefined || call?.type !== 'toolCall'
      ? redactedTemplate`[This reply was cut.]`
      : redactedTemplate`[This reply was cut. It recorded: ${beginning(call.inputJson)}]`;
  return { question: asked, reply: { type: 'text', text: recorded } };
}

function beginning(text: Redacted): Redacted {
  return rewriteRedacted(text, (whole) => {
    const line = whole.replace(/\s+/g, ' ').trim();
    return line.length <= keptOfOutline ? wellFormed(line) : `${wellFormed(line.slice(0, keptOfOutline - 1))}…`;
  });
}
