import type { Evidence } from '../../model/evidence.ts';
import { numberedLines } from '../../model/evidence.ts';
import type { FramePlace, PlacedFile, PlacedFrame, PlacedTrace } from '../../model/traceReport.ts';
import type { StackFrame, StackTrace } from '../stackTrace/model.ts';
import { isOwnFile } from '../stackTrace/ownCode.ts';
import { parseStackTraces } from '../stackTrace/parse.ts';
import type { WorkspaceFile } from '../workspacePath.ts';
import { pathOfSource } from './findSourceMap.ts';
import type { SourceMapFinder } from './findSourceMap.ts';
import {
  deploymentRoot,
  installedSource,
  preferDeployment,
  preferNamespace,
  resolveFrameFile,
} from './resolveFrame.ts';
import type { DeploymentRoot, FrameMatch } from './resolveFrame.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';
import { realPathInside } from '../confinement.ts';

/** Frames of one trace that are placed and listed; further ones are counted. */
const maxPlacedFrames = 200;
/** Different traces that are listed. */
const maxPlacedTraces = 12;
/** Causes of one trace that are listed, one below the other. */
const maxCauses = 10;

/** What placing frames needs. */
export interface PlacingWorld {
  readonly index: WorkspaceIndex;
  readonly maps: SourceMapFinder;
  /** How a file of the workspace is called. */
  readonly nameFile: (file: WorkspaceFile) => PlacedFile;
  readonly signal: AbortSignal;
}

/** A trace as it was read, with where. */
interface FoundTrace {
  readonly evidence: Evidence;
  readonly trace: StackTrace;
  count: number;
}

/** Evidence that holds no trace of its own: source, diffs and histories speak of code, and would only look like one. */
const withoutTraces: ReadonlySet<string> = new Set([
  'file',
  'commits',
  'diff',
  'environment',
  'blame',
  'callers',
  'productionEnvironment',
]);

/**
 * The different stack traces of the evidence, the latest evidence first, each with the frames found in the workspace. Ends
 * early, with what there is, when cancelled.
 */
export async function placeTraces(
  evidence: readonly Evidence[],
  world: PlacingWorld,
): Promise<{ readonly traces: readonly PlacedTrace[]; readonly more: number }> {
  const found = differentTraces(evidence);
  const traces: PlacedTrace[] = [];
  for (const one of found.slice(0, maxPlacedTraces)) {
    if (world.signal.aborted) break;
    traces.push(await placeTrace(one, world));
  }
  return { traces, more: found.length - traces.length };
}

/** Traces with the same error and the same frames are one, however often they were logged. */
function differentTraces(evidence: readonly Evidence[]): readonly FoundTrace[] {
  const byShape = new Map<string, FoundTrace>();
  for (const item of evidence.toReversed()) {
    if (withoutTraces.has(item.kind)) continue;
    for (const trace of parseStackTraces(item.text)) {
      const shape = shapeOf(trace);
      const same = byShape.get(shape);
      if (same === undefined) byShape.set(shape, { evidence: item, trace, count: 1 });
      else same.count += 1;
    }
  }
  return [...byShape.values()];
}

function shapeOf(trace: StackTrace, depth = 0): string {
  const frames = trace.frames.slice(0, 20).map(({ function: name, file, line }) => `${name}@${file}:${line}`);
  const causes = depth > 3 ? [] : trace.causes.map(({ trace: cause }) => shapeOf(cause, depth + 1));
  // A message has ids and times in it: the frames tell whether it is the same error.
  return JSON.stringify([trace.type, frames.length > 0 ? '' : trace.message, frames, causes]);
}

async function placeTrace({ evidence, trace, count }: FoundTrace, world: PlacingWorld): Promise<PlacedTrace> {
  const known: DeploymentRoot[] = [];
  const { first } = numberedLines(evidence);
  const place = async (part: StackTrace, depth: number): Promise<PlacedTrace> => {
    const frames: PlacedFrame[] = [];
    for (const frame of part.frames.slice(0, maxPlacedFrames)) frames.push(await placeFrame(frame, part, known, world));
    const causes: { relation: StackTrace['causes'][number]['relation']; trace: PlacedTrace }[] = [];
    if (depth < maxCauses)
      for (const { relation, trace: cause } of part.causes)
        causes.push({ relation, trace: await place(cause, depth + 1) });
    return {
      evidenceId: evidence.id,
      firstLine: first + part.firstLine - 1,
      lastLine: first + part.lastLine - 1,
      ...(part.type === undefined ? {} : { type: part.type }),
      ...(part.message === undefined ? {} : { message: part.message }),
      frames,
      omittedFrames: part.omittedFrames + Math.max(0, part.frames.length - maxPlacedFrames),
      causes,
      count: depth === 0 ? count : 1,
    };
  };
  const placed = await place(trace, 0);
  return settleAmbiguous(placed, known, world);
}

