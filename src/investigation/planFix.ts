import { editText } from '../fix/editText.ts';
import type { TextChange } from '../fix/editText.ts';
import type { EditObstacle } from '../model/editProblem.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Fix } from '../model/records.ts';
import { maxEditedBytes, readForEdit } from './editPlace.ts';
import type { CurrentText } from './editPlace.ts';
import type { FixWorld } from './fixWorld.ts';
import { placeEdits } from './placeEdits.ts';
import type { EditsOfFile } from './placeEdits.ts';

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
  fix: Pick<Fix, 'edits' | 'test'>,
  world: FixWorld,
  signal: AbortSignal,
): Promise<Result<FixPlan>> {
  const placed = await placeEdits(fix, world, signal);
  const files: PlannedFile[] = [];
  for (const group of placed?.files ?? []) {
    if (signal.aborted) break;
    const file = await planFile(group, world, (index, obstacle) => placed?.refuse(index, obstacle));
    if (file !== undefined) files.push(file);
  }
  if (placed === undefined || signal.aborted) return fail({ kind: 'cancelled' });
  const { problems } = placed;
  if (problems.length > 0) return fail({ kind: 'editsRefused', problems });
  const changed = files.filter(({ after, now }) => after !== now?.text);
  return changed.length === 0 ? fail({ kind: 'nothingToApply' }) : succeed({ files: changed });
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
