import { numberedLines } from './evidence.ts';
import type { Evidence } from './evidence.ts';

/** Lines of a piece of evidence, as it is numbered where it is sent. */
export interface EvidencePlace {
  readonly evidence: Evidence;
  readonly line: number;
  readonly endLine?: number;
}

/** Lines of a file, as the file is numbered. */
export interface CitedFile {
  readonly path: string;
  readonly line?: number;
  readonly endLine?: number;
}

/** The evidence that is a file's own text, all of it or a selection, and numbered as the file is. */
export function findInFiles<T extends Evidence>(sent: readonly T[], path: string): readonly T[] {
  return sent.filter(
    (item) =>
      (item.kind === 'file' || (item.kind === 'selection' && item.firstLine !== undefined)) &&
      ownPaths(item).some((own) => isCitedAs(own, path)),
  );
}

/** Where a diff shows the lines as they are now; without a line, where it begins to speak of the file. */
export function findInDiffs(sent: readonly Evidence[], cited: CitedFile): EvidencePlace | undefined {
  for (const evidence of sent) {
    const place = evidence.kind === 'diff' ? inDiff(evidence, cited) : undefined;
    if (place !== undefined) return place;
  }
  return undefined;
}

function inDiff(evidence: Evidence, { path, line, endLine = line }: CitedFile): EvidencePlace | undefined {
  const { first, lines } = numberedLines(evidence);
  let ofFile = false;
  /** The hunk that is read: its next line in the file as it is now, and how many lines of either side are left of it. */
  let hunk = { next: 0, before: 0, now: 0 };
  let start: number | undefined;
  for (const [index, text] of lines.entries()) {
    // Redaction may have made one line of several: what cannot be a hunk's line ends it, whatever is left of its count.
    if ((hunk.before > 0 || hunk.now > 0) && /^[ +\\-]|^$/.test(text)) {
      // A line that says nothing of the file (`\\ No newline at end of file`).
      if (text.startsWith('\\')) continue;
      const isRemoved = text.startsWith('-');
      const isAdded = text.startsWith('+');
      if (ofFile && !isRemoved) {
        if (hunk.next === line) start = first + index;
        if (hunk.next === endLine && start !== undefined) return { evidence, line: start, endLine: first + index };
      }
      hunk = {
        next: hunk.next + (isRemoved ? 0 : 1),
        before: hunk.before - (isAdded ? 0 : 1),
        now: hunk.now - (isRemoved ? 0 : 1),
      };
      continue;
    }
    hunk = { next: 0, before: 0, now: 0 };
    const header = /^\+\+\+ (?:b\/)?([^\t]+)/.exec(text)?.[1];
    const begins = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text);
    if (header !== undefined) {
      ofFile = isCitedAs(unquoted(header), path);
      if (ofFile && line === undefined) return { evidence, line: first + index };
    } else if (begins !== null) {
      hunk = { next: Number(begins[2]), before: Number(begins[1] ?? 1), now: Number(begins[3] ?? 1) };
      // A range may not reach over what lies between two hunks.
      start = undefined;
    }
  }
  return undefined;
}

/** Git quotes a path that holds a quote, a backslash or a control character. */
function unquoted(path: string): string {
  return path.startsWith('"')
    ? path
        .slice(1, -1)
        .replace(/^b\//, '')
        .replace(/\\(["\\])/g, '$1')
    : path;
}

/** Where a trace, a log or a command's output names a line of a file: `at f (/app/a.js:47:12)`, `File "a.py", line 47`. */
export function findMention(sent: readonly Evidence[], path: string, line: number): EvidencePlace | undefined {
  const separator = new RegExp(`(?:["'\`]?(?::line |:|, line | line )|\\()${line}(?!\\d)`, 'g');
  for (const evidence of sent) {
    if (evidence.kind === 'file') continue;
    const { first, lines } = numberedLines(evidence);
    const at = lines.findIndex((text) =>
      [...text.matchAll(separator)].some(({ index }) => {
        const mentioned = pathBefore(text, index);
        return mentioned !== '' && (isCitedAs(mentioned, path) || isCitedAs(path, mentioned));
      }),
    );
    if (at !== -1) return { evidence, line: first + at };
  }
  return undefined;
}

const longestPath = 1_000;

function pathBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && end - start < longestPath && !/[\s"'`()<>:[\]]/.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start, end);
}

/** The paths that a piece of evidence stands for: relative to its folder, and whole. */
function ownPaths({ source, title, uri }: Evidence): readonly string[] {
  const relative = [source.replace(/, with unsaved changes$/, ''), title.replace(/ \(\w+\)$/, '')];
  return uri === undefined ? relative : [...relative, decoded(uri)];
}

function decoded(uri: string): string {
  const path = uri.replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Whether a path may be called so: in full, by its last parts (`payment.js` in a trace), or with a deployment's folder in
 * front (`/app/src/services/payment.js` in a container). A bare name says nothing of a whole path elsewhere.
 */
export function isCitedAs(own: string, cited: string): boolean {
  const known = normalized(own);
  const asked = normalized(cited);
  if (known === '' || asked === '') return false;
  if (known === asked) return true;
  if (!isWhole(asked)) return known.endsWith(`/${asked}`);
  return !isWhole(known) && known.includes('/') && asked.endsWith(`/${known}`);
}

function isWhole(path: string): boolean {
  return /^(?:[A-Za-z]:)?\//.test(path);
}

function normalized(path: string): string {
  return path
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
}
