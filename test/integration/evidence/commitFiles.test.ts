import { execFileSync } from 'node:child_process';
import assert from 'node:assert/strict';
import { commitFiles } from '../../../src/evidence/commitFiles.ts';
import { openRepository } from '../../../src/evidence/git.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

describe('the files of a commit', () => {
  let repository: TemporaryRepository;
  beforeEach(async () => {
    repository = await TemporaryRepository.create();
  });
  afterEach(() => repository.remove());

  it('are none above the repository, whatever a tree of the history says', async () => {
    await repository.commit('a.txt', 'one\n', 'First');
    const tree = (entry: string): string =>
      execFileSync('git', ['mktree'], { cwd: repository.root, input: `${entry}\n`, encoding: 'utf8' }).trim();
    const blob = repository.git('rev-parse', 'HEAD:a.txt');
    const above = tree(`040000 tree ${tree(`100644 blob ${blob}\tauthorized_keys`)}\t..`);
    const hostile = repository.git('commit-tree', above, '-m', 'Second', '-p', 'HEAD');
    assert.match(repository.git('diff-tree', '-r', '--name-only', 'HEAD', hostile), /^\.\.\/authorized_keys$/m);
    repository.git('update-ref', 'HEAD', hostile);

    const signal = AbortSignal.timeout(20_000);
    const opened = await openRepository(repository.root, signal);
    assert.ok(opened.ok);
    const found = await commitFiles(opened.value, hostile, signal);
    assert.ok(found.ok);
    assert.deepEqual(found.value.paths, ['a.txt']);
  });
});
