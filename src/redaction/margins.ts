import { characterTest } from './nearby.ts';
import { viewBuilder } from './views.ts';
import type { View } from './views.ts';

/** How far before and behind its anchor a block of several lines is looked at. */
const before = 2_000;
const behind = 8_000;
const longestMargin = 200;

/** A line's number, as editors, `cat -n` and `grep -n` print it. */
const lineNumber = /^[ \t]*\d{1,6}[ \t]?[|:│\t][ \t]?/;

/**
 * The block of lines around `at` without what a log, a quotation, a diff or a pager put before each line: a key or a table that was
 * logged line by line is whole again. `undefined` where the lines around have nothing of that kind in common. Also says where
 * the block ends in the text.
 */
export function withoutMargin(text: string, at: number): { readonly view: View; readonly end: number } | undefined {
  const window: Line = [Math.max(0, at - before), Math.min(text.length, at + behind)];
  const own = lineAround(text, at, window);
  const neighbour = own && (lineBehind(text, own, window) ?? lineBefore(text, own, window));
  const margin = marginOf(text, own, neighbour);
  if (own === undefined || margin === undefined) return undefined;
  const lines = [own];
  for (let line = lineBefore(text, own, window); line && margin(line) !== undefined;) {
    lines.push(line);
    line = lineBefore(text, line, window);
  }
  lines.reverse();
  for (let line = lineBehind(text, own, window); line && margin(line) !== undefined;) {
    lines.push(line);
    line = lineBehind(text, line, window);
  }
  if (lines.length === 1) return undefined;
  const build = viewBuilder(text);
  for (const line of lines) {
    const width = margin(line) ?? 0;
    build.copy(Math.min(line[1], line[0] + width), Math.min(text.length, line[1] + 1));
  }
  return { view: build.view(), end: lines.at(-1)?.[1] ?? at };
}

/**
 * Tells, of ascending offsets, whether a line break or the end of the text is near enough behind one for `withoutMargin`. All of them
 * together cost one pass over the text: a long line may hold as many heads of blocks as it likes.
 */
export function lineBreakSearch(text: string): (at: number) => boolean {
  let lineBreak = -1;
  let lookedTo = 0;
  return (at) => {
    if (at <= lineBreak || at + behind >= text.length) return true;
    const from = Math.max(at, lookedTo);
    const next = text.slice(from, at + behind).indexOf('\n');
    lookedTo = next < 0 ? at + behind : from + next;
    if (next >= 0) lineBreak = from + next;
    return next >= 0;
  };
}

/** Offsets of a line, the end before its line feed. Of the lines that the window cuts only the text's last is one. */
type Line = readonly [start: number, end: number];

function lineAround(text: string, at: number, [from, to]: Line): Line | undefined {
  const start = from + text.slice(from, at).lastIndexOf('\n') + 1;
  const length = text.slice(at, to).indexOf('\n');
  if (length < 0 && to < text.length) return undefined;
  return [start, length < 0 ? to : at + length];
}

function lineBehind(text: string, [, before]: Line, [, to]: Line): Line | undefined {
  const start = before + 1;
  if (start > to) return undefined;
  const length = text.slice(start, to).indexOf('\n');
  if (length < 0 && to < text.length) return undefined;
  return [start, length < 0 ? to : start + length];
}

function lineBefore(text: string, [next]: Line, [from]: Line): Line | undefined {
  const end = next - 1;
  if (end < from) return undefined;
  const lineBreak = text.slice(from, end).lastIndexOf('\n');
  if (lineBreak < 0 && from > 0 && text[from - 1] !== '\n') return undefined;
  return [from + lineBreak + 1, end];
}

/** How wide the margin of each line is, by what two neighbours have in common; no width where a line has another margin. */
function marginOf(
  text: string,
  line: Line | undefined,
  next: Line | undefined,
): ((line: Line | undefined) => number | undefined) | undefined {
  if (line === undefined || next === undefined) return undefined;
  const head = ([start, end]: Line): string => text.slice(start, Math.min(end, start + longestMargin));
  if (mayBeNumbered(text, line) && lineNumber.test(head(line)) && lineNumber.test(head(next)))
    return (other) => other && lineNumber.exec(head(other))?.[0].length;
  // Times and process ids differ in their digits alone.
  const length = commonLength(text, line, next);
  const end = marginEnd(text, line[0], line[0] + length);
  if (end === line[0]) return undefined;
  const common = text.slice(line[0], end).replace(/\d/g, '0').trimEnd();
  if (common === '') return undefined;
  return (other) => {
    if (other === undefined) return undefined;
    const [start, end] = other;
    const length = Math.min(end - start, longestMargin);
    if (length < common.length) return undefined;
    for (let at = 0; at < common.length; at += 1)
      if (!isAlike(text.charCodeAt(start + at), common.charCodeAt(at))) return undefined;
    if (length === common.length) return length;
    // One blank belongs to the margin; more are the block's own indentation.
    const next = text.charCodeAt(start + common.length);
    return common.length + (isBlank(next) ? 1 : 0);
  };
}

/** Whether a line begins with blanks and a digit. */
function mayBeNumbered(text: string, [start, end]: Line): boolean {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at += 1;
  return isDigit(text.charCodeAt(at));
}

/** Signs that end what stands before a line: `>`, `|`, `:`, brackets that close, `+`, `#`, `*`, `-`. */
const isMarginSign = characterTest(/[>|:\])}+#*-]/);

/** Where the margin ends in what two lines begin with alike: behind the last sign, else before the last blank, else at once. */
function marginEnd(text: string, start: number, end: number): number {
  for (let at = end; at > start; at -= 1) if (isMarginSign(text.charCodeAt(at - 1))) return at;
  for (let at = end; at > start; at -= 1) if (isBlank(text.charCodeAt(at - 1))) return at - 1;
  return start;
}

/** How many characters two lines begin with alike, their digits apart. */
function commonLength(text: string, [a, aEnd]: Line, [b, bEnd]: Line): number {
  const most = Math.min(longestMargin, aEnd - a, bEnd - b);
  let length = 0;
  while (length < most && isAlike(text.charCodeAt(a + length), text.charCodeAt(b + length))) length += 1;
  return length;
}

const isAlike = (a: number, b: number): boolean => a === b || (isDigit(a) && isDigit(b));

const isBlank = (code: number): boolean => code === 32 || code === 9;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
