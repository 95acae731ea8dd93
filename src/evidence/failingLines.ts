import { posix } from 'node:path';
import type { CollectedEvidence } from '../model/evidence.ts';
import type { Baseline } from '../model/baseline.ts';
import { succeed, type Failure, type Result } from '../model/failure.ts';
import { runGit, type RepositoryState } from './git.ts';
import { blameLines, type BlamedCommit } from './gitBlame.ts';
import { toRepositoryPath } from './gitDiff.ts';
import { isoSeconds, resolveBaseline } from './gitHistory.ts';

/** A line of the workspace that a stack trace names. The first one of a list is where it throws. */
export interface FailingLine {
  /** Absolute. */
  readonly path: string;
  /** What people call the file. */
  readonly displayPath: string;
  readonly line: number;
  readonly function?: string;
}

/** How closely a commit touches a failing line, the closest first. */
const closenesses = ['line', 'function', 'file', 'directory', 'none'] as const;
export type Closeness = (typeof closenesses)[number];

/** A commit of the range, with what brings it close. */
export interface RankedCommit {
  readonly hash: string;
  readonly author: string;
  /** Ms since 1970. */
  readonly committedAt: number;
  readonly subject: string;
  readonly closeness: Closeness;
  /** The failing line that it touches most closely, by its place in the list; absent for `none`. */
  readonly at?: number;
}

/** Who last changed a failing line. */
export interface LineBlame {
  readonly line: FailingLine;
  /** Absent while the line is not committed. */
  readonly commit?: BlamedCommit;
  /** Why it is not known: a file that is not tracked, a line beyond its end. */
  readonly failure?: Failure;
}

export interface LineHistory {
  /** What the range is called: `HEAD~5`. */
  readonly since: string;
  readonly blames: readonly LineBlame[];
  /** The closest first, and of equally close ones the newest. */
  readonly commits: readonly RankedCommit[];
}

/** Failing lines that are looked at: the frames next to the error. */
export const maxFailingLines = 8;
/** Lines on each side of a failing one that stand for its function where the diff names none. */
const nearby = 6;
/** Commits of the range that are ranked, the newest. */
const maxRanked = 200;
const maxLogBytes = 4 * 1024 * 1024;

/**
 * Blames each failing line, and ranks the commits since the baseline by how closely they touch one: the line itself, its
 * function, its file, its folder; and of equally close ones the line nearest to the error. A line that cannot be blamed
 * costs itself only.
 */
export async function historyOfLines(
  repository: RepositoryState,
  failing: readonly FailingLine[],
  baseline: Baseline,
  signal: AbortSignal,
): Promise<Result<LineHistory>> {
  const lines = failing.slice(0, maxFailingLines);
  const since = await resolveBaseline(repository, baseline, signal);
  if (!since.ok) return since;
  const places: Place[] = [];
  const blames: LineBlame[] = [];
  for (const [index, line] of lines.entries()) {
    const range = { first: Math.max(1, line.line - nearby), last: line.line + nearby };
    // A window may end behind the file; the line alone is then asked for.
    const window = await blameLines(repository, line.path, range, signal);
    const blamed = window.ok
      ? window
      : await blameLines(repository, line.path, { first: line.line, last: line.line }, signal);
    const path = await toRepositoryPath(repository.root, line.path);
    if (path !== undefined) places.push({ index, path, near: new Set(hashesOf(blamed)), ...named(line) });
    const own = blamed.ok ? blamed.value.find((one) => one.line === line.line) : undefined;
    blames.push({
      line,
      ...(own?.commit === undefined ? {} : { commit: own.commit }),
      ...(blamed.ok ? {} : { failure: blamed.failure }),
    });
  }
  const log = await commitsSince(repository, since.value.hash, signal);
  if (!log.ok) return log;
  const commits = log.value
    .map((commit) => rank(commit, places, blames))
    .sort((a, b) => closenesses.indexOf(a.closeness) - closenesses.indexOf(b.closeness) || (a.at ?? 0) - (b.at ?? 0));
  return succeed({ since: since.value.label, blames, commits });
}

interface Place {
  readonly index: number;
  readonly path: string;
  readonly near: ReadonlySet<string>;
  readonly name?: string;
}

