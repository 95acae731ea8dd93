import assert from 'node:assert/strict';
import { gitStanding } from '../../../src/evidence/gitStanding.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

describe('what git makes of a file', () => {
  const bare = useTemporaryFolder();
  let repository: TemporaryRepository;
  before(async () => {
    repository = await TemporaryRepository.create();
    await repository.write('.gitignore', '*.log\nbuild/\n');
    await repository.commit('kept.log', 'x', 'First');
    await repository.write('src/a [1] *.js', 'x');
    repository.git('add', '--force', 'kept.log', 'src');
    await repository.write('new.js', 'x');
    await repository.write('noise.log', 'x');
  });
  after(() => repository.remove());

  const standing = async (path: string, folder = repository.root): Promise<string> => {
    const result = await gitStanding({ path: repository.path(path), folder }, AbortSignal.timeout(10_000));
    return result.ok ? result.value : result.failure.kind;
  };

  it('is told for files that it keeps, also ignored ones and such with signs of patterns in the name', async () => {
    assert.equal(await standing('kept.log'), 'tracked');
    assert.equal(await standing('src/a [1] *.js'), 'tracked');
    assert.equal(await standing('src/a [1] *.js', repository.path('src')), 'tracked');
  });

  it('is told for new files, there or not, and for ignored ones', async () => {
    assert.equal(await standing('new.js'), 'new');
    assert.equal(await standing('src/deep/not-there.js', repository.path('src')), 'new');
    assert.equal(await standing('noise.log'), 'ignored');
    assert.equal(await standing('build/a.js'), 'ignored');
  });

  it('is nothing outside a repository', async () => {
    const result = await gitStanding({ path: `${bare()}/a.js` }, AbortSignal.timeout(10_000));
    assert.deepEqual(result, { ok: true, value: 'noRepository' });
  });
});
