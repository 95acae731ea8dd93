import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { traceAnswers } from '../../../support/traceAnswers.ts';
import { measureRecall } from '../../../support/traceRecall.ts';

describe('suspects proposed from the fixtures', function () {
  this.timeout(30_000);

  it('have an answer for every fixture', () => {
    const names = readdirSync(new URL('../../../fixtures/stackTraces/', import.meta.url));
    assert.deepEqual(Object.keys(traceAnswers).sort(), names.map((name) => name.replace(/\.txt$/, '')).sort());
    assert.ok(names.length >= 40);
  });

  it('are the ones that a reader would name, at least 95 in 100', async () => {
    const { origins, callers, wrong } = await measureRecall();
    assert.ok(origins.right / origins.of >= 0.95, wrong.join('\n'));
    assert.ok(callers.right / callers.of >= 0.95, wrong.join('\n'));
  });
});
