import { createAnchorSearch } from '../model/anchorSearch.ts';
import { requiredWords } from './requiredWords.ts';
import type { RequiredWords } from './requiredWords.ts';

/** Which groups of required words a text has one of: numbers that mean something to the search alone. */
export type WordsSeen = readonly number[];

export interface PatternSearch {
  /** One pass over the text. */
  wordsIn(text: string): WordsSeen;
  /** The patterns, by their place in the list, that may match a text with these words; all others cannot. */
  candidates(...seen: readonly WordsSeen[]): readonly number[];
}

/**
 * Tells by one pass over a text which of many patterns are worth trying on it: those whose every way to match has its words
 * there. The text of several parts, joined by blanks, has the words of its parts.
 */
export function createPatternSearch(patterns: readonly RegExp[]): PatternSearch {
  const words = new Map<string, number[]>();
  /** Of each group the way that it belongs to; of each way its pattern and how many groups it has. */
  const wayOf: number[] = [];
  const patternOf: number[] = [];
  const sizeOf: number[] = [];
  const always: number[] = [];
  patterns.forEach((pattern, index) => {
    for (const groups of distinct(requiredWords(pattern))) {
      if (groups.length === 0 && !always.includes(index)) always.push(index);
      const way = patternOf.push(index) - 1;
      sizeOf.push(groups.length);
      for (const group of groups) {
        const number = wayOf.push(way) - 1;
        for (const word of group) words.set(word, [...(words.get(word) ?? []), number]);
      }
    }
  });
  const groupsOf = [...words.values()];
  const anchors = createAnchorSearch([...words.keys()]);
  // Which search has last met a group, and which question has last met a group or a way: cheaper than to clear them.
  const metBy = new Int32Array(wayOf.length);
  const countedBy = new Int32Array(wayOf.length);
  const reachedBy = new Int32Array(patternOf.length);
  const reached = new Int32Array(patternOf.length);
  const foundBy = new Int32Array(patterns.length);
  let turn = 0;

  return {
    wordsIn(text) {
      turn += 1;
      const seen: number[] = [];
      anchors.search(text, 0, text.length, (anchor) => {
        for (const group of groupsOf[anchor] ?? []) {
          if (metBy[group] === turn) continue;
          metBy[group] = turn;
          seen.push(group);
        }
      });
      return seen;
    },
    candidates(...parts) {
      turn += 1;
      const found = [...always];
      for (const pattern of always) foundBy[pattern] = turn;
      for (const part of parts) {
        for (const group of part) {
          if (countedBy[group] === turn) continue;
          countedBy[group] = turn;
          const way = wayOf[group] ?? 0;
          const count = reachedBy[way] === turn ? (reached[way] ?? 0) + 1 : 1;
          reachedBy[way] = turn;
          reached[way] = count;
          if (count !== sizeOf[way]) continue;
          const pattern = patternOf[way] ?? 0;
          if (foundBy[pattern] !== turn) found.push(pattern);
          foundBy[pattern] = turn;
        }
      }
      return found.length < 2 ? found : found.sort((a, b) => a - b);
    },
  };
}

/** A verb before a noun and a noun before a verb ask for the same words. */
function distinct(ways: RequiredWords): RequiredWords {
  const keyOf = (way: RequiredWords[number]): string =>
    way
      .map((group) => group.toSorted().join('|'))
      .toSorted()
      .join('&');
  return [...new Map(ways.map((way) => [keyOf(way), way])).values()];
}
