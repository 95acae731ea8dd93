import { lstat, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { errorCode, fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';

/** One change of a fix: an exact search and replace, or a whole new file. */
export interface Edit {
  readonly path: string;
  readonly search?: string | undefined;
  readonly replace?: string | undefined;
  readonly newFile?: string | undefined;
}

/** A file's text after one edit; see `src/fix/`. */
export type ApplyEdit = (before: string | undefined, edit: Edit) => Result<string>;

interface Original {
  readonly path: string;
  /** Undefined where there was no such file. */
  readonly content: Buffer | undefined;
}

/** Writes into a scratch copy and nowhere else, and takes back what it wrote. */
export class ScratchFiles {
  private readonly root: string;
  private readonly folder: string;
  /** What was there before each of our writes, the latest last. */
  private readonly originals: Original[] = [];

  /** `root` is the copy's top folder, `folder` the one in it that paths start from. Both absolute and free of links. */
  constructor(root: string, folder: string) {
    this.root = root;
    this.folder = folder;
  }

  /** Applies edits in their order; where one does not fit, the files stay as the edits before it left them. */
  async applyEdits(edits: readonly Edit[], apply: ApplyEdit): Promise<Result<readonly string[]>> {
    const written: string[] = [];
    for (const edit of edits) {
      const place = await this.place(edit.path);
      if (!place.ok) return place;
      const before = await this.readBytes(place.value, edit.path);
      if (!before.ok) return before;
      const encoding = encodingOf(before.value);
      const after = apply(before.value?.toString(encoding), edit);
      if (!after.ok) return after;
      const failed = await this.put(place.value, edit.path, Buffer.from(after.value, encoding), before.value);
      if (!failed.ok) return failed;
      written.push(place.value);
    }
    return succeed([...new Set(written)]);
  }

  /** Writes a whole file. */
  async write(path: string, content: Buffer): Promise<Result<string>> {
    const place = await this.place(path);
    if (!place.ok) return place;
    const before = await this.readBytes(place.value, path);
    return before.ok ? this.put(place.value, path, content, before.value) : before;
  }

  async read(path: string): Promise<Result<Buffer | undefined>> {
    const place = await this.place(path);
    return place.ok ? this.readBytes(place.value, path) : place;
  }

  /** A point to come back to. */
  mark(): number {
    return this.originals.length;
  }

  /** Takes back what was written since a mark. */
  async restore(mark = 0): Promise<void> {
    for (const { path, content } of this.originals.splice(mark).toReversed()) {
      if (content === undefined) await rm(path, { force: true });
      else await writeFile(path, content);
    }
  }

  /** Forgets what was written: another commit was checked out over it. */
  async discard(): Promise<void> {
    for (const { path, content } of this.originals.splice(0)) {
      if (content === undefined) await rm(path, { force: true });
    }
  }

  /**
   * The absolute place of a written path. Refused where it would leave the copy, by its text or through a link (folders of
   * dependencies are links into the user's own), and in git's own folder.
   */
  private async place(path: string): Promise<Result<string>> {
    const outside = fail({ kind: 'outsideWorkspace', path });
    const segments = path.split(/[\\/]/);
    if (path.includes('\0') || isAbsolute(path) || /^[A-Za-z]:/.test(path)) return outside;
    if (segments.some((segment) => segment === '..' || /^\.git$/i.test(segment))) return outside;
    const place = resolve(this.folder, path);
    if (!isBelow(this.root, place)) return outside;
    const stats = await lstat(place).catch(() => undefined);
    if (stats !== undefined && !stats.isFile()) return fail({ kind: 'notARegularFile', path });
    for (let above = dirname(place); ; above = dirname(above)) {
      const real = await realpath(above).catch(() => undefined);
      if (real === undefined && above !== this.root) continue;
      return real === above && (above === this.root || isBelow(this.root, above)) ? succeed(place) : outside;
    }
  }

  private async readBytes(place: string, path: string): Promise<Result<Buffer | undefined>> {
    try {
      return succeed(await readFile(place));
    } catch (error) {
      const code = errorCode(error);
      return code === 'ENOENT' ? succeed(undefined) : fail({ kind: 'unreadableFile', path, code });
    }
  }

  private async put(place: string, path: string, content: Buffer, before: Buffer | undefined): Promise<Result<string>> {
    try {
      await mkdir(dirname(place), { recursive: true });
      this.originals.push({ path: place, content: before });
      await writeFile(place, content);
      return succeed(place);
    } catch (error) {
      return fail({ kind: 'unreadableFile', path, code: errorCode(error) });
    }
  }
}

/** UTF-8 where the file is that, otherwise one character a byte: what is not edited stays as it is. */
function encodingOf(content: Buffer | undefined): 'utf8' | 'latin1' {
  return content === undefined || content.equals(Buffer.from(content.toString('utf8'), 'utf8')) ? 'utf8' : 'latin1';
}

function isBelow(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from !== '' && from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from);
}
