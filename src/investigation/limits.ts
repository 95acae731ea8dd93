import { numberedLines, oldestFirst } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import { joinRedacted, redactedTemplate, rewriteRedacted } from '../model/redacted.ts';
import type { EvidenceDraft } from './intake.ts';

/**
 * Most characters of one piece of evidence: about 50,000 tokens at four characters a token, a quarter of the smallest
 * context window of the current models (200,000 tokens).
 */
export const maxEvidenceCharacters = 200_000;

/**
 * Cuts a piece of evidence that is too large to whole lines: of logs and output the end stays, of a file the part
 * around the lines that the traces name, otherwise the beginning. What was left out is said in `omitted`.
 */
export function cutToLimit(
  draft: EvidenceDraft,
  namedLines: readonly number[] = [],
  limit = maxEvidenceCharacters,
): EvidenceDraft {
  if (draft.text.length <= limit) return draft;
  const { first, lines } = numberedLines(draft);
  const [from, to] = window(lines, centre(draft, first, lines.length, namedLines), limit);
  const left = leftOut(first, lines.length, from, to);
  const omitted = draft.omitted === undefined ? left : joinRedacted([draft.omitted, left], '; ');
  return {
    ...draft,
    text: rewriteRedacted(draft.text, () => lines.slice(from, to).join('\n').slice(0, limit)),
    lineCount: to - from,
    omitted,
    ...(draft.firstLine === undefined ? {} : { firstLine: first + from }),
  };
}

/** The index of the line that must stay. */
function centre({ kind }: EvidenceDraft, first: number, count: number, namedLines: readonly number[]): number {
  if (oldestFirst.has(kind)) return count - 1;
  const named = namedLines.find((line) => line >= first && line < first + count);
  return named === undefined ? 0 : named - first;
}

/** Grows around a line by whole lines, on both sides in turn, while there is room. */
function window(lines: readonly string[], middle: number, limit: number): readonly [number, number] {
  let [from, to] = [middle, middle + 1];
  let room = limit - (lines[middle]?.length ?? 0) - 1;
  for (let grown = true; grown;) {
    grown = false;
    for (const at of [from - 1, to]) {
      const line = lines[at];
      if (line === undefined || line.length + 1 > room) continue;
      room -= line.length + 1;
      if (at < from) from = at;
      else to += 1;
      grown = true;
    }
  }
  return [from, to];
}

function leftOut(first: number, count: number, from: number, to: number): Evidence['title'] {
  const before = from > 0 ? redactedTemplate`lines ${first} to ${first + from - 1}` : undefined;
  const after = to < count ? redactedTemplate`lines ${first + to} to ${first + count - 1}` : undefined;
  const parts = [before, after].flatMap((part) => part ?? []);
  const which =
    parts.length === 0 ? redactedTemplate`the rest of a long line` : joinRedacted(parts, redactedTemplate` and `);
  return redactedTemplate`${which}, for the size of a question`;
}

/** The lines of a file that texts name, as `payment.js:47` or `File "x.py", line 3`, in the order of naming. */
export function linesNamedIn(texts: readonly string[], path: string): readonly number[] {
  const name = path.split('/').at(-1) ?? path;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`(?:^|[^\\w.-])${escaped}(?::|", line |:line |\\()(\\d{1,7})`, 'g');
  return texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => Number(match[1])));
}
