import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { editText } from './editText.ts';
import type { FixEdit } from './editText.ts';

/** A file's text after all edits of it, as `editText` makes it; a failure names every edit that does not fit. */
export function applyEdits(before: string | undefined, edits: readonly FixEdit[]): Result<string> {
  const result = editText(
    before,
    edits.map((edit, index) => ({ edit, index })),
  );
  if (result.ok) return succeed(result.text);
  return fail({
    kind: 'editsRefused',
    problems: result.obstacles.map(({ index, obstacle }) => ({
      ...obstacle,
      path: edits[index]?.path ?? '',
      part: 'fix',
      number: index + 1,
    })),
  });
}