async function placeFrame(
  frame: StackFrame,
  { language }: StackTrace,
  known: DeploymentRoot[],
  world: PlacingWorld,
): Promise<PlacedFrame> {
  const { function: name, file: written, line, column, own } = frame;
  const told = {
    ...(name === undefined ? {} : { function: name }),
    ...(written === undefined ? {} : { written }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
  if (written === undefined) return { ...told, own, place: { kind: own ? 'unnamed' : 'library' } };
  if (!own) {
    const file = installedSource(written, world.index);
    if (file === undefined || !(await isThere(file, world.index.roots)))
      return { ...told, own, place: { kind: 'library' } };
    const place = await placeMatch({ kind: 'found', file }, frame, written, [], world);
    return { ...told, own: true, place };
  }
  const position = line === undefined ? undefined : await world.maps.position(written, line, column);
  const { mapping } = position ?? {};
  if (position?.original !== undefined) {
    const { source, line: sourceLine, column: sourceColumn, isIgnored } = position.original;
    const isOwn = !isIgnored && isOwnFile(source.replace(/^[a-z-]+:\/+/, ''));
    const place = await placeSource(source, sourceLine, sourceColumn, isOwn, world);
    return { ...told, own: isOwn, place, mapping: position.mapping };
  }
  const place = await placeMatch(resolveFrameFile(written, language, world.index, frame), frame, written, known, world);
  const isPlain = place.kind === 'file' && place.doubt !== 'compiled';
  // Of a file that is its own source, nobody misses a map.
  return {
    ...told,
    own,
    place,
    ...(mapping === undefined || (mapping.kind === 'noMap' && isPlain) ? {} : { mapping }),
  };
}

/** A mapped source: by its own address where that is in the workspace, otherwise by its path as a frame's. */
async function placeSource(
  source: string,
  line: number,
  column: number,
  isOwn: boolean,
  { index, nameFile }: PlacingWorld,
): Promise<FramePlace> {
  if (!isOwn) return { kind: 'library' };
  const path = pathOfSource(source);
  const root = path === undefined ? undefined : index.roots.find((one) => path.startsWith(`${one}/`));
  if (path !== undefined && root !== undefined) {
    const file = { root, path: path.slice(root.length + 1) };
    if (await isThere(file, index.roots)) return { kind: 'file', file: nameFile(file), line, column };
  }
  const match = resolveFrameFile(path ?? source, 'javascript', index);
  if (match.kind === 'found' && (await isThere(match.file, index.roots)))
    return {
      kind: 'file',
      file: nameFile(match.file),
      line,
      column,
      ...(match.doubt === undefined ? {} : { doubt: match.doubt }),
    };
  if (match.kind === 'ambiguous') return { kind: 'ambiguous', candidates: match.candidates.map(nameFile), line };
  return { kind: 'outside', path: path ?? source, line };
}

async function placeMatch(
  match: FrameMatch,
  { line, column }: StackFrame,
  written: string,
  known: DeploymentRoot[],
  { index, nameFile }: PlacingWorld,
): Promise<FramePlace> {
  switch (match.kind) {
    case 'unknown':
      return { kind: 'missing' };
    case 'ambiguous': {
      const position = line === undefined || match.isCompiled ? {} : { line };
      return { kind: 'ambiguous', candidates: match.candidates.map(nameFile), ...position };
    }
    case 'found': {
      // The list may be older than the disk, and a link may lead out.
      if (!(await isThere(match.file, index.roots))) return { kind: 'missing' };
      if (match.doubt === undefined) {
        const root = deploymentRoot(written, match.file);
        if (root !== undefined) known.push(root);
      }
      const isCompiled = match.doubt === 'compiled';
      return {
        kind: 'file',
        file: nameFile(match.file),
        ...(line === undefined || isCompiled ? {} : { line }),
        ...(column === undefined || isCompiled ? {} : { column }),
        ...(match.doubt === undefined ? {} : { doubt: match.doubt }),
      };
    }
  }
}

async function isThere({ root, path }: WorkspaceFile, roots: readonly string[]): Promise<boolean> {
  return (await realPathInside(`${root}/${path}`, roots).catch(() => undefined)) !== undefined;
}

/** Chooses among several files by what the trace's sure frames told of the deployment's folders, or by the namespace. */
function settleAmbiguous(trace: PlacedTrace, known: readonly DeploymentRoot[], world: PlacingWorld): PlacedTrace {
  const settle = (frame: PlacedFrame): PlacedFrame => {
    const { place, written } = frame;
    if (place.kind !== 'ambiguous' || written === undefined || frame.mapping?.kind === 'mapped') return frame;
    const candidates = world.index
      .named(written.replaceAll('\\', '/').split('/').at(-1) ?? '')
      .filter((file) => place.candidates.some(({ uri }) => uri === world.nameFile(file).uri));
    const chosen = preferDeployment(written, candidates, known) ?? preferNamespace(frame, candidates);
    if (chosen === undefined) return frame;
    const position = place.line === undefined ? {} : { line: place.line };
    return { ...frame, place: { kind: 'file', file: world.nameFile(chosen), ...position, doubt: 'sameDeployment' } };
  };
  return {
    ...trace,
    frames: trace.frames.map(settle),
    causes: trace.causes.map(({ relation, trace: cause }) => ({
      relation,
      trace: settleAmbiguous(cause, known, world),
    })),
  };
}
