import { dirname, extname, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { documentScheme } from '../contributions.ts';
import { realPathInside } from '../evidence/confinement.ts';
import { readTextFile } from '../evidence/textFile.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { Documents } from './documents.ts';
import { addProtocolSection, parseDebuggingProtocol } from '../incident/debuggingProtocol.ts';
import type { DebuggingProtocol } from '../incident/debuggingProtocol.ts';
import { houseRules } from '../incident/houseRules.ts';
import type { HouseRule } from '../incident/houseRules.ts';
import type { HouseRules } from '../protocol.ts';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { withoutLinks } from '../wording.ts';
import { folderPaths } from './workspaceFiles.ts';

const fileName = 'CLAUDE.md';

/** Where Claude Code looks for a project's own, the first with the section first. */
const places: readonly string[] = [fileName, `.claude/${fileName}`];

/** A protocol, and where it was read. */
export interface FolderProtocol extends DebuggingProtocol {
  /** From the folder: `CLAUDE.md`. */
  readonly path: string;
}

/**
 * The debugging protocol of the first folder's CLAUDE.md; undefined where there is none. What a folder says that is not
 * trusted is not applied, and a link that leads out of it is not followed.
 */
export async function readProtocol(): Promise<FolderProtocol | undefined> {
  const [folder] = folderPaths();
  if (folder === undefined || !vscode.workspace.isTrusted) return undefined;
  const signal = AbortSignal.timeout(10_000);
  for (const path of places) {
    const read = await readTextFile({ path: join(folder, path), displayPath: path, roots: [folder], signal });
    const protocol = read.ok ? parseDebuggingProtocol(read.value.text) : undefined;
    if (protocol !== undefined) return { ...protocol, path };
  }
  return undefined;
}

/** Its rules, each with the steps that it concerns; none where there is no such section. */
export async function readHouseRules(): Promise<readonly HouseRule[]> {
  const protocol = await readProtocol();
  return protocol === undefined ? [] : houseRules(protocol);
}

/** The rules of a protocol for the panel, with the places that step 7 shows. A line that cannot be redacted is left out. */
export async function houseRulesForPanel(
  protocol: FolderProtocol | undefined,
  redactor: Redactor | undefined,
): Promise<HouseRules | undefined> {
  if (protocol === undefined || redactor === undefined) return undefined;
  const hidden = async (text: string | undefined): Promise<string | undefined> => {
    const redacted = text === undefined ? undefined : await redactor.redact(text, { what: protocol.path });
    return redacted?.ok === true ? redacted.value.text : undefined;
  };
  const stagingEnvironment = await hidden(protocol.stagingEnvironment?.text);
  const rollbackCommand = await hidden(protocol.rollbackCommand?.text);
  const lines: HouseRules['lines'][number][] = [];
  for (const rule of houseRules(protocol)) {
    const text = await hidden(rule.text);
    if (text !== undefined) lines.push({ ...rule, text });
  }
  return {
    path: protocol.path,
    ...(stagingEnvironment === undefined ? {} : { stagingEnvironment }),
    ...(rollbackCommand === undefined ? {} : { rollbackCommand }),
    lines,
  };
}

/** Folders of the log locations that a protocol names; a location relative to the folder is looked for in it. */
export function protocolLogFolders(protocol: DebuggingProtocol | undefined): readonly string[] {
  const [folder] = folderPaths();
  if (protocol === undefined || folder === undefined) return [];
  return protocol.logLocations.flatMap(({ text }) => {
    // Nor is a share of the network looked at: Windows would sign in to its host.
    if (/^(?:[a-z][a-z\d+.-]+:\/\/|[\\/]{2})/i.test(text)) return [];
    const withoutGlob = text.replace(/[^/\\]*[*?{[].*$/, '');
    const place = resolve(folder, withoutGlob === '' ? '.' : withoutGlob);
    return [extname(place) === '' ? place : dirname(place)];
  });
}

/**
 * Adds the section to a new or an existing CLAUDE.md, after showing the change in the diff editor. The change is one
 * edit, undone by one undo; no other text is touched.
 */
export async function addProtocol(documents: Documents): Promise<Failure | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) return { kind: 'noFolder' };
  const uri = vscode.Uri.joinPath(folder.uri, fileName);
  const there = await readProtocol();
  if (there !== undefined) return showThere(vscode.Uri.joinPath(folder.uri, there.path), there.path);
  const before = await textOf(uri);
  if (before !== undefined && (await realPathInside(uri.fsPath, folderPaths())) === undefined)
    return { kind: 'outsideWorkspace', path: fileName };
  const after = addProtocolSection(before ?? '');
  // In a folder that is not trusted nothing was read before.
  if (after === before) return showThere(uri, fileName);
  const [left, right] = [t('before'), t('with the protocol')].map((query) =>
    vscode.Uri.from({ scheme: documentScheme, path: `/protocol/${fileName}`, query }),
  );
  if (left === undefined || right === undefined) return undefined;
  documents.provide(left, before ?? '');
  documents.provide(right, after);
  await vscode.commands.executeCommand('vscode.diff', left, right, 'CLAUDE.md: add the debugging protocol');
  const add = t('Add the Section');
  const chosen = await vscode.window.showInformationMessage(t('Add this section to CLAUDE.md?'), add, t('Cancel'));
  if (chosen !== add) return undefined;
  return (await append(uri, before, after))
    ? undefined
    : { kind: 'unreadableFile', path: fileName, code: t('not written') };
}

async function showThere(uri: vscode.Uri, path: string): Promise<undefined> {
  void vscode.window.showInformationMessage(
    withoutLinks(t('{0} has the section “Production Debugging Protocol” already.', path)),
  );
  await vscode.window.showTextDocument(uri);
  return undefined;
}

/** Writes what is new at the end; the text starts with what was there. */
async function append(uri: vscode.Uri, before: string | undefined, after: string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  if (before === undefined) {
    edit.createFile(uri, { contents: new TextEncoder().encode(after) });
    return vscode.workspace.applyEdit(edit);
  }
  const document = await vscode.workspace.openTextDocument(uri);
  // Somebody wrote in it while the change was looked at: it is not the change that was agreed to.
  if (document.getText() !== before) return false;
  edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, after.slice(before.length));
  return (await vscode.workspace.applyEdit(edit)) && document.save();
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}
