/**
 * Markdown made of untrusted text: titles, replies, log lines. What these functions return reads as the text that was
 * given and cannot open or close a heading, a list, a table, a fence, a link or HTML. CommonMark with GitHub's tables.
 */

/** Characters that mean something wherever they stand. `$` opens a formula in many viewers. */
const always = /[\\`*[\]<>|~$]/g;
/** `stripe_key` is no emphasis, `_key_` is. */
const looseUnderscore = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const entity = /&(?=#?\w{1,32};)/g;
/** What counts at the beginning of a line only: lists, headings, rules and the underlines of headings. */
const markAtStart = /^[-+=#]/;
const numberAtStart = /^\d{1,9}(?=[.)](?:\s|$))/;

/** Text on one line, to stand at any place of a line: in a paragraph, a list item, a heading, a table's cell. */
export function inline(text: string): string {
  const line = oneLine(text);
  const escaped = line
    .replace(always, (mark) => `\\${mark}`)
    .replace(looseUnderscore, '\\_')
    .replace(entity, '\\&')
    // A heading's text loses number signs at its end.
    .replace(/(#+)$/, '\\$1');
  return escaped.replace(markAtStart, '\\$&').replace(numberAtStart, '$&\\');
}

/** Text as code within a line; not for a table's cell. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  const marks = '`'.repeat(longestRun(line) + 1);
  const space = /^`|`$/.test(line) ? ' ' : '';
  return `${marks}${space}${line}${space}${marks}`;
}

/** Text as a block of code, its lines kept. */
export function fenced(text: string, language: '' | 'diff' | 'text' = 'text'): string {
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').replace(invisible, '\ufffd');
  const marks = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${marks}${language}\n${body}\n${marks}`;
}

/**
 * A reply's prose over several lines: its paragraphs, lists and blocks of code stay what they are, all else is text. To
 * stand between blank lines, at the beginning of a line.
 */
export function prose(text: string): string {
  const blocks: string[] = [];
  let code: { readonly fence: string; readonly lines: string[] } | undefined;
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (code !== undefined) {
      if (fence !== undefined && fence.startsWith(code.fence) && line.trim() === fence) {
        blocks.push(fenced(code.lines.join('\n')));
        code = undefined;
      } else code.lines.push(line);
    } else if (fence !== undefined) code = { fence, lines: [] };
    else if (line.trim() !== '') blocks.push(proseLine(line.trim()));
  }
  if (code !== undefined) blocks.push(fenced(code.lines.join('\n')));
  return blocks.join('\n\n');
}

function proseLine(line: string): string {
  const bullet = /^[-*+]\s+(.+)$/.exec(line)?.[1];
  if (bullet !== undefined) return `- ${withCode(bullet)}`;
  const numbered = /^(\d{1,9})[.)]\s+(.+)$/.exec(line);
  if (numbered?.[1] !== undefined && numbered[2] !== undefined) return `${numbered[1]}. ${withCode(numbered[2])}`;
  return withCode(line);
}

/** Text on one line, in which code between backticks stays code; not for a table's cell. */
export function withCode(text: string): string {
  const parts = oneLine(text).split(/(?<!`)(`[^`]+`)(?!`)/);
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return codeSpan(part.slice(1, -1));
      const before = /^\s/.test(part) && index > 0 ? ' ' : '';
      const after = /\s$/.test(part) && index < parts.length - 1 ? ' ' : '';
      return part.trim() === '' ? before || after : `${before}${inline(part)}${after}`;
    })
    .join('');
}

/** A table; cells are made with `inline`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

// eslint-disable-next-line no-control-regex -- control characters are what it is about
const invisible = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

function oneLine(text: string): string {
  return text
    .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
    .replace(invisible, '\ufffd')
    .trim();
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
