import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeFile, encodeText } from '../../../src/fix/fileBytes.ts';

describe('the bytes of a file', () => {
  const forms = [
    { encoding: 'utf-8', mark: false },
    { encoding: 'utf-8', mark: true },
    { encoding: 'utf-16le', mark: true },
    { encoding: 'utf-16be', mark: true },
  ] as const;

  for (const form of forms) {
    it(`come back as they were: ${form.encoding}${form.mark ? ' with a mark' : ''}`, () => {
      const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0') && !one.startsWith('\ufeff'));
      fc.assert(
        fc.property(text, (written) => {
          const bytes = encodeText(written, form);
          const decoded = decodeFile(bytes);
          assert.ok(decoded.kind === 'text');
          assert.equal(decoded.text, written);
          assert.deepEqual(decoded.form, form);
          assert.deepEqual(Buffer.from(encodeText(decoded.text, decoded.form)), Buffer.from(bytes));
        }),
      );
    });
  }

  it('keep line ends and a missing final one', () => {
    const bytes = Buffer.from('a\r\nb\nc\rd', 'utf8');
    const decoded = decodeFile(bytes);
    assert.ok(decoded.kind === 'text');
    assert.deepEqual(Buffer.from(encodeText(decoded.text, decoded.form)), bytes);
  });

  it('are told from those that would not come back', () => {
    assert.equal(decodeFile(Buffer.from('caf\xe9', 'latin1')).kind, 'undecodable');
    assert.equal(decodeFile(Buffer.from([0xff, 0xfe, 0x00, 0xd8])).kind, 'undecodable');
    assert.equal(decodeFile(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])).kind, 'binary');
    assert.equal(decodeFile(Buffer.from('a\0b')).kind, 'binary');
  });
});
