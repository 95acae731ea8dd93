import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usualRepeats } from '../../../src/proof/prove.ts';
import type { RawProof } from '../../../src/proof/prove.ts';
import { leftIn, proveIn, read, stateOf, useScratchParent } from '../../support/proofFixture.ts';
import type { Trial } from '../../support/proofFixture.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

const buggy = 'export const price = (cents) => cents / 10;\n';
const suite = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { price } from '../src/price.js';
test('nothing costs nothing', () => assert.equal(price(0), 0));
`;
const catching = suite
  .replace('nothing costs nothing', 'cents are hundredths')
  .replace('price(0), 0', 'price(250), 2.5');
const fix = { path: 'src/price.js', search: 'cents / 10;', replace: 'cents / 100;' };
const newTest = (newFile: string) => ({ path: 'test/cents.test.js', newFile });
const plan = { folder: '', test: 'node --test test/cents.test.js', suite: 'node --test' };
const good: Trial = { plan, fixEdits: [fix], testEdits: [newTest(catching)] };

describe('a proof', function () {
  // Git, node and a busy machine: real programs run here.
  this.timeout(60_000);
  const parent = useScratchParent();
  let repository: TemporaryRepository;
  beforeEach(async () => {
    repository = await TemporaryRepository.create();
    await repository.write('package.json', '{ "type": "module" }\n');
    await repository.write('src/price.js', buggy);
    await repository.commit('test/price.test.js', suite, 'Start');
  });
  afterEach(() => repository.remove());

  /** Proves, and asserts that nothing of it is left anywhere. */
  async function proves(trial: Trial, signal?: AbortSignal): Promise<RawProof> {
    const before = stateOf(repository.root);
    const proof = await proveIn(repository.root, parent(), trial, {}, signal);
    assert.equal(stateOf(repository.root), before);
    assert.deepEqual(await leftIn(parent()), []);
    return proof;
  }

  it('is given by a test that is red without the fix and green with it, and a suite that stays green', async () => {
    const { verdict, runs, changedOutside } = await proves({ ...good, repeats: usualRepeats });
    assert.deepEqual(verdict, { kind: 'proved', suite: 'passed', reason: 'notStated' });
    assert.deepEqual(
      runs.map(({ phase, attempts }) => [
        phase,
        attempts.map(({ end }) => (end.kind === 'exited' ? end.code : end.kind)),
      ]),
      [
        ['withoutFix', [1, 1, 1]],
        ['withFix', [0, 0, 0]],
        ['suite', [0]],
      ],
    );
    assert.match(runs[0]?.output ?? '', /cents are hundredths/);
    assert.match(runs[0]?.output ?? '', /[( ]test\/cents\.test\.js:\d+/);
    assert.ok(!runs[0]?.output.includes(parent()));
    assert.deepEqual(changedOutside, []);
  });

  it('is not given by a test that passes on the code as it is', async () => {
    const { verdict, runs } = await proves({ ...good, testEdits: [newTest(suite)] });
    assert.deepEqual(verdict, { kind: 'testPassesWithoutFix' });
    assert.deepEqual(
      runs.map(({ phase }) => phase),
      ['withoutFix'],
    );
  });

  it('is not given by a fix that does not mend it', async () => {
    const wrong = { ...fix, replace: 'cents / 1000;' };
    assert.deepEqual((await proves({ ...good, fixEdits: [wrong] })).verdict, { kind: 'failsWithFix' });
  });

  it('is not given by a test that only fails for want of what the fix brings', async () => {
    const testEdits = [newTest(catching.replace('../src/price.js', '../src/money.js'))];
    const fixEdits = [{ path: 'src/money.js', newFile: buggy.replace('/ 10', '/ 100') }];
    const { verdict } = await proves({ ...good, testEdits, fixEdits });
    assert.equal(verdict.kind === 'cannotRun' && verdict.why, 'missingModule');
    const stated = 'Cannot find module src/money.js, which the release forgot';
    const isBug = await proves({ ...good, testEdits, fixEdits, statedReason: stated });
    assert.deepEqual(isBug.verdict, { kind: 'proved', suite: 'passed', reason: 'asStated' });
  });

  it('is not given by a test that fails for another reason than the one that was stated', async () => {
    const statedReason = 'TimeoutError: the gateway does not answer';
    assert.deepEqual((await proves({ ...good, statedReason })).verdict, { kind: 'failsForOtherReason' });
    const { verdict } = await proves({ ...good, statedReason: 'price(250) gives 25 instead of 2.5' });
    assert.equal(verdict.kind === 'proved' && verdict.reason, 'asStated');
  });

  it('is not given by a test that does not compile, nor by one that is none', async () => {
    const why = async (text: string): Promise<string> => {
      const { verdict } = await proves({ ...good, testEdits: [newTest(text)] });
      return verdict.kind === 'cannotRun' ? verdict.why : verdict.kind;
    };
    assert.equal(await why('const = 1;\n'), 'doesNotCompile');
    const { verdict } = await proves({ ...good, plan: { folder: '', test: 'no-such-runner test/cents.test.js' } });
    assert.equal(verdict.kind === 'cannotRun' && verdict.why, 'noProgram');
    assert.match(verdict.kind === 'cannotRun' ? verdict.detail : '', /no-such-runner/);
  });

  it('tells a flaky test from one that proves', async () => {
    const flaky = `import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
