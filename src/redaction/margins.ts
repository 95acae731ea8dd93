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
  const lines = linesAround(text, at);
  const own = lines.findIndex(([start, end]) => at >= start && at <= end);
  const neighbour = own + 1 < lines.length ? own + 1 : own - 1;
  const margin = marginOf(text, lines[own], lines[neighbour]);
  if (margin === undefined) return undefined;
  let first = own;
  while (first > 0 && margin(lines[first - 1]) !== undefined) first -= 1;
  let last = own;
  while (last + 1 < lines.length && margin(lines[last + 1]) !== undefined) last += 1;
  if (first === last) return undefined;
  const build = viewBuilder(text);
  for (const line of lines.slice(first, last + 1)) {
    const width = margin(line) ?? 0;
    build.copy(Math.min(line[1], line[0] + width), Math.min(text.length, line[1] + 1));
  }
  return { view: build.view(), end: lines[last]?.[1] ?? at };
}

type Line = readonly [start: number, end: number];

/** Offsets of the lines around, ends before their line feeds. */
function linesAround(text: string, at: number): Line[] {
  const from = Math.max(0, at - before);
  const to = Math.min(text.length, at + behind);
  const window = text.slice(from, to);
  const lines: Line[] = [];
  let start = 0;
  for (;;) {
    const end = window.indexOf('\n', start);
    if (end < 0) {
      // A line that the window cuts is left out, unless it is the text's last.
      if (to === text.length || lines.length === 0) lines.push([from + start, to]);
      break;
    }
    lines.push([from + start, from + end]);
    start = end + 1;
  }
  if (from > 0 && text[from - 1] !== '\n' && (lines[0]?.[1] ?? 0) < at) lines.shift();
  return lines;
}

/** How wide the margin of each line is, by what two neighbours have in common; no width where a line has another margin. */
function marginOf(
  text: string,
  line: Line | undefined,
  next: Line | undefined,
): ((line: Line | undefined) => number | undefined) | undefined {
  if (line === undefined || next === undefined) return undefined;
  const head = ([start, end]: Line): string => text.slice(start, Math.min(end, start + longestMargin));
  if (lineNumber.test(head(line)) && lineNumber.test(head(next)))
    return (other) => other && lineNumber.exec(head(other))?.[0].length;
  // Times and process ids differ in their digits alone.
  const plain = (of: Line): string => head(of).replace(/\d/g, '0');
  const a = plain(line);
  const b = plain(next);
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  const common = /^(?:[^]*[>|:\])}+#*-]|[^]*(?=[ \t]))/.exec(a.slice(0, length))?.[0].trimEnd() ?? '';
  if (common === '') return undefined;
  return (other) => {
    if (other === undefined) return undefined;
    const own = plain(other);
    if (own === common) return common.length;
    if (!own.startsWith(common)) return undefined;
    // One blank belongs to the margin; more are the block's own indentation.
    return common.length + (/[ \t]/.test(own[common.length] ?? '') ? 1 : 0);
  };
}
