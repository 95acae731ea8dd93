import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { settingsSection } from '../contributions.ts';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { readSetting } from './settings.ts';
import { folderPaths } from './workspaceFiles.ts';

/** Folders that are looked through at most. */
const maxFolders = 20;

/** Absolute paths of the folders in which source maps are looked for; a relative one is below each open folder. */
export function sourceMapFolders(): readonly string[] {
  const configured = readSetting('sourceMapFolders', isTextList) ?? [];
  return configured
    .slice(0, maxFolders)
    .flatMap((folder) => (isAbsolute(folder) ? [folder] : folderPaths().map((root) => join(root, folder))));
}

/** Lets the user point at a folder with source maps, such as a build's output that is kept elsewhere. */
export async function chooseSourceMapFolder(): Promise<Failure | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: t('Folder with Source Maps'),
    openLabel: t('Use Its Maps'),
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
  });
  const path = chosen?.[0]?.fsPath;
  if (path === undefined) return { kind: 'cancelled' };
  const folders = readSetting('sourceMapFolders', isTextList) ?? [];
  if (folders.includes(path)) return undefined;
  const target = folderPaths().length === 0 ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration(settingsSection).update('sourceMapFolders', [...folders, path], target);
  return undefined;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one.trim() !== '');
}
