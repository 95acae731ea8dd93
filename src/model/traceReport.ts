import type { EvidenceId } from './evidence.ts';
import { maxSuspects } from './suspect.ts';
import type { Suspect, SuspectRole } from './suspect.ts';

/** A file of the workspace as links and suspects call it. */
export interface PlacedFile {
  readonly uri: string;
  /** Relative to its workspace folder, with `/`; with the folder's name before it where several are open. */
  readonly path: string;
}

/** Why a place in the workspace is not as sure as its link looks. */
export type PlaceDoubt =
  /** Only the file's name fits, no folder of its path. */
  | 'nameOnly'
  /** The trace names a compiled file; this is the source of the same name, and its line is not known. */
  | 'compiled'
  /** Several files fit; this one belongs to the folder that the trace's other frames come from. */
  | 'sameDeployment';

/** Where a frame's code is, as far as the open folders tell. */
export type FramePlace =
  | {
      readonly kind: 'file';
      readonly file: PlacedFile;
      readonly line?: number;
      readonly column?: number;
      readonly doubt?: PlaceDoubt;
    }
  /** Several files fit equally well. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly PlacedFile[]; readonly line?: number }
  /** A source map leads to a source that is not in the open folders: told, never opened. */
  | { readonly kind: 'outside'; readonly path: string; readonly line?: number }
  /** The service's own by its path, and not in the open folders. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'library' }
  /** The trace names no file. */
  | { readonly kind: 'unnamed' };

/** What came of looking for a source map of a compiled frame. */
export type FrameMapping =
  | { readonly kind: 'mapped'; readonly map: string }
  | { readonly kind: 'noMap' }
  | { readonly kind: 'broken'; readonly map: string; readonly detail: string }
  | { readonly kind: 'tooLarge'; readonly map: string; readonly bytes: number }
  /** There is a map, and it says nothing about this position. */
  | { readonly kind: 'unmapped'; readonly map: string };

/** One call of a stack trace, with what was found of it. */
export interface PlacedFrame {
  readonly function?: string;
  /** The file as the trace has it. */
  readonly written?: string;
  readonly line?: number;
  readonly column?: number;
  readonly own: boolean;
  readonly place: FramePlace;
  /** Of compiled frames only. */
  readonly mapping?: FrameMapping;
}

/** A stack trace of the evidence. */
export interface PlacedTrace {
  readonly evidenceId: EvidenceId;
  /** Its lines, in the numbering of the evidence. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly type?: string;
  readonly message?: string;
  /** Innermost call first. */
  readonly frames: readonly PlacedFrame[];
  /** Frames that are not among `frames`. */
  readonly omittedFrames: number;
  readonly causes: readonly {
    readonly relation: 'cause' | 'context' | 'suppressed';
    readonly trace: PlacedTrace;
  }[];
  /** How often the same trace is in the evidence. */
  readonly count: number;
}

/** Why a file is proposed as a suspect: facts, worded where they are shown. */
export type ProposalReason =
  | {
      readonly kind: 'throws' | 'calls';
      readonly function?: string;
      readonly line?: number;
      /** The error's type and message, on one line. */
      readonly error: string;
      /** How many frames of the service's own code lie above it that are not in the open folders. */
      readonly passedOver: number;
      readonly doubt?: PlaceDoubt;
    }
  | {
      readonly kind: 'configures';
      /** The file that imports it, or reads what it declares. */
      readonly from: string;
      readonly line?: number;
      /** The environment variables that lead to it. */
      readonly variables: readonly string[];
    }
  | { readonly kind: 'openEditor' };

/** A file that may be the origin, the caller or the configuration; nothing until the user accepts it. */
export interface SuspectProposal {
  readonly file: PlacedFile;
  readonly role: SuspectRole;
  readonly line?: number;
  readonly reason: ProposalReason;
}

/** What the traces of the evidence tell, found in the open folders. Derived anew as evidence changes; never stored. */
export interface TraceReport {
  readonly traces: readonly PlacedTrace[];
  /** Traces beyond the ones that are listed. */
  readonly moreTraces: number;
  readonly proposals: readonly SuspectProposal[];
  /** The history of the failing lines, redacted, as step 5 sends it: a line of text, with the commit that it names. */
  readonly history?: readonly { readonly text: string; readonly commit?: string }[];
  /** Set where the list of the folder's files is not whole, so that a file may be missed. */
  readonly listing?: 'cut' | 'failed';
}

/** A line of the workspace that a trace names. */
export interface PlacedLine {
  readonly file: PlacedFile;
  readonly line: number;
  readonly function?: string;
}

/**
 * The different lines of own code that a trace names and that are sure, where it throws first: of the trace that the
 * proposals come from, otherwise of the first one that has any.
 */
export function failingLines({ traces, proposals }: TraceReport): readonly PlacedLine[] {
  const origin = proposals.find(({ role }) => role === 'origin');
  const all = traces.map((trace) => framesFromDeepest(trace).flatMap(({ frame }) => lineOf(frame)));
  const isOfOrigin = (lines: readonly PlacedLine[]): boolean =>
    lines.some(({ file, line }) => file.uri === origin?.file.uri && line === origin.line);
  const lines = all.find(isOfOrigin) ?? all.find(({ length }) => length > 0) ?? [];
  return [...new Map(lines.map((line) => [`${line.file.uri}:${line.line}`, line])).values()];
}

function lineOf({ place, function: name }: PlacedFrame): readonly PlacedLine[] {
  if (place.kind !== 'file' || place.line === undefined || place.doubt === 'nameOnly') return [];
  return [{ file: place.file, line: place.line, ...(name === undefined ? {} : { function: name }) }];
}

/** Every frame of a trace and of its causes, the deepest cause's first: that is where it began. */
export function framesFromDeepest(
  trace: PlacedTrace,
): readonly { readonly frame: PlacedFrame; readonly of: PlacedTrace }[] {
  const causes = trace.causes
    .filter(({ relation }) => relation !== 'suppressed')
    .map(({ trace: cause }) => framesFromDeepest(cause));
  // Of several causes at once none called the other: the first that tells a place leads to the frames that it came from.
  const first = Math.max(
    causes.findIndex((frames) => frames.some(({ frame }) => frame.own)),
    0,
  );
  return [
    ...(causes[first] ?? []),
    ...trace.frames.map((frame) => ({ frame, of: trace })),
    ...causes.filter((_, at) => at !== first).flat(),
  ];
}

/**
 * The proposals that are still open, as many as there is room for. Open editors are not among them: the panel
 * offers those by themselves.
 */
export function openProposals(
  { proposals }: TraceReport,
  incident: { readonly suspects: readonly Suspect[] } | undefined,
): readonly SuspectProposal[] {
  const suspects = incident?.suspects ?? [];
  const open = proposals.filter(
    ({ file, reason }) => reason.kind !== 'openEditor' && !suspects.some(({ uri }) => uri === file.uri),
  );
  return open.slice(0, Math.max(0, maxSuspects - suspects.length));
}
