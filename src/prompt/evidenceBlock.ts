import { cutLines, isKept, rangesInWords } from '../model/contextCut.ts';
import type { EvidenceCut } from '../model/contextCut.ts';
import { numberedLines } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Redacted } from '../model/redacted.ts';
import { joinRedacted, ownWords, redactedTemplate, rewriteRedacted, wellFormed } from '../model/redacted.ts';

/**
 * One piece of evidence as a marked block: a header that says what it is, then its lines, each with its number and a
 * tab, so that a line can be cited. Lines are numbered as in the source where that is known (a file), otherwise from 1.
 * A block cannot be closed from within: every line starts with a number, and a mark in the data is broken.
 * With a cut, only the lines that it keeps, each with the number that it had.
 */
export function evidenceBlock(evidence: Evidence, cut?: EvidenceCut): Redacted {
  const { first, lines: all } = numberedLines({ ...evidence, text: wellFormed(evidence.text) });
  const lines = rewriteRedacted(evidence.text, () =>
    all
      .flatMap((line, index) =>
        cut === undefined || isKept(cut.kept, first + index)
          ? [`${first + index}\t${line.replace(/<(?=[\s/\\]*evidence\b)/gi, '<\u200b')}`]
          : [],
      )
      .join('\n'),
  );
  const header = redactedTemplate`<evidence id="${idOf(evidence)}" title="${attribute(evidence.title)}" source="${attribute(evidence.source)}"`;
  const notes = [...(evidence.omitted === undefined ? [] : [evidence.omitted]), ...cutNotes(evidence, cut)];
  const omitted =
    notes.length === 0 ? redactedTemplate`` : redactedTemplate` omitted="${attribute(joinRedacted(notes, '; '))}"`;
  return redactedTemplate`${header}${omitted}>\n${lines}\n</evidence>`;
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

/** `E1 (error.log, last 50 lines)`: how a question refers to it. */
export function evidenceReference(evidence: Evidence): Redacted {
  return redactedTemplate`${idOf(evidence)} (${attribute(evidence.title)})`;
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
