import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { addProtocolSection, parseDebuggingProtocol } from '../incident/debuggingProtocol.ts';
import type { DebuggingProtocol } from '../incident/debuggingProtocol.ts';
import { houseRules } from '../incident/houseRules.ts';
import type { HouseRule } from '../incident/houseRules.ts';
import type { HouseRules } from '../protocol.ts';
import type { Failure } from '../model/failure.ts';
import { folderPaths } from './workspaceFiles.ts';

const fileName = 'CLAUDE.md';
const maxBytes = 1024 * 1024;

/** The debugging protocol of the first folder's CLAUDE.md; undefined where there is none. */
export async function readProtocol(): Promise<DebuggingProtocol | undefined> {
  const [folder] = folderPaths();
  if (folder === undefined) return undefined;
  const path = join(folder, fileName);
  try {
    return (await stat(path)).size > maxBytes ? undefined : parseDebuggingProtocol(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Its rules, each with the steps that it concerns; none where there is no such section. */
export async function readHouseRules(): Promise<readonly HouseRule[]> {
  const protocol = await readProtocol();
  return protocol === undefined ? [] : houseRules(protocol);
}

/** The same for the panel, with the places that step 7 shows. */
export async function houseRulesForPanel(): Promise<HouseRules | undefined> {
  const protocol = await readProtocol();
  if (protocol === undefined) return undefined;
  const { stagingEnvironment, rollbackCommand } = protocol;
  return {
    path: fileName,
    ...(stagingEnvironment === undefined ? {} : { stagingEnvironment: stagingEnvironment.text }),
    ...(rollbackCommand === undefined ? {} : { rollbackCommand: rollbackCommand.text }),
    lines: houseRules(protocol),
  };
}

/** Folders of the log locations that the protocol names; a location relative to the folder is looked for in it. */
export async function protocolLogFolders(): Promise<readonly string[]> {
  const protocol = await readProtocol();
  const [folder] = folderPaths();
  if (protocol === undefined || folder === undefined) return [];
  return protocol.logLocations.flatMap(({ text }) => {
    if (/^[a-z][a-z\d+.-]+:\/\//i.test(text)) return [];
    const withoutGlob = text.replace(/[^/\\]*[*?{[].*$/, '');
    const place = resolve(folder, withoutGlob === '' ? '.' : withoutGlob);
    return [extname(place) === '' ? place : dirname(place)];
  });
}

/**
 * Adds the section to a new or an existing CLAUDE.md, after showing what changes. The change is one edit, undone by one
 * undo; no other text is touched.
 */
export async function addProtocol(): Promise<Failure | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) return { kind: 'noFolder' };
  const uri = vscode.Uri.joinPath(folder.uri, fileName);
  const before = await textOf(uri);
  const after = addProtocolSection(before ?? '');
  if (after === before) {
    void vscode.window.showInformationMessage('CLAUDE.md has the section “Production Debugging Protocol” already.');
    await vscode.window.showTextDocument(uri);
    return undefined;
  }
  const edit = new vscode.WorkspaceEdit();
  const asked = { label: 'Add the debugging protocol to CLAUDE.md', needsConfirmation: true };
  if (before === undefined) {
    edit.createFile(uri, { contents: new TextEncoder().encode(after) }, asked);
  } else {
    const document = await vscode.workspace.openTextDocument(uri);
    const end = document.lineAt(document.lineCount - 1).range.end;
    // The text starts with what was there: only what is new is inserted.
    edit.insert(uri, end, after.slice(before.length), asked);
  }
  await vscode.workspace.applyEdit(edit);
  return undefined;
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}
