import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed, type Result } from '../model/failure.ts';
import { maxSuspectBytes } from '../model/suspect.ts';
import { realPathInside } from './confinement.ts';
import { findEnvironmentDeclarations, type EnvironmentDeclaration } from './environmentDeclarations.ts';
import { findEnvironmentReads, type EnvironmentRead, type SourceText } from './environmentReads.ts';
import { openRegularFile, readAt, readFailure } from './openFile.ts';
import { decode, detectEncoding } from './textDecoding.ts';
import type { TextFileRequest } from './textFile.ts';

/** An environment variable that the given sources read. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly readAt: readonly EnvironmentRead[];
  readonly declaredAt: readonly EnvironmentDeclaration[];
  /** Whether every read has a default, so that the code runs without it. */
  readonly hasDefault: boolean;
  readonly status: 'missing' | 'declared';
}

/** The table of step 4: what the sources read, where each is declared; what is missing without a default first. */
export function environmentTable(
  sources: readonly SourceText[],
  declarations: readonly EnvironmentDeclaration[],
): readonly EnvironmentVariable[] {
  const declared = byName(declarations);
  const read = byName(sources.flatMap(findEnvironmentReads));
  return [...read.entries()]
    .map(([name, readAt]): EnvironmentVariable => {
      const declaredAt = declared.get(name) ?? [];
      return {
        name,
        readAt,
        declaredAt,
        hasDefault: readAt.every((place) => place.default !== undefined),
        status: declaredAt.length === 0 ? 'missing' : 'declared',
      };
    })
    .sort((a, b) => urgency(a) - urgency(b) || (a.name < b.name ? -1 : 1));
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.name);
    if (group === undefined) groups.set(item.name, [item]);
    else group.push(item);
  }
  return groups;
}

function urgency({ status, hasDefault }: EnvironmentVariable): number {
  return status === 'declared' ? 2 : hasDefault ? 1 : 0;
}

/**
 * Reads the names that a file declares, also a real `.env`, which nothing else may read: its values are dropped here,
 * before anything leaves this function.
 */
export async function readDeclaredNames(request: TextFileRequest): Promise<Result<readonly EnvironmentDeclaration[]>> {
  const { path, displayPath, roots, signal } = request;
  try {
    const real = await realPathInside(path, roots);
    if (real === undefined) return fail({ kind: 'outsideWorkspace', path: displayPath });
    const opened = await openRegularFile(real, displayPath);
    if (!opened.ok) return opened;
    const { handle, bytes } = opened.value;
    try {
      if (bytes > maxSuspectBytes)
        return fail({ kind: 'fileTooLarge', path: displayPath, bytes, limit: maxSuspectBytes });
      const content = await readAt(handle, 0, maxSuspectBytes);
      if (signal.aborted) return fail({ kind: 'cancelled' });
      const encoding = detectEncoding(content);
      const text = decode(content.subarray(encoding.markBytes), encoding);
      return succeed(findEnvironmentDeclarations({ path: displayPath, text }));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return fail(readFailure(error, displayPath));
  }
}

/** The table as evidence: a line for each variable, names and places only. */
export function environmentEvidence(
  table: readonly EnvironmentVariable[],
  sources: readonly Pick<SourceText, 'path'>[],
): CollectedEvidence {
  const missing = table.filter(({ status }) => status === 'missing').length;
  const count = table.length === 1 ? '1 environment variable' : `${table.length} environment variables`;
  return {
    kind: 'environment',
    title: missing === 0 ? count : `${count}, ${missing} not declared`,
    source: `Read by ${sources.map(({ path }) => path).join(', ')}; found without values`,
    text: table.length === 0 ? 'These files read no environment variable.' : table.map(describeVariable).join('\n'),
    step: 'environment',
  };
}

/** Places listed for one variable. */
const maxPlaces = 5;

function describeVariable({ name, status, hasDefault, readAt, declaredAt }: EnvironmentVariable): string {
  const word =
    status === 'declared' ? 'declared' : hasDefault ? 'not declared, has a default' : 'NOT DECLARED, no default';
  const declared = declaredAt.length === 0 ? '' : `; declared at ${places(declaredAt)}`;
  return `${name}: ${word}; read at ${places(readAt)}${declared}`;
}

function places(list: readonly { readonly path: string; readonly line: number }[]): string {
  const shown = list.slice(0, maxPlaces).map(({ path, line }) => `${path}:${line}`);
  return list.length > maxPlaces ? `${shown.join(', ')} and ${list.length - maxPlaces} more` : shown.join(', ');
}
