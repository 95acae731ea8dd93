import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isEnvironmentValuesFile } from '../model/suspect.ts';

/** Bounds of the search: a repository of hundreds of thousands of files costs no more than this. */
const deepest = 8;
const mostFolders = 5_000;
const mostFiles = 100;
/** Of a longer file the head is read. */
const mostBytes = 1024 * 1024;

/** Folders of dependencies and build results: theirs are not the user's values. */
const skipped =
  /^(?:node_modules|\.git|\.hg|\.svn|dist|build|out|target|vendor|\.venv|venv|site-packages|__pycache__|\.next|\.nuxt|\.cache|\.gradle|\.terraform|coverage|bower_components|Pods|DerivedData)$/;

/**
 * The texts of the files of environment values (`.env`, `.env.production`, `app.env`, `.envrc`) in a folder and those below it. Whatever
 * cannot be read is left out. The editor's own search is not asked, since a repository can hide files from it by its settings.
 */
export async function readEnvironmentFiles(folder: string, signal?: AbortSignal): Promise<string[]> {
  const texts: string[] = [];
  let folders: string[] = [folder];
  let seen = 0;
  for (let depth = 0; depth <= deepest && folders.length > 0; depth += 1) {
    const below: string[] = [];
    for (const path of folders) {
      seen += 1;
      if (seen > mostFolders || signal?.aborted === true) return texts;
      // What is linked to is followed for a file and not for a folder, which may lead round in circles.
      for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
        if (entry.isDirectory()) {
          if (!skipped.test(entry.name)) below.push(join(path, entry.name));
        } else if (isEnvironmentValuesFile(entry.name) && texts.length < mostFiles) {
          const text = await head(join(path, entry.name));
          if (text !== undefined) texts.push(text);
        }
      }
    }
    folders = below;
  }
  return texts;
}

async function head(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      if (!(await file.stat()).isFile()) return undefined;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
