import { numberedLines } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Redacted } from '../model/redacted.ts';
import { ownWords, redactedTemplate, rewriteRedacted, wellFormed } from '../model/redacted.ts';

/**
 * One piece of evidence as a marked block: a header that says what it is, then its lines, each with its number and a
 * tab, so that a line can be cited. Lines are numbered as in the source where that is known (a file), otherwise from 1.
 * A block cannot be closed from within: its marks carry the incident's random word, which is cut out of the data should
 * it ever turn up there; every line starts with a number; and what looks like a mark is broken all the same.
 */
export function evidenceBlock(evidence: Evidence, marker?: string): Redacted {
  const { first, lines: all } = numberedLines({ ...evidence, text: wellFormed(evidence.text) });
  const lines = rewriteRedacted(evidence.text, () =>
    all.map((line, index) => `${first + index}\t${withoutMarks(line, marker)}`).join('\n'),
  );
  const value = (text: Redacted): Redacted => attribute(rewriteRedacted(text, (raw) => withoutMarker(raw, marker)));
  const name = markName('evidence', marker);
  const header = redactedTemplate`<${name} id="${idOf(evidence)}" title="${value(evidence.title)}" source="${value(evidence.source)}"`;
  const omitted =
    evidence.omitted === undefined ? redactedTemplate`` : redactedTemplate` omitted="${value(evidence.omitted)}"`;
  return redactedTemplate`${header}${omitted}>\n${lines}\n</${name}>`;
}

/** What a search of the repository found, marked as data like any evidence. Unmarked where the incident has no marker. */
export function foundBlock(found: Redacted, marker: string | undefined): Redacted {
  if (marker === undefined) return found;
  const name = markName('found', marker);
  const body = rewriteRedacted(found, (raw) => withoutMarks(wellFormed(raw), marker));
  return redactedTemplate`<${name}>\n${body}\n</${name}>`;
}

/** `E1 (error.log, last 50 lines)`: how a question refers to it. */
export function evidenceReference(evidence: Evidence): Redacted {
  return redactedTemplate`${idOf(evidence)} (${attribute(evidence.title)})`;
}

function markName(name: 'evidence' | 'found', marker: string | undefined): Redacted {
  return ownWords(marker === undefined ? name : `${name}-${marker}`);
}

/** The marker is known to this incident's requests alone; a reply that repeats it may have been copied into a log. */
function withoutMarker(text: string, marker: string | undefined): string {
  return marker === undefined ? text : text.replaceAll(new RegExp(marker, 'gi'), '(marker)');
}

function withoutMarks(text: string, marker: string | undefined): string {
  return withoutMarker(text, marker).replace(/<(?=[\s/\\]*(?:evidence|found)\b)/gi, '<\u200b');
}

function idOf(evidence: Evidence): Redacted {
  return redactedTemplate`E${Number(evidence.id.slice(1))}`;
}

/** A title or a path comes from outside: it stays within its quotes and on its line. */
function attribute(text: Redacted): Redacted {
  return rewriteRedacted(text, (raw) =>
    wellFormed(raw).replace(/\s+/g, ' ').replaceAll('"', '”').replaceAll('<', '‹').replaceAll('>', '›'),
  );
}
