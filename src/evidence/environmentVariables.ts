import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed, type Result } from '../model/failure.ts';
import { maxSuspectBytes } from '../model/suspect.ts';
import { realPathInside } from './confinement.ts';
import { findEnvironmentDeclarations, type EnvironmentDeclaration } from './environmentDeclarations.ts';
import { findRuntimeReads } from './environmentRuntimeReads.ts';
import { findEnvironmentReads, type EnvironmentRead, type SourceText } from './environmentReads.ts';
import { isSettingsFile } from './settingsKeys.ts';
import { openRegularFile, readAt, readFailure } from './openFile.ts';
import { decode, detectEncoding } from './textDecoding.ts';
import type { TextFileRequest } from './textFile.ts';

/**
 * How a variable stands: `missing` is declared nowhere, `onlyInExample` in an example or template alone; the others are
 * of its worst declaration.
 */
export type VariableStatus = 'missing' | 'onlyInExample' | 'empty' | 'blank' | 'notAUrl' | 'notANumber' | 'declared';

/** An environment variable that the given sources read. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly readAt: readonly EnvironmentRead[];
  readonly declaredAt: readonly EnvironmentDeclaration[];
  /** Whether every read has a default, so that the code runs without it. */
  readonly hasDefault: boolean;
  readonly status: VariableStatus;
}

/** The worst first. */
const statuses: readonly VariableStatus[] = [
  'missing',
  'onlyInExample',
  'notAUrl',
  'notANumber',
  'blank',
  'empty',
  'declared',
];

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
      const hasDefault = readAt.every((place) => place.default !== undefined);
      return { name, readAt, declaredAt, hasDefault, status: statusOf(declaredAt) };
    })
    .sort((a, b) => urgency(a) - urgency(b) || (a.name < b.name ? -1 : 1));
}

function statusOf(declaredAt: readonly EnvironmentDeclaration[]): VariableStatus {
  if (declaredAt.length === 0) return 'missing';
  const real = declaredAt.filter(({ source }) => source !== 'example');
  if (real.length === 0) return 'onlyInExample';
  const shapes = new Set<string>(real.map(({ value }) => value));
  return statuses.find((status) => shapes.has(status)) ?? 'declared';
}

