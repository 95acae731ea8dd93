import { characterTest } from './nearby.ts';
import { alphabets, hasDigitAndLetter, tokenTail } from './rules/rule.ts';
import type { Alphabet, PrefixForm, Span } from './rules/rule.ts';

/** The longest body that is read: what is longer is taken up to here. */
const longestBody = 512;
/** How much of a run is measured at once. */
const stride = 4 * longestBody;

const tests = new Map<string, (code: number) => boolean>(
  Object.entries(alphabets).map(([name, characters]) => [name, characterTest(new RegExp(`[${characters}]`))]),
);
const isLetterOrDigit = characterTest(/[A-Za-z0-9]/);

const tail = new RegExp(`${tokenTail}={0,2}`, 'y');

/**
 * Finds what the pattern of a prefix rule finds, without the pattern. The runs of characters that bodies are made of are measured once
 * and kept: in a long run that holds a prefix again and again, a pattern would read on from each of them.
 */
export function prefixSearch(text: string): (form: PrefixForm, at: number) => Span | undefined {
  const runs = new Map<Alphabet, { from: number; to: number; whole: boolean }>();
  let digitAt = -1;
  let digitFrom = 0;

  /** Where the body that begins at `at` ends. */
  const bodyEnd = (alphabet: Alphabet, at: number): number => {
    let run = runs.get(alphabet);
    if (run === undefined) runs.set(alphabet, (run = { from: 0, to: -1, whole: true }));
    const most = at + longestBody;
    const isInside = at >= run.from && at <= run.to;
    if (!isInside || (!run.whole && run.to < most)) {
      const isIn = tests.get(alphabet) ?? isLetterOrDigit;
      if (!isInside) run.from = at;
      let to = isInside ? run.to : at;
      const limit = at + stride;
      while (to < limit && isIn(text.charCodeAt(to))) to += 1;
      run.to = to;
      run.whole = to < limit;
    }
    return Math.min(run.to, most);
  };

  const nextDigit = (at: number): number => {
    if (at < digitFrom || at > digitAt) {
      digitFrom = at;
      digitAt = at;
      while (digitAt < text.length && !isDigit(text.charCodeAt(digitAt))) digitAt += 1;
    }
    return digitAt;
  };

  return (form, at) => {
    if (!form.isDistinctive && at > 0 && isLetterOrDigit(text.charCodeAt(at - 1))) return undefined;
    for (const prefix of form.prefixes) {
      if (!text.startsWith(prefix, at)) continue;
      const body = at + prefix.length;
      let end = bodyEnd(form.body, body);
      if (end - body < form.least) continue;
      tail.lastIndex = end;
      if (tail.test(text)) end = tail.lastIndex;
      if (form.isMixed && (nextDigit(at) >= end || !hasDigitAndLetter(text.slice(at, end)))) return undefined;
      return { start: at, end };
    }
    return undefined;
  };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
