import type { BadPathReason } from '../model/editProblem.ts';
import { isGitFolder } from '../model/gitFolder.ts';

/** Longest path of an edit, in UTF-16 units: beyond it lie only mistakes. */
const maxPathLength = 500;

/**
 * Device names of Windows, which mean no file there whatever ends them (`nul.txt`); from Microsoft's “Naming Files,
 * Paths, and Namespaces”.
 */
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;

/** Characters that no path of source code needs: separators of other systems, streams, wildcards, controls, directions. */
const unusable = /[\\:*?"<>|\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/**
 * What is wrong with the path of an edit, by its text alone; undefined where it may be looked up. A path is relative to
 * a folder of the workspace, with `/`, without `.` and `..`. What is refused on one system is refused on all: a fix that
 * was checked here may be applied elsewhere.
 */
export function badPath(path: string): BadPathReason | undefined {
  if (path.length > maxPathLength) return 'long';
  if (/^(?:[/\\~]|[A-Za-z]:)/.test(path)) return 'absolute';
  const segments = path.split(/[/\\]/);
  if (segments.some((segment) => /^\.\.[. ]*$/.test(segment))) return 'parent';
  if (segments.some(isGitFolder)) return 'git';
  if (unusable.test(path) || segments.some((segment) => segment === '' || segment === '.')) return 'characters';
  return segments.some((segment) => deviceName.test(segment) || /[. ]$/.test(segment)) ? 'reserved' : undefined;
}

/** A folder of the workspace. */
export interface WorkspaceRoot {
  /** Absolute. */
  readonly folder: string;
  /** What the editor calls it: the first part of its files' paths where several folders are open. */
  readonly name: string;
  /** Where it is in its repository, as `packages/shop`; empty at its top or where that is not known. */
  readonly prefix: string;
}

/** A file in a folder of the workspace; `path` is relative to it, with `/`. */
export interface Place {
  readonly root: WorkspaceRoot;
  readonly path: string;
}

/**
 * What a path may mean, the likeliest first: from a folder of the workspace, with the folder's own name in front where
 * several are open, or from the top of its repository, as diffs and searches write it.
 */
export function possiblePlaces(path: string, roots: readonly WorkspaceRoot[]): readonly Place[] {
  const places = roots.map((root): Place => ({ root, path }));
  const named = roots.flatMap((root): Place[] =>
    roots.length > 1 && path.startsWith(`${root.name}/`) ? [{ root, path: path.slice(root.name.length + 1) }] : [],
  );
  const fromTop = roots.flatMap((root): Place[] =>
    root.prefix !== '' && path.startsWith(`${root.prefix}/`)
      ? [{ root, path: path.slice(root.prefix.length + 1) }]
      : [],
  );
  return [...named, ...places, ...fromTop];
}
