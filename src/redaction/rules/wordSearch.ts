import { characterTest, digitSearch, nextDigitSearch, runEndSearch } from '../nearby.ts';
import { isPlainWord, isWordSeparator, longestPlainWord } from './value.ts';

/** How far a word of a sentence is read: without a digit it is no secret. */
const longestWord = 512;

/** Sums of fractions in another order differ by less. */
const rounding = 1e-6;

/**
 * What is known of the words of a text, asked for at ascending offsets. Names in a row each begin a value that reaches over all
 * the names behind it: what one look has learned the next goes on with, so that all of them together cost one pass.
 */
export interface WordSearch {
  /** See `digitSearch`; of so many characters as a word of a sentence is read. */
  readonly digitAhead: (at: number) => boolean | undefined;
  /** See `nextDigitSearch`. */
  readonly hasDigit: (at: number, within: number) => boolean;
  /** Where a value without quotes ends at the latest, of which so many characters are read. */
  readonly plainEnd: (at: number, most: number) => number;
  /**
   * Whether a stretch is certainly not both drawn by lot, as `looksRandom` tells, and of so many bits for each character, 3 or
   * more, as `entropy` counts them.
   */
  readonly isDull: (at: number, end: number, leastBits: number) => boolean;
}

const isHexadecimal = characterTest(/[0-9a-fA-F-]/);
/** What neither ends a value nor is blank. */
const isPlain = characterTest(/[^\s"'`<>;|&)}\],]/);

export function createWordSearch(text: string): WordSearch {
  const areWordsPlain = plainWordSearch(text);
  const entropyOf = entropySearch(text);
  const hexEnd = runEndSearch(text, isHexadecimal);
  return {
    digitAhead: digitSearch(text, longestWord),
    hasDigit: nextDigitSearch(text),
    plainEnd: runEndSearch(text, isPlain),
    isDull(at, end, leastBits) {
      // Words of hexadecimal digits alone may be drawn by lot.
      if (areWordsPlain(at, end) && hexEnd(at, end - at) < end) return true;
      const bits = entropyOf(at, end);
      return bits !== undefined && bits < leastBits - rounding;
    },
  };
}

/** Tells whether a stretch consists of two plain words or more with separators between. */
function plainWordSearch(text: string): (at: number, end: number) => boolean {
  /** Where words begin: all of them from the first to the second are plain, and end before it. */
  let from = 0;
  let next = 0;
  /** Where the word ends that begins at an offset; behind `longestPlainWord` characters nothing is looked for. */
  const wordEnd = (start: number): number => {
    let at = start;
    while (at - start <= longestPlainWord && at < text.length && !isWordSeparator(text.charCodeAt(at))) at += 1;
    return at;
  };
  return (at, end) => {
    const first = wordEnd(at);
    if (first >= end || !isWordSeparator(text.charCodeAt(first)) || !isPlainWord(text, at, first)) return false;
    if (first + 1 < from || first + 1 > next) next = first + 1;
    from = first + 1;
    // The word that the end cuts is judged apart, for it may be plain only as far as that.
    for (;;) {
      const stop = wordEnd(next);
      if (stop >= end || !isWordSeparator(text.charCodeAt(stop)) || !isPlainWord(text, next, stop)) break;
      next = stop + 1;
    }
    return next > end || lastIsPlain(next, end, wordEnd(next));
  };

  function lastIsPlain(start: number, end: number, stop: number): boolean {
    return stop >= end && isPlainWord(text, start, end);
  }
}

/** Tells how many bits a character of a stretch of ASCII has; `undefined` of another. Only what left it and what joined it is counted anew. */
function entropySearch(text: string): (at: number, end: number) => number | undefined {
  const counts = new Uint32Array(128);
  let others = 0;
  let from = 0;
  let to = 0;
  const count = (offset: number, change: 1 | -1): void => {
    const code = text.charCodeAt(offset);
    if (code < 128) counts[code] = (counts[code] ?? 0) + change;
    else others += change;
  };
  return (at, end) => {
    if (at < from || at >= to) {
      counts.fill(0);
      others = 0;
      from = to = at;
    }
    for (; from < at; from += 1) count(from, -1);
    for (; to < end; to += 1) count(to, 1);
    for (; to > end; to -= 1) count(to - 1, -1);
    if (others > 0) return undefined;
    let bits = 0;
    for (const times of counts) if (times > 0) bits -= (times / (end - at)) * Math.log2(times / (end - at));
    return bits;
  };
}
