import { characterTest } from '../nearby.ts';

/** What one character or two tell of a pattern in `assignments.ts` before it is tried: most need not be. */

/** What begins nothing that `sign` takes along behind `=` or `:`, which is most of the values. */
const beginsPlainly = characterTest(/[a-ik-nqrt-z0-9_$]/i);

/** Whether `sign` matches one character, told by the two behind a name. */
export const isPlainSign = (code: number, next: number): boolean =>
  (code === 61 && (beginsPlainly(next) || next === 34 || next === 39)) || (code === 58 && beginsPlainly(next));

const isBlankOrBrace = characterTest(/[\s{]/);

/** What the line below a name begins with where the pair goes on there: blanks, marks of a diff, quotes, a sign, the word "value". */
const mayBePairedBelow = characterTest(/[\s+\-\\"':={VvdsPOSp]/);

/** An assignment's sign stands in a pair only where a brace follows, behind three blanks at most. */
export function mayBePaired(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  return code === 61 || code === 58 ? isBlankOrBrace(next) : code !== 10 || mayBePairedBelow(next);
}

const isFieldCode = characterTest(/[\w.-]/);
const longestField = 41;

/** Whether a field's name stands there, and the sign of an assignment: not of a comparison. */
export function beginsField(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  if (!isLetter(first) && first !== 95) return false;
  let end = at + 1;
  while (end - at < longestField && isFieldCode(text.charCodeAt(end))) end += 1;
  return text.charCodeAt(end) === 61 && (end - at === longestField || text.charCodeAt(end + 1) !== 61);
}

const mayBeforeQuote = characterTest(/[fbruLN@$<\\"'`]/);
const isLetter = characterTest(/[A-Za-z]/);
const isWordCode = characterTest(/\w/);

/** Whether a quote that opens a text may stand here or behind what may stand before one: no letter of a word does. */
export const mayOpenQuote = (code: number, next: number): boolean =>
  mayBeforeQuote(code) && !(isLetter(code) && isWordCode(next));
