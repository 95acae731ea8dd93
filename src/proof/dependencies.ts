import { copyFile, lstat, mkdir, readdir, realpath, symlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Git, Repository } from './scratch.ts';

/** Folders in which package managers put what a project needs; git ignores them. Build output is not among them. */
const dependencyFolders: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  '.venv',
  'venv',
  'env',
  'vendor',
  'deps',
  'Pods',
  '.bundle',
]);

/** Files without which a package manager would ask the network again, where a project keeps them out of git. */
const lockFiles: ReadonlySet<string> = new Set(['Cargo.lock', 'Gemfile.lock', 'composer.lock', 'go.sum', 'mix.lock']);

/** More than this is no project but a disk. */
const maxFolders = 300;

/** A folder of the user that the scratch copy uses in place. Both paths are absolute. */
export interface LinkedFolder {
  readonly from: string;
  readonly to: string;
}

/** What the copy needs and git does not have: paths relative to the repository's root. */
export interface UntrackedNeeds {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** Finds folders of dependencies and lock files that git does not track. */
export async function linkedFolders(git: Git, { root }: Repository, signal: AbortSignal): Promise<UntrackedNeeds> {
  const args = ['ls-files', '--others', '--directory', '--no-empty-directory', '-z'];
  const listed = await git({ folder: root, args, signal, silenceMs: 60_000 });
  const paths = listed.ok ? listed.value.text.split('\0').filter((path) => path !== '') : [];
  return {
    folders: paths
      .filter((path) => path.endsWith('/'))
      .map((path) => path.slice(0, -1))
      .filter((path) => dependencyFolders.has(basename(path)))
      .slice(0, maxFolders),
    files: paths.filter((path) => lockFiles.has(basename(path))).slice(0, maxFolders),
  };
}

/**
 * Links folders into the copy and copies files. A package of the repository itself that is linked in a `node_modules`
 * (a workspace) must lead to the copy, not to the user's files: such a folder is made anew, entry by entry.
 */
export async function linkDependencies(
  { folders, files }: UntrackedNeeds,
  root: string,
  copy: string,
): Promise<readonly LinkedFolder[]> {
  const linked: LinkedFolder[] = [];
  for (const path of folders) {
    const folder = { from: join(root, path), to: join(copy, path) };
    if (!(await isFree(folder.to))) continue;
    await mkdir(dirname(folder.to), { recursive: true });
    if (basename(path) === 'node_modules') linked.push(...(await linkPackages(folder, root, copy, 0)));
    else linked.push(await link(folder));
  }
  for (const path of files) {
    if (await isFree(join(copy, path))) await copyFile(join(root, path), join(copy, path));
  }
  return linked;
}

/** Links a folder of packages whole, or where a package in it is the repository's own, each of its entries. */
async function linkPackages(
  folder: LinkedFolder,
  root: string,
  copy: string,
  depth: number,
): Promise<readonly LinkedFolder[]> {
  const names = await readdir(folder.from);
  const own = new Map<string, string>();
  const scopes: string[] = [];
  for (const name of names) {
    const from = join(folder.from, name);
    const stats = await lstat(from);
    if (name.startsWith('@') && stats.isDirectory() && depth === 0) scopes.push(name);
    if (!stats.isSymbolicLink()) continue;
    const target = ownPackage(root, await realpath(from).catch(() => ''));
    if (target !== undefined) own.set(name, join(copy, target));
  }
  const inScopes = new Map<string, readonly LinkedFolder[]>();
  for (const scope of scopes) {
    const inner = { from: join(folder.from, scope), to: join(folder.to, scope) };
    if (await holdsOwnPackage(inner.from, root)) inScopes.set(scope, []);
  }
  if (own.size === 0 && inScopes.size === 0) return [await link(folder)];
  await mkdir(folder.to, { recursive: true });
  const linked: LinkedFolder[] = [];
  for (const name of names) {
    const entry = { from: own.get(name) ?? join(folder.from, name), to: join(folder.to, name) };
    if (inScopes.has(name)) linked.push(...(await linkPackages(entry, root, copy, depth + 1)));
    else linked.push(await link(entry));
  }
  return linked;
}

async function holdsOwnPackage(folder: string, root: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!(await lstat(path)).isSymbolicLink()) continue;
    if (ownPackage(root, await realpath(path).catch(() => '')) !== undefined) return true;
  }
  return false;
}

/** Where in the repository a package lies that is its own, and not one that was installed into it. */
function ownPackage(root: string, path: string): string | undefined {
  const from = relative(root, path);
  if (path === '' || from === '' || from.startsWith('..') || isAbsolute(from)) return undefined;
  return from.split(sep).includes('node_modules') ? undefined : from;
}

/** On Windows a junction, which needs no rights and works for folders only; a file is copied there. */
async function link(folder: LinkedFolder): Promise<LinkedFolder> {
  const isFile = (await lstat(folder.from)).isFile();
  if (isFile && process.platform === 'win32') await copyFile(folder.from, folder.to);
  else await symlink(folder.from, folder.to, process.platform === 'win32' ? 'junction' : undefined);
  return folder;
}

async function isFree(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) === undefined;
}
