import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Fix } from '../model/records.ts';

/** One edit of a recorded fix: an exact search and replace, or a whole new file. */
export type FixEdit = Fix['edits'][number];

/**
 * A file's text after one edit; `before` is undefined where the file does not exist. The searched text must be there
 * exactly once: anything else is a mismatch, and nothing is guessed. Line ends are kept as the file has them.
 */
export function applyEdit(before: string | undefined, edit: FixEdit): Result<string> {
  const { path, search, replace, newFile } = edit;
  if (newFile !== undefined) {
    const isNew = before === undefined || before === newFile;
    return isNew ? succeed(newFile) : fail({ kind: 'editMismatch', path, reason: 'fileExists' });
  }
  if (search === undefined || search === '' || replace === undefined) {
    return fail({ kind: 'editMismatch', path, reason: 'incomplete' });
  }
  if (before === undefined) return fail({ kind: 'fileMissing', path });
  const lineBreak = before.includes('\r\n') ? '\r\n' : '\n';
  const searched = withLineBreaks(search, lineBreak);
  const at = before.indexOf(searched);
  if (at === -1) return fail({ kind: 'editMismatch', path, reason: 'notFound' });
  if (before.includes(searched, at + 1)) return fail({ kind: 'editMismatch', path, reason: 'ambiguous' });
  return succeed(before.slice(0, at) + withLineBreaks(replace, lineBreak) + before.slice(at + searched.length));
}

function withLineBreaks(text: string, lineBreak: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', lineBreak);
}
