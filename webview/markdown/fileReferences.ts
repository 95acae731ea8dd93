/** A place in a file that a reply names, as it was written: the host resolves the path and confines it. */
export interface FileReference {
  readonly path: string;
  /** One-based. */
  readonly line?: number;
  /** One-based. */
  readonly column?: number;
}

export interface FileReferenceMatch {
  /** Offsets in the text searched, in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly reference: FileReference;
}

/** Longer words are no paths anyone wrote; the limit also bounds the work for a word. */
const LONGEST_WORD = 400;

/** What no path in prose holds: white space, quotes, separators of a list, dashes of prose, shell characters. */
const WORDS = /[^\s"'`<>|*?,;{}=\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u00ab\u00bb]+/gu;

const LINE_AND_COLUMN = /:([1-9]\d{0,6})(?:-\d{1,7}|:([1-9]\d{0,5}))?$/u;

/** `.ts`, `.cshtml`, `.env`; of single letters only those that source files use, so that `i.e` is none. */
const EXTENSION = /\.(?:[a-z][\w-]{0,15}|[chdrmsvly])$/iu;
const SINGLE_LETTER_PROSE = /\.[^chdrmsvly]$/iu;

/** Files that are known by their whole name. */
const KNOWN_NAMES = /^(?:Dockerfile|Makefile|Jenkinsfile|Gemfile|Rakefile|Procfile|Vagrantfile|Justfile)$/u;

/** `api.example.com:443` is a host and a port, not a file and a line. */
const HOST_ENDING =
  /\.(?:com|net|org|io|dev|local|localdomain|internal|lan|cloud|edu|gov|info|biz|co|us|uk|eu|de|fr|svc|cluster|corp|home|test|example|invalid)$/iu;

const DRIVE = /^[a-z]:[\\/]/iu;
const ENDING_PUNCTUATION = new Set('.:!)]');

/**
 * Finds the file references in a text, in order: `src/payment.js:47`, `payment.js:47:13`, `C:\app\x.cs:12`, and without
 * a line only a path that has a slash and ends in an extension (`config/production.env.example`). Addresses, times,
 * versions, hosts with a port and bare names such as `Node.js` are none. Linear in the text.
 */
export function findFileReferences(text: string): FileReferenceMatch[] {
  const found: FileReferenceMatch[] = [];
  // Most prose has neither: this keeps the common case to one look.
  if (!/[./\\:]/u.test(text)) return found;
  for (const word of text.matchAll(WORDS)) {
    if (word[0].length > LONGEST_WORD || word[0].includes('://')) continue;
    const match = referenceIn(word[0], word.index);
    if (match !== undefined) found.push(match);
  }
  return found;
}

/** Reads a text that is one reference as a whole, such as the target of a relative link; undefined when it is not. */
export function readFileReference(text: string): FileReference | undefined {
  const [match] = findFileReferences(text);
  return match?.start === 0 && match.end === text.length ? match.reference : undefined;
}

function referenceIn(word: string, offset: number): FileReferenceMatch | undefined {
  const end = endWithoutPunctuation(word);
  const position = LINE_AND_COLUMN.exec(word.slice(0, end));
  const pathEnd = position === null ? end : position.index;
  const start = startOfPath(word, pathEnd);
  const path = word.slice(start, pathEnd);
  if (!isPath(path, position !== null)) return undefined;
  const line = position?.[1];
  const column = position?.[2];
  const reference = {
    path,
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
  };
  return { start: offset + start, end: offset + end, reference };
}

/** No path ends in what ends a sentence, nor in a bracket. */
function endWithoutPunctuation(word: string): number {
  let end = word.length;
  while (end > 0 && ENDING_PUNCTUATION.has(word.charAt(end - 1))) end--;
  return end;
}

/** After the last bracket that is not closed before the path ends: `handler(src/a.js:10)` starts at `src`. */
function startOfPath(word: string, end: number): number {
  const open: number[] = [];
  let start = 0;
  for (let at = 0; at < end; at++) {
    const char = word.charAt(at);
    if (char === '(' || char === '[') open.push(at);
    else if ((char === ')' || char === ']') && open.pop() === undefined) start = at + 1;
  }
  const unclosed = open.at(-1);
  return unclosed === undefined ? start : Math.max(start, unclosed + 1);
}

function isPath(path: string, hasLine: boolean): boolean {
  const isDrive = DRIVE.test(path);
  if (path.includes(':', isDrive ? 2 : 0)) return false;
  const segments = path.split(/[\\/]/u);
  const name = segments.at(-1) ?? '';
  const hasSlash = segments.length > 1;
  if (name === '' || (hasSlash && HOST_ENDING.test(segments[0] ?? ''))) return false;
  if (KNOWN_NAMES.test(name)) return hasLine || hasSlash;
  if (!EXTENSION.test(name) || SINGLE_LETTER_PROSE.test(name)) return false;
  if (!hasLine) return hasSlash;
  return hasSlash || (!HOST_ENDING.test(name) && !name.startsWith('.'));
}
