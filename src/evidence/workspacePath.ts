import { realPathInside } from './confinement.ts';

/** A file of the workspace: which folder it belongs to, and where in it. */
export interface WorkspaceFile {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** Relative to `root`, with `/`, without `..`. */
  readonly path: string;
}

/** What a path in a reply or a trace means. */
export type WorkspacePath =
  | { readonly kind: 'found'; readonly file: WorkspaceFile; readonly line?: number; readonly column?: number }
  /** Several files fit equally well. */
  | {
      readonly kind: 'ambiguous';
      readonly candidates: readonly WorkspaceFile[];
      readonly line?: number;
      readonly column?: number;
    }
  | { readonly kind: 'unknown' };

/** A path as it is written, taken apart. */
export interface WrittenPath {
  /** Segments without `.`, `..`, drive, scheme and query. Empty when nothing was left. */
  readonly segments: readonly string[];
  readonly line?: number;
  readonly column?: number;
}

/** Longest text that is looked at as a path, the limit of most systems. */
const maxPathLength = 4096;
/** More candidates than this help nobody. */
const maxCandidates = 10;

/**
 * Takes a written path apart: `payment.js:47:12`, `C:\agent\x.cs`, `file:///app/x.js`, `webpack://shop/./src/x.ts?a1`,
 * `webpack-internal:///(rsc)/./src/x.ts`, `package:shop/x.dart`, `x.cs:line 12`, `x.php(12)`.
 */
