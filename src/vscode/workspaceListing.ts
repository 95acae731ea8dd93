import * as vscode from 'vscode';
import { indexWorkspace } from '../evidence/frames/workspaceIndex.ts';
import type { WorkspaceIndex } from '../evidence/frames/workspaceIndex.ts';
import { folderPaths } from './workspaceFiles.ts';

/** How long a list of the folders' files is good for, in milliseconds: a file that was made meanwhile is found a little later. */
const lifetimeMs = 60_000;

let kept: { readonly of: string; readonly madeAt: number; readonly files: WorkspaceIndex } | undefined;

/** The files of the window's folders: listed once a minute, and anew for other folders or when the window is trusted. */
export async function listWorkspace(signal: AbortSignal): Promise<WorkspaceIndex> {
  const roots = folderPaths();
  const mayRunGit = vscode.workspace.isTrusted;
  const of = JSON.stringify([roots, mayRunGit]);
  if (kept !== undefined && kept.of === of && Date.now() - kept.madeAt < lifetimeMs) return kept.files;
  const files = await indexWorkspace(roots, { mayRunGit }, signal);
  if (!signal.aborted) kept = { of, madeAt: Date.now(), files };
  return files;
}

/** The next list is made anew. */
export function forgetWorkspaceListing(): void {
  kept = undefined;
}
