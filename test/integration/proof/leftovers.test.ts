import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from '../../../src/evidence/git.ts';
import { runMark } from '../../../src/proof/endProcesses.ts';
import { scratchPrefix, writeOwnership } from '../../../src/proof/leftovers.ts';
import { stateOf, sweep, useScratchParent } from '../../support/proofFixture.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';
import { until } from '../../support/until.ts';

/** The number of a process that has ended. */
function deadPid(): number {
  return Number(execFileSync('/bin/sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
}

describe('what a crash leaves behind', function () {
  this.timeout(20_000);
  const parent = useScratchParent();
  let repository: TemporaryRepository;
  beforeEach(async () => {
    repository = await TemporaryRepository.create();
    await repository.commit('a.txt', 'a', 'Start');
  });
  afterEach(() => repository.remove());

  /** A scratch copy as a window makes it. */
  async function copyOf(pid: number): Promise<string> {
    const home = join(parent(), `${scratchPrefix}${pid}-abcdef`);
    const copy = join(home, 'copy', 'repository');
    await mkdir(home);
    await writeOwnership(home, { repository: repository.root, copy });
    repository.git('worktree', 'add', '--quiet', '--detach', copy);
    return home;
  }

  it('is removed and forgotten at the next start, and a link in it is not followed', async () => {
    const before = stateOf(repository.root);
    const home = await copyOf(deadPid());
    await mkdir(join(parent(), 'precious'));
    await writeFile(join(parent(), 'precious', 'file'), 'kept');
    await symlink(join(parent(), 'precious'), join(home, 'copy', 'repository', 'node_modules'));
    assert.equal(await sweep(parent()), 1);
    assert.equal(stateOf(repository.root), before);
    assert.deepEqual(await readdir(parent()), ['precious']);
    assert.deepEqual(await readdir(join(parent(), 'precious')), ['file']);
  });

  it('stays where its window is still there, and so does what is not ours', async () => {
    await copyOf(process.pid);
    await mkdir(join(parent(), 'incident-panel-proof-notes'));
    const before = stateOf(repository.root);
    assert.equal(await sweep(parent()), 0);
    assert.equal(stateOf(repository.root), before);
    assert.equal((await readdir(parent())).length, 2);
  });

  it('is removed whatever a damaged note beside it says', async () => {
    const home = join(parent(), `${scratchPrefix}${deadPid()}-abcdef`);
    await mkdir(home);
    await writeFile(join(home, 'copy.json'), JSON.stringify({ repository: repository.root, copy: repository.root }));
    assert.equal(await sweep(parent()), 1);
    assert.ok(stateOf(repository.root).includes(repository.root));
    assert.deepEqual(await readdir(parent()), []);
  });

  it('ends processes of a window that is gone', async function () {
    if (process.platform !== 'linux') return;
    const mark = `${deadPid()}-1234`;
    const child = spawn('sleep', ['60'], { env: { ...process.env, [runMark]: mark }, stdio: 'ignore' });
    const ours = spawn('sleep', ['60'], { env: { ...process.env, [runMark]: `${process.pid}-1` }, stdio: 'ignore' });
    try {
      // The mark is in its environment as soon as the program has started.
      await until(
        'the process runs',
        async () =>
          (await runGit({ folder: repository.root, args: ['--version'], signal: AbortSignal.timeout(5_000) })).ok,
      );
      await sweep(parent());
      await until('the orphan has ended', () => Promise.resolve(child.signalCode === 'SIGKILL'));
      assert.equal(ours.signalCode, null);
    } finally {
      child.kill('SIGKILL');
      ours.kill('SIGKILL');
    }
  });
});
