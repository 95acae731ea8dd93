import assert from 'node:assert/strict';
import { isMet, median, ratioOf, table } from '../../bench/harness.ts';
import type { BenchRow, RunBench } from '../../bench/harness.ts';

/** Benches that need no browser and nothing that only they install. */
const quick = ['commonmark', 'frames', 'git', 'journal', 'logs', 'redaction', 'size', 'tokens'] as const;

describe('benches', function () {
  this.timeout(60_000);

  for (const name of quick) {
    it(`of ${name} run, and give figures`, async () => {
      const { run } = (await import(`../../bench/${name}.bench.ts`)) as { run: RunBench };
      const rows = await run({ smoke: true });
      assert.ok(rows.length > 0);
      // Lines that were taken for secrets by mistake may be none; all else takes time, room or is found.
      for (const row of rows)
        assert.ok(
          (row.ours > 0 || (row.ours === 0 && row.unit === 'lines')) && (ratioOf(row) ?? 1) > 0,
          JSON.stringify(row),
        );
    });
  }

  it('tell what is met, against a limit and against a peer', () => {
    const row = (ours: number, peer: number | undefined, goal: BenchRow['goal']): BenchRow => ({
      what: 'it',
      ours,
      unit: 'ms',
      goal,
      ...(peer === undefined ? {} : { peer: { name: 'other', value: peer } }),
    });
    assert.ok(isMet(row(5, undefined, { kind: 'atMost', value: 5 })));
    assert.ok(!isMet(row(6, undefined, { kind: 'atMost', value: 5 })));
    assert.ok(isMet(row(6, undefined, { kind: 'atLeast', value: 5 })));
    assert.ok(isMet(row(1, 10, { kind: 'timesPeerAtMost', value: 0.1 })));
    assert.ok(!isMet(row(1.1, 10, { kind: 'timesPeerAtMost', value: 0.1 })));
    assert.ok(isMet(row(1_000, 1, { kind: 'timesPeerAtLeast', value: 1_000 })));
    assert.ok(!isMet(row(1, undefined, { kind: 'timesPeerAtMost', value: 1 })), 'without a peer nothing is shown');
    assert.ok(!isMet(row(Number.NaN, 1, { kind: 'timesPeerAtMost', value: 1 })));
    assert.equal(median([3, 1, 2]), 2);
  });

  it('print a table that says what was missed', () => {
    const rows: BenchRow[] = [
      {
        what: 'a chunk',
        ours: 0.4213,
        unit: 'ms',
        peer: { name: 'theirs', value: 99.44 },
        goal: { kind: 'timesPeerAtMost', value: 0.1 },
      },
      { what: 'a script', ours: 1234.5, unit: 'kB', goal: { kind: 'atMost', value: 1000 }, note: 'it grew' },
    ];
    const text = table([{ bench: 'one', rows }]);
    assert.match(text, /\| a chunk \| 0\.421 ms \| theirs: 99\.4 ms \| ×0\.00424 \| ≤ ×0\.1 \| yes \|/);
    assert.match(text, /\| a script \| 1235 kB \| {2}\| {2}\| ≤1000 \| \*\*no\*\* \|\n\n- a script: it grew/);
  });
});
