import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { readStart } from '../evidence/openFile.ts';
import { foldersOnDisk } from '../fix/place.ts';
import type { WorkspaceRoot } from '../fix/editPath.ts';
import type { EditorText, FixWorld } from '../investigation/fixWorld.ts';

/** The window as far as the edits of a fix need it. Git is asked, so the folder must be trusted. */
export async function fixWorld(signal: AbortSignal): Promise<FixWorld> {
  const { gitStanding } = await import('../evidence/gitStanding.ts');
  return {
    roots: await workspaceRoots(signal),
    folders: foldersOnDisk,
    bytes: readStart,
    editorText: async (path) => editorText(await vscode.workspace.openTextDocument(vscode.Uri.file(path))),
    standing: (path, folder) => gitStanding({ path, folder }, signal),
  };
}

/** A document's text with what tells whether a plan still fits it. */
function editorText(document: vscode.TextDocument): EditorText {
  return {
    text: document.getText(),
    version: document.version,
    unsaved: document.isDirty,
    unicode: /^utf-?(?:8|16)/i.test(document.encoding),
  };
}

async function workspaceRoots(signal: AbortSignal): Promise<readonly WorkspaceRoot[]> {
  const { openRepository } = await import('../evidence/git.ts');
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const roots: WorkspaceRoot[] = [];
  for (const { name, uri } of folders) {
    const repository = await openRepository(uri.fsPath, signal);
    const prefix = repository.ok ? relative(repository.value.root, uri.fsPath).split(sep).join('/') : '';
    roots.push({ folder: uri.fsPath, name, prefix: prefix.startsWith('..') ? '' : prefix });
  }
  return roots;
}
