import assert from 'node:assert/strict';
import fc from 'fast-check';
import { failedFiles, parseTestResults, withSecondRun } from '../../support/results.ts';

const record = { noNullPrototype: true };
const counts = { passed: fc.nat(), failed: fc.nat() };
const files = fc.dictionary(fc.string({ minLength: 1 }), fc.record(counts, record), record);

describe('test results', () => {
  it('come back as they were written', () => {
    const any = fc.record({ ...counts, skipped: fc.nat(), files }, record);
    fc.assert(fc.property(any, (results) => assert.deepEqual(parseTestResults(JSON.stringify(results)), results)));
  });

  it('are no results when the run died while it wrote them', () => {
    const text = JSON.stringify({ passed: 12, failed: 3, skipped: 0, files: { a: { passed: 12, failed: 3 } } });
    for (let end = 0; end < text.length; end++) assert.equal(parseTestResults(text.slice(0, end)), undefined);
  });

  const rest = '"files":{}}';
  for (const text of [
    'null',
    '[]',
    '7',
    `{"passed":1,"failed":0,${rest}`,
    `{"passed":"1","failed":0,"skipped":0,${rest}`,
    '{"passed":1,"failed":0,"skipped":0}',
    '{"passed":1,"failed":0,"skipped":0,"files":[]}',
    '{"passed":1,"failed":0,"skipped":0,"files":{"a":{"passed":1}}}',
    '{"passed":1,"failed":0,"skipped":0,"files":{"a":null}}',
  ]) {
    it(`are not ${text}`, () => assert.equal(parseTestResults(text), undefined));
  }

  it('are no negative counts and no fractions', () => {
    assert.equal(parseTestResults(`{"passed":-1,"failed":0,"skipped":0,${rest}`), undefined);
    assert.equal(parseTestResults(`{"passed":0.5,"failed":0,"skipped":0,${rest}`), undefined);
  });
});

describe('a second run of the files that failed', () => {
  const first = {
    passed: 9,
    failed: 3,
    skipped: 0,
    files: { a: { passed: 5, failed: 0 }, b: { passed: 3, failed: 2 }, c: { passed: 1, failed: 1 } },
  };

  it('takes the place of what they gave in the first', () => {
    const second = {
      passed: 9,
      failed: 0,
      skipped: 0,
      files: { b: { passed: 5, failed: 0 }, c: { passed: 4, failed: 0 } },
    };
    const both = withSecondRun(first, second);
    assert.deepEqual([both.passed, both.failed], [14, 0]);
    assert.deepEqual(failedFiles(both), []);
  });

  it('leaves as failed what failed again', () => {
    const second = {
      passed: 8,
      failed: 1,
      skipped: 0,
      files: { b: { passed: 4, failed: 1 }, c: { passed: 4, failed: 0 } },
    };
    const both = withSecondRun(first, second);
    assert.deepEqual([both.passed, both.failed], [13, 1]);
    assert.deepEqual(failedFiles(both), ['b']);
  });

  it('that died has failed', () => {
    assert.equal(withSecondRun(first, { passed: 0, failed: 1, skipped: 0, files: {} }).failed, 1);
  });
});
