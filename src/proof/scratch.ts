import { mkdir, mkdtemp, readdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { basename, dirname, join, relative } from 'node:path';
import { fail, succeed, errorMessage } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { linkDependencies, linkedFolders } from './dependencies.ts';
import type { LinkedFolder } from './dependencies.ts';
import { ownershipFile, removeCopy, scratchPrefix, writeOwnership } from './leftovers.ts';
import { ScratchFiles } from './scratchFiles.ts';
import { copySubmodules } from './submodules.ts';

/** Runs one git command with nothing of the repository's own configuration executed; see `src/evidence/git.ts`. */
export type Git = (command: {
  readonly folder: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  readonly config?: readonly string[];
  /** Milliseconds without a word after which it is given up. */
  readonly silenceMs?: number;
}) => Promise<Result<{ readonly text: string }>>;

/** What is known of a repository: its top folder, the commit to start from, and what keeps its filters from running. */
export interface Repository {
  readonly root: string;
  readonly head: string;
  readonly config: readonly string[];
}

export interface ScratchRequest {
  readonly git: Git;
  readonly repository: Repository;
  /** Absolute path of the open folder: the repository's root, or a folder in it. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Where scratch copies are made; the system's folder for temporary files. */
  readonly parent?: string;
}

/** A checkout of a large repository says nothing while it works. */
const checkoutSilenceMs = 10 * 60_000;
/** Large files that git keeps elsewhere are not fetched for a test run. */
const withoutLargeFiles = ['clean=', 'smudge=', 'process=', 'required=false'].map((value) => `filter.lfs.${value}`);

/**
 * A copy of a repository at one commit, as a git worktree outside the user's folder: a place to try a fix in. The user's
 * files are read only; ignored folders of dependencies are linked, since a copy of them would take minutes.
 */
export class Scratch {
  /** What corresponds to the open folder, in the copy. Absolute. */
  readonly folder: string;
  /** The copy's top folder. */
  readonly root: string;
  /** For the temporary files of what runs here. */
  readonly temporary: string;
  readonly files: ScratchFiles;
  readonly linked: readonly LinkedFolder[];
  readonly #home: string;
  readonly #request: ScratchRequest;

  private constructor(request: ScratchRequest, home: string, root: string, linked: readonly LinkedFolder[]) {
    this.#request = request;
    this.#home = home;
    this.root = root;
    this.linked = linked;
    this.temporary = join(home, 'tmp');
    this.folder = join(root, relative(request.repository.root, request.folder));
    this.files = new ScratchFiles(root, this.folder);
  }

  /** Makes the copy. What was made of it is removed again where it could not be made whole. */
  static async create(request: ScratchRequest): Promise<Result<Scratch>> {
    const { git, repository, signal, parent = tmpdir() } = request;
    let home: string;
    // One folder deeper, so that what a test writes beside the repository stays in here as well. The repository keeps
    // its name: some builds are named after their folder.
    let root: string;
    try {
      // The name holds who made it, so that what a crash leaves behind can be told from what is in use.
      home = await realpath(await mkdtemp(join(parent, `${scratchPrefix}${process.pid}-`)));
      await mkdir(join(home, 'tmp'));
      root = join(home, 'copy', basename(repository.root) || 'repository');
      await writeOwnership(home, { repository: repository.root, copy: root });
    } catch (error) {
      return fail({ kind: 'unexpected', detail: errorMessage(error) });
    }
    const config = [...repository.config, ...withoutLargeFiles];
    const scratch = (linked: readonly LinkedFolder[]): Scratch => new Scratch(request, home, root, linked);
    const args = ['worktree', 'add', '--detach', '--force', root, repository.head];
    const added = await git({ folder: repository.root, args, signal, config, silenceMs: checkoutSilenceMs });
    if (!added.ok) {
      await scratch([]).remove();
      return added;
    }
    try {
      await copySubmodules({ git, repository, root, signal, silenceMs: checkoutSilenceMs });
      const linked = await linkDependencies(await linkedFolders(git, repository, signal), repository.root, root);
      if (!signal.aborted) return succeed(scratch(linked));
      await scratch(linked).remove();
      return fail({ kind: 'cancelled' });
    } catch (error) {
      await scratch([]).remove();
      return fail({ kind: 'unexpected', detail: errorMessage(error) });
    }
  }

  /** A folder of the copy, by its path from the open folder. */
  inFolder(path: string): string {
    return join(this.folder, path);
  }

  /** What a program printed, with the copy's files named as the user's: from the repository's root. */
  withoutPlace(output: string): string {
    const places = [pathToFileURL(this.root).href, this.root];
    return places.reduce((text, place) => text.replaceAll(`${place}/`, '').replaceAll(`${place}\\`, ''), output);
  }

  /** Puts the copy on another commit. Links and files that git ignores stay. */
  async checkOut(hash: string, signal: AbortSignal): Promise<Result<{ readonly text: string }>> {
    const { git, repository } = this.#request;
    const config = [...repository.config, ...withoutLargeFiles];
    const args = ['checkout', '--quiet', '--force', '--detach', hash];
    return git({ folder: this.root, args, signal, config, silenceMs: checkoutSilenceMs });
  }

  /** Names of what lies beside the copy and was not put there by us: a test wrote out of its repository. */
  async writtenBeside(): Promise<readonly string[]> {
    const ours = new Set([basename(this.root), 'copy', 'tmp', ownershipFile]);
    const names: string[] = [];
    for (const folder of [dirname(this.root), this.#home]) names.push(...(await readdir(folder).catch(() => [])));
    return names.filter((name) => !ours.has(name)).map((name) => `../${name}`);
  }

  /** Removes the copy and forgets it in the repository. Never throws; works whatever is left of it. */
  async remove(): Promise<void> {
    const { git, repository } = this.#request;
    await removeCopy(git, this.#home, { repository: repository.root, copy: this.root });
  }
}
