import { isEnvironmentValuesFile } from '../model/suspect.ts';
import { ImportResolver } from './frames/importResolver.ts';
import { importedPaths } from './frames/importedFiles.ts';
import type { WorkspaceIndex } from './frames/workspaceIndex.ts';
import { readTextFile } from './textFile.ts';
import type { WorkspaceFile } from './workspacePath.ts';

/** A file that another one imports. */
export interface ImportedFile {
  readonly file: WorkspaceFile;
  readonly text: string;
}

/** Files followed at most, and how deep: enough for a service's configuration, little enough to be instant. */
const maxFiles = 40;
const maxDepth = 2;
const maxBytes = 256 * 1024;

/**
 * The files of the workspace that source files import, or read their settings from, and those that these import in turn;
 * of Go also the other files of their own packages. Read to find names in them: their text is not evidence and goes
 * nowhere. A file that cannot be read is passed over, one of environment values is never read.
 */
export async function localImports(
  files: readonly WorkspaceFile[],
  index: WorkspaceIndex,
  signal: AbortSignal,
): Promise<readonly ImportedFile[]> {
  const read = async ({ root, path }: WorkspaceFile): Promise<string> => {
    const text = await readTextFile({ path: `${root}/${path}`, displayPath: path, roots: index.roots, signal });
    return text.ok && text.value.text.length <= maxBytes ? text.value.text : '';
  };
  const resolver = new ImportResolver(index, read);
  const seen = new Set(files.map(keyOf));
  const found: ImportedFile[] = [];
  let level: readonly ImportedFile[] = await Promise.all(files.map(async (file) => ({ file, text: await read(file) })));
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const next: ImportedFile[] = [];
    for (const { file: from, text } of level) {
      const targets = depth === 0 ? packageOf(from, index) : [];
      for (const imported of importedPaths(from.path, text)) {
        if (signal.aborted) return found;
        targets.push(...(await resolver.resolve({ imported, from, text })));
      }
      for (const file of targets) {
        if (signal.aborted || found.length >= maxFiles) return found;
        if (seen.has(keyOf(file)) || isEnvironmentValuesFile(file.path)) continue;
        seen.add(keyOf(file));
        const imported = { file, text: await read(file) };
        if (imported.text === '') continue;
        found.push(imported);
        next.push(imported);
      }
    }
    level = next;
  }
  return found;
}

/** The files of a Go file's own package see each other without an import. */
function packageOf({ root, path }: WorkspaceFile, index: WorkspaceIndex): WorkspaceFile[] {
  if (!path.endsWith('.go')) return [];
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return index
    .inFolder(root, folder)
    .filter((file) => file.path.endsWith('.go') && !file.path.endsWith('_test.go') && file.path !== path);
}

function keyOf({ root, path }: WorkspaceFile): string {
  return `${root}/${path}`;
}
