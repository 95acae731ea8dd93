import { relative, sep } from 'node:path';
import type { FixEdit, NumberedEdit } from '../fix/editText.ts';
import type { EditObstacle, EditPart, EditProblem } from '../model/editProblem.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Fix } from '../model/records.ts';
import { findEditPlace } from './editPlace.ts';
import type { EditPlace } from './editPlace.ts';
import type { FixWorld } from './fixWorld.ts';

/** All edits of one file. */
export interface EditsOfFile {
  readonly place: EditPlace;
  readonly edits: readonly NumberedEdit[];
}

/** Where the edits of a fix and of its test belong, and what is wrong with those that have no place. */
class PlacedEdits {
  readonly files: readonly EditsOfFile[];
  readonly #named: readonly NamedEdit[];
  readonly #found = new Map<number, EditProblem>();

  constructor(named: readonly NamedEdit[], files: readonly EditsOfFile[]) {
    this.#named = named;
    this.files = files;
  }

  /** Notes what is in the way of an edit, by its place in the list: the first obstacle is the one to mend. */
  refuse(index: number, obstacle: EditObstacle): void {
    const one = this.#named[index];
    if (one === undefined || this.#found.has(index)) return;
    this.#found.set(index, { ...obstacle, path: one.edit.path, part: one.part, number: one.number });
  }

  /** In the order of the edits. */
  get problems(): readonly EditProblem[] {
    return [...this.#found].toSorted(([a], [b]) => a - b).map(([, problem]) => problem);
  }
}

interface NamedEdit {
  readonly edit: FixEdit;
  readonly part: EditPart;
  readonly number: number;
}

/** Finds the file of each edit, as it is on disk. Undefined where it was cancelled. Reads only. */
export async function placeEdits(
  { edits, test }: Pick<Fix, 'edits' | 'test'>,
  world: FixWorld,
  signal: AbortSignal,
): Promise<PlacedEdits | undefined> {
  const named = [...called(edits, 'fix'), ...called(test.edits, 'test')];
  const groups = new Map<string, { readonly place: EditPlace; readonly edits: NumberedEdit[] }>();
  const refused: (readonly [number, EditObstacle])[] = [];
  for (const [index, { edit }] of named.entries()) {
    if (signal.aborted) return undefined;
    const place = await findEditPlace(edit.path, world);
    if ('kind' in place) {
      refused.push([index, place]);
      continue;
    }
    const group = groups.get(place.disk.path) ?? { place, edits: [] };
    group.edits.push({ edit, index });
    groups.set(place.disk.path, group);
  }
  const files = [...groups.values()];
  const placed = new PlacedEdits(named, files);
  for (const [index, obstacle] of refused) placed.refuse(index, obstacle);
  for (const [one, other] of clashes(files)) {
    for (const { index } of one.edits) placed.refuse(index, { kind: 'clashes', other: other.place.path });
  }
  return placed;
}

/**
 * The edits of a fix and of its test with their paths from an open folder, as they are found when the fix is applied. So
 * what is proved is what would be applied, also where a path was written from the top of the repository.
 */
export async function editsFromFolder(
  { edits, test }: Pick<Fix, 'edits' | 'test'>,
  folder: string,
  world: FixWorld,
  signal: AbortSignal,
): Promise<Result<{ readonly fix: readonly FixEdit[]; readonly test: readonly FixEdit[] }>> {
  const placed = await placeEdits({ edits, test }, world, signal);
  if (placed === undefined) return fail({ kind: 'cancelled' });
  const { problems, files } = placed;
  if (problems.length > 0) return fail({ kind: 'editsRefused', problems });
  const paths = new Map(
    files.flatMap(({ place, edits: own }) => own.map(({ index }) => [index, fromFolder(folder, place)] as const)),
  );
  const moved = [...edits, ...test.edits].map((edit, index) => ({ ...edit, path: paths.get(index) ?? edit.path }));
  return succeed({ fix: moved.slice(0, edits.length), test: moved.slice(edits.length) });
}

function fromFolder(folder: string, { disk }: EditPlace): string {
  return relative(folder, disk.path).split(sep).join('/');
}

function called(edits: readonly FixEdit[], part: EditPart): readonly NamedEdit[] {
  return edits.map((edit, index) => ({ edit, part, number: index + 1 }));
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
