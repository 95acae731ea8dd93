import assert from 'node:assert/strict';
import { orderDiff } from '../../../src/evidence/diffOrder.ts';
import { historyOfLines, lineHistoryEvidence, maxFailingLines } from '../../../src/evidence/failingLines.ts';
import type { FailingLine, LineHistory } from '../../../src/evidence/failingLines.ts';
import { openRepository } from '../../../src/evidence/git.ts';
import { collectDiff } from '../../../src/evidence/gitDiff.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

const filler = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => `// line ${from + at}\n`).join('');
const charge = (value: string): string =>
  `export function charge(order) {\n  const key = ${value};\n${filler(3, 12)}  return key;\n}\n`;

const rest = `export function other() {\n${filler(20, 60)}}\n`;

describe('history of the failing lines', function () {
  this.timeout(20_000);
  let repository: TemporaryRepository;
  beforeEach(async () => (repository = await TemporaryRepository.create()));
  afterEach(() => repository.remove());

  const failing = (name: string, line: number, more: Partial<FailingLine> = {}): FailingLine => ({
    path: repository.path(name),
    displayPath: name,
    line,
    ...more,
  });
  async function history(lines: readonly FailingLine[]): Promise<LineHistory> {
    const signal = AbortSignal.timeout(15_000);
    const opened = await openRepository(repository.root, signal);
    assert.ok(opened.ok);
    const found = await historyOfLines(opened.value, lines, { kind: 'commitsBack', count: 5 }, signal);
    assert.ok(found.ok, JSON.stringify(found));
    return found.value;
  }

  /** Five commits, each a step further from the line that throws. */
  async function fiveCommits(): Promise<void> {
    await repository.commit('src/pay.js', charge('config.key') + rest, 'First');
    await repository.commit('README.md', 'words\n', 'Words');
    await repository.commit('src/pay.js', charge('config.key') + rest.replace('line 58', 'LINE 58'), 'End of the file');
    await repository.commit('src/other.js', '1\n', 'Beside it');
    await repository.commit(
      'src/pay.js',
      charge('config.key').replace('line 12', 'LINE 12') + rest.replace('line 58', 'LINE 58'),
      'In the function',
    );
    await repository.commit(
      'src/pay.js',
      charge('config.stripe.key').replace('line 12', 'LINE 12') + rest.replace('line 58', 'LINE 58'),
      'The line itself',
    );
  }

  it('ranks commits by line, function, file and folder, and says why', async () => {
    await fiveCommits();
    const found = await history([failing('src/pay.js', 2, { function: 'charge' })]);
    assert.deepEqual(
      found.commits.map(({ subject, closeness }) => [subject, closeness]),
      [
        ['The line itself', 'line'],
        ['In the function', 'function'],
        ['End of the file', 'file'],
        ['Beside it', 'directory'],
        ['Words', 'none'],
      ],
    );
    const { text, title, kind, step } = lineHistoryEvidence(found);
    assert.deepEqual(
      [title, kind, step],
      ['History of 1 failing line, 4 commits close to them', 'blame', 'regression'],
    );
    const lines = text.split('\n');
    assert.match(
      lines[0] ?? '',
      /^src\/pay\.js:2 \(charge\), where it throws: last changed by [0-9a-f]{10} .* Ada: The line itself$/,
    );
    assert.match(
      text,
      /Commits since HEAD~5, the closest to the failing lines first:\n[0-9a-f]{10} \S+ Ada: The line itself — touched line 2 of src\/pay\.js, where it throws\n/,
    );
    assert.match(text, /In the function — changed charge in src\/pay\.js, where it throws\n/);
    assert.match(text, /End of the file — changed src\/pay\.js, where it throws, elsewhere in the file\n/);
    assert.match(
      text,
      /Beside it — changed other files beside src\/pay\.js\n1 other commit touches none of these folders\.$/,
    );
  });

  it('puts the line that throws before one that leads to it', async () => {
    await repository.commit('a/a.js', 'one\n', 'First');
    for (const at of [1, 2, 3]) await repository.commit(`x${at}.md`, 'x\n', `Filler ${at}`);
    await repository.commit('a/a.js', 'two\n', 'Throws');
    await repository.commit('b/b.js', 'two\n', 'Calls');
    const found = await history([failing('a/a.js', 1), failing('b/b.js', 1)]);
    assert.deepEqual(
      found.commits.slice(0, 2).map(({ subject, closeness, at }) => [subject, closeness, at]),
      [
        ['Throws', 'line', 0],
        ['Calls', 'line', 1],
      ],
    );
    assert.match(lineHistoryEvidence(found).text, /Calls — touched line 1 of b\/b\.js, which leads to it/);
  });

  it('says of a line that is not committed, and of one without history', async () => {
    await repository.commit('src/pay.js', charge('config.key'), 'First');
    await repository.write('src/pay.js', charge('changed.now'));
    await repository.write('src/new.js', '1\n');
    const { text } = lineHistoryEvidence(
      await history([failing('src/pay.js', 2), failing('src/new.js', 1), failing('src/pay.js', 9_999)]),
    );
    assert.match(text, /^src\/pay\.js:2, where it throws: changed and not committed yet$/m);
    assert.match(text, /^src\/new\.js:1: no history of this line$/m);
    assert.match(text, /^src\/pay\.js:9999: no history of this line$/m);
  });

  it('looks at a bounded number of lines, and stops when it is cancelled', async () => {
    await repository.commit('src/pay.js', charge('config.key'), 'First');
    const many = Array.from({ length: 50 }, (_, at) => failing('src/pay.js', (at % 12) + 1));
    assert.equal((await history(many)).blames.length, maxFailingLines);
    const opened = await openRepository(repository.root, AbortSignal.timeout(10_000));
    assert.ok(opened.ok);
    const cancelled = await historyOfLines(opened.value, many, { kind: 'commitsBack', count: 5 }, AbortSignal.abort());
    assert.equal(cancelled.ok, false);
  });

  it('orders files and hunks of the diff by how near they are', async () => {
    await repository.commit('a/first.js', filler(1, 80), 'First');
    await repository.commit('z/pay.js', filler(1, 80), 'Second');
    const changed = filler(1, 80)
      .replace('line 5\n', 'FIVE\n')
      .replace('line 40\n', 'FORTY\n')
      .replace('line 75\n', 'SEVENTY\n');
    await repository.write('a/first.js', changed);
    await repository.write('z/pay.js', changed);
    const signal = AbortSignal.timeout(10_000);
    const opened = await openRepository(repository.root, signal);
    assert.ok(opened.ok);
    const lines = [{ path: repository.path('z/pay.js'), line: 42 }];
    const diff = await collectDiff(opened.value, { kind: 'commitsBack', count: 0 }, [], signal, lines);
    assert.ok(diff.ok);
    const order = [...diff.value.text.matchAll(/^\+\/\/ (\w+)$|^\+\+\+ b\/(.*)$/gm)].map(
      (match) => match[1] ?? match[2],
    );
    assert.deepEqual(order.slice(0, 4), ['z/pay.js', 'FORTY', 'SEVENTY', 'FIVE']);
    assert.equal(order[4], 'a/first.js');
    assert.deepEqual(order.slice(5), ['FIVE', 'FORTY', 'SEVENTY']);
  });

  it('loses nothing of a diff by ordering it', () => {
    const diff =
      'diff --git a/a.js b/a.js\n--- a/a.js\n+++ b/a.js\n@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@ f\n-c\n+d\n\\ No newline at end of file';
    const ordered = orderDiff(diff, [{ path: 'a.js', line: 9 }]);
    assert.match(ordered, /@@ -9 \+9 @@ f\n-c\n\+d\n\\ No newline at end of file\n@@ -1 \+1 @@/);
    assert.deepEqual(ordered.trimEnd().split('\n').sort(), diff.split('\n').sort());
    assert.equal(orderDiff('no diff', [{ path: 'a', line: 1 }]), 'no diff');
  });
});
