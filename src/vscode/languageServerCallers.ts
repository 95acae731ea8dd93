import * as vscode from 'vscode';
import type { Caller } from '../evidence/callers.ts';
import type { ChangedFunction } from '../evidence/changedFunctions.ts';
import { knownFile } from './workspaceFiles.ts';

/** How long a language server may take for one function, in milliseconds: one that is still loading its project is not waited for. */
const timeLimitMs = 4_000;

/**
 * Who calls a function, by the call hierarchy of the language server, or its references where it has none. Empty where no
 * server answers in time. Places outside the open folders are left out.
 */
export async function languageServerCallers(
  file: string,
  changed: ChangedFunction,
  signal: AbortSignal,
): Promise<readonly Caller[]> {
  const uri = vscode.Uri.file(file);
  const position = new vscode.Position(changed.line - 1, changed.character);
  const called = await inTime(callHierarchy(uri, position, changed.name), signal);
  if (called !== undefined && called.length > 0) return called;
  return (await inTime(references(uri, position, changed), signal)) ?? [];
}

async function callHierarchy(uri: vscode.Uri, position: vscode.Position, of: string): Promise<readonly Caller[]> {
  const items = await vscode.commands.executeCommand<vscode.CallHierarchyItem[] | undefined>(
    'vscode.prepareCallHierarchy',
    uri,
    position,
  );
  const [item] = items ?? [];
  if (item === undefined) return [];
  const calls = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[] | undefined>(
    'vscode.provideIncomingCalls',
    item,
  );
  return (calls ?? [])
    .filter(({ from }) => isInFolder(from.uri))
    .flatMap(({ from, fromRanges }) =>
      fromRanges.map((range) => ({ of, path: knownFile(from.uri).path, line: range.start.line + 1, in: from.name })),
    );
}

async function references(
  uri: vscode.Uri,
  position: vscode.Position,
  { name, line }: ChangedFunction,
): Promise<readonly Caller[]> {
  const places = await vscode.commands.executeCommand<vscode.Location[] | undefined>(
    'vscode.executeReferenceProvider',
    uri,
    position,
  );
  return (places ?? [])
    .filter(
      ({ uri: of, range }) => isInFolder(of) && !(of.toString() === uri.toString() && range.start.line === line - 1),
    )
    .map(({ uri: of, range }) => ({ of: name, path: knownFile(of).path, line: range.start.line + 1 }));
}

function isInFolder(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** Undefined where the work takes too long, fails or is cancelled. Commands of the editor cannot be stopped, only left. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve) => {
    const leave = (): void => resolve(undefined);
    const timer = setTimeout(leave, timeLimitMs);
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, leave).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
    });
  });
}
