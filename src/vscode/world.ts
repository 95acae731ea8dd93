import * as vscode from 'vscode';
import type { InvestigationWorld } from '../investigation/world.ts';
import { folderPaths } from './workspaceFiles.ts';

/** What finding the repository of an incident needs of the editor. */
export const repositoryWorld: Pick<InvestigationWorld, 'trusted' | 'folders' | 'pathOf' | 'folderOf'> = {
  trusted: () => vscode.workspace.isTrusted,
  folders: folderPaths,
  pathOf: (uri) => vscode.Uri.parse(uri, true).fsPath,
  folderOf: (uri) => vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri, true))?.uri.fsPath,
};
