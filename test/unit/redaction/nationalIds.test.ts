import assert from 'node:assert/strict';
import { findNationalIds, nationalIds } from '../../../src/redaction/rules/nationalIds.ts';

const found = (text: string): string[] =>
  findNationalIds(text, 0, text.length).map(({ start, end }) => text.slice(start, end));

describe('national ids', () => {
  for (const { country, examples } of nationalIds) {
    for (const id of examples.valid) {
      it(`finds one of ${country}: ${id}`, () => {
        assert.ok(found(`customer ${id}, order 7`).includes(id));
        assert.ok(found(`{"id":"${id}"}`).includes(id));
        assert.deepEqual(found(`x${id}9`), []);
      });
    }
    for (const id of examples.invalid)
      it(`leaves what has no right form: ${id}`, () => assert.deepEqual(found(`n ${id} m`), []));
  }

  it('take few of the numbers that logs are full of', () => {
    let taken = 0;
    for (let at = 0; at < 10_000; at += 1)
      taken += found(`took ${1_700_000_000_000 + at * 7_919} offset ${10_000_000 + at * 31}`).length;
    assert.equal(taken, 0);
  });
});
