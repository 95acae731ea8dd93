import { lineAt } from '../model/lines.ts';

/** Where a text stands in another one, in UTF-16 units of that one as it is. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Located =
  | {
      readonly kind: 'found';
      readonly span: Span;
      /** The file ends without the line break that the searched text ends with. */
      readonly withoutFinalBreak: boolean;
    }
  | { readonly kind: 'notFound' }
  /** `lines` are the first few at which it begins, from 1. */
  | { readonly kind: 'ambiguous'; readonly lines: readonly number[]; readonly count: number };

/** Lines that are named of an ambiguous place, and places that are counted. */
const namedLines = 8;
const maxCounted = 1_000;

/**
 * Finds a text that must be there exactly once. `CRLF` and `LF` are the same line break, since a reply has `LF` only;
 * all else must be equal to the letter. A searched text that ends in a line break also fits the end of a file that has
 * none there, which no reader of a numbered listing can know.
 */
export function locate(text: string, search: string): Located {
  const lines = new LineFeeds(text);
  const sought = withLineFeeds(search);
  const starts: number[] = [];
  for (let at = lines.text.indexOf(sought); at !== -1; at = lines.text.indexOf(sought, at + 1)) {
    starts.push(at);
    if (starts.length === maxCounted) break;
  }
  const shorter = sought.slice(0, -1);
  const atEnd = sought.endsWith('\n') && shorter.trim() !== '' && lines.text.endsWith(shorter);
  if (atEnd) starts.push(lines.text.length - shorter.length);
  const [first] = starts;
  if (first === undefined) return { kind: 'notFound' };
  if (starts.length > 1) {
    const named = starts.slice(0, namedLines).map((start) => lineAt(lines.text, start));
    return { kind: 'ambiguous', lines: [...new Set(named)], count: starts.length };
  }
  const length = atEnd ? shorter.length : sought.length;
  const span = { start: lines.original(first), end: lines.original(first + length) };
  return { kind: 'found', span, withoutFinalBreak: atEnd };
}

/** The line break in use at a place: that of its own line, or else of the last line before it; `\n` where there is none. */
export function lineBreakAt(text: string, at: number): '\r\n' | '\n' {
  const after = text.indexOf('\n', at);
  const own = after === -1 ? text.lastIndexOf('\n') : after;
  return own > 0 && text[own - 1] === '\r' ? '\r\n' : '\n';
}

export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** A text with `LF` alone, whose places can be told in the text as it was. */
class LineFeeds {
  readonly text: string;
  /** Places, in `text`, of the line feeds that lost their carriage return; ascending. */
  readonly #shortened: readonly number[];

  constructor(text: string) {
    this.text = withLineFeeds(text);
    const shortened: number[] = [];
    for (let at = text.indexOf('\r\n'); at !== -1; at = text.indexOf('\r\n', at + 2)) {
      shortened.push(at - shortened.length);
    }
    this.#shortened = shortened;
  }

  /** A place before a line break stays before the whole of it. */
  original(at: number): number {
    let low = 0;
    let high = this.#shortened.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#shortened[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return at + low;
  }
}
