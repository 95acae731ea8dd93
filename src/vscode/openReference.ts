import * as vscode from 'vscode';
import type { Failure } from '../model/failure.ts';
import { realPathInside } from '../evidence/confinement.ts';
import { findFile } from './findFile.ts';
import { folderPaths, knownFile } from './workspaceFiles.ts';

/** Opens a file that a reply refers to, at its line. The path is Claude's: it is looked up in the workspace, never taken as it is. */
export async function openReference(path: string, line?: number, column?: number): Promise<Failure | undefined> {
  const found = await findFile(path);
  return found.ok ? show(found.value, line, column) : found.failure;
}

/** Opens a file of an open folder at its line; one that is elsewhere, or that a link leads out to, is refused. */
export async function openPlace(uri: vscode.Uri, line?: number, column?: number): Promise<Failure | undefined> {
  const { path } = knownFile(uri);
  if (uri.scheme !== 'file') return { kind: 'outsideWorkspace', path };
  try {
    if ((await realPathInside(uri.fsPath, folderPaths())) === undefined) return { kind: 'outsideWorkspace', path };
  } catch {
    return { kind: 'fileMissing', path };
  }
  return show(uri, line, column);
}

async function show(uri: vscode.Uri, line?: number, column?: number): Promise<undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = new vscode.Position(clamp(line, document.lineCount) - 1, Math.max(0, (column ?? 1) - 1));
  const selection = line === undefined ? undefined : document.lineAt(at.line).range;
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Active,
    preview: true,
    ...(selection === undefined ? {} : { selection: column === undefined ? selection : new vscode.Range(at, at) }),
  });
  return undefined;
}

function clamp(line: number | undefined, lineCount: number): number {
  return Math.min(Math.max(line ?? 1, 1), Math.max(lineCount, 1));
}