test('now and then', () => {
  let count = 0;
  try { count = Number(readFileSync('count.txt', 'utf8')); } catch {}
  writeFileSync('count.txt', String(count + 1));
  if (count % 2 === 0) throw new Error('this time');
});
`;
    const { verdict } = await proves({ ...good, testEdits: [newTest(flaky)], repeats: usualRepeats });
    assert.deepEqual(verdict, { kind: 'flaky', phase: 'withoutFix' });
  });

  it('ends an endless test with all that it started, and says so', async () => {
    const endless = `import { spawn } from 'node:child_process';
import { test } from 'node:test';
test('waits', async () => {
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', process.cwd()], { stdio: 'inherit' });
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', process.cwd()], { detached: true, stdio: 'ignore' }).unref();
  await new Promise(() => setInterval(() => {}, 1000));
});
`;
    const { verdict } = await proves({ ...good, testEdits: [newTest(endless)], timeLimitMs: 1_500 });
    assert.deepEqual(verdict, { kind: 'timedOut', phase: 'withoutFix', seconds: 2 });
  });

  it('is stopped at once, whatever runs', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1_000);
    const started = Date.now();
    const slow: Trial = { ...good, plan: { folder: '', test: 'sleep 30 & sleep 30' } };
    assert.deepEqual((await proves(slow, stop.signal)).verdict, { kind: 'stopped' });
    assert.ok(Date.now() - started < 15_000);
  });

  it('says when the fix breaks the suite, and when the suite was broken before', async () => {
    await repository.commit('test/ten.test.js', suite.replace('price(0), 0', 'price(10), 1'), 'Rely on the bug');
    assert.deepEqual((await proves(good)).verdict, { kind: 'suiteBroken' });
    await repository.commit('test/never.test.js', suite.replace('price(0), 0', 'price(0), 7'), 'Break the suite');
    const { verdict, runs } = await proves(good);
    assert.deepEqual(verdict, { kind: 'proved', suite: 'brokenBefore', reason: 'notStated' });
    assert.equal(runs.at(-1)?.phase, 'suiteBefore');
    // The suite before is the one without the new test: it has nothing of the fix in it.
    assert.doesNotMatch(runs.at(-1)?.output ?? '', /cents are hundredths/);
  });

  it('takes uncommitted text along only where it is asked to, and leaves dirty files as they are', async () => {
    const dirty = buggy.replace('/ 10', '/ (5 + 5)');
    await repository.write('src/price.js', dirty);
    await repository.write('notes.txt', 'untracked');
    const trial = { ...good, fixEdits: [{ ...fix, search: '(5 + 5)', replace: '100' }] };
    const without = await proves(trial);
    assert.equal(without.verdict.kind === 'cannotRun' && without.verdict.why, 'editMismatch');
    const taken = await proves({ ...trial, uncommitted: [{ path: 'src/price.js', content: Buffer.from(dirty) }] });
    assert.equal(taken.verdict.kind, 'proved');
    assert.equal(await read(repository.path('src/price.js')), dirty);
  });

  it('keeps what a test writes beside its repository, and says so; what it writes into the user’s files is told', async () => {
    const writing = `import { writeFileSync } from 'node:fs';
