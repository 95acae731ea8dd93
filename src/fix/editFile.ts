import type { EditObstacle } from '../model/editProblem.ts';
import { editText } from './editText.ts';
import type { NumberedEdit } from './editText.ts';
import { decodeFile, encodeText } from './fileBytes.ts';

export type EditFileResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly obstacles: readonly { readonly index: number; readonly obstacle: EditObstacle }[] };

/**
 * The bytes of a file after all edits of it, as `editText` makes them; `before` is undefined where the file does not
 * exist. Encoding, byte order mark and line ends stay. A file in another encoding than UTF-8 and UTF-16 is edited byte
 * by byte where the edits are plain ASCII, which is the same in every encoding that source code is written in.
 */
export function editFile(before: Uint8Array | undefined, edits: readonly NumberedEdit[]): EditFileResult {
  if (before === undefined) {
    const made = editText(undefined, edits);
    return made.ok ? { ok: true, bytes: Buffer.from(made.text, 'utf8') } : made;
  }
  const decoded = decodeFile(before);
  const refused = (kind: 'binary' | 'undecodable'): EditFileResult => ({
    ok: false,
    obstacles: edits.map(({ index }) => ({ index, obstacle: { kind } })),
  });
  if (decoded.kind === 'binary') return refused('binary');
  if (decoded.kind === 'undecodable') {
    if (!edits.every(isAscii)) return refused('undecodable');
    const edited = editText(Buffer.from(before).toString('latin1'), edits);
    return edited.ok ? { ok: true, bytes: Buffer.from(edited.text, 'latin1') } : edited;
  }
  const edited = editText(decoded.text, edits);
  return edited.ok ? { ok: true, bytes: encodeText(edited.text, decoded.form) } : edited;
}

function isAscii({ edit: { search = '', replace = '', newFile = '' } }: NumberedEdit): boolean {
  return /^\p{ASCII}*$/u.test(search + replace + newFile);
}
