import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isEnvironmentValuesFile } from '../model/suspect.ts';

const maxFiles = 50;
const maxBytes = 256 * 1024;

/**
 * The texts of the workspace's files of environment values, for redaction alone: their values are hidden wherever they
 * turn up. One that cannot be read has nothing to hide that could be read elsewhere either.
 */
export async function environmentValueTexts(): Promise<readonly string[]> {
  const uris = await vscode.workspace.findFiles('**/{.env*,*.env,*.env.*}', '**/{node_modules,.git}/**', maxFiles);
  const texts: string[] = [];
  for (const { fsPath } of uris.filter(({ path }) => isEnvironmentValuesFile(path))) {
    try {
      if ((await stat(fsPath)).size <= maxBytes) texts.push(await readFile(fsPath, 'utf8'));
    } catch {
      continue;
    }
  }
  return texts;
}
