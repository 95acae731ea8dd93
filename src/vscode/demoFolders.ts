import * as vscode from 'vscode';

/** A folder that a demo was written into. */
export interface DemoFolder {
  readonly name: string;
  readonly title: string;
  /** Its incident is still to be started, by the window that opens it. */
  readonly toBegin: boolean;
}

/** Demo folders by their path, over all windows. */
const foldersKey = 'incidentPanel.demoFolders';

/** The folder of this window, where a demo was written into it. */
export function demoHere(memento: vscode.Memento): (DemoFolder & { readonly folder: string }) | undefined {
  const folder = currentFolder();
  const demo = folder === undefined ? undefined : foldersIn(memento).get(folder);
  return folder === undefined || demo === undefined ? undefined : { ...demo, folder };
}

export async function rememberDemo(memento: vscode.Memento, path: string, demo: DemoFolder): Promise<void> {
  await memento.update(foldersKey, Object.fromEntries(foldersIn(memento).set(path, demo)));
}

export function currentFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}

function foldersIn(memento: vscode.Memento): Map<string, DemoFolder> {
  const kept = memento.get<unknown>(foldersKey);
  const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
  return new Map(entries.flatMap(([path, folder]) => (isDemoFolder(folder) ? [[path, folder]] : [])));
}

function isDemoFolder(value: unknown): value is DemoFolder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'title' in value &&
    typeof value.title === 'string' &&
    'toBegin' in value &&
    typeof value.toBegin === 'boolean'
  );
}
