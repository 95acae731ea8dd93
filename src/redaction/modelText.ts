import type { Redacted } from '../model/redacted.ts';

/**
 * Takes the text of a reply as redacted. Claude saw redacted text only, so a reply can hold no secret of the user's that
 * was not in what the user let through; and a placeholder in it must stay what it is. A reply is not scanned for formats:
 * it invents example keys, whose hiding would break code that it proposes. What was hidden before is hidden in it as well:
 * see `ReplyRedactor`. For replies only, never for evidence or what a user types.
 */
export function fromModel(text: string): Redacted {
  return text as Redacted;
}
