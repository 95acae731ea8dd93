/**
 * What stands ahead in a text, asked for at ascending offsets. Each answer is kept while it holds, so that all of them together
 * cost one pass over the text, however many anchors ask: a pattern that looks ahead from each of them would read it many times.
 */

/** Tells where the next line feed at or behind an offset stands, or the text's end. */
export function lineEndSearch(text: string): (at: number) => number {
  let from = 0;
  let end = -1;
  return (at) => {
    if (at >= from && at <= end) return end;
    const next = text.indexOf('\n', at);
    from = at;
    end = next < 0 ? text.length : next;
    return end;
  };
}

/**
 * Tells whether the word at an offset has a digit, of which so many characters are read; `undefined` where a control character
 * ends it, which no pattern takes for a blank.
 */
export function digitSearch(text: string, most: number): (at: number) => boolean | undefined {
  let from = 0;
  /** The first blank or digit behind `from`, or where the looks have come to. */
  let stop = 0;
  return (at) => {
    if (at < from || at > stop) stop = at;
    from = at;
    const end = Math.min(text.length, at + most);
    while (stop < end && isInside(text.charCodeAt(stop))) stop += 1;
    if (stop >= end) return false;
    const code = text.charCodeAt(stop);
    return code > 32 || (isWhite(code) ? false : undefined);
  };
}

const isInside = (code: number): boolean => code > 32 && (code < 48 || code > 57);

/** What patterns call `\s` among ASCII. */
const isWhite = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** Tells whether a digit stands at an offset or up to `within` characters behind it. */
export function nextDigitSearch(text: string): (at: number, within: number) => boolean {
  let from = 0;
  /** No digit stands between the two. */
  let known = 0;
  return (at, within) => {
    if (at < from || at > known) known = at;
    from = at;
    const limit = Math.min(text.length, at + within + 1);
    while (known < limit && !isDigit(text.charCodeAt(known))) known += 1;
    return known < limit;
  };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Tells where the run of some characters ends that goes on from an offset, looking no further than so many of them. */
export function runEndSearch(text: string, isIn: (code: number) => boolean): (at: number, most: number) => number {
  let from = 0;
  /** All between the two belongs to the run. */
  let known = 0;
  return (at, most) => {
    if (at < from || at > known) known = at;
    from = at;
    const limit = Math.min(text.length, at + most);
    while (known < limit && isIn(text.charCodeAt(known))) known += 1;
    return Math.min(known, limit);
  };
}

/** Tells whether a literal begins at an offset or up to `within` characters behind it. */
export function literalSearch(text: string): (literal: string, at: number, within: number) => boolean {
  const found = new Map<string, { from: number; place: number; to: number }>();
  return (literal, at, within) => {
    let known = found.get(literal);
    if (known === undefined || at < known.from) found.set(literal, (known = { from: at, place: -1, to: at }));
    known.from = at;
    if (known.place < at) {
      known.place = -1;
      known.to = Math.max(known.to, at);
    }
    while (known.place < 0 && known.to <= at + within && known.to < text.length) {
      const end = Math.min(text.length, known.to + stride);
      const place = text.slice(known.to, end).indexOf(literal);
      if (place >= 0) known.place = known.to + place;
      else known.to = end === text.length ? end : end - literal.length + 1;
    }
    return known.place >= 0 && known.place <= at + within;
  };
}

/** How far is looked at once; more than any literal is long. */
const stride = 4_096;

/** Whether characters belong to a class, each judged once: a table look instead of a pattern for one character. */
export function characterTest(characters: RegExp): (code: number) => boolean {
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => (characters.test(String.fromCharCode(code)) ? 1 : 0));
  return (code) => (code < 128 ? ascii[code] === 1 : characters.test(String.fromCharCode(code)));
}