/** Declared for real (neither in an example nor as one of a framework's many settings), and read by none of the sources: unused, or read under another name. */
export function unreadDeclarations(
  table: readonly EnvironmentVariable[],
  declarations: readonly EnvironmentDeclaration[],
): readonly EnvironmentDeclaration[] {
  const read = new Set(table.map(({ name }) => name));
  const unread = declarations.filter(
    ({ name, source, path }) =>
      !isSettingsFile(path.split('/').at(-1) ?? '') && source !== 'example' && !read.has(name),
  );
  return [...new Map(unread.map((declaration) => [declaration.name, declaration])).values()];
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

/** What is wrong and has no default counts most. */
function urgency({ status, hasDefault }: EnvironmentVariable): number {
  return (
    statuses.indexOf(status) + (hasDefault && status !== 'declared' ? statuses.length : status === 'declared' ? 20 : 0)
  );
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

/** The table as evidence: a line for each variable, names and places only, then what is declared and not read. */
export function environmentEvidence(
  table: readonly EnvironmentVariable[],
  sources: readonly (Pick<SourceText, 'path'> & Partial<SourceText>)[],
  unread: readonly EnvironmentDeclaration[] = [],
): CollectedEvidence {
  const missing = table.filter(({ status }) => status === 'missing').length;
  const wrong = table.filter(({ status }) => status !== 'missing' && status !== 'declared').length;
  const count = table.length === 1 ? '1 environment variable' : `${table.length} environment variables`;
  const title = [
    count,
    ...(missing === 0 ? [] : [`${missing} not declared`]),
    ...(wrong === 0 ? [] : [`${wrong} doubtful`]),
  ];
  const lines = table.length === 0 ? ['These files read no environment variable.'] : table.map(describeVariable);
  return {
    kind: 'environment',
    title: title.join(', '),
    source: `Read by ${sources.map(({ path }) => path).join(', ')}; found without values`,
    text: [...lines, ...describeRuntimeReads(sources), ...describeUnread(unread, table)].join('\n'),
    step: 'environment',
  };
}

/** Never guessed: only the places are known. */
function describeRuntimeReads(sources: readonly (Pick<SourceText, 'path'> & Partial<SourceText>)[]): string[] {
  const found = sources.flatMap(({ path, text = '' }) => findRuntimeReads(path, text).places);
  const list = found.map(({ path, line }) => `${path}:${line}`);
  return list.length === 0 ? [] : [`Read by a name that is made at run time, so not listed here: ${places(list)}`];
}

/** Places listed for one variable. */
const maxPlaces = 5;
const maxUnread = 40;

const statusWords: Readonly<Record<VariableStatus, string>> = {
  missing: 'NOT DECLARED',
  onlyInExample: 'ONLY IN THE EXAMPLE',
  empty: 'DECLARED EMPTY',
  blank: 'DECLARED BLANK',
  notAUrl: 'DECLARED, BUT NO URL',
  notANumber: 'DECLARED, BUT NO NUMBER',
  declared: 'declared',
};

function describeVariable({ name, status, hasDefault, readAt, declaredAt }: EnvironmentVariable): string {
  const word =
    status === 'declared'
      ? 'declared'
      : hasDefault
        ? `${statusWords[status].toLowerCase()}, has a default`
        : `${statusWords[status]}, no default`;
  const declared = declaredAt.length === 0 ? '' : `; declared at ${declarationPlaces(declaredAt)}`;
  return `${name}: ${word}; read at ${readPlaces(readAt)}${declared}`;
}

function describeUnread(unread: readonly EnvironmentDeclaration[], table: readonly EnvironmentVariable[]): string[] {
  if (unread.length === 0) return [];
  const missing = table.filter(({ status }) => status === 'missing').map(({ name }) => name);
  const alike = unread.flatMap(({ name, path, line }) => {
    const meant = missing.find((one) => isAlike(one, name));
    return meant === undefined ? [] : [`${meant} is not declared, but ${name} is, at ${path}:${line}, and is not read`];
  });
  const names = unread.slice(0, maxUnread).map(({ name, path, line }) => `${name} (${path}:${line})`);
  const more = unread.length > maxUnread ? ` and ${unread.length - maxUnread} more` : '';
  return ['', ...alike, `Declared, and not read by these files: ${names.join(', ')}${more}`];
}

/** Whether one name may be meant by the other: the same words in another order, one word more, or one letter else. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) =>
    name
      .toUpperCase()
      .split('_')
      .filter((word) => word !== ''),
  );
  if (a === undefined || b === undefined) return false;
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  if (fewer.length >= 2 && more.length - fewer.length <= 1 && fewer.every((word) => more.includes(word))) return true;
  return one.length > 4 && isOneEdit(a.join(''), b.join(''));
}

/** Whether two texts differ in at most one letter that is there, missing or another. */
function isOneEdit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(at + (short.length === long.length ? 1 : 0)) === long.slice(at + 1);
}

function readPlaces(list: readonly EnvironmentRead[]): string {
  return places(
    list.map((read) => `${read.path}:${read.line}${read.default === undefined ? '' : ` (default ${read.default})`}`),
  );
}

/** With what is wrong at a place, since a name may be declared well at one and badly at another. */
function declarationPlaces(list: readonly EnvironmentDeclaration[]): string {
  return places(
    list.map(({ path, line, source, value }) => {
      const notes = [
        ...(source === 'example' ? ['example'] : []),
        ...(source !== 'example' && value !== 'set' && value !== 'unknown' ? [valueWords[value]] : []),
      ];
      return `${path}:${line}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
    }),
  );
}

const valueWords = { empty: 'empty', blank: 'blank', notAUrl: 'no URL', notANumber: 'no number' } as const;

function places(list: readonly string[]): string {
  const shown = list.slice(0, maxPlaces).join(', ');
  return list.length > maxPlaces ? `${shown} and ${list.length - maxPlaces} more` : shown;
}
