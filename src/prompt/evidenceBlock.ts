import { cutLines, isKept, rangesInWords } from '../model/contextCut.ts';
import type { EvidenceCut } from '../model/contextCut.ts';
import { numberedLines } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Redacted } from '../model/redacted.ts';
import { joinRedacted, ownWords, redactedTemplate, rewriteRedacted, wellFormed } from '../model/redacted.ts';

/**
 * One piece of evidence as a marked block: a header that says what it is, then its lines, each with its number and a
 * tab, so that a line can be cited. Lines are numbered as in the source where that is known (a file), otherwise from 1.
 * A block cannot be closed from within: its marks carry the incident's random word, which is cut out of the data should
 * it ever turn up there; every line starts with a number; and what looks like a mark is broken all the same.
 * With a cut, only the lines that it keeps, each with the number that it had.
 */
export function evidenceBlock(evidence: Evidence, cut?: EvidenceCut, marker?: string): Redacted {
  const { first, lines: all } = numberedLines({ ...evidence, text: wellFormed(evidence.text) });
  const lines = rewriteRedacted(evidence.text, () =>
    all
      .flatMap((line, index) =>
        cut === undefined || isKept(cut.kept, first + index) ? [`${first + index}\t${withoutMarks(line, marker)}`] : [],
      )
      .join('\n'),
  );
  const value = (text: Redacted): Redacted => attribute(rewriteRedacted(text, (raw) => withoutMarker(raw, marker)));
  const name = markName('evidence', marker);
  const header = redactedTemplate`<${name} id="${idOf(evidence)}" title="${value(evidence.title)}" source="${value(evidence.source)}"`;
  const notes = [...(evidence.omitted === undefined ? [] : [evidence.omitted]), ...cutNotes(evidence, cut)];
  const omitted =
    notes.length === 0 ? redactedTemplate`` : redactedTemplate` omitted="${value(joinRedacted(notes, '; '))}"`;
  return redactedTemplate`${header}${omitted}>\n${lines}\n</${name}>`;
}

/** What a later cut left out, so that a reader does not take what is left for all. */
function cutNotes(evidence: Evidence, cut: EvidenceCut | undefined): readonly Redacted[] {
  if (cut === undefined) return [];
  const lines = cutLines(evidence, cut.kept);
  if (lines.length === 0) return [];
  const which = cut.kept.length === 0 ? 'all lines' : rangesInWords(lines);
  return [
    redactedTemplate`${ownWords(which)}, cut later to keep the conversation short enough`,
    ...(cut.summary === undefined ? [] : [redactedTemplate`cut changes: ${cut.summary}`]),
  ];
}

/** What a search of the repository found, marked as data like any evidence. Unmarked where the incident has no marker. */
export function foundBlock(found: Redacted, marker: string | undefined): Redacted {
  if (marker === undefined) return wellFormed(found);
  const name = markName('found', marker);
  const body = rewriteRedacted(wellFormed(found), (raw) => withoutMarks(raw, marker));
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
