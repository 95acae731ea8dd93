import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import type { Result } from '../../../src/model/failure.ts';
import { blameLines } from '../../../src/evidence/gitBlame.ts';
import { collectDiff, diffFrom } from '../../../src/evidence/gitDiff.ts';
import { baselines, collectCommits, recentCommits, resolveBaseline } from '../../../src/evidence/gitHistory.ts';
import { openRepository, runGit, type RepositoryState } from '../../../src/evidence/git.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

const signal = new AbortController().signal;

function valueOf<T>(result: Result<T>): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

const kindOf = (result: Result<unknown>): string => (result.ok ? 'none' : result.failure.kind);

describe('repository', () => {
  let repository: TemporaryRepository;
  const open = async (): Promise<RepositoryState> => valueOf(await openRepository(repository.root, signal));

  beforeEach(async () => {
    repository = await TemporaryRepository.create();
  });
  afterEach(() => repository.remove());

  describe('state', () => {
    it('tells root, commit and branch, also from a folder inside', async () => {
      const head = await repository.commit('src/a b/ü.js', 'x\n', 'First');
      const state = valueOf(await openRepository(repository.path('src/a b'), signal));
      assert.deepEqual(state, { root: repository.root, head, branch: 'main', shallow: false, config: [] });
      repository.git('checkout', '--quiet', '--detach');
      assert.equal((await open()).branch, undefined);
    });

    it('tells when there is no repository, no commit, no folder', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'no git '));
      assert.deepEqual(await openRepository(folder, signal), {
        ok: false,
        failure: { kind: 'notARepository', folder },
      });
      await rm(folder, { recursive: true });
      assert.equal(kindOf(await openRepository(folder, signal)), 'notARepository');
      assert.equal(kindOf(await openRepository(repository.root, signal)), 'noCommits');
    });

    it('tells when git is not installed', async () => {
      const path = process.env.PATH;
      process.env.PATH = '/nowhere';
      try {
        assert.deepEqual(await openRepository(repository.root, signal), { ok: false, failure: { kind: 'noGit' } });
      } finally {
        process.env.PATH = path;
      }
    });

    it('tells when history was cloned only in part', async () => {
      for (let at = 1; at <= 4; at += 1) await repository.commit('a.txt', `${at}\n`, `Commit ${at}`);
      const clone = repository.path('clone');
      execFileSync('git', ['clone', '--quiet', '--depth=2', `file://${repository.root}`, clone]);
      const state = valueOf(await openRepository(clone, signal));
      assert.equal(state.shallow, true);
      const base = valueOf(await resolveBaseline(state, { kind: 'commitsBack', count: 5 }, signal));
      assert.equal(base.label, 'HEAD~1');
      assert.equal(base.note, 'only 2 of the last 6 commits were cloned');
    });

    it('is read with a foreign environment of Git around it', async () => {
      await repository.commit('a.txt', 'x\n', 'First');
      process.env.GIT_DIR = '/nowhere';
      process.env.GIT_PAGER = 'false';
      process.env.EDITOR = 'false';
      try {
        assert.equal((await open()).root, repository.root);
      } finally {
        delete process.env.GIT_DIR;
        delete process.env.GIT_PAGER;
        delete process.env.EDITOR;
      }
    });
  });

  describe('recent commits', () => {
    it('are listed newest first with author, time, tags and merges', async () => {
      await repository.commit('a.txt', 'x\n', 'First: "quotes", ümläut\n\nA body');
      repository.git('tag', 'v1.0');
      repository.git('checkout', '--quiet', '-b', 'feature');
      await repository.commit('b.txt', 'x\n', 'On a branch');
      repository.git('checkout', '--quiet', 'main');
      const main = await repository.commit('c.txt', 'x\n', 'On main');
      repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge feature', 'feature');
      const commits = valueOf(await recentCommits(await open(), signal));
      assert.deepEqual(
        commits.map(({ subject, isMerge, tags, author }) => ({ subject, isMerge, tags, author })),
        [
          { subject: 'Merge feature', isMerge: true, tags: [], author: 'Ada' },
          { subject: 'On main', isMerge: false, tags: [], author: 'Ada' },
          { subject: 'On a branch', isMerge: false, tags: [], author: 'Ada' },
          { subject: 'First: "quotes", ümläut', isMerge: false, tags: ['v1.0'], author: 'Ada' },
        ],
      );
      assert.equal(commits[1]?.hash, main);
      assert.ok(commits[1].committedAt > Date.UTC(2026, 0, 1) && commits[1].committedAt < Date.UTC(2026, 0, 2));
      const evidence = valueOf(await collectCommits(await open(), signal));
      assert.equal(evidence.title, 'Last 4 commits');
      assert.match(evidence.text, /^[0-9a-f]{7,} 2026-01-01T00:\d\d:00Z Ada: Merge feature \(merge\)\n/);
    });

    it('are twenty at most', async () => {
      await repository.commit('a.txt', '0\n', 'Commit 0');
      for (let at = 1; at <= 24; at += 1) repository.git('commit', '--quiet', '--allow-empty', '-m', `Commit ${at}`);
      const commits = valueOf(await recentCommits(await open(), signal));
      assert.equal(commits.length, 20);
      assert.equal(commits[0]?.subject, 'Commit 24');
    });
  });

  describe('baseline', () => {
    it('is so many commits back, or the whole history where there are fewer', async () => {
      const first = await repository.commit('a.txt', '1\n', 'First');
      await repository.commit('a.txt', '2\n', 'Second');
      const state = await open();
      const back = async (count: number): Promise<string> => {
        const { hash, label } = valueOf(await resolveBaseline(state, { kind: 'commitsBack', count }, signal));
        return `${label} ${hash}`;
      };
      assert.equal(await back(1), `HEAD~1 ${first}`);
      assert.equal(await back(5), 'all 2 commits 4b825dc642cb6eb9a060e54bf8d69288fbee4904');
      const diff = valueOf(await diffFrom(state, { kind: 'commitsBack', count: 5 }, [], signal));
      assert.deepEqual(diff.files, [{ path: 'a.txt', added: 1, removed: 0 }]);
      assert.equal(diff.omitted, 'the history has only 2');
    });

    it('is a tag, a commit, or the last commit before a time', async () => {
      const first = await repository.commit('a.txt', '1\n', 'First');
      repository.git('tag', '-a', 'v1', '-m', 'annotated');
      const second = await repository.commit('a.txt', '2\n', 'Second');
      await repository.commit('a.txt', '3\n', 'Third');
      const state = await open();
      const committedAt = valueOf(await recentCommits(state, signal))[1]?.committedAt ?? 0;
      const hashOf = async (baseline: Parameters<typeof resolveBaseline>[1]): Promise<string> => {
        const resolved = await resolveBaseline(state, baseline, signal);
        return resolved.ok ? resolved.value.hash : resolved.failure.kind;
      };
      assert.equal(await hashOf({ kind: 'tag', name: 'v1' }), first);
      assert.equal(await hashOf({ kind: 'commit', hash: second.slice(0, 8) }), second);
      assert.equal(await hashOf({ kind: 'before', time: committedAt + 1000 }), second);
      assert.equal(await hashOf({ kind: 'before', time: committedAt - 1000 }), first);
      assert.equal(await hashOf({ kind: 'before', time: 0 }), 'unknownBaseline');
      assert.equal(await hashOf({ kind: 'before', time: Number.NaN }), 'unknownBaseline');
      for (const hash of ['--output=x', 'HEAD', 'deadbeef', ''])
        assert.equal(await hashOf({ kind: 'commit', hash }), 'unknownBaseline');
      assert.equal(await hashOf({ kind: 'tag', name: '--all' }), 'unknownBaseline');
    });

    it('can be chosen from commits and tags, newest first', async () => {
      await repository.commit('a.txt', '1\n', 'First');
      repository.git('tag', 'v1');
      await repository.commit('a.txt', '2\n', 'Second');
      await repository.commit('a.txt', '3\n', 'Third');
      const choices = valueOf(await baselines(await open(), signal));
      assert.deepEqual(
        choices.map(({ label }) => label.replace(/^[0-9a-f]{7,} /, '')),
        ['Second', 'v1', 'First'],
      );
    });
  });

  describe('diff', () => {
    const original = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join('');

    it('holds what is not committed yet, of the given files only', async () => {
      const path = await repository.write('src/Größe b.js', original);
      await repository.commit('other.js', 'x\n', 'First');
      await repository.commit('other.js', 'y\n', 'Second');
      await writeFile(path, original.replace('line 3\n', 'line three\n'));
      const diff = valueOf(await diffFrom(await open(), { kind: 'commitsBack', count: 1 }, [path], signal));
      assert.deepEqual(diff.files, [{ path: 'src/Größe b.js', added: 1, removed: 1 }]);
      assert.match(diff.text, /^diff --git a\/src\/Größe b.js b\/src\/Größe b.js\n/);
      assert.match(diff.text, /^-line 3\n\+line three$/m);
      assert.doesNotMatch(diff.text, /other/);
    });

    it('compares a renamed file with its old name', async () => {
      await repository.commit('old name.js', original, 'First');
      repository.git('mv', 'old name.js', 'new.js');
      await repository.commit('new.js', original.replace('line 9\n', 'line nine\n'), 'Second');
      const state = await open();
      const diff = valueOf(
        await diffFrom(state, { kind: 'commitsBack', count: 1 }, [repository.path('new.js')], signal),
      );
      assert.deepEqual(diff.files, [{ path: 'new.js', renamedFrom: 'old name.js', added: 1, removed: 1 }]);
      assert.match(diff.text, /rename from old name.js\nrename to new.js/);
    });

    it('tells of binary, deleted and unusually named files', async () => {
      await repository.write('gone.js', original);
      await repository.write('*.js', original);
      await repository.commit('picture.png', Buffer.from([0, 1, 2]), 'First');
      await rm(repository.path('gone.js'));
      await repository.write('*.js', 'changed\n');
      await repository.commit('picture.png', Buffer.from([0, 1, 3]), 'Second');
      const state = await open();
      const paths = ['picture.png', 'gone.js'].map((name) => repository.path(name));
      const evidence = valueOf(await collectDiff(state, { kind: 'commitsBack', count: 1 }, paths, signal));
      assert.match(evidence.text, /^gone\.js: \+0 -30\npicture\.png: binary\n\ndiff --git/);
      const star = await diffFrom(state, { kind: 'commitsBack', count: 1 }, [repository.path('*.js')], signal);
      assert.deepEqual(
        valueOf(star).files.map(({ path }) => path),
        ['*.js'],
      );
    });

    it('says that nothing changed, and refuses files of elsewhere', async () => {
      const path = await repository.write('a.js', 'x\n');
      await repository.commit('b.js', 'x\n', 'First');
      await repository.commit('b.js', 'y\n', 'Second');
      const evidence = valueOf(await collectDiff(await open(), { kind: 'commitsBack', count: 1 }, [path], signal));
      assert.equal(evidence.text, 'No change since HEAD~1 in 1 file.');
      const outside = await diffFrom(await open(), { kind: 'commitsBack', count: 1 }, ['/etc/passwd'], signal);
      assert.equal(kindOf(outside), 'outsideWorkspace');
    });

    it('keeps whole hunks within the bound', async () => {
      const large = (word: string): string =>
        Array.from({ length: 4000 }, (_, at) => `${at % 20 ? 'same' : word} ${at}\n`).join('');
      await repository.write('large.js', large('old'));
      await repository.commit('small.js', 'old\n', 'First');
      await repository.write('large.js', large('new'));
      await repository.commit('small.js', 'new\n', 'Second');
      const diff = valueOf(await diffFrom(await open(), { kind: 'commitsBack', count: 1 }, [], signal, 4000));
      assert.ok(Buffer.byteLength(diff.text) < 4200);
      assert.match(diff.text, /^-old\n\+new$/m, 'the small file is not pushed out');
      assert.match(diff.omitted ?? '', /^\d+ hunks of the diff$/);
      assert.deepEqual(diff.files[0], { path: 'large.js', added: 200, removed: 200 });
      for (const hunk of diff.text.split(/^@@ /m).slice(1)) {
        const [, removed = '1', added = '1'] = /^-\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(hunk) ?? [];
        const rows = hunk
          .split('\n')
          .slice(1)
          .filter((row) => /^[ +-]/.test(row) && !row.startsWith('---') && !row.startsWith('+++'));
        assert.equal(rows.filter((row) => !row.startsWith('+')).length, Number(removed));
        assert.equal(rows.filter((row) => !row.startsWith('-')).length, Number(added));
      }
    });

    it('is the same whatever the repository and the user configured', async () => {
      await repository.commit('a.js', original, 'First');
      await repository.commit('a.js', original.replace('line 3\n', 'x\n'), 'Second');
      const state = await open();
      const before = valueOf(await diffFrom(state, { kind: 'commitsBack', count: 1 }, [], signal)).text;
      for (const [key, value] of Object.entries({
        'diff.noprefix': 'true',
        'diff.mnemonicPrefix': 'true',
        'color.ui': 'always',
        'diff.context': '0',
        'core.pager': 'false',
        'diff.renames': 'false',
        'log.showSignature': 'true',
        'blame.ignoreRevsFile': 'none',
      }))
        repository.git('config', key, value);
      assert.equal(valueOf(await diffFrom(state, { kind: 'commitsBack', count: 1 }, [], signal)).text, before);
      assert.equal(valueOf(await recentCommits(state, signal)).length, 2);
    });
  });

  describe('blame', () => {
    it('tells who changed which line, and which are not committed', async () => {
      const path = await repository.write('a.js', 'one\ntwo\nthree\n');
      const first = await repository.commit('b.js', 'x\n', 'First');
      const second = await repository.commit('a.js', 'one\n2\nthree\n', 'Second');
      await repository.write('a.js', 'one\n2\nthree\nfour\n');
      const lines = valueOf(await blameLines(await open(), path, { first: 1, last: 4 }, signal));
      assert.deepEqual(
        lines.map(({ line, text, commit }) => [line, text, commit?.hash]),
        [
          [1, 'one', first],
          [2, '2', second],
          [3, 'three', first],
          [4, 'four', undefined],
        ],
      );
      assert.equal(lines[1]?.commit?.subject, 'Second');
      assert.equal(lines[1].commit.author, 'Ada');
    });

    it('follows a rename and says when a line is beyond the file', async () => {
      await repository.commit('old.js', 'one\ntwo\nthree\nfour\n', 'First');
      repository.git('mv', 'old.js', 'ne w.js');
      repository.git('commit', '--quiet', '-m', 'Rename');
      const path = repository.path('ne w.js');
      const [line] = valueOf(await blameLines(await open(), path, { first: 2, last: 2 }, signal));
      assert.equal(line?.commit?.path, 'old.js');
      const beyond = await blameLines(await open(), path, { first: 99, last: 99 }, signal);
      assert.equal(kindOf(beyond), 'gitFailed');
    });
  });

  it('never runs what the repository names', async () => {
    const proof = repository.path('proof');
    const program = await repository.write('evil.sh', `#!/bin/sh\ntouch '${proof}'\ncat\n`);
    await chmod(program, 0o755);
    await repository.write('.gitattributes', '*.js diff=evil filter=evil\n');
    const path = await repository.write('a.js', 'one\n');
    await repository.commit('b.js', 'x\n', 'First');
    await repository.commit('b.js', 'y\n', 'Second');
    const quoted = `'${program}'`;
    for (const key of [
      'diff.external',
      'diff.evil.command',
      'diff.evil.textconv',
      'filter.evil.clean',
      'filter.evil.process',
    ])
      repository.git('config', key, quoted);
    for (const key of ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'gpg.program', 'filter.evil.smudge'])
      repository.git('config', key, quoted);
    repository.git('config', 'log.showSignature', 'true');
    await rm(proof, { force: true });
    await repository.write('.git/hooks/post-index-change', await readFile(program));
    await chmod(repository.path('.git/hooks/post-index-change'), 0o755);
    await writeFile(path, 'two\n');
    const state = await open();
    const diff = valueOf(await diffFrom(state, { kind: 'commitsBack', count: 1 }, [path], signal));
    assert.match(diff.text, /-one\n\+two/);
    valueOf(await blameLines(state, path, { first: 1, last: 1 }, signal));
    valueOf(await recentCommits(state, signal));
    await assert.rejects(stat(proof), { code: 'ENOENT' });
    repository.git('diff', 'HEAD~1', '--', 'a.js');
    await stat(proof); // Git left alone does run it, so the check above can fail.
  });

  it('is read through a link to its folder', async () => {
    await repository.commit('a.js', 'x\n', 'First');
    await repository.commit('a.js', 'y\n', 'Second');
    const link = `${repository.root} link`;
    await symlink(repository.root, link);
    try {
      const state = valueOf(await openRepository(link, signal));
      const diff = valueOf(await diffFrom(state, { kind: 'commitsBack', count: 1 }, [join(link, 'a.js')], signal));
      assert.equal(diff.files.length, 1);
    } finally {
      await rm(link);
    }
  });

  it('stops when cancelled and takes no more than it may', async () => {
    await repository.commit('a.js', 'x'.repeat(100_000), 'First');
    assert.equal(kindOf(await openRepository(repository.root, AbortSignal.abort())), 'cancelled');
    const output = await runGit({ folder: repository.root, args: ['show', 'HEAD'], signal, maxBytes: 1000 });
    assert.equal(valueOf(output).cut, true);
    assert.equal(valueOf(output).text.length, 1000);
    const late = new AbortController();
    const running = runGit({ folder: repository.root, args: ['cat-file', '--batch'], signal: late.signal });
    setTimeout(() => {
      late.abort();
    }, 100);
    assert.equal(kindOf(await running), 'cancelled');
  });
});
