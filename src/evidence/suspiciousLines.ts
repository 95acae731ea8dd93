import type { SuspicionKind } from '../model/suspicion.ts';
import { framePatterns } from './framePatterns.ts';
import { instructionAddresses } from './instructionAddresses.ts';
import { languagePatterns } from './instructionLanguages.ts';
import { instructionPatterns } from './instructionPatterns.ts';
import { instructionPhrases } from './instructionPhrases.ts';
import { endsInLoneLetter, folded, readingsOf } from './lineReadings.ts';
import { createPatternSearch } from './patternSearch.ts';
import type { PatternSearch, WordsSeen } from './patternSearch.ts';

export interface Suspicion {
  /** Index of the line, from 0. */
  readonly index: number;
  readonly kind: SuspicionKind;
  /** Where in the line something was noticed, as far as that is known, in UTF-16 units. */
  readonly at: number;
}

/** Of a longer line its first and its last part are looked at: a person reads no more of it either. Characters. */
const longestPart = 4_000;
/** Of two lines that may be one sentence the end of the first and the beginning of the second. Characters. */
const longestJoined = 200;

/**
 * The lines of a text that speak to a model rather than tell of a failure: instructions in some twenty languages, fake
 * speakers, chat templates, calls of tools; also spelled with look-alike letters, digits or gaps, over two lines, or in
 * base64, percent or `\u` escapes. A net with holes: what it misses is sent as data all the same, what it finds is shown
 * to the user. At most one suspicion a line; linear in the text.
 */
export function suspiciousLines(text: string, limit = Infinity): readonly Suspicion[] {
  const found: Suspicion[] = [];
  let before: Line | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    if (found.length >= limit) break;
    const line = lineOf(
      raw.length <= 2 * longestPart ? raw : `${raw.slice(0, longestPart)} ${raw.slice(-longestPart)}`,
    );
    // Broken over two lines; a line that was noticed by itself is not the beginning of another.
    const noticed = inLine(line) ?? (before === undefined ? undefined : inBoth(before, line));
    if (noticed !== undefined) found.push({ index, ...noticed });
    before = noticed === undefined && line.text.trimEnd() !== '' ? line : undefined;
  }
  return found;
}

type Noticed = Omit<Suspicion, 'index'>;

interface Line {
  readonly text: string;
  /** Its plain reading, and the telling words in it. */
  readonly plain: string;
  readonly words: WordsSeen;
  /** Its other readings. */
  readonly readings: readonly string[];
}

function lineOf(text: string): Line {
  const plain = folded(text);
  return { text, plain, words: searchForAll().wordsIn(plain), readings: [...readingsOf(plain, text)] };
}

function inLine({ text, plain, words, readings }: Line): Noticed | undefined {
  if (text.trim().length < 4) return undefined;
  return match(searchForAll().candidates(words), plain, text) ?? inReadings(readings, text);
}

/** What neither of two lines says alone. */
function inBoth(before: Line, line: Line): Noticed | undefined {
  const candidates = searchForAll().candidates(before.words, line.words);
  const isReadOtherwise =
    before.readings.length > 0 ||
    line.readings.length > 0 ||
    endsInLoneLetter(before.plain.trimEnd()) ||
    (before.plain.includes('%') && line.plain.includes('%'));
  if (candidates.length === 0 && !isReadOtherwise) return undefined;
  const text = `${before.text.trimEnd().slice(-longestJoined)} ${line.text.trimStart().slice(0, longestJoined)}`;
  if (text.trim().length < 4) return undefined;
  const plain = folded(text);
  const noticed = match(candidates, plain, text);
  return noticed ?? (isReadOtherwise ? inReadings(readingsOf(plain, text), text) : undefined);
}

function inReadings(readings: Iterable<string>, line: string): Noticed | undefined {
  for (const reading of readings) {
    const search = searchForAll();
    const noticed = match(search.candidates(search.wordsIn(reading)), reading, line);
    if (noticed !== undefined) return { kind: noticed.kind, at: 0 };
  }
  return undefined;
}

const patterns = [
  ...framePatterns,
  ...instructionPatterns,
  ...instructionPhrases,
  ...instructionAddresses,
  ...languagePatterns,
];

let search: PatternSearch | undefined;
function searchForAll(): PatternSearch {
  return (search ??= createPatternSearch(patterns.map(({ pattern }) => pattern)));
}

/** The first of the patterns that matches, by their order. */
function match(candidates: readonly number[], text: string, line: string): Noticed | undefined {
  for (const index of candidates) {
    const candidate = patterns[index];
    const at = candidate?.pattern.exec(text)?.index;
    if (candidate !== undefined && at !== undefined) return { kind: candidate.kind, at: Math.min(at, line.length) };
  }
  return undefined;
}