${catching}
writeFileSync('../escaped.txt', 'x');
`;
    const { verdict, changedOutside } = await proves({ ...good, testEdits: [newTest(writing)] });
    assert.equal(verdict.kind, 'proved');
    assert.deepEqual(changedOutside, ['../escaped.txt']);
    const target = JSON.stringify(repository.path('planted.txt'));
    const planting = await proveIn(repository.root, parent(), {
      ...good,
      testEdits: [newTest(writing.replace("'../escaped.txt'", target))],
    });
    assert.deepEqual(planting.changedOutside, ['planted.txt']);
  });

  it('refuses edits that lead out of the copy, by their path or through a link', async () => {
    await repository.write('.gitignore', 'node_modules\n');
    await repository.write('node_modules/dep/index.js', 'export {};\n');
    await mkdir(repository.path('linked'), { recursive: true });
    await symlink('/tmp', repository.path('linked/out'));
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '-m', 'Link');
    const paths = [
      '../x.test.js',
      '/tmp/x.test.js',
      '.git/hooks/post-checkout',
      'node_modules/dep/index.js',
      'linked/out/x.js',
    ];
    for (const path of paths) {
      const { verdict, runs } = await proves({ ...good, testEdits: [{ path, newFile: catching }] });
      assert.equal(verdict.kind, 'cannotRun', path);
      assert.deepEqual(runs, [], path);
    }
    assert.equal(await read(repository.path('node_modules/dep/index.js')), 'export {};\n');
  });

  it('runs no hook and no filter of the repository, and gives no key of ours to the test', async () => {
    const hook = repository.path('.git/hooks/post-checkout');
    await writeFile(hook, `#!/bin/sh\ntouch '${join(parent(), 'hooked')}'\n`, { mode: 0o755 });
    repository.git('config', 'filter.evil.smudge', `touch '${join(parent(), 'filtered')}'; cat`);
    await repository.commit('.gitattributes', '*.dat filter=evil\n', 'Filter');
    await repository.commit('a.dat', 'data', 'Data');
    const telling = catching.replace(
      "'cents are hundredths', () =>",
      `process.env.ANTHROPIC_API_KEY ?? 'cents are hundredths', () =>`,
    );
    const environment = { ...process.env, ANTHROPIC_API_KEY: 'sk-ant-secret', INCIDENT_PANEL_X: 'y' };
    const proof = await proveIn(repository.root, parent(), { ...good, testEdits: [newTest(telling)] }, { environment });
    assert.equal(proof.verdict.kind, 'proved');
    assert.ok(!proof.runs.some(({ output }) => output.includes('sk-ant-secret')));
    assert.deepEqual(await leftIn(parent()), []);
  });

  it('works in a folder of a repository, with the files of its submodules', async () => {
    const library = await TemporaryRepository.create();
    try {
      await library.commit('rate.js', 'export const rate = 100;\n', 'Rate');
      repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.root, 'shop/lib');
      await repository.write(
        'shop/src/price.js',
        "import { rate } from '../lib/rate.js';\nexport const price = (cents) => (cents * 10) / rate;\n",
      );
      await repository.write('shop/package.json', '{ "type": "module" }\n');
      await repository.commit('shop/test/price.test.js', suite, 'Shop');
      const before = stateOf(repository.root);
      const proof = await proveIn(repository.root, parent(), {
        ...good,
        folder: repository.path('shop'),
        fixEdits: [{ path: 'src/price.js', search: '(cents * 10)', replace: 'cents' }],
      });
      assert.deepEqual(proof.verdict, { kind: 'proved', suite: 'passed', reason: 'notStated' });
      assert.equal(stateOf(repository.root), before);
      assert.deepEqual(await leftIn(parent()), []);
    } finally {
      await library.remove();
    }
  });

  it('uses the installed packages, and the copy’s own where one of a workspace is linked among them', async () => {
    await repository.write('.gitignore', 'node_modules\n');
    await repository.write(
      'node_modules/rates/package.json',
      '{ "name": "rates", "type": "module", "exports": "./index.js" }',
    );
    await repository.write('node_modules/rates/index.js', 'export const rate = 10;\n');
    await repository.write(
      'packages/money/package.json',
      '{ "name": "@shop/money", "type": "module", "exports": "./index.js" }',
    );
    await repository.write(
      'packages/money/index.js',
      "import { rate } from 'rates';\nexport const price = (cents) => cents / rate;\n",
    );
    await mkdir(repository.path('node_modules/@shop'), { recursive: true });
    await symlink('../../packages/money', repository.path('node_modules/@shop/money'));
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '-m', 'Workspace');
    const { verdict } = await proves({
      ...good,
      testEdits: [newTest(catching.replace('../src/price.js', '@shop/money'))],
      fixEdits: [{ path: 'packages/money/index.js', search: 'cents / rate', replace: 'cents / rate / 10' }],
    });
    assert.deepEqual(verdict, { kind: 'proved', suite: 'passed', reason: 'notStated' });
  });
});
