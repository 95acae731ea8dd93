import { lstat, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { EditObstacle, EditPart, EditProblem } from '../model/editProblem.ts';
import { errorCode, fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { isGitFolder } from '../model/gitFolder.ts';

/** One change of a fix: an exact search and replace, or a whole new file. */
export interface Edit {
  readonly path: string;
  readonly search?: string | undefined;
  readonly replace?: string | undefined;
  readonly newFile?: string | undefined;
}

/** An edit with its place in the list by which an obstacle is told. */
export interface NumberedEdit {
  readonly edit: Edit;
  readonly index: number;
}

/** The bytes of a file after all edits of it, made together; undefined where the file does not exist. See `src/fix/`. */
export type EditFile = (
  before: Uint8Array | undefined,
  edits: readonly NumberedEdit[],
) =>
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly obstacles: readonly { readonly index: number; readonly obstacle: EditObstacle }[] };

/** A file as edits make it; its path is that of the first of them. */
export interface EditedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

interface Original {
  readonly path: string;
  /** Undefined where there was no such file. */
  readonly content: Buffer | undefined;
}

/** Writes into a scratch copy and nowhere else, and takes back what it wrote. */
export class ScratchFiles {
  readonly #root: string;
  readonly #folder: string;
  /** What was there before each of our writes, the latest last. */
  readonly #originals: Original[] = [];

  /** `root` is the copy's top folder, `folder` the one in it that paths start from. Both absolute and free of links. */
  constructor(root: string, folder: string) {
    this.#root = root;
    this.#folder = folder;
  }

  /**
   * What edits make of the files as they are, checked together as they are when a fix is applied: where one does not
   * fit, all that do not are told. Writes nothing.
   */
  async edited(
    { fix = [], test = [] }: { readonly fix?: readonly Edit[]; readonly test?: readonly Edit[] },
    editFile: EditFile,
  ): Promise<Result<readonly EditedFile[]>> {
    const named = [...called(fix, 'fix'), ...called(test, 'test')];
    const groups = new Map<string, NumberedEdit[]>();
    for (const [index, { edit }] of named.entries()) {
      const place = await this.#place(edit.path);
      if (!place.ok) return place;
      const group = groups.get(place.value);
      if (group === undefined) groups.set(place.value, [{ edit, index }]);
      else group.push({ edit, index });
    }
    const files: EditedFile[] = [];
    const obstacles = new Map<number, EditObstacle>();
    for (const [place, edits] of groups) {
      const path = edits[0]?.edit.path ?? '';
      const before = await this.#readBytes(place, path);
      if (!before.ok) return before;
      const after = editFile(before.value, edits);
      if (after.ok) files.push({ path, content: after.bytes });
      else for (const { index, obstacle } of after.obstacles) obstacles.set(index, obstacle);
    }
    const problems = named.flatMap(({ edit: { path }, part, number }, index): EditProblem[] => {
      const obstacle = obstacles.get(index);
      return obstacle === undefined ? [] : [{ ...obstacle, path, part, number }];
    });
    return problems.length > 0 ? fail({ kind: 'editsRefused', problems }) : succeed(files);
  }

  /** Writes whole files, one after another; where one cannot be written, those before it stay. */
  async writeAll(files: readonly EditedFile[]): Promise<Result<undefined>> {
    for (const { path, content } of files) {
      const written = await this.write(path, content);
      if (!written.ok) return written;
    }
    return succeed(undefined);
  }

  /** Writes a whole file. */
  async write(path: string, content: Uint8Array): Promise<Result<string>> {
    const place = await this.#place(path);
    if (!place.ok) return place;
    const before = await this.#readBytes(place.value, path);
    return before.ok ? this.#put(place.value, path, content, before.value) : before;
  }

  /** A point to come back to. */
  mark(): number {
    return this.#originals.length;
  }

  /** Takes back what was written since a mark. */
  async restore(mark = 0): Promise<void> {
    for (const { path, content } of this.#originals.splice(mark).toReversed()) {
      if (content === undefined) await rm(path, { force: true });
      else await writeFile(path, content);
    }
  }

  /** Forgets what was written: another commit was checked out over it. */
  async discard(): Promise<void> {
    for (const { path, content } of this.#originals.splice(0)) {
      if (content === undefined) await rm(path, { force: true });
    }
  }

  /**
   * The absolute place of a written path. Refused where it would leave the copy, by its text or through a link (folders of
   * dependencies are links into the user's own), and in git's own folder.
   */
  async #place(path: string): Promise<Result<string>> {
    const outside = fail({ kind: 'outsideWorkspace', path });
    const segments = path.split(/[\\/]/);
    if (path.includes('\0') || isAbsolute(path) || /^[A-Za-z]:/.test(path)) return outside;
    if (segments.some((segment) => /^\.\.[. ]*$/.test(segment) || isGitFolder(segment))) return outside;
    const place = resolve(this.#folder, path);
    if (!isBelow(this.#root, place)) return outside;
    const stats = await lstat(place).catch(() => undefined);
    if (stats !== undefined && !stats.isFile()) return fail({ kind: 'notARegularFile', path });
    for (let above = dirname(place); ; above = dirname(above)) {
      const real = await realpath(above).catch(() => undefined);
      if (real === undefined && above !== this.#root) continue;
      return real === above && (above === this.#root || isBelow(this.#root, above)) ? succeed(place) : outside;
    }
  }

  async #readBytes(place: string, path: string): Promise<Result<Buffer | undefined>> {
    try {
      return succeed(await readFile(place));
    } catch (error) {
      const code = errorCode(error);
      return code === 'ENOENT' ? succeed(undefined) : fail({ kind: 'unreadableFile', path, code });
    }
  }

  async #put(place: string, path: string, content: Uint8Array, before: Buffer | undefined): Promise<Result<string>> {
    try {
      await mkdir(dirname(place), { recursive: true });
      this.#originals.push({ path: place, content: before });
      await writeFile(place, content);
      return succeed(place);
    } catch (error) {
      return fail({ kind: 'unreadableFile', path, code: errorCode(error) });
    }
  }
}

function called(
  edits: readonly Edit[],
  part: EditPart,
): readonly { readonly edit: Edit; readonly part: EditPart; readonly number: number }[] {
  return edits.map((edit, index) => ({ edit, part, number: index + 1 }));
}

function isBelow(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from !== '' && from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from);
}
