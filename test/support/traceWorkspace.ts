import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportTraces } from '../../src/evidence/frames/traceReport.ts';
import { WorkspaceIndex } from '../../src/evidence/frames/workspaceIndex.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { TraceReport } from '../../src/model/traceReport.ts';
import type { WorkspaceFile } from '../../src/evidence/workspacePath.ts';
import { harmless } from './incidents.ts';

/** Files of a workspace by their path; a text where the content matters. */
export type WorkspaceTexts = Readonly<Record<string, string>>;

/** Writes files below a folder. */
export function writeFiles(root: string, files: WorkspaceTexts): readonly WorkspaceFile[] {
  return Object.entries(files).map(([path, text]) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return { root, path };
  });
}

/** A piece of evidence as the incident has it. */
export function evidenceOf(text: string, more: Partial<Evidence> = {}): Evidence {
  return {
    id: 'E1',
    kind: 'errorText',
    title: harmless('Error'),
    source: harmless('a test'),
    text: harmless(text),
    lineCount: text.split('\n').length,
    redactions: [],
    addedAt: 0,
    ...more,
  };
}

/** How the product's host names a file, here by its path alone. */
export const nameByPath = ({ root, path }: WorkspaceFile): { uri: string; path: string } => ({
  uri: pathToFileURL(join(root, path)).href,
  path,
});

/** The report on a text, in workspace folders that are already there. */
export function reportOn(
  text: string | readonly Evidence[],
  files: readonly WorkspaceFile[],
  { mapFolders = [] as readonly string[], signal = AbortSignal.timeout(20_000) } = {},
): Promise<TraceReport> {
  return reportTraces({
    evidence: typeof text === 'string' ? [evidenceOf(text)] : text,
    index: new WorkspaceIndex([...new Set(files.map(({ root }) => root))], files),
    mapFolders,
    openEditors: [],
    nameFile: nameByPath,
    signal,
  });
}
