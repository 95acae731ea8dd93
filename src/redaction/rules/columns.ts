import { characterTest } from '../nearby.ts';
import type { Span } from './rule.ts';
import { tellingName } from './names.ts';
import { hides } from './value.ts';

/** How many lines of a table are looked at, and how much of a line. */
const mostRows = 500;
const longestHeading = 600;
const longestRow = 8_000;

const bars = /[|│]/;
const tabs = /\t/;
const semicolons = /;/;
const commas = /,/;
const separatorTests = new Map(
  [bars, tabs, semicolons, commas].map((separator) => [separator, characterTest(separator)]),
);

/** The cell behind a name that fills its own, with or without backticks. */
const nextCell = /`?[ \t]{0,40}[|│][ \t]{0,40}`?([^\s|│`]{6,512})`?[ \t]{0,40}(?:[|│]|\r?\n|$)/y;

/** The value in the cell behind a telling name that fills its own. */
export function valueInNextCell(text: string, at: number): Span[] {
  let end = at;
  while (end - at < 64 && isNameCode(text.charCodeAt(end))) end += 1;
  if (!mayEndCell(text.charCodeAt(end))) return [];
  let start = at;
  while (start > 0 && at - start < 64 && isNameCode(text.charCodeAt(start - 1))) start -= 1;
  if (!beginsCell(text, start)) return [];
  nextCell.lastIndex = end;
  const value = nextCell.exec(text)?.[1] ?? '';
  if (
    !hides(value) ||
    !/\d/.test(value) ||
    !/[A-Za-z]/.test(value) ||
    tellingName(text.slice(start, end))?.strong !== true
  )
    return [];
  // The value stands behind the bar: the name may hold the same characters.
  const valueAt = text.indexOf(value, end);
  return [{ start: valueAt, end: valueAt + value.length }];
}

/** A word's characters, `.` and `-` */
const isNameCode = (code: number): boolean => isWordCode(code) || code === 45 || code === 46;

const isBlankCode = (code: number): boolean => code === 32 || code === 9;
const isBarCode = (code: number): boolean => code === 124 || code === 0x2502;

/** A blank, a backtick or a bar: what a name is followed by in its cell. */
const mayEndCell = (code: number): boolean => isBlankCode(code) || code === 96 || isBarCode(code);

/** Whether a line or a cell begins before `start`, with up to forty blanks and a backtick between. */
function beginsCell(text: string, start: number): boolean {
  let at = text.charCodeAt(start - 1) === 96 ? start - 1 : start;
  for (let blanks = 0; blanks < 40 && isBlankCode(text.charCodeAt(at - 1)); blanks += 1) at -= 1;
  const before = text.charCodeAt(at - 1);
  return at === 0 || before === 10 || isBarCode(before);
}

/** One name of a heading, in quotes or without. */
const headingCell = /^(?:"[\w. -]{1,40}"|[\w. -]{1,40})$/;

/**
 * A heading: names between commas, tabs, semicolons or bars, and nothing else on its line. Split, not matched as a whole:
 * a name may hold blanks and have blanks around it, which one pattern would try in every way there is.
 */
function isHeading(line: string): boolean {
  const cells = line
    .trim()
    .replace(/^[|│]|[|│]$/g, '')
    .split(/[,;|\t│]/);
  return cells.length >= 2 && cells.length <= 41 && cells.every((cell) => headingCell.test(cell.trim()));
}

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/** What is drawn below a heading. */
const ruler = /^(?=.*[-=─])[\s|+=─┼-]+$/;

/** Before and behind a name in a heading. */
const isBesideName = characterTest(/[\s,;|│"]/);

const isBlankOrQuote = characterTest(/[ "]/);
const mayFollowName = characterTest(/[,;|│\t\r\n]/);

/** The values of a column under a telling name in the heading of a table or a CSV file. */
export function columnOfSecrets(text: string, at: number): Span[] {
  // Most names stand in sentences and code: two characters tell that.
  let nameEnd = at;
  while (nameEnd - at < 40 && isWordCode(text.charCodeAt(nameEnd))) nameEnd += 1;
  if (!isBesideName(text.charCodeAt(nameEnd))) return [];
  let behind = nameEnd;
  while (behind - nameEnd < 40 && isBlankOrQuote(text.charCodeAt(behind))) behind += 1;
  if (behind - nameEnd >= 40 || !mayFollowName(text.charCodeAt(behind))) return [];
  // The last name of a line is one of several only behind a separator.
  if (text[behind] === '\n' && !isBehindSeparator(text, at)) return [];
  // A log is one long line often enough: nothing is searched for beyond what a heading may reach.
  const base = Math.max(0, at - longestHeading);
  const lineBreak = text.slice(base, at).lastIndexOf('\n');
  if (lineBreak < 0 && base > 0) return [];
  const lineStart = base + lineBreak + 1;
  const length = text.slice(lineStart, lineStart + longestHeading).indexOf('\n');
  if (length < 0) return [];
  const lineEnd = lineStart + length;
  const head = text.slice(lineStart, lineEnd);
  if (!/[,;|│\t]/.test(head)) return [];
  const separator = /[|│]/.test(head) ? bars : head.includes('\t') ? tabs : head.includes(';') ? semicolons : commas;
  if (!isHeading(head) || head.split(separator).length < 3) return [];
  // A row below another row, or below a ruler, is no heading.
  const above =
    text
      .slice(Math.max(0, lineStart - longestHeading), Math.max(0, lineStart - 1))
      .split('\n')
      .at(-1) ?? '';
  if (separator === bars && (ruler.test(above) || above.split(separator).length === head.split(separator).length))
    return [];
  const names = head.split(separator).map((name) => name.trim().replace(/^"|"$/g, ''));
  // A row of a table repeats its heading's columns; prose and code do not.
  const columns = names.flatMap((name, index) =>
    tellingName(name)?.strong === true && !/\s/.test(name) ? [index] : [],
  );
  if (columns.length === 0 || names.some((name) => /\s/.test(name) && separator === commas)) return [];
  const spans: Span[] = [];
  let row = lineEnd + 1;
  for (let count = 0; count < mostRows && row < text.length; count += 1) {
    const found = text.slice(row, row + longestRow).indexOf('\n');
    if (found < 0 && text.length - row > longestRow) break;
    const end = found < 0 ? text.length : row + found;
    if (!mayBeRuled(text.charCodeAt(row)) || !/^[\s|+=─┼-]*$/.test(text.slice(row, Math.min(end, row + 600)))) {
      const cells = cellsOf(text.slice(row, end), separator, columns);
      if (cells.length !== names.length) break;
      for (const index of columns) {
        const cell = cells[index];
        if (cell !== undefined && hides(cell.text))
          spans.push({ start: row + cell.start, end: row + cell.start + cell.text.length });
      }
    }
    row = end + 1;
  }
  return spans;
}

/** Whether a separator of cells stands before `at` on its line, as far as a heading may reach. */
function isBehindSeparator(text: string, at: number): boolean {
  const limit = Math.max(0, at - longestHeading);
  for (let back = at - 1; back >= limit; back -= 1) {
    const code = text.charCodeAt(back);
    if (code === 10) return false;
    if (isCellSeparator(code)) return true;
  }
  return false;
}

const isCellSeparator = characterTest(/[,;|│\t]/);

/** What a line below a heading begins with that holds no cells; an empty one is none of those either. */
const mayBeRuled = characterTest(/[\s|+=─┼-]/);

/** The cells of a row, without blanks and quotes around them; of other columns than `wanted` only that there is one. A quoted cell may hold the separator. */
function cellsOf(
  row: string,
  separator: RegExp,
  wanted: readonly number[],
): ({ text: string; start: number } | undefined)[] {
  const isSeparator = separatorTests.get(separator) ?? isBarCode;
  const cells: ({ text: string; start: number } | undefined)[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= row.length; at += 1) {
    const code = row.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    if (at < row.length && (quoted || !isSeparator(code))) continue;
    if (!wanted.includes(cells.length)) {
      cells.push(undefined);
      start = at + 1;
      continue;
    }
    let end = at;
    while (start < end && isAroundCell(row.charCodeAt(start))) start += 1;
    while (start < end && isAroundCell(row.charCodeAt(end - 1))) end -= 1;
    cells.push({ text: row.slice(start, end), start });
    start = at + 1;
  }
  return cells;
}

const isAroundCell = characterTest(/[\s"]/);
