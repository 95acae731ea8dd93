import assert from 'node:assert/strict';
import { openRepository } from '../../../src/evidence/git.ts';
import { hunt } from '../../../src/proof/hunt.ts';
import type { HuntProgress, HuntRequest, RawHunt } from '../../../src/proof/hunt.ts';
import { leftIn, proofWorld, stateOf, useScratchParent } from '../../support/proofFixture.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

const price = (divisor: string): string => `module.exports.price = (cents) => cents / ${divisor};\n`;
const test = `const { price } = require('../src/price.js');
if (price(250) !== 2.5) throw new Error('250 cents are ' + price(250));
`;

describe('a regression hunt', function () {
  // Git, node and a busy machine: real programs run here.
  this.timeout(60_000);
  const parent = useScratchParent();
  let repository: TemporaryRepository;
  let hashes: string[];
  beforeEach(async () => {
    repository = await TemporaryRepository.create();
    hashes = [];
    for (const [index, divisor] of ['100', '100', '100', '10', '10', '10', '10'].entries()) {
      hashes.push(await repository.commit('src/price.js', `// ${index}\n${price(divisor)}`, `Change ${index}`));
    }
  });
  afterEach(() => repository.remove());

  async function hunts(more: Partial<HuntRequest> = {}, signal = new AbortController().signal) {
    const before = stateOf(repository.root);
    const opened = await openRepository(repository.root, signal);
    assert.ok(opened.ok);
    const progress: HuntProgress[] = [];
    const request: HuntRequest = {
      repository: opened.value,
      folder: repository.root,
      testEdits: [{ path: 'test/cents.test.js', newFile: test }],
      plan: { folder: '', test: 'node test/cents.test.js' },
      good: hashes[0] ?? '',
      bad: opened.value.head,
      firstParent: false,
      timeLimitMs: 20_000,
      ...more,
    };
    const onProgress = (each: HuntProgress): void => void progress.push(each);
    const result: RawHunt = await hunt(request, { ...proofWorld(parent()), onProgress }, signal);
    assert.equal(stateOf(repository.root), before);
    assert.deepEqual(await leftIn(parent()), []);
    return { ...result, progress };
  }

  it('finds the commit since which the test fails, telling how many steps are left', async () => {
    const { outcome, tested, progress, log } = await hunts();
    assert.ok(outcome.kind === 'found');
    assert.deepEqual(outcome.culprit, { hash: hashes[3], subject: 'Change 3' });
    assert.match(outcome.change, /-module\.exports\.price = \(cents\) => cents \/ 100;/);
    assert.ok(tested.length <= 6, `${tested.length} commits were tested`);
    assert.deepEqual(
      progress.map(({ hash }) => hash),
      tested.map(({ hash }) => hash),
    );
    assert.deepEqual(progress.at(2)?.stepsLeft, 2);
    assert.match(log, /first bad commit/);
  });

  it('skips commits at which the test cannot run, and names those that may be it when they are in the way', async () => {
    const broken = [hashes[0] ?? ''];
    repository.git('reset', '--quiet', '--hard', broken[0] ?? '');
    await repository.commit('src/price.js', 'const = broken;\n', 'Break');
    await repository.commit('src/price.js', `const = still;\n`, 'Break more');
    const bad = await repository.commit('src/price.js', price('10'), 'Mend, with the bug');
    const { outcome, tested } = await hunts({ bad });
    assert.ok(outcome.kind === 'undecided');
    assert.equal(outcome.candidates.length, 3);
    assert.deepEqual(
      new Set(outcome.candidates.map(({ subject }) => subject)),
      new Set(['Break', 'Break more', 'Mend, with the bug']),
    );
    assert.equal(tested.filter(({ answer }) => answer === 'skip').length, 2);
  });

  it('says when the ends do not differ, instead of naming an innocent commit', async () => {
    assert.deepEqual((await hunts({ good: hashes[4] ?? '' })).outcome, { kind: 'goodEndNotGood', answer: 'bad' });
    assert.deepEqual((await hunts({ bad: hashes[2] ?? '' })).outcome, { kind: 'badEndNotBad', answer: 'good' });
  });

  it('is judged by the tests that tell the ends apart, where others fail at both', async () => {
    const both = `import { test } from 'node:test';
import assert from 'node:assert/strict';
import { price } from '../src/price.js';
test('cents are hundredths', () => assert.equal(price(250), 2.5));
test('what only the fix brings', () => assert.equal(price.currency, 'EUR'));
`;
    const { outcome, judgedBy } = await hunts({
      testEdits: [{ path: 'test/cents.test.mjs', newFile: both }],
      plan: { folder: '', test: 'node --test test/cents.test.mjs' },
    });
    assert.equal(outcome.kind === 'found' && outcome.culprit.subject, 'Change 3');
    assert.deepEqual(judgedBy, ['cents are hundredths']);
  });

  it('finds a commit on a merged branch, or the merge where only first parents count', async () => {
    repository.git('reset', '--quiet', '--hard', hashes[1] ?? '');
    repository.git('checkout', '--quiet', '-b', 'side');
    await repository.commit('side.txt', 'a', 'Side by side');
    const culprit = await repository.commit('src/price.js', price('10'), 'Round on the side');
    repository.git('checkout', '--quiet', 'main');
    await repository.commit('main.txt', 'a', 'Meanwhile');
    repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge the side', 'side');
    const bad = repository.git('rev-parse', 'HEAD');
    const all = await hunts({ bad });
    assert.equal(all.outcome.kind === 'found' && all.outcome.culprit.hash, culprit);
    const mainline = await hunts({ bad, firstParent: true });
    assert.equal(mainline.outcome.kind === 'found' && mainline.outcome.culprit.hash, bad);
    assert.match(mainline.outcome.kind === 'found' ? mainline.outcome.change : '', /cents \/ 10;/);
  });

  it('goes on where tests leave files in the way of the next commit', async () => {
    repository.git('reset', '--quiet', '--hard', hashes[2] ?? '');
    const bad = await repository.commit('out.txt', 'tracked from here on', 'Track the output');
    await repository.commit('src/price.js', price('10'), 'Bug');
    const leaving = `require('node:fs').writeFileSync('out.txt', 'left');\n${test}`;
    const { outcome } = await hunts({ testEdits: [{ path: 'test/cents.test.js', newFile: leaving }] });
    assert.equal(outcome.kind === 'found' && outcome.culprit.subject, 'Bug');
    assert.ok(bad);
  });

  it('is stopped, and does not disturb a search of the user’s own', async () => {
    repository.git('bisect', 'start', '--no-checkout', 'HEAD', hashes[0] ?? '');
    const own = repository.git('bisect', 'log');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1_500);
    const { outcome } = await hunts({ plan: { folder: '', test: 'sleep 30' } }, stop.signal);
    assert.deepEqual(outcome, { kind: 'stopped' });
    assert.equal((await hunts()).outcome.kind, 'found');
    assert.equal(repository.git('bisect', 'log'), own);
  });
});
