import assert from 'node:assert/strict';
import { findCitations } from '../../../../webview/markdown/citations.ts';

describe('citations of evidence', () => {
  it('finds an item of evidence, a line of it, and a range by its first line', () => {
    const text = 'as [E3] says, [E1:38] and [E12:4-9]';
    assert.deepEqual(
      findCitations(text).map(({ start, end, citation }) => [text.slice(start, end), citation]),
      [
        ['[E3]', { id: 'E3' }],
        ['[E1:38]', { id: 'E1', line: 38 }],
        ['[E12:4-9]', { id: 'E12', line: 4 }],
      ],
    );
  });

  for (const text of [
    'E3',
    '[E]',
    '[E0]',
    '[E1:0]',
    '[e3]',
    '[E3',
    '[E1:]',
    '[E1:x]',
    '[E1 :3]',
    '[EE1]',
    '[E99999]',
  ]) {
    it(`finds none in ${text}`, () => assert.deepEqual(findCitations(text), []));
  }
});
