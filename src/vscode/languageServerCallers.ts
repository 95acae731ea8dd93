import * as vscode from 'vscode';
import type { Caller, LanguageServerAnswer } from '../evidence/callers.ts';
import type { ChangedFunction } from '../evidence/changedFunctions.ts';
import { knownFile } from './workspaceFiles.ts';

/** How long a language server may take for one function, in milliseconds: one that is still loading its project is not waited for. */
const timeLimitMs = 4_000;

/** Where callers count, and how long each question may take. */
export interface CallerLimits {
  readonly isInFolder: (uri: vscode.Uri) => boolean;
  readonly timeLimitMs: number;
}

const usualLimits: CallerLimits = {
  isInFolder: (uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined,
  timeLimitMs,
};

/**
 * Who calls a function, by the call hierarchy of the language server, or its references where it has none. Places outside
 * the open folders are left out. One that does not answer in time is left to itself, and that is told.
 */
export async function languageServerCallers(
  file: string,
  changed: ChangedFunction,
  signal: AbortSignal,
  { isInFolder, timeLimitMs: limit }: CallerLimits = usualLimits,
): Promise<LanguageServerAnswer> {
  const uri = vscode.Uri.file(file);
  const position = new vscode.Position(changed.line - 1, changed.character);
  const called = await inTime(callHierarchy(uri, position, changed.name, isInFolder), limit, signal);
  if (called.kind === 'answered' && called.callers.length > 0) return called;
  const referred = await inTime(references(uri, position, changed, isInFolder), limit, signal);
  if (referred.kind === 'answered' && referred.callers.length > 0) return referred;
  return called.kind === 'answered' ? referred : called;
}

async function callHierarchy(
  uri: vscode.Uri,
  position: vscode.Position,
  of: string,
  isInFolder: CallerLimits['isInFolder'],
): Promise<readonly Caller[]> {
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
  isInFolder: CallerLimits['isInFolder'],
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

/** Commands of the editor cannot be stopped, only left. */
function inTime(work: Promise<readonly Caller[]>, limitMs: number, signal: AbortSignal): Promise<LanguageServerAnswer> {
  return new Promise((resolve) => {
    const leave = (): void => resolve({ kind: 'late' });
    const timer = setTimeout(leave, limitMs);
    signal.addEventListener('abort', leave, { once: true });
    work
      .then(
        (callers) => resolve({ kind: 'answered', callers }),
        () => resolve({ kind: 'failed' }),
      )
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
      });
  });
}
