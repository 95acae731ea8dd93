import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openRepository } from '../../../src/evidence/git.ts';
import type { RepositoryState } from '../../../src/evidence/git.ts';
import { searchRepository } from '../../../src/evidence/repositorySearch.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

const needle = 'needle_in_haystack';

describe('search of the repository', () => {
  let repository: TemporaryRepository;
  let outside = '';
  let state: RepositoryState;
  const signal = (): AbortSignal => AbortSignal.timeout(20_000);

  before(async () => {
    outside = await realpath(await mkdtemp(join(tmpdir(), 'outside-')));
    await writeFile(join(outside, 'passwd'), `${needle} of the machine\n`);
    repository = await TemporaryRepository.create();
    const secretFiles = ['deploy/id_rsa', 'tls/Server.KEY', '.npmrc', 'infra/prod.tfvars', 'credentials.json'];
    for (const name of [
      'src/a.js',
      'packages/b/b.js',
      '.env.example',
      '.env',
      'prod.env',
      'linked/passwd',
      ...secretFiles,
    ])
      await repository.write(name, `${needle} in ${name}\n`);
    repository.git('add', '--all', '--force');
    repository.git('commit', '--quiet', '-m', 'All');
    // Git's index still says that `linked/passwd` is a file of the repository.
    await rm(repository.path('linked'), { recursive: true });
    await symlink(outside, repository.path('linked'));
    await symlink(join(outside, 'passwd'), repository.path('link.js'));
    await repository.write('untracked.js', `${needle} untracked\n`);
    await repository.write('.git/planted', `${needle} in git\n`);
    const opened = await openRepository(repository.root, signal());
    assert.ok(opened.ok, JSON.stringify(opened));
    state = opened.value;
  });
  after(async () => {
    await repository.remove();
    await rm(outside, { recursive: true });
  });

  const paths = async (path?: string, folders = [repository.root]): Promise<string[]> => {
    const found = await searchRepository(state, { pattern: needle, path }, folders, signal());
    assert.ok(found.ok, JSON.stringify(found));
    return found.value.hits.map(({ path: hit }) => hit).sort();
  };

  it('finds what git tracks, and no values of the environment, no keys and logins, nothing in .git, nothing untracked, nothing behind a link', async () => {
    assert.deepEqual(await paths(), ['.env.example', 'packages/b/b.js', 'src/a.js']);
  });

  it('stays in the folders of the window where the repository is larger', async () => {
    assert.deepEqual(await paths(undefined, [repository.path('packages/b')]), ['packages/b/b.js']);
    assert.deepEqual(await paths('src', [repository.path('packages/b')]), []);
    assert.deepEqual(await paths(undefined, []), []);
    assert.deepEqual(await paths(undefined, [dirname(repository.root)]), [
      '.env.example',
      'packages/b/b.js',
      'src/a.js',
    ]);
  });

  it('finds nothing by a path that is a trick', async () => {
    const tricks = [
      '..',
      '../..',
      outside,
      `${repository.root}/src/../../x`,
      '.git',
      '.GIT',
      '.git/planted',
      '.env',
      ':(top).env',
      ':!src',
      'src/../.env',
      'linked',
      'linked/passwd',
      'link.js',
      'deploy/id_rsa',
      'deploy\\ID_RSA',
      'tls/Server.KEY',
      '.npmrc',
      'infra/prod.tfvars',
      'credentials.json',
      'credentials.json::$DATA',
      'a\0b',
      '.env::$DATA',
      '\\\\server\\x',
      '-f',
      '--no-index',
    ];
    for (const path of tricks) assert.deepEqual(await paths(path), [], path);
    assert.deepEqual(await paths('src'), ['src/a.js']);
    assert.deepEqual(await paths('./src/'), ['src/a.js']);
    assert.deepEqual(await paths('src\\a.js'), ['src/a.js']);
  });

  it('takes a pattern as a pattern, never as an option', async () => {
    for (const pattern of ['--open-files-in-pager=touch /tmp/x', '-O', '--no-index', '--untracked', '-f/etc/passwd']) {
      const found = await searchRepository(state, { pattern }, [repository.root], signal());
      assert.ok(found.ok && found.value.hits.length === 0, pattern);
    }
  });

  it('is not led to another folder by the repository’s own configuration', async () => {
    const hostile = await TemporaryRepository.create();
    await hostile.commit('a.js', 'x\n', 'First');
    await mkdir(join(outside, 'victim'), { recursive: true });
    hostile.git('config', 'core.worktree', join(outside, 'victim'));
    const opened = await openRepository(hostile.root, signal());
    assert.deepEqual(opened, { ok: false, failure: { kind: 'notARepository', folder: hostile.root } });
    assert.equal(
      execFileSync('git', ['rev-parse', '--show-toplevel'], { cwd: hostile.root, encoding: 'utf8' }).trim(),
      join(outside, 'victim'),
    );
    await hostile.remove();
  });
});
