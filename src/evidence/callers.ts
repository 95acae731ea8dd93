import { join } from 'node:path';
import { maxKnownCallers } from '../model/caller.ts';
import type { KnownCaller } from '../model/caller.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { succeed, type Result } from '../model/failure.ts';
import { definedIn, functionAround, type ChangedFunction } from './changedFunctions.ts';
import type { RepositoryState } from './git.ts';
import { searchRepository } from './repositorySearch.ts';
import { readTextFile } from './textFile.ts';

/** A place that calls, imports or otherwise names a changed function. */
export interface Caller extends KnownCaller<string> {
  /** The source line, where it was read. */
  readonly text?: string;
}

/** How the callers of a function were found. */
export type CallerSource = 'languageServer' | 'search';

export interface FoundCallers {
  readonly callers: readonly Caller[];
  readonly source: CallerSource;
  /** Why the language server was of no help, where it was asked and is to blame. */
  readonly instead?: 'late' | 'failed';
}

/** What a language server said. `answered` with no caller: it knows of none, or there is no server. */
export type LanguageServerAnswer =
  { readonly kind: 'answered'; readonly callers: readonly Caller[] } | { readonly kind: 'late' | 'failed' };

/** Callers listed of one function. */
export const maxCallers = 25;

/** Files that are read to tell which functions the callers of one function are in. */
const maxCallerFiles = 25;

/**
 * Who names a function, by searching the repository's text in the given folders (absolute paths, the workspace's): for where no language server answers. The definition and
 * comments are left out; a place that only has the same word cannot be told apart.
 */
export async function searchCallers(
  repository: RepositoryState,
  { name, path, line }: ChangedFunction,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<Result<FoundCallers>> {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = `(^|[^A-Za-z0-9_$])${literal}($|[^A-Za-z0-9_$])`;
  const found = await searchRepository(repository, { pattern, regularExpression: true }, folders, signal);
  if (!found.ok) return found;
  const callers = found.value.hits
    .filter((hit) => !(hit.line === line && (hit.path === path || hit.path.endsWith(`/${path}`))))
    .filter((hit) => definedIn(hit.path, hit.text)?.name !== name)
    .filter((hit) => isSource(hit.path) && !/^\s*(?:\/\/|#(?!\[)|\*|\/\*|--)/.test(hit.text))
    .map((hit) => ({ of: name, path: hit.path, line: hit.line, text: hit.text.trim() }));
  return succeed({ callers: await withFunctions(callers, repository, folders, signal), source: 'search' });
}

/** Tells which function each caller is in, as far as its file can be read. */
async function withFunctions(
  callers: readonly Caller[],
  { root }: RepositoryState,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<readonly Caller[]> {
  const lines = new Map<string, readonly string[]>();
  for (const path of [...new Set(callers.map((caller) => caller.path))].slice(0, maxCallerFiles)) {
    const file = await readTextFile({ path: join(root, path), displayPath: path, roots: folders, signal });
    if (file.ok) lines.set(path, file.value.text.split(/\r?\n/));
  }
  return callers.map((caller) => {
    const around = functionAround(caller.path, lines.get(caller.path) ?? [], caller.line);
    return around === undefined ? caller : { ...caller, in: around };
  });
}

/** Words about code are no calls of it. */
function isSource(path: string): boolean {
  return !/\.(md|mdx|txt|rst|adoc|log|lock|map|svg|csv)$|(^|\/)(package-lock\.json|CHANGELOG)$/i.test(path);
}

/** The callers as evidence of step 7: function by function, a bounded list of places. */
export function callersEvidence(
  functions: readonly { readonly changed: ChangedFunction; readonly found: FoundCallers | undefined }[],
): CollectedEvidence {
  const known = functions.filter(({ found }) => found !== undefined);
  const total = known.reduce((sum, { found }) => sum + (found?.callers.length ?? 0), 0);
  const count = total === 1 ? '1 place' : `${total} places`;
  const names = functions.length === 1 ? '1 changed function' : `${functions.length} changed functions`;
  const left = known.reduce((sum, { found }) => sum + Math.max(0, (found?.callers.length ?? 0) - maxCallers), 0);
  const sources = new Set(known.map(({ found }) => found?.source));
  return {
    kind: 'callers',
    title: `Callers of ${names}: ${count}`,
    source: [
      ...(sources.has('languageServer') ? ['call hierarchy and references of VS Code'] : []),
      ...(sources.has('search') ? ['git grep, which finds any use of the name'] : []),
    ].join('; '),
    text: functions.map(describe).join('\n\n'),
    ...(left === 0 ? {} : { omitted: left === 1 ? '1 more place' : `${left} more places` }),
    step: 'blastRadius',
    callers: knownPlaces(known.flatMap(({ found }) => found?.callers.slice(0, maxCallers) ?? [])),
  };
}

/** Each place once, although it may name several of the changed functions. */
function knownPlaces(callers: readonly Caller[]): readonly KnownCaller<string>[] {
  const places = new Map<string, KnownCaller<string>>();
  for (const { of, path, line, in: inside } of callers) {
    const key = `${path}:${line}`;
    if (places.has(key) || places.size >= maxKnownCallers) continue;
    places.set(key, { of, path, line, ...(inside === undefined ? {} : { in: inside }) });
  }
  return [...places.values()];
}

const reasons = {
  none: '',
  late: ' (the language server did not answer in time)',
  failed: ' (the language server failed)',
} as const;

function describe({
  changed,
  found,
}: {
  readonly changed: ChangedFunction;
  readonly found: FoundCallers | undefined;
}): string {
  const head = `${changed.name} (${changed.path}:${changed.line})`;
  if (found === undefined) return `${head}: its callers could not be looked for.`;
  if (found.callers.length === 0) return `${head}: nothing else names it${reasons[found.instead ?? 'none']}.`;
  const how =
    found.source === 'languageServer' ? 'by the language server' : `by its name${reasons[found.instead ?? 'none']}`;
  const places = found.callers.slice(0, maxCallers).map(({ path, line, in: inside, text }) => {
    const context = [inside === undefined ? undefined : `in ${inside}`, text]
      .filter((part) => part !== undefined)
      .join(': ');
    return `  ${path}:${line}${context === '' ? '' : ` ${context}`}`;
  });
  return [`${head}, found ${how}:`, ...places].join('\n');
}
