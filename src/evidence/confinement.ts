import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Whether a path is a folder itself or lies in it, by its text alone: links are not followed. */
export function isInside(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from === '' || (from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from));
}

/**
 * The real place of a path, when that lies in one of the given roots; undefined when a link or `..` leads out of them.
 * A share of the network (`\\host\share`) that is in none of them is not even looked at: Windows would sign in to its host.
 * Throws the system's error when the path does not exist.
 */
export async function realPathInside(path: string, roots: readonly string[]): Promise<string | undefined> {
  if (/^[\\/]{2}/.test(path) && !roots.some((root) => isInside(root, path))) return undefined;
  const real = await realpath(resolve(path));
  for (const root of roots) {
    // A root may itself be a link, and one that is gone confines nothing.
    const realRoot = await realpath(root).catch(() => undefined);
    if (realRoot !== undefined && isInside(realRoot, real)) return real;
  }
  return undefined;
}
