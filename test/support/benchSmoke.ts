import assert from 'node:assert/strict';
import { ratioOf } from '../bench/harness.ts';
import type { BenchRow } from '../bench/harness.ts';

/** Benches that need a browser; a test among those with one tries each. */
export const benchesInBrowser = ['activation', 'markdown', 'memory', 'paint', 'panel'] as const;

/** Throws unless there are figures, each a number that can have been measured: what they say depends on the machine. */
export function assertFigures(rows: readonly BenchRow[]): void {
  assert.ok(rows.length > 0);
  for (const row of rows) {
    // Of what is counted there may be none: a miss, a false alarm, a timer left behind.
    const mayBeNone = row.goal.kind === 'atMost' && row.goal.value < 2;
    assert.ok(Number.isFinite(row.ours) && (mayBeNone ? row.ours >= 0 : row.ours > 0), JSON.stringify(row));
    assert.ok(Number.isFinite(ratioOf(row) ?? 1) && (ratioOf(row) ?? 1) > 0, JSON.stringify(row));
  }
}
