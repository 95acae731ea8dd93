import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { editText } from './editText.ts';
import type { FixEdit } from './editText.ts';

/** A file's text after one edit, as `editText` makes it; `before` is undefined where the file does not exist. */
export function applyEdit(before: string | undefined, edit: FixEdit): Result<string> {
  const edited = editText(before, [{ edit, index: 0 }]);
  if (edited.ok) return succeed(edited.text);
  const problems = edited.obstacles.map(
    ({ obstacle }) => ({ ...obstacle, path: edit.path, part: 'fix', number: 1 }) as const,
  );
  return fail({ kind: 'editsRefused', problems });
}
