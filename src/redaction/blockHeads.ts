import { characterTest, lineEndSearch } from './nearby.ts';

/** What begins in one line and goes on in the next whatever stands behind it: keys and documents. In small letters. */
export const blockAnchors: readonly string[] = ['-----begin', '---- begin ssh2 ', 'kind: secret', 'private-lines:'];

/** The longest name, and how much may stand behind it in the heading of a table. */
const longestName = 40;
const longestHeading = 200;
/** Blanks before the first separator of a heading, and at the end of its line. */
const mostBlanks = 20;
const mostAtEnd = 8;

/** What may stand between a name and the end of its line where the value is in the next. */
const opening =
  /(?: codes)?["'\])]{0,2}[ \t]{0,8}(?:(?:[:=]|=>)[ \t]{0,8}(?:[|>][-+]?|\(|!!\w{2,10} \||\{)?)?[ \t]{0,8}\r?(?:\n|$)/iy;
/** `backup codes`: one name. */
const codes = ' codes';
const lineEnd = /^[ \t]{0,8}\r?$/;

const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 45 ||
  code === 46;

const isBlank = (code: number): boolean => code === 32 || code === 9;
/** `,`, `;` and the bars of tables */
const isSeparator = (code: number): boolean => code === 44 || code === 59 || code === 124 || code === 0x2502;

/**
 * Tells, of ascending offsets at which a telling name may begin, whether the next lines go on with it: its value stands below
 * it, or it is in the heading of a table.
 */
export function blockHeadSearch(text: string): (at: number) => boolean {
  const endOfLine = lineEndSearch(text);
  let end = 0;
  let from = 0;
  return (at) => {
    // In a long word the end that was reached is where the next look goes on.
    if (at < from || at >= end) end = at;
    from = at;
    while (end - at <= longestName && isWord(text.charCodeAt(end))) end += 1;
    if (end === at || end - at > longestName) return false;
    opening.lastIndex = end;
    if (mayOpen(text, end) && opening.test(text)) return true;
    const isOfCodes = isBlank(text.charCodeAt(end)) && text.slice(end, end + codes.length).toLowerCase() === codes;
    const separator = firstSeparator(text, isOfCodes ? end + codes.length : end);
    if (separator === undefined) return false;
    const lineBreak = endOfLine(separator + 1);
    const most = separator + 1 + longestHeading;
    return lineBreak <= most || (lineBreak <= most + mostAtEnd + 1 && lineEnd.test(text.slice(most, lineBreak)));
  };
}

const mayFollowBlank = characterTest(/[ \t:=\r\nc]/i);
const mayFollowName = characterTest(/[\s"'\]):=]/);
const mayFollowSign = characterTest(/[\s|>({!]/);
const mayFollowQuote = characterTest(/[\s"'\]):=]/);
const isQuote = characterTest(/["'\])]/);

/** Most names stand in a sentence or in code: two characters tell that. */
function mayOpen(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return true;
  if (!mayFollowName(code)) return false;
  if (at + 1 >= text.length) return true;
  const next = text.charCodeAt(at + 1);
  if (code === 32) return mayFollowBlank(next);
  if (code === 58 || code === 61) return mayFollowSign(next);
  return !isQuote(code) || mayFollowQuote(next);
}

/** The last character that may be the separator behind a name's blanks: a tab is both. */
function firstSeparator(text: string, start: number): number | undefined {
  let tab: number | undefined;
  for (let at = start; at <= start + mostBlanks; at += 1) {
    const code = text.charCodeAt(at);
    if (isSeparator(code)) return at;
    if (!isBlank(code)) return tab;
    if (code === 9) tab = at;
  }
  return tab;
}
