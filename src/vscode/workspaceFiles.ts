import { basename } from 'node:path';
import * as vscode from 'vscode';
import { checkSuspect, readTextFile } from '../evidence/textFile.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import type { Suspect } from '../model/suspect.ts';

/** A file of the window, as the incident knows it. */
export type KnownFile = Pick<Suspect, 'uri' | 'path'>;

/** Absolute paths of the window's folders that are on this machine. */
export function folderPaths(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}

/** A file's URI and the path that people call it by: relative to its folder, with the folder's name where there are several. */
export function knownFile(uri: vscode.Uri): KnownFile {
  return { uri: uri.toString(), path: vscode.workspace.asRelativePath(uri).replaceAll('\\', '/') };
}

/** Whether a file may become a suspect, and if not, why. */
export async function refuseSuspect(uri: vscode.Uri, signal: AbortSignal): Promise<Failure | undefined> {
  if (folderPaths().length === 0) return { kind: 'noFolder' };
  const { path } = knownFile(uri);
  if (uri.scheme !== 'file') return { kind: 'outsideWorkspace', path: basename(uri.path) };
  const checked = await checkSuspect({ path: uri.fsPath, displayPath: path, roots: folderPaths(), signal });
  return checked.ok ? undefined : checked.failure;
}

/**
 * A suspect's text as evidence: what is in the open editor where it has unsaved changes, since that is what the user
 * sees, otherwise what is on disk. The file on disk decides whether it may be read at all.
 */
export async function readSuspect(suspect: Suspect, signal: AbortSignal): Promise<Result<CollectedEvidence>> {
  const uri = vscode.Uri.parse(suspect.uri, true);
  const onDisk = await readTextFile({ path: uri.fsPath, displayPath: suspect.path, roots: folderPaths(), signal });
  if (!onDisk.ok) return fail(onDisk.failure);
  const unsaved = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === suspect.uri,
  );
  return succeed({
    kind: 'file',
    title: `${suspect.path} (${suspect.role})`,
    source: unsaved === undefined ? suspect.path : `${suspect.path}, with unsaved changes`,
    uri: suspect.uri,
    text: unsaved?.getText().replaceAll('\r\n', '\n') ?? onDisk.value.text,
    firstLine: 1,
  });
}

/** Sizes of files in bytes, as far as they can be told, by their URI. */
export async function fileSizes(files: readonly Pick<KnownFile, 'uri'>[]): Promise<ReadonlyMap<string, number>> {
  const sizes = await Promise.all(
    files.map(async ({ uri }): Promise<readonly [string, number][]> => {
      try {
        return [[uri, (await vscode.workspace.fs.stat(vscode.Uri.parse(uri, true))).size]];
      } catch {
        return [];
      }
    }),
  );
  return new Map(sizes.flat());
}
