import assert from 'node:assert/strict';
import { ratioOf } from '../bench/harness.ts';
import { run } from '../bench/panel.bench.ts';

describe('benches that need a browser', function () {
  this.timeout(120_000);

  it('of the panel run, and give figures', async () => {
    const rows = await run({ smoke: true });
    assert.equal(rows.length, 4);
    for (const row of rows) assert.ok(row.ours > 0 && (ratioOf(row) ?? 1) > 0, JSON.stringify(row));
  });
});
