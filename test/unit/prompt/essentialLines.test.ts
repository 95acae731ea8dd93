import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isKept, rangeLines } from '../../../src/model/contextCut.ts';
import type { LineRange } from '../../../src/model/contextCut.ts';
import { evidenceKinds, numberedLines } from '../../../src/model/evidence.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import { essentialCut } from '../../../src/prompt/essentialLines.ts';
import { evidenceBlock } from '../../../src/prompt/evidenceBlock.ts';
import { harmless } from '../../support/incidents.ts';

function item(kind: Evidence['kind'], text: string, more: Partial<Evidence> = {}): Evidence {
  const title = harmless('a title');
  return {
    id: 'E1',
    kind,
    title,
    source: title,
    text: harmless(text),
    lineCount: 1,
    redactions: [],
    addedAt: 0,
    ...more,
  };
}

const numbered = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n');

const diff = `src/a.js: +2 -1
src/b.js: +1 -1

diff --git a/src/a.js b/src/a.js
index 1234567..89abcde 100644
--- a/src/a.js
+++ b/src/a.js
@@ -10,2 +10,3 @@ function load() {
 ten
+eleven
+twelve
@@ -40,1 +41,0 @@
-forty
diff --git a/src/b.js b/src/b.js
--- a/src/b.js
+++ b/src/b.js
@@ -1 +1 @@
-old
+new
`;

describe('what stays of evidence that is cut', () => {
  it('is the end of a log and the beginning of a file, in whole lines', () => {
    assert.deepEqual(essentialCut(item('logTail', numbered(100)), [], 60)?.kept, [[94, 100]]);
    assert.deepEqual(essentialCut(item('file', numbered(100), { firstLine: 1 }), [], 60)?.kept, [[1, 8]]);
    assert.equal(essentialCut(item('logTail', numbered(3)), [], 60), undefined);
  });

  it('is what results cite first, with two lines around it', () => {
    const cut = essentialCut(item('file', numbered(100), { firstLine: 1 }), [[50, 50]], 60);
    assert.deepEqual(cut?.kept, [
      [1, 2],
      [48, 52],
    ]);
  });

  it('is numbered as it was, and the block says which lines are gone', () => {
    const evidence = item('file', numbered(100), { firstLine: 301 });
    const block = evidenceBlock(evidence, essentialCut(evidence, [[350, 350]], 60));
    assert.match(block, /omitted="lines 303 to 347 and 353 to 400, cut later to keep the conversation short enough"/);
    assert.ok(block.includes('\n350\tline 50\n'));
    assert.ok(!block.includes('\n347\t'));
  });

  it('is whole hunks of a diff, the cited ones first, and of the rest what changed in which file', () => {
    const evidence = item('diff', diff);
    const cut = essentialCut(evidence, [[19, 19]], 130);
    const block = evidenceBlock(evidence, cut);
    assert.ok(block.includes('+++ b/src/b.js') && block.includes('+new') && block.includes('@@ -1 +1 @@'));
    assert.ok(!block.includes('eleven') && !block.includes('@@ -10') && !block.includes('-forty'));
    assert.ok(block.includes('src/a.js: +2 -1'));
    assert.equal(cut?.summary, 'src/a.js +2 -1');
    assert.match(block, /cut changes: src\/a\.js \+2 -1"/);
  });

  it('is at most what may stay, in order and apart, and nothing that an earlier cut took away', () => {
    const lines = fc.array(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 60 });
    const place = fc.integer({ min: -5, max: 80 });
    fc.assert(
      fc.property(
        fc.constantFrom(...evidenceKinds),
        fc.oneof(
          lines.map((all) => all.join('\n')),
          fc.constant(diff),
        ),
        fc.array(fc.tuple(place, place), { maxLength: 4 }),
        fc.integer({ min: 0, max: 300 }),
        (kind, text, cited, limit) => {
          const evidence = item(kind, text);
          const { lines: all } = numberedLines(evidence);
          const cut = essentialCut(evidence, cited, limit);
          if (cut === undefined) {
            assert.ok(text.length <= limit);
            return;
          }
          const kept = (ranges: readonly LineRange[]): number =>
            all.reduce((sum, line, at) => sum + (isKept(ranges, at + 1) ? line.length + 1 : 0), 0);
          assert.ok(kept(cut.kept) <= limit);
          cut.kept.forEach(([first, last], at) => {
            assert.ok(first <= last && first >= 1 && last <= all.length);
            assert.ok(first > (cut.kept[at - 1]?.[1] ?? -1) + 1);
          });
          const again = essentialCut(evidence, cited, Math.floor(limit / 2), cut.kept);
          if (again === undefined) return;
          assert.ok(rangeLines(again.kept) <= rangeLines(cut.kept));
          assert.ok(again.kept.every(([first, last]) => isKept(cut.kept, first, last)));
        },
      ),
    );
  });
});
