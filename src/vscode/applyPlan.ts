import * as vscode from 'vscode';
import type { FixPlan, PlannedFile } from '../investigation/planFix.ts';
import type { Failure } from '../model/failure.ts';

/** How a plan is applied: `eachConfirmed` in the editor's refactor preview, where every change is ticked by hand. */
export interface ApplyOptions {
  readonly eachConfirmed: boolean;
  /** What is shown beside each change in that preview. */
  readonly label: string;
}

/**
 * Applies a plan as one edit of the workspace. Open editors are edited as they are, unsaved changes included, and one
 * undo takes all of it back. Where a file has changed since it was planned for, nothing is applied. A part of a fix is
 * not the fix: where changes were left out in the preview, what was applied is taken back and told.
 */
export async function applyPlan(plan: FixPlan, options: ApplyOptions): Promise<Failure | undefined> {
  const stale = await changedSince(plan);
  if (stale.length > 0) return { kind: 'changedSince', paths: stale };
  // What it answers does not tell a preview that was closed from one in which a part was left out: the files do.
  await vscode.workspace.applyEdit(await planEdit(plan, options));
  const states = await Promise.all(plan.files.map((file) => stateOf(file)));
  if (states.every((state) => state === 'after')) {
    await saveWhatWasSaved(plan);
    return undefined;
  }
  const changed = plan.files.filter((_, index) => states[index] !== 'before');
  if (changed.length === 0) return { kind: 'notApplied' };
  await takeBack(changed);
  return { kind: 'takenBack', paths: changed.map(({ path }) => path) };
}

/** The files that are not as they were when the plan was made. */
async function changedSince({ files }: FixPlan): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const file of files) {
    const isSame = (await stateOf(file)) === 'before';
    const open = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === vscode.Uri.file(file.place).toString(),
    );
    if (!isSame || (file.now !== undefined && open !== undefined && open.version !== file.now.version)) {
      changed.push(file.path);
    }
  }
  return changed;
}

async function planEdit({ files }: FixPlan, { eachConfirmed, label }: ApplyOptions): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  // The preview leaves what needs confirmation unticked.
  const metadata = eachConfirmed ? { needsConfirmation: true, label } : undefined;
  for (const { place, now, after, changes } of files) {
    const uri = vscode.Uri.file(place);
    if (now === undefined) {
      edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents: Buffer.from(after, 'utf8') }, metadata);
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    for (const { start, end, text } of changes) {
      edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text, metadata);
    }
  }
  return edit;
}

/** How a file is, compared with what it was and with what it should become; line ends are the editor's. */
export async function stateOf({ place, now, after }: PlannedFile): Promise<'before' | 'after' | 'other'> {
  const text = await currentText(vscode.Uri.file(place));
  if (text === undefined) return now === undefined ? 'before' : 'other';
  if (sameText(text, after)) return 'after';
  return now !== undefined && sameText(text, now.text) ? 'before' : 'other';
}

/** A file's text in the editor; undefined where there is no such file. */
async function currentText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

function sameText(one: string, other: string): boolean {
  return one === other || one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

/** Saves what had no unsaved changes before, where the user lets refactorings be saved. Theirs are left unsaved. */
async function saveWhatWasSaved({ files }: FixPlan): Promise<void> {
  if (vscode.workspace.getConfiguration('files').get<unknown>('refactoring.autoSave') === false) return;
  for (const { place, now } of files) {
    if (now?.unsaved === true) continue;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(place));
    if (document.isDirty) await document.save();
  }
}

async function takeBack(files: readonly PlannedFile[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { place, now } of files) {
    const uri = vscode.Uri.file(place);
    if (now === undefined) {
      edit.deleteFile(uri, { ignoreIfNotExists: true });
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const whole = new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
    edit.replace(uri, whole, now.text);
  }
  await vscode.workspace.applyEdit(edit);
  await saveWhatWasSaved({ files: files.filter(({ now }) => now !== undefined) });
}
