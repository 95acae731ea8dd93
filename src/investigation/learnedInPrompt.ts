import type { Redacted } from '../model/redacted.ts';
import type { Prompt, PromptBlock } from '../model/request.ts';
import type { ReplyRedactor } from '../redaction/knownSecrets.ts';

/**
 * A request in which no value stands that is known by now: words of the user and of Claude from before it was learnt are
 * sent again with every question. The same object where there is none, so that what was sent before stays the prefix of
 * what is sent next. Signed thinking cannot be changed: what holds a value is left out.
 */
export function withoutLearned(prompt: Prompt, known: ReplyRedactor): Prompt {
  const found = { any: false };
  const clean = (text: string): Redacted => {
    const whole = known.whole(text);
    if (whole !== text) found.any = true;
    return whole;
  };
  const cleanInput = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(cleanInput);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleanInput(item)]));
  };
  const cleanBlock = (block: PromptBlock): readonly PromptBlock[] => {
    switch (block.type) {
      case 'text':
        return [{ ...block, text: clean(block.text) }];
      case 'tool_result':
        return [{ ...block, content: clean(block.content) }];
      case 'tool_use':
        return [{ ...block, input: cleanInput(block.input) }];
      case 'thinking':
        return clean(block.thinking) === block.thinking ? [block] : [];
    }
  };
  const messages = prompt.messages.map((message) => ({ ...message, content: message.content.flatMap(cleanBlock) }));
  return found.any ? { ...prompt, messages } : prompt;
}
