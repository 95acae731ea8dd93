import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How many extension hosts of a server have activated what starts with them, those that have ended included. */
export async function startedExtensionHosts(logsFolder: string): Promise<number> {
  const logs = await Promise.all((await logFiles(logsFolder)).map((path) => readFile(path, 'utf8')));
  return logs.join('').split('Eager extensions activated').length - 1;
}

/** The log of the extension host that started last, or why there is none; at most its last 200 kB. */
export async function newestExtensionHostLog(logsFolder: string): Promise<string> {
  const paths = await logFiles(logsFolder);
  const dated = await Promise.all(paths.map(async (path) => ({ path, changed: (await stat(path)).mtimeMs })));
  const newest = dated.sort((a, b) => b.changed - a.changed)[0];
  if (newest === undefined) return 'No extension host has written a log.\n';
  return (await readFile(newest.path, 'utf8')).slice(-200_000);
}

async function logFiles(logsFolder: string): Promise<readonly string[]> {
  const files = await readdir(logsFolder, { recursive: true }).catch(() => []);
  return files.filter((path) => path.endsWith('remoteexthost.log')).map((path) => join(logsFolder, path));
}
