import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTestResults } from '../../support/results.ts';

describe('test results', () => {
  it('come back as they were written', () => {
    const counts = fc.record({ passed: fc.nat(), failed: fc.nat(), skipped: fc.nat() }, { noNullPrototype: true });
    fc.assert(fc.property(counts, (results) => assert.deepEqual(parseTestResults(JSON.stringify(results)), results)));
  });

  it('are no results when the run died while it wrote them', () => {
    const text = JSON.stringify({ passed: 12, failed: 3, skipped: 0 });
    for (let end = 0; end < text.length; end++) assert.equal(parseTestResults(text.slice(0, end)), undefined);
  });

  for (const text of ['null', '[]', '7', '{"passed":1,"failed":0}', '{"passed":"1","failed":0,"skipped":0}']) {
    it(`are not ${text}`, () => assert.equal(parseTestResults(text), undefined));
  }

  it('are no negative counts and no fractions', () => {
    assert.equal(parseTestResults('{"passed":-1,"failed":0,"skipped":0}'), undefined);
    assert.equal(parseTestResults('{"passed":0.5,"failed":0,"skipped":0}'), undefined);
  });
});
