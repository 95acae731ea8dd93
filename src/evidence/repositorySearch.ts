import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isSecretFile } from '../model/secretFiles.ts';
import { succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { isInside, realPathInside } from './confinement.ts';
import { runGit } from './git.ts';
import type { RepositoryState } from './git.ts';
import { isPlainPath } from './plainPath.ts';

/** More hits than these tell a reader nothing but that the pattern is too common. */
const maxSearchHits = 60;

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
 * Searches the tracked text files of the working tree with `git grep`, in the given folders (absolute paths; the
 * workspace's) alone. Never a file that is there to hold secrets, one in `.git`, a binary one, or one that a link leads out of
 * the folders. Bounded in hits and bytes. A path that is not plainly one within the repository finds nothing.
 */
export async function searchRepository(
  { root, config }: RepositoryState,
  search: RepositorySearch,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<Result<SearchResult>> {
  const place = search.path?.replaceAll('\\', '/').replace(/^(\.?\/)+/, '') ?? '';
  if (place !== '' && (!isPlainPath(place) || isSecretFile(place))) return succeed({ hits: [], cut: false });
  const places = place === '' ? await placesIn(root, folders) : [place];
  if (places.length === 0) return succeed({ hits: [], cut: false });
  const args = [
    'grep',
    '-I',
    '-n',
    '-z',
    '--no-color',
    '--no-textconv',
    '--no-recurse-submodules',
    '--full-name',
    `--max-count=${maxSearchHits}`,
    search.regularExpression === true ? '-E' : '-F',
    '-e',
    search.pattern,
    '--',
    ...places,
  ];
  const found = await runGit({ folder: root, config, args, signal, maxBytes: maxSearchBytes * 8 });
  if (!found.ok) return found;
  const confined = confinement(root, folders);
  const hits: SearchHit[] = [];
  let bytes = 0;
  for (const hit of found.value.text.split('\n').flatMap(parseHit)) {
    if (!(await confined(hit.path))) continue;
    bytes += hit.path.length + hit.text.length + 8;
    if (hits.length === maxSearchHits || bytes > maxSearchBytes) return succeed({ hits, cut: true });
    hits.push(hit);
  }
  return succeed({ hits, cut: found.value.cut });
}

/** The folders as paths relative to the repository's root; those outside of it are not searched. */
async function placesIn(root: string, folders: readonly string[]): Promise<string[]> {
  const realRoot = await realpath(root).catch(() => root);
  const places: string[] = [];
  for (const folder of folders) {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined) continue;
    // A folder that holds the repository is searched whole.
    if (isInside(real, realRoot)) return ['.'];
    if (isInside(realRoot, real)) places.push(relative(realRoot, real).replaceAll(sep, '/'));
  }
  return places;
}

/** Whether a file really lies in the repository and in the folders: its path may lead through a link. Looks at each path once. */
function confinement(root: string, folders: readonly string[]): (path: string) => Promise<boolean> {
  const known = new Map<string, boolean>();
  return async (path) => {
    let inside = known.get(path);
    if (inside === undefined) {
      const placed = async (roots: readonly string[]): Promise<string | undefined> =>
        isPlainPath(path) && !isSecretFile(path)
          ? realPathInside(join(root, path), roots).catch(() => undefined)
          : undefined;
      const real = await placed([root]);
      inside = real !== undefined && !isSecretFile(real) && (await placed(folders)) !== undefined;
      known.set(path, inside);
    }
    return inside;
  };
}

/** With `-z -n` a hit is `path NUL line NUL text`. */
function parseHit(record: string): readonly SearchHit[] {
  const [path, line, ...rest] = record.split('\0');
  if (path === undefined || line === undefined || !/^\d+$/.test(line)) return [];
  const text = rest.join('\0').replace(/\r$/, '');
  return [{ path, line: Number(line), text: text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text }];
}

/** A result as `path:line: text` lines, with what was left out. */
export function searchAnswer({ pattern }: RepositorySearch, { hits, cut }: SearchResult): string {
  if (hits.length === 0) return `No line of the repository has ${pattern}.`;
  const lines = hits.map(({ path, line, text }) => `${path}:${line}: ${text.trim()}`);
  return [...lines, ...(cut ? ['(There are more; narrow the pattern or the path.)'] : [])].join('\n');
}
