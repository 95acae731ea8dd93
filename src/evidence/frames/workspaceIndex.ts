import { opendir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { runGit } from '../git.ts';
import type { WorkspaceFile } from '../workspacePath.ts';

/** Files that are listed at most, of all folders together. */
const maxListedFiles = 200_000;
/** Files that a walk looks at, where git is not asked; it is slower. */
const maxWalkedFiles = 50_000;
const maxWalkMs = 5_000;
const maxListingBytes = 32 * 1024 * 1024;

/** Folders whose files are nobody's own source, which a walk does not enter. */
const skippedFolders: ReadonlySet<string> = new Set(
  `.git .hg .svn node_modules bower_components site-packages dist-packages .venv venv __pycache__ .tox .mypy_cache
  .gradle .idea .next .nuxt .terraform .cache .dart_tool target obj coverage .yarn .pnpm-store _build deps`.split(
    /\s+/,
  ),
);

/** The files of the open folders, found by name in constant time. */
export class WorkspaceIndex {
  readonly roots: readonly string[];
  /** Whether files may be missing: there are too many, or a folder could not be read. */
  readonly listing: 'whole' | 'cut' | 'failed';
  readonly #byName = new Map<string, WorkspaceFile[]>();
  readonly #paths = new Map<string, WorkspaceFile>();
  /** Made when it is first asked for. */
  #byFolder: ReadonlyMap<string, readonly WorkspaceFile[]> | undefined;

  constructor(roots: readonly string[], files: readonly WorkspaceFile[], listing: WorkspaceIndex['listing'] = 'whole') {
    this.roots = roots;
    this.listing = listing;
    for (const file of files) {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1).toLowerCase();
      const same = this.#byName.get(name);
      if (same === undefined) this.#byName.set(name, [file]);
      else same.push(file);
      this.#paths.set(`${file.root}/${file.path}`, file);
    }
  }

  /** The files with this last segment, in any letter case. */
  named(name: string): readonly WorkspaceFile[] {
    return this.#byName.get(name.toLowerCase()) ?? [];
  }

  /** The file at a path below a folder, if it is listed. */
  at(root: string, path: string): WorkspaceFile | undefined {
    return this.#paths.get(`${root}/${path}`);
  }

  /** The files of one folder (`''`: of the root itself), not those below it. */
  inFolder(root: string, folder: string): readonly WorkspaceFile[] {
    const folders = (this.#byFolder ??= groupByFolder(this.#paths.values()));
    return folders.get(`${root}/${folder}`) ?? [];
  }

  get files(): readonly WorkspaceFile[] {
    return [...this.#paths.values()];
  }
}

function groupByFolder(files: Iterable<WorkspaceFile>): ReadonlyMap<string, readonly WorkspaceFile[]> {
  const folders = new Map<string, WorkspaceFile[]>();
  for (const file of files) {
    const folder = `${file.root}/${folderOf(file.path)}`;
    const same = folders.get(folder);
    if (same === undefined) folders.set(folder, [file]);
    else same.push(file);
  }
  return folders;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/**
 * Lists the files of the open folders: what git knows or would add where git may be run, otherwise by walking the folders,
 * within bounds of number and time. A folder that fails costs its own files only. Links are not followed.
 */
export async function indexWorkspace(
  roots: readonly string[],
  { mayRunGit }: { readonly mayRunGit: boolean },
  signal: AbortSignal,
): Promise<WorkspaceIndex> {
  const files: WorkspaceFile[] = [];
  let listing: WorkspaceIndex['listing'] = 'whole';
  for (const root of roots) {
    const found = (mayRunGit ? await listByGit(root, signal) : undefined) ?? (await walk(root, signal));
    if (found.listing !== 'whole') listing = found.listing;
    for (const path of found.paths) {
      if (files.length >= maxListedFiles) return new WorkspaceIndex(roots, files, 'cut');
      files.push({ root, path });
    }
  }
  return new WorkspaceIndex(roots, files, listing);
}

interface Listing {
  readonly paths: readonly string[];
  readonly listing: WorkspaceIndex['listing'];
}

/** Undefined where the folder is in no repository, or git cannot be asked. */
async function listByGit(root: string, signal: AbortSignal): Promise<Listing | undefined> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const listed = await runGit({ folder: root, args, signal, maxBytes: maxListingBytes });
  if (!listed.ok) return undefined;
  const paths = listed.value.text.split('\0').filter((path) => path !== '');
  // The last path may be cut in two.
  return listed.value.cut ? { paths: paths.slice(0, -1), listing: 'cut' } : { paths, listing: 'whole' };
}

async function walk(root: string, signal: AbortSignal): Promise<Listing> {
  const paths: string[] = [];
  const folders = [root];
  const end = performance.now() + maxWalkMs;
  let listing: WorkspaceIndex['listing'] = 'whole';
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    try {
      for await (const entry of await opendir(folder)) {
        if (signal.aborted || paths.length >= maxWalkedFiles || performance.now() > end)
          return { paths, listing: 'cut' };
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (!skippedFolders.has(entry.name)) folders.push(path);
        } else if (entry.isFile()) paths.push(relative(root, path).split(sep).join('/'));
      }
    } catch {
      listing = folder === root ? 'failed' : listing;
    }
  }
  return { paths, listing };
}
