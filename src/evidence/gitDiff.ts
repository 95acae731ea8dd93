import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed, type Result } from '../model/failure.ts';
import { isInside } from './confinement.ts';
import { runGit, type RepositoryState } from './git.ts';
import type { Baseline } from '../model/baseline.ts';
import { resolveBaseline, type ResolvedBaseline } from './gitHistory.ts';
import { orderDiff, type DiffFocus } from './diffOrder.ts';
import { boundDiff } from './unifiedDiff.ts';

/** What changed in one file, as `git diff --numstat` counts it. */
export interface ChangedFile {
  readonly path: string;
  /** The path it had at the baseline, where it was renamed. */
  readonly renamedFrom?: string;
  /** Lines; absent for a binary file. */
  readonly added?: number;
  readonly removed?: number;
}

export interface RegressionDiff {
  readonly baseline: ResolvedBaseline;
  readonly files: readonly ChangedFile[];
  /** Unified diff of whole hunks, within the bound; empty when nothing changed. */
  readonly text: string;
  /** What was left out, in words. */
  readonly omitted?: string;
}

/** A line that a stack trace names, by its file's absolute path: hunks near it come first. */
export interface FailingPlace {
  readonly path: string;
  readonly line: number;
}

/** Default bound on a diff's text, in bytes of UTF-8. */
export const maxDiffBytes = 64 * 1024;

const diffArguments: readonly string[] = [
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '-M',
  '--submodule=short',
];

/**
 * The changes of the given files (absolute paths; all when empty) between a baseline and the working tree, with what is
 * not committed yet. A file that was renamed since is compared with its old name.
 */
export async function diffFrom(
  repository: RepositoryState,
  baseline: Baseline,
  paths: readonly string[],
  signal: AbortSignal,
  maxBytes = maxDiffBytes,
  failing: readonly FailingPlace[] = [],
): Promise<Result<RegressionDiff>> {
  const { root, config } = repository;
  const wanted: string[] = [];
  for (const path of paths) {
    const inRepository = await toRepositoryPath(root, path);
    if (inRepository === undefined) return fail({ kind: 'outsideWorkspace', path });
    wanted.push(inRepository);
  }
  const resolved = await resolveBaseline(repository, baseline, signal);
  if (!resolved.ok) return resolved;
  const from = resolved.value.hash;
  const prefixes = ['--src-prefix=a/', '--dst-prefix=b/', '--unified=3'];
  const patchOf = (compared: readonly string[]): ReturnType<typeof runGit> =>
    runGit({ folder: root, config, signal, args: [...diffArguments, ...prefixes, from, '--', ...compared] });
  // Renames are found among all files: a path given to git hides the old name from it. They are rare, so the changes of
  // the wanted names are read at the same time.
  const [all, straight] = await Promise.all([
    runGit({ folder: root, config, signal, args: [...diffArguments, '--numstat', '-z', from, '--'] }),
    patchOf(wanted),
  ]);
  if (!all.ok) return all;
  const files = parseNumstat(all.value.text).filter(({ path }) => wanted.length === 0 || wanted.includes(path));
  const notes = resolved.value.note === undefined ? [] : [resolved.value.note];
  if (files.length === 0) return succeed({ baseline: resolved.value, files, text: '', ...omittedOf(notes) });
  const renamed = wanted.length > 0 && files.some(({ renamedFrom }) => renamedFrom !== undefined);
  const diff = renamed
    ? await patchOf([
        ...new Set(
          files.flatMap(({ path, renamedFrom }) => [path, ...(renamedFrom === undefined ? [] : [renamedFrom])]),
        ),
      ])
    : straight;
  if (!diff.ok) return diff;
  const focus: DiffFocus[] = [];
  for (const { path, line } of failing) {
    const inRepository = await toRepositoryPath(root, path);
    if (inRepository !== undefined) focus.push({ path: inRepository, line });
  }
  // What is cut in two at the end must stay last, where its rest is taken off.
  const text = diff.value.cut ? diff.value.text : orderDiff(diff.value.text, focus);
  const bounded = boundDiff(text, maxBytes, diff.value.cut);
  return succeed({
    baseline: resolved.value,
    files,
    text: bounded.text,
    ...omittedOf([...notes, ...(bounded.omitted === undefined ? [] : [bounded.omitted])]),
  });
}

function omittedOf(notes: readonly string[]): { omitted?: string } {
  return notes.length === 0 ? {} : { omitted: notes.join('; ') };
}

/** With `-z`, a renamed file is `added TAB removed TAB NUL old NUL new NUL`, any other `added TAB removed TAB path NUL`. */
function parseNumstat(text: string): ChangedFile[] {
  const values = text.split('\0');
  const files: ChangedFile[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const match = /^\n?(\d+|-)\t(\d+|-)\t(.*)$/s.exec(values[at] ?? '');
    if (match === null) continue;
    const [, added, removed, path = ''] = match;
    const renamed = path === '';
    files.push({
      path: renamed ? (values[at + 2] ?? '') : path,
      ...(renamed ? { renamedFrom: values[at + 1] ?? '' } : {}),
      ...(added === '-' ? {} : { added: Number(added) }),
      ...(removed === '-' ? {} : { removed: Number(removed) }),
    });
    if (renamed) at += 2;
  }
  return files;
}

/** A file's path as Git calls it, or undefined when it is not in the working tree. Its last link is not followed. */
export async function toRepositoryPath(root: string, path: string): Promise<string | undefined> {
  const realRoot = await realpath(root).catch(() => root);
  // A file that was deleted since may have lost its folder too.
  const realFolder = await realpath(dirname(path)).catch(() => undefined);
  const place = realFolder === undefined ? path : join(realFolder, basename(path));
  const base = isInside(realRoot, place) ? realRoot : root;
  return isInside(base, place) && place !== base ? relative(base, place).split(sep).join('/') : undefined;
}

/** The changes of the suspects since the baseline as evidence, with the count of lines of every file first. */
export async function collectDiff(
  repository: RepositoryState,
  baseline: Baseline,
  paths: readonly string[],
  signal: AbortSignal,
  failing: readonly FailingPlace[] = [],
): Promise<Result<CollectedEvidence>> {
  const diff = await diffFrom(repository, baseline, paths, signal, maxDiffBytes, failing);
  if (!diff.ok) return diff;
  const { files, text, omitted } = diff.value;
  const { label } = diff.value.baseline;
  const subject = paths.length === 0 ? 'all files' : paths.length === 1 ? '1 file' : `${paths.length} files`;
  return succeed({
    kind: 'diff',
    title: `Changes since ${label}, ${subject}`,
    source: `git diff of ${basename(repository.root)}, ${label} to the working tree`,
    text:
      files.length === 0
        ? `No change since ${label} in ${subject}.`
        : `${files.map(describeFile).join('\n')}\n\n${text}`,
    ...(omitted === undefined ? {} : { omitted }),
    step: 'regression',
  });
}

function describeFile({ path, renamedFrom, added, removed }: ChangedFile): string {
  const name = renamedFrom === undefined ? path : `${path} (was ${renamedFrom})`;
  return added === undefined || removed === undefined ? `${name}: binary` : `${name}: +${added} -${removed}`;
}
