import type { FrameMapping, FramePlace, PlaceDoubt, ProposalReason, TraceReport } from './model/traceReport.ts';

/** Why a file is proposed, in a sentence without a full stop. */
export function reasonWords(reason: ProposalReason): string {
  switch (reason.kind) {
    case 'throws':
    case 'calls': {
      const place = [reason.function, reason.line === undefined ? undefined : `line ${reason.line}`];
      const where = place.filter((part) => part !== undefined).join(', ');
      const error = reason.error === '' ? 'the error' : `“${reason.error}”`;
      const what =
        reason.kind === 'throws'
          ? `the topmost frame of your own code of ${error}`
          : `the next frame of your own code in another file`;
      const passed =
        reason.passedOver === 0
          ? ''
          : `; ${reason.passedOver === 1 ? 'one frame' : `${reason.passedOver} frames`} above it ${reason.passedOver === 1 ? 'is' : 'are'} not in the open folders`;
      const doubt = reason.doubt === undefined ? '' : `; ${doubtWords(reason.doubt)}`;
      return `${what}${where === '' ? '' : ` (${where})`}${passed}${doubt}`;
    }
    case 'configures': {
      const place = reason.line === undefined ? reason.from : `${reason.from}:${reason.line}`;
      const names = reason.variables.length === 0 ? '' : `; it concerns ${reason.variables.join(', ')}`;
      return `${place} leads to it${names}`;
    }
    case 'openEditor':
      return 'open in an editor; no stack trace names a file of the open folders';
  }
}

/** Why a place may be another one. */
export function doubtWords(doubt: PlaceDoubt): string {
  switch (doubt) {
    case 'nameOnly':
      return 'only the file’s name fits';
    case 'compiled':
      return 'the source of the same name as the compiled file, whose line is not known without a source map';
    case 'sameDeployment':
      return 'several files fit; this one is in the folder that the other frames come from';
  }
}

/** Why a frame has no link, or more than one; undefined where it has one. */
export function placeWords(place: FramePlace): string | undefined {
  switch (place.kind) {
    case 'file':
    case 'library':
      return undefined;
    case 'ambiguous':
      return `${place.candidates.length} files fit equally well`;
    case 'outside':
      return `comes from ${place.path}${place.line === undefined ? '' : `:${place.line}`}, which is outside the open folders and is not opened`;
    case 'missing':
      return 'not in the open folders';
    case 'unnamed':
      return 'the trace names no file';
  }
}

/** What came of looking for a source map. */
export function mappingWords(mapping: FrameMapping): string {
  switch (mapping.kind) {
    case 'mapped':
      return `by the source map ${mapping.map}`;
    case 'noMap':
      return 'no source map was found for it';
    case 'broken':
      return `its source map ${mapping.map} cannot be read: ${mapping.detail}`;
    case 'tooLarge':
      return `its source map ${mapping.map} is too large (${Math.round(mapping.bytes / 1024 / 1024)} MB)`;
    case 'unmapped':
      return `its source map ${mapping.map} says nothing of this position`;
  }
}

/** What is missing in a report, where something is. */
export function listingWords({ listing, moreTraces }: TraceReport): readonly string[] {
  return [
    ...(moreTraces === 0
      ? []
      : [moreTraces === 1 ? 'One more trace is not listed.' : `${moreTraces} more traces are not listed.`]),
    ...(listing === 'cut' ? ['The folder has more files than were listed, so a frame’s file may be missed.'] : []),
    ...(listing === 'failed' ? ['A folder could not be listed, so a frame’s file may be missed.'] : []),
  ];
}
