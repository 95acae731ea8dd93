import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/sources.ts';

/** What is promised to be measured, each with what its rows are called, by bench. */
const subjects: Readonly<Record<string, readonly [bench: string, row: RegExp][]>> = {
  'streaming a reply of 30 KB and of 200 KB': [
    ['markdown', /^30 KB reply, a chunk/],
    ['markdown', /^200 KB reply, a chunk/],
    ['markdown', /^200 KB reply in all/],
  ],
  'one long block': [
    ['markdown', /^one 60 KB table/],
    ['markdown', /^one 60 KB fence/],
  ],
  'the same text at the end': [
    ['commonmark', /in one piece$/],
    ['commonmark', /a character at a time$/],
  ],
  'the live panel': [
    ['panel', /^frames while 600 characters a second join 200 KB/],
    ['panel', /^the longest gap/],
  ],
  'host to panel': [['panel', /^host to panel: bytes posted/]],
  activation: [['activation', /^activate\(\)/]],
  'first paint': [
    ['paint', /in the workbench$/],
    ['panel', /^first paint/],
  ],
  'size of the host, the panel and the VSIX': [
    ['size', /extension host/],
    ['size', /of the panel/],
    ['size', /^VSIX$/],
  ],
  'tail and digest of a log': [
    ['logs', /2 GB log/],
    ['logs', /single line of 200 MB/],
    ['logs', /grows by 10 MB\/s/],
    ['logs', /^memory growth/],
    ['logs', /^digest of the last 64 MB/],
  ],
  'stack traces': [
    ['frames', /1 MB of mixed logs, 200 traces/],
    ['frames', /64 MB/],
  ],
  redaction: [
    ['redaction', /^1 MB of logs$/],
    ['redaction', /^1 MB of logs, a secret every 200 lines/],
    ['redaction', /^1 MB: heads of keys/],
    ['redaction', /^1 MB: .*base64/],
    ['redaction', /^1 MB: nested quotes/],
    ['redaction', /^16 MB of logs/],
  ],
  'evidence of git': [
    ['git', /commits and diff/],
    ['git', /nothing has changed/],
  ],
  'from Ask to the wire': [['ask', /^Ask to the request on the wire/]],
  tokens: [
    ['tokens', /not read from cache/],
    ['tokens', /share of a request/],
  ],
  'the journal': [
    ['journal', /^append/],
    ['journal', /^list 51 incidents/],
  ],
  memory: [
    ['memory', /200 questions/],
    ['memory', /opened and closed 100 times/],
    ['memory', /left behind/],
  ],
};

interface Row {
  readonly bench: string;
  readonly what: string;
  readonly ours: string;
  readonly met: string;
}

/** The rows of the committed table. */
function rowsOf(text: string): readonly Row[] {
  let bench = '';
  return text.split('\n').flatMap((line) => {
    bench = /^### (\w+)$/.exec(line)?.[1] ?? bench;
    const cells = /^\| (.+) \|$/.exec(line)?.[1]?.split(' | ') ?? [];
    const [what = '', ours = '', , , , met = ''] = cells.map((cell) => cell.trim());
    return cells.length === 6 && what !== 'what' ? [{ bench, what, ours, met }] : [];
  });
}

/** Beginnings of the rows that the document gives a reason for, with that reason. */
function reasonsIn(text: string): ReadonlyMap<string, string> {
  const section = text.split('\n## Goals that are not met\n')[1]?.split('\n## ')[0] ?? '';
  const items = section.replaceAll(/\n {2,}/g, ' ').matchAll(/^- \*\*(.+?)\*\*:? (.+)$/gm);
  return new Map([...items].map(([, start = '', reason = '']) => [start, reason]));
}

describe('the committed table of benchmarks', () => {
  const text = readFileSync(join(root, 'BENCHMARKS.md'), 'utf8');
  const table = /<!-- table -->([^]*)<!-- \/table -->/.exec(text)?.[1] ?? '';
  const rows = rowsOf(table);

  for (const [subject, wanted] of Object.entries(subjects)) {
    it(`has figures about ${subject}`, () => {
      for (const [bench, pattern] of wanted) {
        const found = rows.filter((row) => row.bench === bench && pattern.test(row.what));
        assert.ok(found.length > 0, `${bench}: no row is called ${pattern.source}`);
        for (const { what, ours, met } of found) {
          assert.match(ours, /^\d/, what);
          assert.match(met, /^(?:yes|\*\*no\*\*)$/, what);
        }
      }
    });
  }

  it('gives a reason for each goal that is not met, in words', () => {
    const reasons = reasonsIn(text);
    for (const { what, met } of rows) {
      if (met === 'yes') continue;
      const reason = [...reasons].find(([start]) => what.startsWith(start))?.[1] ?? '';
      assert.ok(reason.split(' ').length >= 8, `no reason is given for “${what}”`);
    }
  });

  it('is read as it is written: a row without a reason would be seen', () => {
    const made = '### git\n\n| what | ours |\n|---|--:|\n| a | 1 ms | b | ×2 | ≤ ×1 | **no** |\n';
    assert.deepEqual(rowsOf(made), [{ bench: 'git', what: 'a', ours: '1 ms', met: '**no**' }]);
    const reasons = reasonsIn(
      'x\n## Goals that are not met\n\n- **a**: one\n  two.\n- **b** three.\n\n## More\n- **c**: d\n',
    );
    assert.deepEqual(
      [...reasons],
      [
        ['a', 'one two.'],
        ['b', 'three.'],
      ],
    );
  });
});
