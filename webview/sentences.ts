/** Longest text handed to a screen reader at once, in characters: about fifteen seconds of speech. */
const maxSpoken = 280;

/**
 * The whole sentences of a growing reply from `from` on, as plain words for a screen reader, and where to go on next.
 * Nothing is taken before a sentence or a line is complete; of a long stretch only the last sentences are spoken.
 */
export function takeSentences(text: string, from: number): { readonly spoken: string; readonly next: number } {
  const fresh = text.slice(from);
  let end = 0;
  for (const match of fresh.matchAll(/[.!?:](?=\s)|\n/g)) end = match.index + match[0].length;
  if (end === 0) return { spoken: '', next: from };
  const words = withoutMarks(fresh.slice(0, end));
  return { spoken: words.length <= maxSpoken ? words : lastSentences(words), next: from + end };
}

function withoutMarks(markdown: string): string {
  return markdown
    .replace(/^\s*(?:```|~~~).*$/gm, ' ')
    .replace(/^\s*(?:#{1,6}|[-*+>]|\d{1,9}[.)])\s/gm, ' ')
    .replace(/[*_`|]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function lastSentences(words: string): string {
  const tail = words.slice(-maxSpoken);
  const start = /[.!?:]\s/.exec(tail);
  return start === null ? tail : tail.slice(start.index + 2);
}
