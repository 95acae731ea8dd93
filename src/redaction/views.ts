/** Text in another form, with the way back: secrets are looked for in it, and hidden in the original. */
export interface View {
  readonly text: string;
  /** The stretch of the original that a stretch of the view was made from. */
  original(start: number, end: number): readonly [number, number];
  /** The offsets in the view at which something of the original was left out. */
  readonly seams: readonly number[];
}

/** Builds a view from stretches of the original, copied or replaced, in order. */
export function viewBuilder(original: string) {
  const at: number[] = [];
  const from: number[] = [];
  const width: number[] = [];
  const seams: number[] = [];
  const pieces: string[] = [];
  let length = 0;
  const add = (piece: string, start: number, step: number): void => {
    if (piece === '') return;
    pieces.push(piece);
    const last = at.length - 1;
    // A text may be escaped throughout: characters of one width that follow each other are one stretch.
    const goesOn = width[last] === step && step > 0 && (from[last] ?? 0) + (length - (at[last] ?? 0)) * step === start;
    if (!goesOn) {
      at.push(length);
      from.push(start);
      width.push(step);
    }
    length += piece.length;
  };
  const segment = (position: number): number => {
    let low = 0;
    let high = at.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((at[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    copy: (start: number, end: number) => add(original.slice(start, end), start, 1),
    /** Puts one character in the place of a stretch. */
    replace: (character: string, start: number, end: number) => add(character, start, end - start),
    skip: () => void seams.push(length),
    view: (): View => ({
      text: pieces.join(''),
      seams,
      original(start, end) {
        const first = segment(start);
        const last = segment(Math.max(start, end - 1));
        const step = width[last] ?? 1;
        const begin = (from[first] ?? 0) + (start - (at[first] ?? 0)) * (width[first] ?? 1);
        const length = end - (at[last] ?? 0);
        const finish = (from[last] ?? 0) + (step === 1 ? length : Math.max(1, length) * step);
        return [begin, Math.max(begin, finish)];
      },
    }),
  };
}

/** Control sequences of terminals (ECMA-48), characters without width, other control characters. */
const invisible =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\)?|[ -/]{0,4}[0-Z\\^-~])|\x9b[0-?]{0,64}[ -/]{0,8}[@-~]|[\x00-\x08\x0b\x0c\x0e-\x1a\x7f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+/g;

/** The text as a terminal shows it, or `undefined` where it is the text itself. */
export function visibleText(text: string): View | undefined {
  const build = viewBuilder(text);
  let at = 0;
  for (const match of text.matchAll(invisible)) {
    build.copy(at, match.index);
    build.skip();
    at = match.index + match[0].length;
  }
  if (at === 0) return undefined;
  build.copy(at, text.length);
  return build.view();
}

const escape =
  /%(?:25){0,3}[0-9A-Fa-f]{2}|\\{1,8}(?:u00[0-9A-Fa-f]{2}|x[0-9A-Fa-f]{2}|[nrt"'/])|&(?:amp;)?(?:quot|amp|lt|gt|apos|#\d{2,3}|#x[0-9A-Fa-f]{2});/g;
/** How far around an escape a line is looked at, where the line is longer. */
const reach = 8_192;

/** The lines that hold escapes of URLs, JSON, JavaScript or HTML, with the escapes resolved; `undefined` where there are none. */
export function unescapedText(text: string): View | undefined {
  const build = viewBuilder(text);
  let at = 0;
  let lineEnd = 0;
  let any = false;
  for (const match of text.matchAll(escape)) {
    const character = unescape(match[0]);
    if (character === undefined) continue;
    any = true;
    if (match.index >= lineEnd) {
      build.copy(at, lineEnd);
      const window = Math.max(lineEnd, match.index - reach);
      at = window + text.slice(window, match.index).lastIndexOf('\n') + 1;
      if (at > lineEnd) build.replace('\n', at, at);
      lineEnd = endOfLine(text, match.index);
    } else if (match.index > lineEnd - reach && text[lineEnd - 1] !== '\n') {
      lineEnd = endOfLine(text, match.index);
    }
    build.copy(at, match.index);
    build.replace(character, match.index, match.index + match[0].length);
    at = match.index + match[0].length;
  }
  if (!any) return undefined;
  build.copy(at, lineEnd);
  return build.view();
}

function endOfLine(text: string, from: number): number {
  const next = text.slice(from, from + 2 * reach).indexOf('\n');
  return next < 0 ? Math.min(text.length, from + 2 * reach) : from + next + 1;
}

const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescape(escaped: string): string | undefined {
  if (escaped.startsWith('&')) {
    const name = escaped.slice(escaped.startsWith('&amp;') && escaped.length > 5 ? 5 : 1, -1);
    const code = name.startsWith('#x')
      ? parseInt(name.slice(2), 16)
      : name.startsWith('#')
        ? parseInt(name.slice(1), 10)
        : undefined;
    return code === undefined ? entities[name] : printable(code);
  }
  const last = escaped.at(-1) ?? '';
  if (escaped.startsWith('%') || /[ux]/.test(escaped)) return printable(parseInt(escaped.slice(-2), 16));
  return controls[last] ?? last;
}

const printable = (code: number): string | undefined =>
  (code >= 32 && code < 127) || code === 10 || code === 13 || code === 9 ? String.fromCharCode(code) : undefined;

/** A line break that a narrow terminal, a mail program or a diff put into a word, with the margin of the next line. */
const wrap =
  /(?<=[A-Za-z0-9_\-+/=.~:$])(?:\\|=)?\r?\n[ \t]{0,12}(?:[+\-|>] ?)?(?=[A-Za-z0-9_\-+/=.~])(?!\d{4}-\d\d-\d\d|\d\d:\d\d:)/y;

/** No token that is told by its form is longer on one side of a break. */
const longestWord = 2_048;

const shortestToken = 18;

/** Words that a line break cut, whole again; and words joined that were not: fit only for what has a format. `undefined` where there are none. */
export function unwrappedText(text: string): View | undefined {
  const build = viewBuilder(text);
  let copied = 0;
  let any = false;
  let before = -1;
  let next = text.indexOf('\n');
  while (next >= 0) {
    const lineBreak = next;
    const lineStart = before;
    before = lineBreak;
    next = text.indexOf('\n', lineBreak + 1);
    // Two short words make no token, unless they are the middle of one that is being put together.
    const joining = any && copied >= lineBreak - longestMark;
    if (next >= 0 && next - lineStart < shortestToken && !joining) continue;
    const wrapAt = lineBreak - markBefore(text, lineBreak);
    wrap.lastIndex = wrapAt;
    if (!wrap.test(text)) continue;
    const resume = wrap.lastIndex;
    const start = Math.max(copied, wordStart(text, wrapAt));
    const joinedTo = wordEnd(text, resume);
    if ((start > copied || !any) && joinedTo - start < shortestToken) continue;
    any = true;
    // Words apart from each other are no neighbours in the view either.
    if (start > copied) build.replace('\n', start, start);
    build.copy(start, wrapAt);
    build.skip();
    copied = joinedTo;
    // A word that fills its line may be cut again at the end of it.
    build.copy(resume, copied);
  }
  return any ? build.view() : undefined;
}

/** How many characters before a line feed belong to the break: a carriage return, and a backslash or "=" before that. */
function markBefore(text: string, lineBreak: number): number {
  const returned = text[lineBreak - 1] === '\r' ? 1 : 0;
  const mark = text[lineBreak - 1 - returned];
  return returned + (mark === '\\' || mark === '=' ? 1 : 0);
}
const longestMark = 2;

function wordStart(text: string, end: number): number {
  let at = end;
  while (at > 0 && end - at < longestWord && isWord(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && at - start < longestWord && isWord(text.charCodeAt(at))) at += 1;
  return at;
}

/** Neither blank, nor a quote, nor a bracket: what a token and the address it is in consist of. */
function isWord(code: number): boolean {
  return code > 32 && code !== 34 && code !== 39 && code !== 60 && code !== 62 && code !== 96;
}
