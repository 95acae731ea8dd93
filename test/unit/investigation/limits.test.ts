import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EvidenceDraft } from '../../../src/investigation/intake.ts';
import { cutToLimit, linesNamedIn } from '../../../src/investigation/limits.ts';
import { harmless } from '../../support/incidents.ts';

function draft(kind: EvidenceDraft['kind'], lines: readonly string[]): EvidenceDraft {
  const text = harmless(lines.join('\n'));
  const title = harmless('a');
  const first = kind === 'file' ? { firstLine: 1 } : {};
  return { kind, title, source: title, text, lineCount: lines.length, redactions: [], ...first };
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at + 1}`);

describe('cutting evidence to its limit', () => {
  it('leaves what fits as it is', () => {
    const item = draft('file', numbered(10));
    assert.equal(cutToLimit(item, [], 1_000), item);
  });

  it('keeps the end of a log, in whole lines, and says what was left out', () => {
    const cut = cutToLimit(draft('logTail', numbered(100)), [], 80);
    assert.ok(cut.text.endsWith('line 99\nline 100'));
    assert.match(cut.text.split('\n')[0] ?? '', /^line \d+$/);
    assert.match(cut.omitted ?? '', /^lines 1 to \d+, for the size of a question$/);
  });

  it('keeps the part of a file around the line that the trace names, with its line numbers', () => {
    const cut = cutToLimit(draft('file', numbered(1_000)), [500], 200);
    const lines = cut.text.split('\n');
    assert.ok(lines.includes('line 500'));
    assert.equal(lines[0], `line ${cut.firstLine}`);
    assert.match(cut.omitted ?? '', /^lines 1 to \d+ and lines \d+ to 1000, for the size of a question$/);
  });

  it('keeps the beginning of a file that no trace names', () => {
    assert.ok(cutToLimit(draft('file', numbered(1_000)), [], 200).text.startsWith('line 1\nline 2\n'));
  });

  it('is never longer than the limit, keeps whole lines where one fits, and loses no line in silence', () => {
    const kinds = fc.constantFrom('file', 'logTail', 'terminal', 'commits') as fc.Arbitrary<EvidenceDraft['kind']>;
    const lines = fc.array(
      fc.string({ maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ' ')),
      { minLength: 1, maxLength: 80 },
    );
    fc.assert(
      fc.property(
        kinds,
        lines,
        fc.array(fc.integer({ min: 1, max: 90 })),
        fc.integer({ min: 50, max: 400 }),
        (kind, all, named, limit) => {
          const item = draft(kind, all);
          const cut = cutToLimit(item, named, limit);
          assert.ok(cut.text.length <= limit);
          if (item.text.length <= limit) return;
          assert.notEqual(cut.omitted, undefined);
          const kept = cut.text.split('\n');
          assert.ok(`\n${item.text}\n`.includes(`\n${cut.text}\n`) || kept.length === 1);
        },
      ),
    );
  });
});

describe('lines named in a trace', () => {
  it('are found in the ways that languages write them', () => {
    const texts = ['at charge (/app/src/payment.js:47:31)', 'File "/app/x/payment.js", line 12, in f', 'payment.js(9)'];
    assert.deepEqual(linesNamedIn(texts, 'src/payment.js'), [47, 12, 9]);
    assert.deepEqual(linesNamedIn(['repayment.js:3', 'payment.jsx:4'], 'payment.js'), []);
  });
});
