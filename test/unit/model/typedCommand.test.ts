import assert from 'node:assert/strict';
import fc from 'fast-check';
import { typedCommand } from '../../../src/model/typedCommand.ts';

describe('a command that is typed for the user', () => {
  it('is what it was where it is one line', () => {
    assert.equal(
      typedCommand('./scripts/rollback.sh v2.18.3 --env "prod"'),
      './scripts/rollback.sh v2.18.3 --env "prod"',
    );
  });

  it('holds nothing that would run it, end a paste or hide a part of it', () => {
    assert.equal(typedCommand('echo a\nrm -rf ~\r\necho b'), 'echo a rm -rf ~ echo b');
    assert.equal(typedCommand('a\x1b[201~\rb'), 'a [201~ b');
    assert.equal(typedCommand('a\u2028b\u0085c\u202ed\u200be'), 'a b c d e');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const typed = typedCommand(text) ?? '';
        assert.doesNotMatch(typed, /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('is nothing where nothing is left', () => assert.equal(typedCommand(' \r\n\x07 '), undefined));
});
