import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LargeRepository {
  readonly root: string;
  /** Files that the last commits changed, by their path in the repository. */
  readonly suspects: readonly string[];
  remove(): Promise<void>;
}

/**
 * A real repository with so many files and commits, all but the first of which change one of three suspects and one
 * other file, each of so many lines. Made by `git fast-import`, in seconds.
 */
export async function makeLargeRepository(files: number, commits: number, linesEach = 120): Promise<LargeRepository> {
  const root = await mkdtemp(join(tmpdir(), 'large-repository-'));
  const git = (...args: string[]): void =>
    void execFileSync('git', args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
  const suspects = ['src/services/payment.js', 'src/api/checkout.js', 'config/production.js'];
  const importer = spawn('git', ['fast-import', '--quiet'], { cwd: root, stdio: ['pipe', 'ignore', 'inherit'] });
  const done = once(importer, 'close');
  const write = async (text: string): Promise<void> => {
    if (!importer.stdin.write(text)) await once(importer.stdin, 'drain');
  };
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const lines = (name: string, changed: number): string =>
    Array.from(
      { length: linesEach },
      (_, line) => `// ${name} line ${line}${line === changed % linesEach ? ` changed ${changed}` : ''}\n`,
    ).join('');
  const path = (file: number): string => suspects[file] ?? `src/module${file % 200}/part${file % 7}/file${file}.js`;
  for (let commit = 0; commit < commits; commit += 1) {
    const time = `Ada <ada@example.org> ${1_760_000_000 + commit * 600} +0000`;
    await write(`commit refs/heads/main\ncommitter ${time}\n${data(`Change ${commit}`)}`);
    const changed =
      commit === 0 ? Array.from({ length: files }, (_, file) => file) : [commit % 3, 3 + (commit % (files - 3))];
    for (const file of changed) await write(`M 100644 inline ${path(file)}\n${data(lines(path(file), commit))}`);
  }
  importer.stdin.end();
  await done;
  git('checkout', '--quiet', '--force', 'main');
  return { root, suspects, remove: () => rm(root, { recursive: true, force: true }) };
}
