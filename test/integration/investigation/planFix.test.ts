import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { planFix } from '../../../src/investigation/planFix.ts';
import type { FixPlan } from '../../../src/investigation/planFix.ts';
import type { FixWorld } from '../../../src/investigation/fixWorld.ts';
import type { EditProblem } from '../../../src/model/editProblem.ts';
import type { Fix } from '../../../src/model/records.ts';
import { diskWorld, fixOf, writePlan } from '../../support/fixFiles.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

const good = { path: 'src/a.js', search: 'two', replace: '2' };

describe('the plan of a fix', function () {
  this.timeout(20_000);
  let repository: TemporaryRepository;
  before(async () => {
    repository = await TemporaryRepository.create();
    await repository.write('src/a.js', 'one\ntwo\nthree\n');
    await repository.write('.gitignore', 'dist/\nnode_modules/\n*.log\n');
    await repository.write('image.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]));
    await repository.write('latin.js', Buffer.from('caf\xe9 = 1\n', 'latin1'));
    await repository.write('large.js', `// ${'x'.repeat(3 * 1024 * 1024)}\n`);
    await repository.commit('src/b.js', 'const key = config.key;\n', 'First');
    await repository.write('dist/a.js', 'one\ntwo\n');
    await repository.write('src/untracked.js', 'one\ntwo\n');
    await repository.write('.env', 'KEY=value\n');
    await symlink('/etc', repository.path('outside'));
    await symlink('src', repository.path('inside'));
  });
  after(() => repository.remove());

  const plan = (fix: Pick<Fix, 'edits' | 'test'>, world: FixWorld = diskWorld(repository.root)) =>
    planFix(fix, world, AbortSignal.timeout(10_000));

  async function planned(fix: Pick<Fix, 'edits' | 'test'>, world?: FixWorld): Promise<FixPlan> {
    const result = await plan(fix, world);
    assert.ok(result.ok, JSON.stringify(result));
    return result.value;
  }

  async function problemsOf(fix: Pick<Fix, 'edits' | 'test'>, world?: FixWorld): Promise<readonly EditProblem[]> {
    const result = await plan(fix, world);
    assert.ok(!result.ok && result.failure.kind === 'editsRefused', JSON.stringify(result));
    return result.failure.problems;
  }

  it('has each file once, with what it becomes, the test among them', async () => {
    const { files } = await planned(
      fixOf(
        [good, { path: 'src/a.js', search: 'three', replace: '3' }, { path: 'src/new/c.js', newFile: 'c\n' }],
        [{ path: 'test/a.test.js', newFile: 'test\n' }],
      ),
    );
    assert.deepEqual(
      files.map(({ path, after, now }) => [path, after, now === undefined ? undefined : now.text]),
      [
        ['src/a.js', 'one\n2\n3\n', 'one\ntwo\nthree\n'],
        ['src/new/c.js', 'c\n', undefined],
        ['test/a.test.js', 'test\n', undefined],
      ],
    );
  });

  it('changes a file that is new and not ignored', async () => {
    const { files } = await planned(fixOf([{ path: 'src/untracked.js', search: 'two', replace: '2' }]));
    assert.equal(files[0]?.after, 'one\n2\n');
  });

  it('is made for what the editor shows, with the unsaved changes in it', async () => {
    const draft = 'zero\none\ntwo\nthree\n';
    const { files } = await planned(
      fixOf([good]),
      diskWorld(repository.root, { [repository.path('src/a.js')]: draft }),
    );
    assert.equal(files[0]?.after, 'zero\none\n2\nthree\n');
    assert.equal(files[0].now?.unsaved, true);
  });

  it('takes a path from the top of the repository where only a part of it is open', async () => {
    const world = diskWorld(repository.path('src'));
    const { files } = await planned(fixOf([good]), {
      ...world,
      roots: [{ folder: repository.path('src'), name: 'src', prefix: 'src' }],
    });
    assert.equal(files[0]?.path, 'a.js');
  });

  it('says so where nothing is left to change', async () => {
    const result = await plan(fixOf([{ path: 'src/a.js', newFile: 'one\ntwo\nthree\n' }]));
    assert.ok(!result.ok);
    assert.equal(result.failure.kind, 'nothingToApply');
  });

  it('ends when it is stopped', async () => {
    const result = await planFix(fixOf([good]), diskWorld(repository.root), AbortSignal.abort());
    assert.ok(!result.ok);
    assert.equal(result.failure.kind, 'cancelled');
  });

  describe('refuses', () => {
    const hostile: Readonly<Record<string, readonly [Fix['edits'][number], Partial<EditProblem>]>> = {
      'a path that leads out': [
        { path: '../escape.js', newFile: 'x' },
        { kind: 'badPath', reason: 'parent' },
      ],
      'an absolute path': [
        { path: '/etc/cron.d/x', newFile: 'x' },
        { kind: 'badPath', reason: 'absolute' },
      ],
      'a share of the network': [
        { path: '\\\\server\\share\\x', newFile: 'x' },
        { kind: 'badPath', reason: 'absolute' },
      ],
      'a hook of Git': [
        { path: '.git/hooks/pre-commit', newFile: '#!/bin/sh\n' },
        { kind: 'badPath', reason: 'git' },
      ],
      'a file behind a link that leads out': [
        { path: 'outside/passwd', search: 'root', replace: 'x' },
        { kind: 'link' },
      ],
      'a new file behind a link': [{ path: 'inside/new.js', newFile: 'x' }, { kind: 'link' }],
      'a binary file': [{ path: 'image.png', search: 'PNG', replace: 'x' }, { kind: 'binary' }],
      'a binary file to be made': [{ path: 'new.bin', newFile: 'a\0b' }, { kind: 'binary' }],
      'a file in another encoding': [{ path: 'latin.js', search: '= 1', replace: '= 2' }, { kind: 'undecodable' }],
      'a file that is too large': [{ path: 'large.js', search: '//', replace: '' }, { kind: 'tooLarge' }],
      'a file that becomes too large': [
        { path: 'src/b.js', search: 'config', replace: 'y'.repeat(3 * 1024 * 1024) },
        { kind: 'tooLarge' },
      ],
      'a file that Git ignores': [{ path: 'dist/a.js', search: 'two', replace: '2' }, { kind: 'ignored' }],
      'a new file that Git ignores': [{ path: 'node_modules/x/index.js', newFile: 'x' }, { kind: 'ignored' }],
      'a file of environment values': [
        { path: '.env', search: 'KEY=value', replace: 'KEY=' },
        { kind: 'environmentValues' },
      ],
      'a folder in place of a file': [{ path: 'src', newFile: 'x' }, { kind: 'notAFile' }],
      'a file that is not there': [{ path: 'src/gone.js', search: 'a', replace: 'b' }, { kind: 'fileMissing' }],
      'a new file that is there': [{ path: 'src/b.js', newFile: 'x' }, { kind: 'fileExists' }],
      'hidden characters': [
        { path: 'src/b.js', search: 'config', replace: 'con\u202efig' },
        { kind: 'hiddenCharacters' },
      ],
    };
    for (const [what, [edit, expected]] of Object.entries(hostile)) {
      it(`${what}, and the good edit beside it`, async () => {
        const problems = await problemsOf(fixOf([good, edit]));
        assert.equal(problems.length, 1);
        assert.deepEqual({ ...problems[0], ...expected, path: edit.path, part: 'fix', number: 2 }, problems[0]);
      });
    }

    it('edits that overlap, in the fix and its test together', async () => {
      const problems = await problemsOf(fixOf([good], [{ path: 'src/a.js', search: 'two\nthree', replace: '' }]));
      assert.deepEqual(problems, [{ kind: 'overlaps', line: 2, path: 'src/a.js', part: 'test', number: 1 }]);
    });

    it('files that cannot be there together', async () => {
      const cased = await problemsOf(
        fixOf([
          { path: 'src/New.js', newFile: 'x' },
          { path: 'src/new.js', newFile: 'y' },
        ]),
      );
      assert.deepEqual(
        cased.map(({ kind, number }) => [kind, number]),
        [['clashes', 2]],
      );
      const nested = await problemsOf(
        fixOf([
          { path: 'lib/x', newFile: 'x' },
          { path: 'lib/x/y.js', newFile: 'y' },
        ]),
      );
      assert.deepEqual(
        nested.map(({ kind, number }) => [kind, number]),
        [['clashes', 2]],
      );
    });

    it('a text that changed on disk while the editor shows another one', async () => {
      const world = diskWorld(repository.root);
      const stale: FixWorld = {
        ...world,
        editorText: async () => ({ text: 'one\ntwo\n', version: 1, unsaved: false, unicode: true }),
      };
      const problems = await problemsOf(fixOf([good]), stale);
      assert.equal(problems[0]?.kind, 'stale');
    });

    it('a file that cannot be read', async () => {
      const world: FixWorld = {
        ...diskWorld(repository.root),
        bytes: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })),
      };
      assert.deepEqual(await problemsOf(fixOf([good]), world), [
        { kind: 'unreadable', code: 'EACCES', path: 'src/a.js', part: 'fix', number: 1 },
      ]);
    });

    it('everything where no folder is open', async () => {
      const problems = await problemsOf(fixOf([good]), { ...diskWorld(repository.root), roots: [] });
      assert.deepEqual(
        problems.map((one) => (one.kind === 'badPath' ? one.reason : one.kind)),
        ['outside'],
      );
    });

    it('with every problem, in the order of the edits', async () => {
      const problems = await problemsOf(
        fixOf(
          [{ path: '../x', newFile: '' }, good, { path: 'src/a.js', search: 'nowhere', replace: '' }],
          [{ path: 'src/b.js', newFile: 'x' }],
        ),
      );
      assert.deepEqual(
        problems.map(({ part, number, kind }) => `${part} ${number} ${kind}`),
        ['fix 1 badPath', 'fix 3 notFound', 'test 1 fileExists'],
      );
    });
  });

  it('works in a submodule and in a folder without a repository', async () => {
    await mkdir(repository.path('vendor-module'));
    execFileSync('git', ['init', '--quiet'], { cwd: repository.path('vendor-module') });
    await writeFile(repository.path('vendor-module/.gitignore'), 'build/\n');
    await repository.write('vendor-module/lib.js', 'one\n');
    await repository.write('vendor-module/build/lib.js', 'one\n');
    const { files } = await planned(fixOf([{ path: 'vendor-module/lib.js', search: 'one', replace: '1' }]));
    assert.equal(files[0]?.after, '1\n');
    const [problem] = await problemsOf(fixOf([{ path: 'vendor-module/build/lib.js', search: 'one', replace: '1' }]));
    assert.equal(problem?.kind, 'ignored');
  });

  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('eins\r\nzwei\r\ndrei', 'utf16le')]);
  const kept: Readonly<Record<string, readonly [Buffer, Buffer]>> = {
    'CRLF and no final line break': [Buffer.from('a\r\ntwo\r\nc'), Buffer.from('a\r\n2\r\n2\r\nc')],
    'a byte order mark': [Buffer.from('\ufefftwo\n'), Buffer.from('\ufeff2\n2\n')],
    'mixed line ends': [Buffer.from('a\r\ntwo\nc\r\n'), Buffer.from('a\r\n2\n2\nc\r\n')],
    'UTF-16': [
      Buffer.concat([utf16.subarray(0, 2), Buffer.from('x\r\ntwo\r\n', 'utf16le')]),
      Buffer.concat([utf16.subarray(0, 2), Buffer.from('x\r\n2\r\n2\r\n', 'utf16le')]),
    ],
  };
  for (const [what, [before, after]] of Object.entries(kept)) {
    it(`keeps ${what}`, async () => {
      await repository.write('kept.txt', before);
      await writePlan(await planned(fixOf([{ path: 'kept.txt', search: 'two', replace: '2\n2' }])));
      assert.deepEqual(await readFile(repository.path('kept.txt')), after);
    });
  }
});
