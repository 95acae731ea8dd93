import { isEnvironmentValuesFile, likelyRole } from '../../model/suspect.ts';
import type { PlacedFile, SuspectProposal } from '../../model/traceReport.ts';
import { declarationSource, findEnvironmentDeclarations } from '../environmentDeclarations.ts';
import { findEnvironmentReads } from '../environmentReads.ts';
import { readTextFile } from '../textFile.ts';
import type { WorkspaceFile } from '../workspacePath.ts';
import { ImportResolver } from './importResolver.ts';
import { importedPaths } from './importedFiles.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** Files that are read while looking for the configuration, and how many imports deep. */
const maxReadFiles = 60;
/** Imported files that are looked at, of all of them together. */
const maxTargets = 400;
const maxDepth = 2;
/** Example files and manifests that are read for where a variable is declared. */
const maxDeclaringFiles = 60;
/** Variables that a reason names. */
const maxNamedVariables = 3;

/** What looking for the configuration needs. */
export interface ConfigurationWorld {
  readonly index: WorkspaceIndex;
  readonly nameFile: (file: WorkspaceFile) => PlacedFile;
  readonly signal: AbortSignal;
}

interface Candidate {
  readonly file: WorkspaceFile;
  readonly from: string;
  readonly line: number;
  readonly variables: readonly string[];
  readonly score: number;
}

/**
 * The file that configures the given ones (origin first, then caller): one that they import, or read by a framework's
 * name for it, and that looks like configuration or reads the environment; else the example or manifest that declares
 * the environment variables that they read. Never a file of environment values. Undefined where none is found.
 */
export async function proposeConfiguration(
  files: readonly WorkspaceFile[],
  world: ConfigurationWorld,
): Promise<SuspectProposal | undefined> {
  const { nameFile } = world;
  const { candidates, variables } = await followImports(files, world);
  const imported = [...candidates].sort((a, b) => b.score - a.score)[0];
  const chosen = imported ?? (await declaringFile(variables, world));
  if (chosen === undefined) return undefined;
  const file = nameFile(chosen.file);
  const { from, line } = chosen;
  return {
    file,
    role: 'configuration',
    reason: { kind: 'configures', from, line, variables: chosen.variables.slice(0, maxNamedVariables) },
  };
}

/** Files that a framework reads as its settings, by their names. */
const settingsFile = /(^|\/)(appsettings|app|web)(\.\w+)?\.(json|config)$/i;

interface FoundVariable {
  readonly name: string;
  readonly from: string;
  readonly line: number;
}

async function followImports(
  files: readonly WorkspaceFile[],
  world: ConfigurationWorld,
): Promise<{ candidates: readonly Candidate[]; variables: readonly FoundVariable[] }> {
  const { index, nameFile, signal } = world;
  const seen = new Set(files.map(key));
  const candidates: Candidate[] = [];
  const variables: FoundVariable[] = [];
  const resolver = new ImportResolver(index, (file) => textOf(file, world));
  let looked = 0;
  let level = files.map((file) => ({ file, depth: 0, rank: 0 }));
  for (let read = 0; level.length > 0 && read < maxReadFiles && !signal.aborted;) {
    const next: typeof level = [];
    for (const { file, depth, rank } of level) {
      if (read >= maxReadFiles) break;
      read += 1;
      const text = await textOf(file, world);
      const { path } = nameFile(file);
      if (depth === 0)
        for (const { name, line } of findEnvironmentReads({ path: file.path, text }))
          variables.push({ name, from: path, line });
      for (const imported of importedPaths(file.path, text))
        for (const target of await resolver.resolve({ imported, from: file, text })) {
          if (seen.has(key(target)) || isEnvironmentValuesFile(target.path) || looked >= maxTargets) continue;
          seen.add(key(target));
          looked += 1;
          const reads = findEnvironmentReads({ path: target.path, text: await textOf(target, world) });
          const names = [...new Set(reads.map(({ name }) => name))];
          const looksIt = likelyRole(target.path, []) === 'configuration' || settingsFile.test(target.path);
          if (looksIt || names.length > 0)
            candidates.push({
              file: target,
              from: path,
              line: imported.line,
              variables: names,
              score: score(looksIt, names.length, depth, rank),
            });
          if (depth + 1 < maxDepth) next.push({ file: target, depth: depth + 1, rank });
        }
    }
    level = next;
  }
  return { candidates, variables };
}

/** What looks like configuration, is imported directly, and by the origin, comes first; what reads much decides the rest. */
function score(looksIt: boolean, reads: number, depth: number, rank: number): number {
  return (looksIt ? 100 : 0) + Math.min(reads, 20) + (reads > 0 ? 20 : 0) - depth * 50 - rank * 10;
}

/** The example or manifest that declares most of the variables that the files read themselves. */
async function declaringFile(
  variables: readonly FoundVariable[],
  world: ConfigurationWorld,
): Promise<Candidate | undefined> {
  const [first] = variables;
  if (first === undefined) return undefined;
  const names = new Set(variables.map(({ name }) => name));
  const files = world.index.files
    .filter(({ path }) => !isEnvironmentValuesFile(path) && declarationSource(path) !== undefined)
    .filter(({ path }) => !['workflow', 'script'].includes(declarationSource(path) ?? ''))
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length)
    .slice(0, maxDeclaringFiles);
  let best: Candidate | undefined;
  for (const file of files) {
    if (world.signal.aborted) break;
    const declared = findEnvironmentDeclarations({ path: file.path, text: await textOf(file, world) });
    const matching = [...new Set(declared.flatMap(({ name }) => (names.has(name) ? [name] : [])))];
    if (matching.length > (best?.score ?? 0)) {
      const read = variables.find(({ name }) => matching.includes(name)) ?? first;
      best = { file, from: read.from, line: read.line, variables: matching, score: matching.length };
    }
  }
  return best;
}

/** Empty for a file that cannot be read: it costs its own imports only. */
async function textOf({ root, path }: WorkspaceFile, { index, signal }: ConfigurationWorld): Promise<string> {
  const text = await readTextFile({ path: `${root}/${path}`, displayPath: path, roots: index.roots, signal });
  return text.ok ? text.value.text : '';
}

function key({ root, path }: WorkspaceFile): string {
  return `${root}/${path}`;
}