/** The function's own name: `Shop::Cart#add` is `add`, `com.shop.Cart.lambda$add$0` is `add`. */
function named({ function: name = '' }: FailingLine): { name?: string } {
  const last =
    name
      .replace(/\(.*$|<.*$/, '')
      .replace(/lambda\$(\w+)\$\d+/, '$1')
      .split(/[.#:/$]+/)
      .at(-1) ?? '';
  return /^[\w]{2,}$/.test(last) ? { name: last } : {};
}

function hashesOf(blamed: Awaited<ReturnType<typeof blameLines>>): readonly string[] {
  return blamed.ok ? blamed.value.flatMap(({ commit }) => commit?.hash ?? []) : [];
}

interface LoggedCommit extends Omit<RankedCommit, 'closeness' | 'at'> {
  readonly files: readonly { readonly path: string; readonly functions: string }[];
}

/** The commits after a baseline, newest first, each with the files that it changed and what its hunks name. */
async function commitsSince(
  { root, config, head }: RepositoryState,
  from: string,
  signal: AbortSignal,
): Promise<Result<readonly LoggedCommit[]>> {
  const format = '%x01%H%x00%an%x00%ct%x00%s%x00';
  const options = [
    '--no-show-signature',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '-M',
    '-U0',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  // The empty tree is no commit: a range from it is the whole history.
  const range = await runGit({ folder: root, config, signal, args: ['cat-file', '-t', from] });
  const since = range.ok && range.value.text.trim() === 'commit' ? `${from}..${head}` : head;
  const args = ['log', '-p', ...options, `--max-count=${maxRanked}`, `--format=${format}`, since, '--'];
  const output = await runGit({ folder: root, config, signal, args, maxBytes: maxLogBytes });
  if (!output.ok) return output;
  return succeed(output.value.text.split('\u0001').slice(1).flatMap(parseCommit));
}

function parseCommit(text: string): readonly LoggedCommit[] {
  const [hash, author, committed, subject, ...rest] = text.split('\0');
  if (hash === undefined || author === undefined || committed === undefined || subject === undefined) return [];
  const files = rest
    .join('\0')
    .split(/^diff --git /m)
    .slice(1)
    .map((file) => ({
      path: /^\+\+\+ (?:b\/)(.*?)\t?$/m.exec(file)?.[1] ?? /^--- (?:a\/)(.*?)\t?$/m.exec(file)?.[1] ?? '',
      functions: file
        .split('\n')
        .filter((line) => /^(?:@@|[-+](?![-+]{2} ))/.test(line))
        .join('\n'),
    }));
  return [{ hash, author, committedAt: Number(committed) * 1000, subject, files }];
}

function rank(commit: LoggedCommit, places: readonly Place[], blames: readonly LineBlame[]): RankedCommit {
  const { hash, author, committedAt, subject, files } = commit;
  let best: { closeness: Closeness; at: number } | undefined;
  for (const place of places) {
    const closeness = closenessOf(hash, files, place, blames[place.index]);
    if (closeness === 'none') continue;
    const isCloser = best === undefined || closenesses.indexOf(closeness) < closenesses.indexOf(best.closeness);
    if (isCloser) best = { closeness, at: place.index };
  }
  return { hash, author, committedAt, subject, ...(best ?? { closeness: 'none' }) };
}

function closenessOf(
  hash: string,
  files: LoggedCommit['files'],
  place: Place,
  blame: LineBlame | undefined,
): Closeness {
  if (blame?.commit?.hash === hash) return 'line';
  const file = files.find(({ path }) => path === place.path);
  const isNamed = place.name !== undefined && new RegExp(`\\b${place.name}\\b`).test(file?.functions ?? '');
  if (place.near.has(hash) || isNamed) return 'function';
  if (file !== undefined) return 'file';
  const folder = posix.dirname(place.path);
  return files.some(({ path }) => posix.dirname(path) === folder) ? 'directory' : 'none';
}

/** The history as evidence of step 5: each line's last change, then the commits with why each is close. */
export function lineHistoryEvidence({ since, blames, commits }: LineHistory): CollectedEvidence {
  const lines = blames.map(describeBlame);
  const close = commits.filter(({ closeness }) => closeness !== 'none');
  const far = commits.length - close.length;
  const ranked = close.map((commit) => `${describeCommit(commit)} — ${closenessWords(commit, blames)}`);
  const count = lines.length === 1 ? '1 failing line' : `${lines.length} failing lines`;
  return {
    kind: 'blame',
    title:
      close.length === 0
        ? `History of ${count}`
        : `History of ${count}, ${close.length === 1 ? '1 commit' : `${close.length} commits`} close to them`,
    source: `git blame of the stack trace’s frames; commits since ${since}, the closest first`,
    text: [
      ...lines,
      '',
      close.length === 0
        ? `No commit since ${since} touches these files or their folders.`
        : `Commits since ${since}, the closest to the failing lines first:`,
      ...ranked,
      ...(far === 0 || close.length === 0
        ? []
        : [
            far === 1
              ? '1 other commit touches none of these folders.'
              : `${far} other commits touch none of these folders.`,
          ]),
    ].join('\n'),
    step: 'regression',
  };
}

/** Why a commit is close, in words: `touched line 47 of src/pay.js, where it throws`. */
function closenessWords({ closeness, at }: RankedCommit, blames: readonly LineBlame[]): string {
  const line = at === undefined ? undefined : blames[at]?.line;
  if (line === undefined) return 'touches none of the failing files';
  const { displayPath, line: number, function: name } = line;
  const role = at === 0 ? 'where it throws' : 'which leads to it';
  switch (closeness) {
    case 'line':
      return `touched line ${number} of ${displayPath}, ${role}`;
    case 'function':
      return name === undefined
        ? `changed lines next to line ${number} of ${displayPath}, ${role}`
        : `changed ${name} in ${displayPath}, ${role}`;
    case 'file':
      return `changed ${displayPath}, ${role}, elsewhere in the file`;
    case 'directory':
      return `changed other files beside ${displayPath}`;
    case 'none':
      return 'touches none of the failing files';
  }
}

function describeBlame({ line, commit, failure }: LineBlame, index: number): string {
  const place = `${line.displayPath}:${line.line}${line.function === undefined ? '' : ` (${line.function})`}`;
  const role = index === 0 ? ', where it throws' : '';
  if (failure !== undefined) return `${place}${role}: no history of this line`;
  return `${place}${role}: ${commit === undefined ? 'changed and not committed yet' : `last changed by ${describeCommit(commit)}`}`;
}

function describeCommit({
  hash,
  committedAt,
  author,
  subject,
}: Pick<RankedCommit, 'hash' | 'committedAt' | 'author' | 'subject'>): string {
  return `${hash.slice(0, 10)} ${isoSeconds(committedAt)} ${author}: ${subject}`;
}
