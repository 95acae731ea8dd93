import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlacedTrace } from '../../src/model/traceReport.ts';
import { placeOf } from './traceRecall.ts';
import { reportOn, writeFiles } from './traceWorkspace.ts';

const folder = new URL('../fixtures/handTraces/', import.meta.url);

/**
 * A trace with the answer of a reader who wrote it down before any parser saw it. In the files, a trace begins with
 * `=== name`, its answers follow as `key: value` (`error: type | first line of the message`, `-` for none), and `---`
 * ends them; `␛` stands for the escape character and `␍` for a carriage return.
 */
export interface HandTrace {
  readonly name: string;
  /** Files of the workspace, decoys among them. */
  readonly files: readonly string[];
  /** `type | message`; each must be among the traces that are found, causes included. */
  readonly errors: readonly string[];
  /** `path:line`, or the path where the trace tells no line of the source. */
  readonly origin: string | undefined;
  readonly caller: string | undefined;
  readonly text: string;
}

/** Every trace of the folder. */
export function readHandTraces(): readonly HandTrace[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .split(/^=== (?=[\w-]+$)/m)
      .slice(1)
      .map((section) => readHandTrace(section)),
  );
}

function readHandTrace(section: string): HandTrace {
  const end = section.indexOf('\n---\n');
  const [name = '', ...answers] = section.slice(0, end).split('\n');
  const valuesOf = (key: string): string[] =>
    answers.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  return {
    name,
    files: valuesOf('files').flatMap((line) => line.split(', ')),
    errors: valuesOf('error'),
    origin: valuesOf('origin')[0],
    caller: valuesOf('caller')[0],
    text: section
      .slice(end + '\n---\n'.length)
      .replaceAll('␛', '\u001b')
      .replaceAll('␍', '\r'),
  };
}

/** What a proposal says otherwise than the reader, in words; empty where they agree. */
export async function differencesOf({ files, errors, origin, caller, text }: HandTrace): Promise<readonly string[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hand trace ')));
  try {
    const written = writeFiles(root, Object.fromEntries(files.map((path) => [path, '\n'])));
    const { traces, proposals } = await reportOn(text, written);
    const told = traces.flatMap(errorsOf);
    const differences = errors
      .filter((error) => !told.includes(error))
      .map((error) => `error ${error}, told ${told.join('; ')}`);
    for (const [role, expected] of [
      ['origin', origin],
      ['caller', caller],
    ] as const) {
      const place = placeOf(proposals.find((proposal) => proposal.role === role));
      if (place !== expected) differences.push(`${role} ${place ?? 'none'} rather than ${expected ?? 'none'}`);
    }
    return differences;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function errorsOf({ type, message, causes }: PlacedTrace): string[] {
  const line = message?.split('\n')[0]?.trim();
  return [
    `${type ?? '-'} | ${line === undefined || line === '' ? '-' : line}`,
    ...causes.flatMap(({ trace }) => errorsOf(trace)),
  ];
}
