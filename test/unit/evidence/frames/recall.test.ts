import assert from 'node:assert/strict';
import { measureRecall } from '../../../support/traceRecall.ts';

describe('suspects proposed from the fixtures', function () {
  this.timeout(30_000);

  it('are the ones that a reader would name, at least 95 in 100', async () => {
    const { fixtures, origins, callers, wrong } = await measureRecall();
    assert.ok(fixtures >= 40);
    assert.ok(origins.right / origins.of >= 0.95, wrong.join('\n'));
    assert.ok(callers.right / callers.of >= 0.95, wrong.join('\n'));
  });
});
