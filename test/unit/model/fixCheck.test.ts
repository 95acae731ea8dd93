import assert from 'node:assert/strict';
import { fixParts, mayBeApplied, missingParts } from '../../../src/model/fixCheck.ts';
import type { FixPart } from '../../../src/model/fixCheck.ts';
import type { Fix } from '../../../src/model/records.ts';

const whole: Fix = {
  edits: [{ path: 'a.js', search: 'a', replace: 'b' }],
  test: { edits: [{ path: 'a.test.js', newFile: 'test()' }] },
  explanation: 'It names the variable that is set.',
  edgeCases: ['The variable is empty'],
  similarPatterns: [{ path: 'refund.js', line: 31, why: 'the same read' }],
};
const without: Readonly<Record<FixPart, Partial<Fix>>> = {
  test: { test: { edits: [] } },
  explanation: { explanation: '  ' },
  edgeCases: { edgeCases: [] },
  similarPatterns: { similarPatterns: [] },
};

describe('the four-part check of a fix', () => {
  it('is passed by a fix that has all four', () => {
    assert.deepEqual(missingParts(whole), []);
    assert.equal(mayBeApplied(whole), true);
  });

  for (const part of fixParts) {
    it(`keeps a fix without its ${part} from being applied`, () => {
      const fix = { ...whole, ...without[part] };
      assert.deepEqual(missingParts(fix), [part]);
      assert.equal(mayBeApplied(fix), false);
    });
  }

  it('takes “there are none” for an answer on similar patterns', () => {
    assert.equal(mayBeApplied({ ...whole, similarPatterns: [], noSimilarPatterns: true }), true);
  });

  it('has nothing to apply where nothing is changed', () => {
    assert.equal(mayBeApplied({ ...whole, edits: [] }), false);
  });
});
