import type { Evidence } from '../../model/evidence.ts';
import type { PlacedFile, SuspectProposal, TraceReport } from '../../model/traceReport.ts';
import type { WorkspaceFile } from '../workspacePath.ts';
import { SourceMapFinder } from './findSourceMap.ts';
import { placeTraces } from './placeTraces.ts';
import { proposeConfiguration } from './proposeConfiguration.ts';
import { proposeFromTraces } from './proposeSuspects.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** What a report is made from. */
export interface TraceReportRequest {
  readonly evidence: readonly Evidence[];
  readonly index: WorkspaceIndex;
  /** Absolute folders in which source maps are looked for, besides those of the workspace. */
  readonly mapFolders: readonly string[];
  /** Offered as suspects where no trace names a file: the active one first. */
  readonly openEditors: readonly PlacedFile[];
  readonly nameFile: (file: WorkspaceFile) => PlacedFile;
  readonly signal: AbortSignal;
}

/**
 * Reads the stack traces of the evidence, finds their frames in the workspace, and proposes the three suspects with
 * their reasons. Reads files of the workspace and source maps only; changes nothing.
 */
export async function reportTraces(request: TraceReportRequest): Promise<TraceReport> {
  const { evidence, index, mapFolders, openEditors, nameFile, signal } = request;
  const maps = new SourceMapFinder(index.roots, mapFolders, signal);
  const { traces, more } = await placeTraces(evidence, { index, maps, nameFile, signal });
  const named = proposeFromTraces(traces);
  const proposals = named.length > 0 ? [...named] : fromEditors(openEditors);
  // An open editor may be anything: what it imports is nobody's suspect.
  const files = named.flatMap(({ file }) => fileOf(file, index, nameFile) ?? []);
  const configuration = await proposeConfiguration(files, { index, nameFile, signal });
  if (configuration !== undefined && !proposals.some(({ file }) => file.uri === configuration.file.uri))
    proposals.push(configuration);
  return { traces, moreTraces: more, proposals, ...(index.listing === 'whole' ? {} : { listing: index.listing }) };
}

/** Open editors in their order: the active one is most likely where the user saw the error. */
function fromEditors(editors: readonly PlacedFile[]): SuspectProposal[] {
  const roles = ['origin', 'caller'] as const;
  return roles.flatMap((role, at) => {
    const file = editors[at];
    return file === undefined ? [] : [{ file, role, reason: { kind: 'openEditor' } } satisfies SuspectProposal];
  });
}

function fileOf(
  { uri, path }: PlacedFile,
  index: WorkspaceIndex,
  nameFile: (file: WorkspaceFile) => PlacedFile,
): WorkspaceFile | undefined {
  return index.named(path.split('/').at(-1) ?? '').find((file) => nameFile(file).uri === uri);
}