export function parseWrittenPath(text: string): WrittenPath {
  if (text.length > maxPathLength || text.includes('\0')) return { segments: [] };
  let path = text.trim().replace(/^[`'"(<]+|[`'">,;]+$/g, '');
  let position: { line?: number; column?: number } = {};
  const suffix = lineSuffixes.map((pattern) => pattern.exec(path)).find((match) => match !== null);
  if (suffix) {
    path = path.slice(0, suffix.index);
    position = {
      ...(suffix[1] === undefined ? {} : { line: Number(suffix[1]) }),
      ...(suffix[2] === undefined ? {} : { column: Number(suffix[2]) }),
    };
  }
  // A scheme has at least two letters; one letter is a Windows drive.
  const scheme = /^[a-z][a-z0-9+.-]+:(?=\/|[^\\/]+\/)/i.exec(path)?.[0];
  if (scheme !== undefined) path = decodePercent(path.slice(scheme.length).replace(/[?#].*$/, ''));
  path = path
    .replaceAll('\\', '/')
    .replace(/^\/*[a-z]:(?=\/)/i, '')
    .replace(/^~(?=\/)/, '');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    // `..` in a written path is relative to a folder that is not known here: only what follows it can be matched.
    if (segment === '..') segments.length = 0;
    else if (segment !== '' && segment !== '.' && !/^\([\w-]+\)$/.test(segment)) segments.push(segment);
  }
  return { segments, ...position };
}

const lineSuffixes: readonly RegExp[] = [
  /:(\d{1,9}):(\d{1,9}):?$/,
  /:line (\d{1,9})$/,
  /:(\d{1,9}):?$/,
  /\((\d{1,9})(?:,\s?(\d{1,9}))?\)?$/,
  /#L(\d{1,9})(?:-L?\d{1,9})?$/,
];

/**
 * Finds what a written path means: the file that shares the longest suffix of whole segments with it. A path that begins
 * with a workspace folder's own path is that file. When several share an equally long suffix, the one that is the whole
 * path from its folder wins (`src/x.ts` over `packages/a/src/x.ts`); otherwise all are candidates. A name in the written
 * path that fits in letter case is preferred to one that does not. Only files of the list are ever given.
 */
export function findWorkspacePath(
  text: string,
  files: readonly WorkspaceFile[],
  roots: readonly string[],
): WorkspacePath {
  const { segments, line, column } = parseWrittenPath(text);
  const position = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  const name = segments.at(-1);
  if (name === undefined) return { kind: 'unknown' };
  const inRoot = belowRoot(segments, roots);
  if (inRoot !== undefined) {
    const exact = files.find((file) => file.root === inRoot.root && file.path === inRoot.path);
    if (exact !== undefined) return { kind: 'found', file: exact, ...position };
  }
  const best = longestMatches(segments, files, false);
  const matches = best.length > 0 ? best : longestMatches(segments, files, true);
  // A bare name says nothing about a folder: the file at the top is not meant more than any other.
  const isBareName = segments.length === 1 && !/[\\/]/.test(text);
  const whole = isBareName ? [] : matches.filter((file) => isEndOf(file.path.toLowerCase(), segments));
  const winners = whole.length === 1 ? whole : matches;
  const [first] = winners;
  if (first === undefined) return { kind: 'unknown' };
  if (winners.length === 1) return { kind: 'found', file: first, ...position };
  return { kind: 'ambiguous', candidates: winners.slice(0, maxCandidates), ...position };
}

/** What `resolveWorkspacePath` needs of the workspace. */
export interface WorkspaceFiles {
  /** Absolute paths of the workspace folders. */
  readonly roots: readonly string[];
  /** The files of the workspace with this last segment, in any letter case; all files where a search is not possible. */
  readonly filesNamed: (name: string, signal: AbortSignal) => Promise<readonly WorkspaceFile[]>;
}

/** As `findWorkspacePath`, asking for the files with that name only, and leaving out links that lead out of the roots. */
export async function resolveWorkspacePath(
  text: string,
  { roots, filesNamed }: WorkspaceFiles,
  signal: AbortSignal,
): Promise<WorkspacePath> {
  const name = parseWrittenPath(text).segments.at(-1);
  if (name === undefined) return { kind: 'unknown' };
  const files = await filesNamed(name, signal);
  const meant = findWorkspacePath(text, files, roots);
  if (meant.kind === 'unknown') return meant;
  const candidates = meant.kind === 'found' ? [meant.file] : meant.candidates;
  const inside: WorkspaceFile[] = [];
  for (const file of candidates) {
    const real = await realPathInside(`${file.root}/${file.path}`, roots).catch(() => undefined);
    if (real !== undefined) inside.push(file);
  }
  const [first] = inside;
  if (first === undefined) return { kind: 'unknown' };
  const position = {
    ...(meant.line === undefined ? {} : { line: meant.line }),
    ...(meant.column === undefined ? {} : { column: meant.column }),
  };
  return inside.length === 1
    ? { kind: 'found', file: first, ...position }
    : { kind: 'ambiguous', candidates: inside, ...position };
}

function belowRoot(segments: readonly string[], roots: readonly string[]): WorkspaceFile | undefined {
  for (const root of [...roots].sort((a, b) => b.length - a.length)) {
    const rootSegments = parseWrittenPath(root).segments;
    if (rootSegments.length > 0 && rootSegments.every((segment, at) => segment === segments[at]))
      return { root, path: segments.slice(rootSegments.length).join('/') };
  }
  return undefined;
}

function longestMatches(
  segments: readonly string[],
  files: readonly WorkspaceFile[],
  ignoreCase: boolean,
): WorkspaceFile[] {
  const wanted = ignoreCase ? segments.map((segment) => segment.toLowerCase()) : segments;
  const name = wanted.at(-1) ?? '';
  let longest = 1;
  let matches: WorkspaceFile[] = [];
  for (const file of files) {
    if (!isConfined(file.path)) continue;
    const path = ignoreCase ? file.path.toLowerCase() : file.path;
    // The cheap test first: there may be tens of thousands of files.
    if (!path.endsWith(name)) continue;
    const shared = sharedSuffix(wanted, path.split('/'));
    if (shared < longest) continue;
    if (shared > longest) matches = [];
    longest = shared;
    matches.push(file);
  }
  return matches;
}

function sharedSuffix(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared;
}

/** Whether the whole path from its workspace folder stands at the end of the written one. */
function isEndOf(path: string, segments: readonly string[]): boolean {
  return `/${segments.join('/').toLowerCase()}`.endsWith(`/${path}`);
}

function isConfined(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}

function decodePercent(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
