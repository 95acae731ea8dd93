import * as vscode from 'vscode';
import { codeLanguage } from '../model/codeLanguage.ts';

/** Opens a listing of a reply as a new, unsaved document, in its language where this editor has it. Runs nothing. */
export async function openCode(code: string, fenceWord: string): Promise<undefined> {
  const language = codeLanguage(fenceWord);
  const known = language !== undefined && (await vscode.languages.getLanguages()).includes(language);
  const document = await vscode.workspace.openTextDocument({
    content: code,
    language: known ? language : 'plaintext',
  });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active });
  return undefined;
}
