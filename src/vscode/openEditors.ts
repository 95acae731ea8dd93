import * as vscode from 'vscode';
import { isEnvironmentValuesFile, maxSuspects } from '../model/suspect.ts';
import type { OfferedFile } from '../protocol.ts';
import { knownFile } from './workspaceFiles.ts';

/**
 * Open editors that may be taken as suspects: at most three, the active one first. Offered, never sent unasked, and
 * never a file of environment values or one outside the folder.
 */
export function offeredEditors(suspectUris: ReadonlySet<string>): readonly OfferedFile[] {
  const active = vscode.window.tabGroups.activeTabGroup.activeTab;
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
  const files = [...(active === undefined ? [] : [active]), ...tabs].flatMap((tab) => {
    if (!(tab.input instanceof vscode.TabInputText)) return [];
    const { uri } = tab.input;
    return uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined ? [knownFile(uri)] : [];
  });
  const distinct = [...new Map(files.map((file) => [file.uri, file])).values()];
  return distinct
    .filter(({ uri, path }) => !suspectUris.has(uri) && !isEnvironmentValuesFile(path))
    .slice(0, maxSuspects);
}
