import { plural, t } from './model/l10n.ts';
import { fileSize } from './model/shownFigures.ts';
import type { FrameMapping, FramePlace, PlaceDoubt, ProposalReason, TraceReport } from './model/traceReport.ts';

/** Why a file is proposed, in a sentence without a full stop. */
export function reasonWords(reason: ProposalReason): string {
  switch (reason.kind) {
    case 'throws':
    case 'calls': {
      const place = [reason.function, reason.line === undefined ? undefined : t('line {0}', reason.line)];
      const where = place.filter((part) => part !== undefined).join(', ');
      const error = reason.error === '' ? t('the error') : t('“{0}”', reason.error);
      const what =
        reason.kind === 'throws'
          ? t('the topmost frame of your own code of {0}', error)
          : t('the next frame of your own code in another file');
      const passed =
        reason.passedOver === 0
          ? ''
          : plural(
              reason.passedOver,
              '; one frame above it is not in the open folders',
              '; {0} frames above it are not in the open folders',
            );
      const doubt = reason.doubt === undefined ? '' : `; ${doubtWords(reason.doubt)}`;
      return `${what}${where === '' ? '' : ` (${where})`}${passed}${doubt}`;
    }
    case 'configures': {
      const place = reason.line === undefined ? reason.from : `${reason.from}:${reason.line}`;
      const names = reason.variables.length === 0 ? '' : t('; it concerns {0}', reason.variables.join(', '));
      return `${t('{0} leads to it', place)}${names}`;
    }
    case 'openEditor':
      return t('open in an editor; no stack trace names a file of the open folders');
  }
}

/** Why a place may be another one. */
export function doubtWords(doubt: PlaceDoubt): string {
  switch (doubt) {
    case 'nameOnly':
      return t('only the file’s name fits');
    case 'compiled':
      return t('the source of the same name as the compiled file, whose line is not known without a source map');
    case 'sameDeployment':
      return t('several files fit; this one is in the folder that the other frames come from');
  }
}

/** Why a frame has no link, or more than one; undefined where it has one. */
export function placeWords(place: FramePlace): string | undefined {
  switch (place.kind) {
    case 'file':
    case 'library':
      return undefined;
    case 'ambiguous':
      return t('{0} files fit equally well', place.candidates.length);
    case 'outside':
      return t(
        'comes from {0}{1}, which is outside the open folders and is not opened',
        place.path,
        place.line === undefined ? '' : `:${place.line}`,
      );
    case 'missing':
      return t('not in the open folders');
    case 'unnamed':
      return t('the trace names no file');
  }
}

/** What came of looking for a source map. */
export function mappingWords(mapping: FrameMapping): string {
  switch (mapping.kind) {
    case 'mapped':
      return t('by the source map {0}', mapping.map);
    case 'noMap':
      return t('no source map was found for it');
    case 'broken':
      return t('its source map {0} cannot be read: {1}', mapping.map, mapping.detail);
    case 'tooLarge':
      return t('its source map {0} is too large ({1})', mapping.map, fileSize(mapping.bytes));
    case 'unmapped':
      return t('its source map {0} says nothing of this position', mapping.map);
  }
}

/** What is missing in a report, where something is. */
export function listingWords({ listing, moreTraces }: TraceReport): readonly string[] {
  return [
    ...(moreTraces === 0
      ? []
      : [plural(moreTraces, 'One more trace is not listed.', '{0} more traces are not listed.')]),
    ...(listing === 'cut' ? [t('The folder has more files than were listed, so a frame’s file may be missed.')] : []),
    ...(listing === 'failed' ? [t('A folder could not be listed, so a frame’s file may be missed.')] : []),
  ];
}
