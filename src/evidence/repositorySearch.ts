import { isEnvironmentValuesFile } from '../model/suspect.ts';
import { succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { runGit } from './git.ts';
import type { RepositoryState } from './git.ts';

/** More hits than these tell a reader nothing but that the pattern is too common. */
export const maxSearchHits = 60;

/** Bytes of one answer: about four thousand tokens. */
export const maxSearchBytes = 16 * 1024;

/** A longer line is data or minified code; its beginning is enough to tell. */
const maxLineLength = 240;

export interface RepositorySearch {
  readonly pattern: string;
  /** A POSIX extended regular expression rather than a literal text. */
  readonly regularExpression?: boolean | undefined;
  /** A file or folder relative to the repository's root, with `/`. */
  readonly path?: string | undefined;
}

export interface SearchHit {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** There are more than are given. */
  readonly cut: boolean;
}

/**
 * Searches the working tree's text files, tracked and new, ignored ones apart, with `git grep`. Never a file of
 * environment values, never a binary one. Bounded in hits and bytes.
 */
export async function searchRepository(
  { root, config }: RepositoryState,
  search: RepositorySearch,
  signal: AbortSignal,
): Promise<Result<SearchResult>> {
  const place = search.path?.replaceAll('\\', '/').replace(/^(\.?\/)+/, '') ?? '';
  const args = [
    'grep',
    '--untracked',
    '-I',
    '-n',
    '-z',
    '--no-color',
    '--full-name',
    `--max-count=${maxSearchHits}`,
    search.regularExpression === true ? '-E' : '-F',
    '-e',
    search.pattern,
    '--',
    ...(place === '' ? [] : [place]),
  ];
  const found = await runGit({ folder: root, config, args, signal, maxBytes: maxSearchBytes * 8 });
  if (!found.ok) return found;
  const all = found.value.text.split('\n').flatMap(parseHit);
  const hits: SearchHit[] = [];
  let bytes = 0;
  for (const hit of all) {
    bytes += hit.path.length + hit.text.length + 8;
    if (hits.length === maxSearchHits || bytes > maxSearchBytes) return succeed({ hits, cut: true });
    hits.push(hit);
  }
  return succeed({ hits, cut: found.value.cut });
}

/** With `-z -n` a hit is `path NUL line NUL text`. */
function parseHit(record: string): readonly SearchHit[] {
  const [path, line, ...rest] = record.split('\0');
  if (path === undefined || line === undefined || !/^\d+$/.test(line) || isEnvironmentValuesFile(path)) return [];
  const text = rest.join('\0').replace(/\r$/, '');
  return [{ path, line: Number(line), text: text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text }];
}

/** A result as `path:line: text` lines, with what was left out. */
export function searchAnswer({ pattern }: RepositorySearch, { hits, cut }: SearchResult): string {
  if (hits.length === 0) return `No line of the repository has ${pattern}.`;
  const lines = hits.map(({ path, line, text }) => `${path}:${line}: ${text.trim()}`);
  return [...lines, ...(cut ? ['(There are more; narrow the pattern or the path.)'] : [])].join('\n');
}
