import { dirname } from 'node:path';
import { badPath, possiblePlaces } from '../fix/editPath.ts';
import { decodeFile } from '../fix/fileBytes.ts';
import { placeOnDisk } from '../fix/place.ts';
import type { PlaceOnDisk } from '../fix/place.ts';
import type { EditObstacle } from '../model/editProblem.ts';
import { errorCode } from '../model/failure.ts';
import { isEnvironmentValuesFile } from '../model/suspect.ts';
import type { EditorText, FixWorld } from './fixWorld.ts';

/** Largest file that a fix may change or make, in bytes: a source file above it is generated or data. */
export const maxEditedBytes = 2 * 1024 * 1024;

/** The file that an edit's path means. `path` is relative to its folder. */
export interface EditPlace {
  readonly path: string;
  readonly disk: Exclude<PlaceOnDisk, { kind: 'refused' }>;
}

/** The file that a path means: the first that exists, or else the likeliest place for a new one. */
export async function findEditPlace(path: string, world: FixWorld): Promise<EditPlace | EditObstacle> {
  const bad = badPath(path);
  if (bad !== undefined) return { kind: 'badPath', reason: bad };
  if (isEnvironmentValuesFile(path)) return { kind: 'environmentValues' };
  let fallback: EditPlace | EditObstacle | undefined;
  for (const place of possiblePlaces(path, world.roots)) {
    const disk = await placeOnDisk(place.root.folder, place.path, world.folders);
    if (disk.kind === 'file') return asGitHasIt({ path: place.path, disk }, dirname(disk.path), world);
    fallback ??= disk.kind === 'refused' ? disk.obstacle : { path: place.path, disk };
  }
  if (fallback === undefined) return { kind: 'badPath', reason: 'outside' };
  if ('kind' in fallback || fallback.disk.kind !== 'nothing') return fallback;
  return asGitHasIt(fallback, fallback.disk.parent, world);
}

/** Tracked files and new ones; what git ignores is made by a tool, installed, or private. */
async function asGitHasIt(place: EditPlace, folder: string, world: FixWorld): Promise<EditPlace | EditObstacle> {
  const standing = await world.standing(place.disk.path, folder);
  if (!standing.ok) return { kind: 'unreadable', code: standing.failure.kind };
  return standing.value === 'ignored' ? { kind: 'ignored' } : place;
}

/** A file's text as it is now. */
export interface CurrentText extends EditorText {
  /** Whether its line ends are of both kinds, which the editor makes one when it saves. */
  readonly mixedLineEnds: boolean;
}

/** What there is now at a place; undefined where there is nothing. */
export async function readForEdit(
  { disk }: EditPlace,
  world: FixWorld,
): Promise<CurrentText | EditObstacle | undefined> {
  if (disk.kind === 'nothing') return undefined;
  if (disk.bytes > maxEditedBytes) return { kind: 'tooLarge', bytes: disk.bytes, limit: maxEditedBytes };
  try {
    const bytes = await world.bytes(disk.path, maxEditedBytes + 1);
    if (bytes.length > maxEditedBytes) return { kind: 'tooLarge', bytes: bytes.length, limit: maxEditedBytes };
    const decoded = decodeFile(bytes);
    if (decoded.kind === 'binary') return { kind: 'binary' };
    const editor = await world.editorText(disk.path);
    // In another encoding, which the user has set, only the editor knows what the bytes mean.
    if (!editor.unicode) return { ...editor, mixedLineEnds: false };
    if (decoded.kind === 'undecodable') return { kind: 'undecodable' };
    if (!editor.unsaved && lineFeeds(editor.text) !== lineFeeds(decoded.text)) return { kind: 'stale' };
    return { ...editor, mixedLineEnds: hasMixedLineEnds(decoded.text) };
  } catch (error) {
    return { kind: 'unreadable', code: errorCode(error) };
  }
}

function hasMixedLineEnds(text: string): boolean {
  const both = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return windows > 0 && windows < both;
}

function lineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
