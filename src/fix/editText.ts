import type { EditObstacle } from '../model/editProblem.ts';
import { lineAt } from '../model/lines.ts';
import type { Fix } from '../model/records.ts';
import { placeholderPattern } from '../model/redacted.ts';
import { lineBreakAt, locate, withLineFeeds } from './locate.ts';
import { nearestLines } from './nearest.ts';

/** One edit of a recorded fix: an exact search and replace, or a whole new file. */
export type FixEdit = Fix['edits'][number];

/** A part of a text and what comes in its place; places in UTF-16 units of the text as it was. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An edit with its place in the list that it came in, by which an obstacle is told. */
export interface NumberedEdit {
  readonly edit: FixEdit;
  readonly index: number;
}

export interface EditedText {
  readonly text: string;
  /** In ascending order; they do not overlap. Empty where the text stays as it is, and for a new file. */
  readonly changes: readonly TextChange[];
}

export type EditTextResult =
  | ({ readonly ok: true } & EditedText)
  | { readonly ok: false; readonly obstacles: readonly { readonly index: number; readonly obstacle: EditObstacle }[] };

/**
 * A file's text after all edits of it; `before` is undefined where the file does not exist. Each searched text must be
 * in the text as it was exactly once, and no two edits may touch the same part: anything else is told, for every edit,
 * and then nothing is edited. Line ends are kept as they are around each edit; what no edit covers stays to the letter.
 */
export function editText(before: string | undefined, edits: readonly NumberedEdit[]): EditTextResult {
  const obstacles: { index: number; obstacle: EditObstacle }[] = [];
  const placed: (TextChange & { readonly index: number })[] = [];
  let newFile: string | undefined;
  for (const { edit, index } of edits) {
    const refuse = (obstacle: EditObstacle): void => void obstacles.push({ index, obstacle });
    const unfit = unfitText(edit, before ?? '');
    if (unfit !== undefined) refuse(unfit);
    else if (edit.newFile !== undefined) {
      if (edits.length > 1) refuse({ kind: 'overlaps' });
      else if (before !== undefined && withLineFeeds(before) !== withLineFeeds(edit.newFile)) {
        refuse({ kind: 'fileExists' });
      } else newFile = edit.newFile;
    } else if (before === undefined) refuse({ kind: 'fileMissing' });
    else {
      const change = replacement(before, edit.search ?? '', edit.replace ?? '');
      if ('kind' in change) refuse(change);
      else placed.push({ ...change, index });
    }
  }
  if (obstacles.length > 0) return { ok: false, obstacles };
  if (newFile !== undefined) return { ok: true, text: before ?? newFile, changes: [] };
  const ordered = placed.toSorted((a, b) => a.start - b.start || a.end - b.end);
  for (const [at, change] of ordered.entries()) {
    const previous = ordered[at - 1];
    if (previous === undefined || previous.end <= change.start) continue;
    const line = lineAt(before ?? '', change.start);
    obstacles.push({ index: change.index, obstacle: { kind: 'overlaps', line } });
  }
  if (obstacles.length > 0) return { ok: false, obstacles };
  const changes = ordered.map(({ start, end, text }) => ({ start, end, text }));
  return { ok: true, text: withChanges(before ?? '', changes), changes };
}

/** A text with changes made that are in ascending order and do not overlap. */
export function withChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const change of changes) {
    result += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return result + text.slice(at);
}

/** What is wrong with an edit's own text. `present` is the file's text: what is there already is not brought in. */
function unfitText({ search, replace, newFile }: FixEdit, present: string): EditObstacle | undefined {
  const isWhole = newFile !== undefined && search === undefined && replace === undefined;
  const isReplacement = newFile === undefined && search !== undefined && search !== '' && replace !== undefined;
  if (!isWhole && !isReplacement) return { kind: 'incomplete' };
  const coming = newFile ?? replace ?? '';
  for (const [placeholder] of `${search ?? ''}\n${coming}`.matchAll(placeholderPattern)) {
    if (!present.includes(placeholder)) return { kind: 'placeholder', placeholder };
  }
  if (coming.includes('\0')) return { kind: 'binary' };
  const hidden = /[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u.exec(coming)?.[0];
  // A character that the replaced text has too stays rather than comes.
  if (hidden === undefined || (search ?? '').includes(hidden)) return undefined;
  return { kind: 'hiddenCharacters', codePoint: hidden.codePointAt(0) ?? 0 };
}

function replacement(before: string, search: string, replace: string): TextChange | EditObstacle {
  const found = locate(before, search);
  if (found.kind === 'ambiguous') return found;
  if (found.kind === 'notFound') {
    const nearest = nearestLines(before, search);
    const there = replace.trim() === '' ? undefined : locate(before, replace);
    return {
      kind: 'notFound',
      ...(nearest === undefined ? {} : { nearest }),
      ...(there?.kind === 'found' ? { applied: lineAt(before, there.span.start) } : {}),
    };
  }
  const { span, withoutFinalBreak } = found;
  const coming = withoutFinalBreak ? replace.replace(/\r?\n$/, '') : replace;
  const lineBreak = lineBreakAt(before, span.start);
  return { ...span, text: withLineFeeds(coming).replaceAll('\n', lineBreak) };
}
