import { lstat, readdir } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import type { EditObstacle } from '../model/editProblem.ts';
import { errorCode } from '../model/failure.ts';

/** What is at a path, links not followed. */
export interface Entry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly bytes: number;
}

/** The file system as far as a place needs it. Both throw the system's error, except for what does not exist. */
export interface FolderReader {
  readonly entry: (path: string) => Promise<Entry | undefined>;
  /** The names in a folder, as they are on disk. */
  readonly names: (path: string) => Promise<readonly string[]>;
}

export type PlaceOnDisk =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: number }
  /** Nothing is there; `parent` is the nearest folder above it that exists. */
  | { readonly kind: 'nothing'; readonly path: string; readonly parent: string }
  | { readonly kind: 'refused'; readonly obstacle: EditObstacle };

/**
 * What is at a path below a folder, looked at part by part: no part may be a link, and each must be called on disk as it
 * is written, so that no other letter case, short name or form of a character leads to a file that is not named.
 * `path` has passed `badPath`.
 */
export async function placeOnDisk(folder: string, path: string, reader: FolderReader): Promise<PlaceOnDisk> {
  const parts = path.split('/');
  let above = folder;
  try {
    for (const [index, part] of parts.entries()) {
      const here = `${above}/${part}`;
      const shown = parts.slice(0, index + 1).join('/');
      const entry = await reader.entry(here);
      if (entry === undefined) return { kind: 'nothing', path: `${folder}/${path}`, parent: above };
      const names = await reader.names(above);
      if (!names.some((name) => name.normalize('NFC') === part.normalize('NFC'))) {
        return refused({ kind: 'otherName', at: shown });
      }
      if (entry.kind === 'link') return refused({ kind: 'link', at: shown });
      const isLast = index === parts.length - 1;
      if (entry.kind !== (isLast ? 'file' : 'folder')) return refused({ kind: 'notAFile', at: shown });
      if (isLast) return { kind: 'file', path: here, bytes: entry.bytes };
      above = here;
    }
    return refused({ kind: 'fileMissing' });
  } catch (error) {
    return refused({ kind: 'unreadable', code: errorCode(error) });
  }
}

function refused(obstacle: EditObstacle): PlaceOnDisk {
  return { kind: 'refused', obstacle };
}

/** The folders of this machine. */
export const foldersOnDisk: FolderReader = {
  entry: async (path) => {
    try {
      const stats = await lstat(path);
      return { kind: kindOf(stats), bytes: stats.size };
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  },
  names: (path) => readdir(path),
};

function kindOf(stats: Stats): Entry['kind'] {
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}
