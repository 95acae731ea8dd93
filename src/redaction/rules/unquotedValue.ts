import { characterTest } from '../nearby.ts';
import type { WordSearch } from './wordSearch.ts';
import type { Place } from './judgement.ts';

/** The longest value that is read, in quotes or without. */
export const longestValue = 4_096;

/** A place, with what is known of the words around it. */
export interface PlaceAmongWords extends Place {
  readonly words: WordSearch;
}

/** What `lineStart` ends with, and a line break; at the head of a text there is neither. */
const mayEndStart = (code: number): boolean => Number.isNaN(code) || isEndOfStart(code);
const isEndOfStart = characterTest(/[ \t>+:|"'\n-]/);

/** Whether nothing but a list's dash, a line number or a keyword of a shell stands before `at` on its line. */
export function startsLine(text: string, at: number): boolean {
  // Most names stand behind a word or a sign that nothing of this ends with.
  if (!mayEndStart(text.charCodeAt(at - 1))) return false;
  const before = text.slice(Math.max(0, at - 25), at);
  const lineFrom = before.lastIndexOf('\n') + 1;
  return (lineFrom > 0 || at < 25) && lineStart.test(before.slice(lineFrom));
}

/** Where unquoted values end, by the form they are in; most end where `WordSearch.plainEnd` tells. */
const optionValue = /[^\s"'`|]{0,512}/y;
const wordValue = /\S{0,512}/y;
const elementValue = /[^<\n]{0,512}/y;
const lineStart =
  /^[ \t>]*(?:[-+][ \t]*)?(?:\d{1,6}[:|][ \t]*)?(?:export |set |SET |ENV |ARG |-e |--env |declare -x |\$env:|"|')?$/;

/** A whole line `NAME=value` keeps what would end a value elsewhere, up to the next pair on it. */
export function unquotedEnd({ text, form, words }: PlaceAmongWords, at: number, wholeLine: boolean): number {
  const bounds =
    form === 'element' ? elementValue : wholeLine ? wordValue : form === 'option' ? optionValue : undefined;
  let end = at;
  // Most values are short, so a long one is read in a second go: many names in a row must not each read far ahead.
  for (let go = 0; go < 8; go += 1) {
    const readTo = bounds === undefined ? words.plainEnd(end, 512) : endOf(bounds, text, end);
    const read = readTo - end;
    end = readTo;
    if (read < 512 || form === 'sentence') break;
    if (go > 0) continue;
    const hasDigit = bounds === undefined ? words.digitAhead(at) : undefined;
    if (!(hasDigit ?? /\d/.test(text.slice(at, end)))) break;
    if (bounds !== undefined) continue;
    end = words.plainEnd(at, longestValue);
    break;
  }
  if (!wholeLine) return end;
  const next = /[;&,][ \t]*[A-Za-z_][\w. ]{0,40}=(?![=\s;,"']|$)|["',;)}\]]+$/.exec(text.slice(at, end));
  return next === null ? end : at + next.index;
}

/** Shorter values are soon judged for themselves, and may have the form of an identifier or a digest. */
const longestIdentifier = 64;
const longestDigest = 128;

/** Whether a long value is none that `isSecret` takes, for certain: names in a row would each have all of it judged. */
export function isDull(place: PlaceAmongWords, at: number, end: number): boolean {
  const { text, telling, form, said = false, next = false, words } = place;
  // A list of keys goes on behind a comma.
  if (text[end] === ',') return false;
  if (form === 'sentence') return end - at > longestDigest && !said && !next && words.isDull(at, end, 3.3);
  if (telling.strong || (form !== 'assigned' && form !== 'code') || end - at <= longestIdentifier) return false;
  return words.digitAhead(at) === false || words.isDull(at, end, 3.5);
}

function endOf(bounds: RegExp, text: string, at: number): number {
  bounds.lastIndex = at;
  return bounds.test(text) ? bounds.lastIndex : at;
}
