import * as vscode from 'vscode';
import type { Failure } from '../model/failure.ts';
import { findFile } from './findFile.ts';

/** Opens a file that a reply refers to, at its line. The path is Claude's: it is looked up in the workspace, never taken as it is. */
export async function openReference(path: string, line?: number, column?: number): Promise<Failure | undefined> {
  const found = await findFile(path);
  if (!found.ok) return found.failure;
  const document = await vscode.workspace.openTextDocument(found.value);
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
