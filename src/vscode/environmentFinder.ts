import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { declarationSource } from '../evidence/environmentDeclarations.ts';
import type { EnvironmentDeclaration } from '../evidence/environmentDeclarations.ts';
import type { SourceText } from '../evidence/environmentReads.ts';
import {
  environmentEvidence,
  environmentTable,
  readDeclaredNames,
  unreadDeclarations,
} from '../evidence/environmentVariables.ts';
import type { EnvironmentVariable } from '../evidence/environmentVariables.ts';
import { productionEvidence } from '../evidence/productionEnvironment.ts';
import { localImports } from '../evidence/localImports.ts';
import { readTextFile } from '../evidence/textFile.ts';
import type { WorkspaceFile } from '../evidence/workspacePath.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Suspect } from '../model/suspect.ts';
import { folderPaths, knownFile } from './workspaceFiles.ts';
import { forgetWorkspaceListing, listWorkspace } from './workspaceListing.ts';

/** Where names of environment variables are declared; `declarationSource` decides, this only narrows the search. */
const declaringFiles =
  '**/{*.env*,.env*,*compose*.y*ml,Dockerfile*,Containerfile*,*.dockerfile,*.service,*.y*ml,*.properties,*.toml,appsettings*.json,app.json,vercel.json,local.settings.json,launch*.json,*.tf,*.hcl,*.nomad,wrangler.json*,*devcontainer.json,*task*def*.json,*template.json,ecosystem.*,web.config,Jenkinsfile,Earthfile}';
/** Where single commands are given some: read after those, as there may be one in each package. */
const scriptFiles =
  '**/{package.json,Procfile*,Makefile,*.mk,justfile,pytest.ini,tox.ini,setup.cfg,phpunit*.xml*,tasks.json}';
const maxDeclaringFiles = 200;
const maxScriptFiles = 100;

/**
 * The table of step 4: the environment variables that the suspects and the local files they import read, and where
 * each is declared. Names and places only; no value leaves the functions that read them.
 */
export async function findEnvironment(
  suspects: readonly Suspect[],
  signal: AbortSignal,
): Promise<Result<readonly CollectedEvidence[]>> {
  const found = await environmentOf(suspects, signal);
  if (!found.ok) return found;
  const { table, sources, declarations } = found.value;
  return succeed([environmentEvidence(table, sources, unreadDeclarations(table, declarations))]);
}

/** The same variables, held against the names that are set in production. */
export async function compareWithProduction(
  suspects: readonly Suspect[],
  names: readonly string[],
  signal: AbortSignal,
): Promise<Result<CollectedEvidence>> {
  if (suspects.length === 0) return fail({ kind: 'noSuspects' });
  const found = await environmentOf(suspects, signal);
  return found.ok ? succeed(productionEvidence(found.value.table, names)) : found;
}

interface FoundEnvironment {
  readonly table: readonly EnvironmentVariable[];
  readonly sources: readonly SourceText[];
  readonly declarations: readonly EnvironmentDeclaration[];
}

async function environmentOf(suspects: readonly Suspect[], signal: AbortSignal): Promise<Result<FoundEnvironment>> {
  const roots = folderPaths();
  const sources: { path: string; text: string }[] = [];
  const files: WorkspaceFile[] = [];
  for (const { uri, path } of suspects) {
    const file = vscode.Uri.parse(uri, true).fsPath;
    const text = await readTextFile({ path: file, displayPath: path, roots, signal });
    if (!text.ok) return text;
    const root = roots.find((one) => file.startsWith(one + sep));
    if (root !== undefined) files.push({ root, path: relative(root, file).replaceAll(sep, '/') });
    sources.push({ path, text: text.value.text });
  }
  // A file that was just written counts.
  forgetWorkspaceListing();
  const index = await listWorkspace(signal);
  for (const { file, text } of await localImports(files, index, signal))
    sources.push({ path: knownFile(vscode.Uri.joinPath(vscode.Uri.file(file.root), file.path)).path, text });
  const declarations = await declaredNames(roots, signal);
  return succeed({ table: environmentTable(sources, declarations), sources, declarations });
}

async function declaredNames(
  roots: readonly string[],
  signal: AbortSignal,
): Promise<readonly EnvironmentDeclaration[]> {
  const excluded = '**/{node_modules,.git,dist,build}/**';
  const uris = [
    ...(await vscode.workspace.findFiles(declaringFiles, excluded, maxDeclaringFiles)),
    ...(await vscode.workspace.findFiles(scriptFiles, excluded, maxScriptFiles)),
  ];
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
