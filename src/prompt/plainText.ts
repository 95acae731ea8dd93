import type { Redacted } from '../model/redacted.ts';
import { joinRedacted, redactedTemplate, rewriteRedacted } from '../model/redacted.ts';
import type { Prompt } from '../model/request.ts';

/**
 * A request as one text for any other Claude client: what is known, the conversation so far, and the question, without
 * the tools that only the panel has.
 */
export function promptAsText({ system, messages }: Prompt): Redacted {
  const parts = messages.flatMap(({ role, content }) => {
    const texts = content.flatMap((block) => (block.type === 'text' ? [withoutToolCall(block.text)] : []));
    if (texts.length === 0) return [];
    return role === 'assistant' ? [redactedTemplate`Your reply was:`, ...texts] : texts;
  });
  const head = withoutTools(system);
  return joinRedacted([head, ...parts], '\n\n');
}

/** Other clients have no such tool: the sentence that names it is left out. */
function withoutToolCall(text: Redacted): Redacted {
  return rewriteRedacted(text, (raw) =>
    raw
      .replace(/\n*When you have answered, call record_\w+ once with the result\.$/, '')
      .replace(/\n*Use search_repository to find similar patterns rather than guess them\.[^\n]*/, ''),
  );
}

function withoutTools(system: Redacted): Redacted {
  return rewriteRedacted(system, (raw) => raw.replace(/\n\nAt the end of each step, call the tool[^]*$/, ''));
}
