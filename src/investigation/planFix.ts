import { editText } from '../fix/editText.ts';
import type { FixEdit, NumberedEdit, TextChange } from '../fix/editText.ts';
import type { EditObstacle, EditPart, EditProblem } from '../model/editProblem.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Fix } from '../model/records.ts';
import { findEditPlace, maxEditedBytes, readForEdit } from './editPlace.ts';
import type { CurrentText, EditPlace } from './editPlace.ts';
import type { FixWorld } from './fixWorld.ts';

/** A file as the fix would make it. `path` is relative to its folder of the workspace; `place` is absolute. */
export interface PlannedFile {
  readonly path: string;
  readonly place: string;
  readonly after: string;
  /** What there is now; absent for a new file. */
  readonly now?: CurrentText;
  /** In ascending order, in UTF-16 units of what there is now. Empty for a new file. */
  readonly changes: readonly TextChange[];
}

/** What a fix would do, whole: at least one file, each of them changed. */
export interface FixPlan {
  readonly files: readonly PlannedFile[];
}

/**
 * Checks all edits of a fix and of its test against the files as they are now, and gives what each file would become.
 * All or nothing: where one edit does not fit, every one that does not is told and there is no plan. Reads only.
 */
export async function planFix(
  { edits, test }: Pick<Fix, 'edits' | 'test'>,
  world: FixWorld,
  signal: AbortSignal,
): Promise<Result<FixPlan>> {
  const named = [...called(edits, 'fix'), ...called(test.edits, 'test')];
  const problems = new Map<number, EditProblem>();
  const refuse = (index: number, obstacle: EditObstacle): void => {
    const one = named[index];
    // The first obstacle of an edit is the one to mend.
    if (one === undefined || problems.has(index)) return;
    problems.set(index, { ...obstacle, path: one.edit.path, part: one.part, number: one.number });
  };
  const groups = new Map<string, EditsOfFile>();
  for (const [index, { edit }] of named.entries()) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    const place = await findEditPlace(edit.path, world);
    if ('kind' in place) {
      refuse(index, place);
      continue;
    }
    const group = groups.get(place.disk.path) ?? { place, edits: [] };
    group.edits.push({ edit, index });
    groups.set(place.disk.path, group);
  }
  for (const [one, other] of clashes([...groups.values()])) {
    for (const { index } of one.edits) refuse(index, { kind: 'clashes', other: other.place.path });
  }
  const files: PlannedFile[] = [];
  for (const group of groups.values()) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    const file = await planFile(group, world, refuse);
    if (file !== undefined) files.push(file);
  }
  if (problems.size > 0) {
    const inOrder = [...problems].toSorted(([a], [b]) => a - b).map(([, problem]) => problem);
    return fail({ kind: 'editsRefused', problems: inOrder });
  }
  const changed = files.filter(({ after, now }) => after !== now?.text);
  return changed.length === 0 ? fail({ kind: 'nothingToApply' }) : succeed({ files: changed });
}

interface EditsOfFile {
  readonly place: EditPlace;
  readonly edits: NumberedEdit[];
}

function called(
  edits: readonly FixEdit[],
  part: EditPart,
): readonly { readonly edit: FixEdit; readonly part: EditPart; readonly number: number }[] {
  return edits.map((edit, index) => ({ edit, part, number: index + 1 }));
}

async function planFile(
  { place, edits }: EditsOfFile,
  world: FixWorld,
  refuse: (index: number, obstacle: EditObstacle) => void,
): Promise<PlannedFile | undefined> {
  const now = await readForEdit(place, world);
  if (now !== undefined && 'kind' in now) {
    for (const { index } of edits) refuse(index, now);
    return undefined;
  }
  const edited = editText(now?.text, edits);
  if (!edited.ok) {
    for (const { index, obstacle } of edited.obstacles) refuse(index, obstacle);
    return undefined;
  }
  const bytes = Buffer.byteLength(edited.text);
  if (bytes > maxEditedBytes) {
    for (const { index } of edits) refuse(index, { kind: 'tooLarge', bytes, limit: maxEditedBytes });
    return undefined;
  }
  const { text: after, changes } = edited;
  return { path: place.path, place: place.disk.path, after, changes, ...(now === undefined ? {} : { now }) };
}

/**
 * Files that cannot be there beside an earlier one: its name in another letter case, which some systems take for the
 * same, or a folder where the other is a file.
 */
function clashes(files: readonly EditsOfFile[]): readonly (readonly [EditsOfFile, EditsOfFile])[] {
  const seen = new Map<string, EditsOfFile>();
  const pairs: (readonly [EditsOfFile, EditsOfFile])[] = [];
  for (const file of files.toSorted((a, b) => a.place.disk.path.length - b.place.disk.path.length)) {
    const parts = file.place.disk.path.normalize('NFC').toLowerCase().split('/');
    for (let length = 1; length <= parts.length; length += 1) {
      const other = seen.get(parts.slice(0, length).join('/'));
      if (other !== undefined) pairs.push([file, other]);
    }
    seen.set(parts.join('/'), file);
  }
  return pairs;
}
