import { execFileSync } from 'node:child_process';
import { mkdtemp, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real repository in a temporary folder, whose name has a space and a letter outside ASCII. */
export class TemporaryRepository {
  readonly root: string;
  #time = Date.UTC(2026, 0, 1) / 1000;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<TemporaryRepository> {
    const repository = new TemporaryRepository(await realpath(await mkdtemp(join(tmpdir(), 'git ü '))));
    repository.git('init', '--quiet', '--initial-branch=main');
    repository.git('config', 'user.name', 'Ada');
    repository.git('config', 'user.email', 'ada@example.org');
    repository.git('config', 'commit.gpgsign', 'false');
    return repository;
  }

  /** Runs git as a developer would; each call is one minute after the one before. */
  git(...args: string[]): string {
    this.#time += 60;
    const date = `${this.#time} +0000`;
    return execFileSync('git', args, {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    }).trim();
  }

  path(name: string): string {
    return join(this.root, name);
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), content);
    return this.path(name);
  }

  /** Writes one file, commits everything and gives the commit's hash. */
  async commit(name: string, content: string | Uint8Array, subject: string): Promise<string> {
    await this.write(name, content);
    this.git('add', '--all');
    this.git('commit', '--quiet', '-m', subject);
    return this.git('rev-parse', 'HEAD');
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}
