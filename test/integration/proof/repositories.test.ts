import assert from 'node:assert/strict';
import { openRepository } from '../../../src/evidence/git.ts';
import { leftIn, proveIn, stateOf, useScratchParent } from '../../support/proofFixture.ts';
import type { Trial } from '../../support/proofFixture.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

/** A test that any machine can run: red while the price is there, and where what it needs is not in the copy. */
const script = (...needs: readonly string[]): string =>
  [
    '#!/bin/sh',
    ...needs.map((need) => `${need} || exit 3`),
    'grep -q "price=10[^0]*$" price.txt && exit 1',
    'exit 0',
    '',
  ].join('\n');

function trial(...needs: readonly string[]): Trial {
  return {
    plan: { folder: '', test: 'sh test.sh' },
    testEdits: [{ path: 'test.sh', newFile: script(...needs) }],
    fixEdits: [{ path: 'price.txt', search: 'price=10\n', replace: 'price=100\n' }],
  };
}

describe('a proof in repositories of all kinds', function () {
  if (process.platform === 'win32') return;
  this.timeout(60_000);
  const parent = useScratchParent();
  let repository: TemporaryRepository;
  beforeEach(async () => {
    repository = await TemporaryRepository.create();
    await repository.commit('price.txt', 'price=10\n', 'Start');
  });
  afterEach(() => repository.remove());

  /** Proves, and asserts that the user's tree is as it was and nothing is left. */
  async function proves(more: Trial, root = repository.root): Promise<string> {
    const before = stateOf(root);
    const { verdict, changedOutside } = await proveIn(root, parent(), more);
    assert.equal(stateOf(root), before);
    assert.deepEqual(await leftIn(parent()), []);
    assert.deepEqual(changedOutside, []);
    return verdict.kind;
  }

  it('works where no branch is checked out', async () => {
    repository.git('checkout', '--quiet', '--detach');
    assert.equal(await proves(trial()), 'proved');
  });

  it('works in a worktree, and in a worktree of a bare repository', async () => {
    const other = repository.path('tree of its own');
    repository.git('worktree', 'add', '--quiet', '-b', 'other', other);
    try {
      assert.equal(await proves(trial(), other), 'proved');
    } finally {
      repository.git('worktree', 'remove', '--force', other);
    }
    const bare = repository.path('bare.git');
    repository.git('clone', '--quiet', '--bare', '.', bare);
    repository.git('-C', bare, 'worktree', 'add', '--quiet', `${bare}-tree`, 'main');
    assert.equal(await proves(trial(), `${bare}-tree`), 'proved');
  });

  it('keeps the line ends that the user’s git makes', async () => {
    repository.git('config', 'core.autocrlf', 'true');
    assert.equal(await proves(trial(`grep -q "$(printf '\\r')" price.txt`)), 'proved');
  });

  it('has the files of a sparse checkout', async () => {
    await repository.commit('shop/a.txt', 'a\n', 'Shop');
    await repository.commit('huge/b.txt', 'b\n', 'Huge');
    repository.git('sparse-checkout', 'set', 'shop');
    assert.equal(await proves(trial('test -f shop/a.txt')), 'proved');
  });

  it('leaves what Git LFS keeps elsewhere as pointers, and fetches nothing', async () => {
    await repository.commit('.gitattributes', '*.bin filter=lfs -text\n', 'LFS');
    await repository.commit('model.bin', 'version https://git-lfs.github.com/spec/v1\n', 'A pointer');
    repository.git('config', 'filter.lfs.smudge', 'touch smudged; cat');
    repository.git('config', 'filter.lfs.clean', 'cat');
    repository.git('config', 'filter.lfs.required', 'true');
    assert.equal(await proves(trial('grep -q git-lfs model.bin', 'test ! -e smudged')), 'proved');
  });

  it('has the files of submodules within submodules', async () => {
    const [inner, middle] = [await TemporaryRepository.create(), await TemporaryRepository.create()];
    const add = (to: TemporaryRepository, of: TemporaryRepository, path: string): void => {
      to.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', of.root, path);
      to.git('commit', '--quiet', '-m', 'Add a submodule');
    };
    try {
      await inner.commit('rate.txt', '100\n', 'Rate');
      await middle.commit('money.txt', 'EUR\n', 'Money');
      add(middle, inner, 'deep');
      add(repository, middle, 'lib');
      repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init', '--recursive');
      assert.equal(await proves(trial('test -f lib/money.txt', 'test -f lib/deep/rate.txt')), 'proved');
    } finally {
      await Promise.all([inner.remove(), middle.remove()]);
    }
  });

  it('cannot begin without a commit, and says so', async () => {
    const empty = await TemporaryRepository.create();
    try {
      const opened = await openRepository(empty.root, AbortSignal.timeout(10_000));
      assert.equal(!opened.ok && opened.failure.kind, 'noCommits');
    } finally {
      await empty.remove();
    }
  });

  it('has no keyboard: a test that asks gets the end of its input', async () => {
    assert.equal(await proves(trial('! read -r answer')), 'proved');
  });

  it('has neither colours nor watching, and builds in a folder of its own', async () => {
    const needs = [
      'test "$CI" = true',
      'test "$NO_COLOR" = 1',
      'case "$CARGO_TARGET_DIR" in "$TMPDIR"/*) ;; *) exit 3;; esac',
    ];
    assert.equal(await proves(trial(...needs)), 'proved');
  });

  it('is not fooled by a script that swallows the exit code, nor by one that finds no test', async () => {
    const swallowed = { ...trial(), plan: { folder: '', test: 'sh test.sh || echo "1 failing"' } };
    assert.equal(await proves(swallowed), 'proved');
    assert.equal(
      await proves({ ...trial(), plan: { folder: '', test: 'echo "collected 0 items"; exit 5' } }),
      'cannotRun',
    );
  });
});
