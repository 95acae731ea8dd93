import type { Fix } from './records.ts';

/** Whether a similar place that a fix names is really there. Kept in journals: never rename one. */
export type PatternPlace =
  /** It is at its line, or the file is there and no line was named. */
  | { readonly kind: 'found' }
  /** The quoted text stands at another line than the one named. */
  | { readonly kind: 'moved'; readonly line: number }
  | { readonly kind: 'notFound'; readonly reason: 'noFile' | 'notTracked' | 'noSuchLine' | 'otherText' }
  /** It could not be looked up: Restricted Mode, no folder, an unreadable file. */
  | { readonly kind: 'notChecked' };

/** A similar place as it was looked up. */
export interface CheckedPattern {
  /** Its place in the record's list, from 0. */
  readonly index: number;
  readonly place: PatternPlace;
  /** What the line was compared with: a text quoted in the reply, a hit of its searches, or nothing but its number. */
  readonly by: 'quote' | 'search' | 'line';
}

/** A similar place as it is asked for: with the line at which it was found. */
export interface SimilarPlace {
  readonly path: string;
  readonly line?: number;
  readonly why: string;
}

/** The similar places of a fix that are really there; all that were not shown to be missing, where nobody looked. */
export function similarPlaces(
  { similarPatterns }: Pick<Fix, 'similarPatterns'>,
  checked: readonly CheckedPattern[] | undefined,
): readonly SimilarPlace[] {
  return similarPatterns.flatMap(({ path, line, why }, index) => {
    const place = checked?.find((one) => one.index === index)?.place;
    if (place?.kind === 'notFound') return [];
    const at = place?.kind === 'moved' ? place.line : line;
    return [{ path, why, ...(at === undefined ? {} : { line: at }) }];
  });
}
