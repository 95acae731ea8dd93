import { suspiciousLines } from '../evidence/suspiciousLines.ts';
import { numberedLines } from '../model/evidence.ts';
import { rewriteRedacted } from '../model/redacted.ts';
import type { Redacted } from '../model/redacted.ts';
import { maxSuspiciousLines } from '../model/suspicion.ts';
import type { SuspiciousLine } from '../model/suspicion.ts';
import type { EvidenceDraft } from './intake.ts';

/** Characters of an excerpt: a line of the panel. */
const excerptLength = 140;

/** The draft with the lines noted that speak to a model or hold what nobody would see, in their order. */
export function withSuspicions(draft: EvidenceDraft): EvidenceDraft {
  const { first, lines } = numberedLines(draft);
  const suspicious = suspicionsIn(draft.text, lines, first);
  return suspicious.length === 0 ? draft : { ...draft, suspicious };
}

/** The same for any redacted text whose hidden characters were written out, by its lines, the first of which has number `first`. */
export function suspicionsIn(text: Redacted, lines: readonly string[], first: number): readonly SuspiciousLine[] {
  const noted = new Map<number, SuspiciousLine>();
  for (const { index, kind, at } of suspiciousLines(lines.join('\n'), maxSuspiciousLines)) {
    noted.set(index, { line: first + index, kind, excerpt: excerpt(text, lines[index] ?? '', at) });
  }
  for (const [index, line] of lines.entries()) {
    const at = line.search(/⟨(?:U\+[0-9A-F]{4,6}|hidden: )/);
    if (at !== -1) noted.set(index, { line: first + index, kind: 'hiddenText', excerpt: excerpt(text, line, at) });
  }
  return [...noted.values()].toSorted((a, b) => a.line - b.line).slice(0, maxSuspiciousLines);
}

/** A part of the redacted text: nothing is brought in. */
function excerpt(text: Redacted, line: string, at: number): SuspiciousLine['excerpt'] {
  const from = line.length <= excerptLength ? 0 : Math.max(0, Math.min(at - 20, line.length - excerptLength));
  return rewriteRedacted(text, () => line.slice(from, from + excerptLength).trim());
}
