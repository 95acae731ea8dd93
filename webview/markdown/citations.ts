/** A piece of evidence that a reply points to: `[E3]`, or a line of it: `[E1:38]`. */
export interface Citation {
  /** The evidence's id, for example `E1`. */
  readonly id: string;
  /** One-based; the first line of a range such as `[E1:38-45]`. */
  readonly line?: number;
}

export interface CitationMatch {
  /** Offsets in the text searched, in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly citation: Citation;
}

const CITATIONS = /\[(E[1-9]\d{0,3})(?::([1-9]\d{0,8})(?:-\d{1,9})?)?\]/gu;

/** Finds the citations in a text, in order. Linear in the text. */
export function findCitations(text: string): CitationMatch[] {
  return Array.from(text.matchAll(CITATIONS), (match) => {
    const [whole, id = '', line] = match;
    const citation = line === undefined ? { id } : { id, line: Number(line) };
    return { start: match.index, end: match.index + whole.length, citation };
  });
}
