import * as vscode from 'vscode';
import { declarationSource } from '../evidence/environmentDeclarations.ts';
import type { EnvironmentDeclaration } from '../evidence/environmentDeclarations.ts';
import { environmentEvidence, environmentTable, readDeclaredNames } from '../evidence/environmentVariables.ts';
import { localImports } from '../evidence/localImports.ts';
import { readTextFile } from '../evidence/textFile.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Suspect } from '../model/suspect.ts';
import { folderPaths, knownFile } from './workspaceFiles.ts';

/** Where names of environment variables are declared; `declarationSource` decides, this only narrows the search. */
const declaringFiles =
  '**/{*.env*,.env*,*compose*.y*ml,Dockerfile*,*.dockerfile,*.y*ml,*.properties,*.toml,Procfile,app.json}';
const maxDeclaringFiles = 200;

/**
 * The table of step 4: the environment variables that the suspects and the local files they import read, and where
 * each is declared. Names and places only; no value leaves the functions that read them.
 */
export async function findEnvironment(
  suspects: readonly Suspect[],
  signal: AbortSignal,
): Promise<Result<readonly CollectedEvidence[]>> {
  const roots = folderPaths();
  const sources: { path: string; text: string }[] = [];
  const paths: string[] = [];
  for (const { uri, path } of suspects) {
    const file = vscode.Uri.parse(uri, true).fsPath;
    const text = await readTextFile({ path: file, displayPath: path, roots, signal });
    if (!text.ok) return text;
    paths.push(file);
    sources.push({ path, text: text.value.text });
  }
  for (const { path, text } of await localImports(paths, roots, signal)) {
    sources.push({ path: knownFile(vscode.Uri.file(path)).path, text });
  }
  const declarations = await declaredNames(roots, signal);
  return succeed([environmentEvidence(environmentTable(sources, declarations), sources)]);
}

async function declaredNames(
  roots: readonly string[],
  signal: AbortSignal,
): Promise<readonly EnvironmentDeclaration[]> {
  const uris = await vscode.workspace.findFiles(
    declaringFiles,
    '**/{node_modules,.git,dist,build}/**',
    maxDeclaringFiles,
  );
  const found: EnvironmentDeclaration[] = [];
  for (const uri of uris.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const { path } = knownFile(uri);
    if (declarationSource(path) === undefined) continue;
    const names = await readDeclaredNames({ path: uri.fsPath, displayPath: path, roots, signal });
    // One file that cannot be read costs its own names only.
    if (names.ok) found.push(...names.value);
  }
  return found;
}
