import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginsField, isPlainSign, mayOpenQuote } from '../../../src/redaction/rules/firstSigns.ts';

const parts = [
  'a',
  'Z9',
  '_',
  '.',
  '-',
  '=',
  '==',
  ' ',
  '"',
  '\\',
  'f',
  'b"',
  '$',
  '<<',
  '`',
  'x'.repeat(39),
  'é',
  '\n',
];
const text = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((some) => some.join(''));

describe('what a sign or two tell before a pattern is tried', () => {
  it('begins a field where a name and one sign of an assignment stand', () => {
    fc.assert(
      fc.property(text, (source) =>
        assert.equal(beginsField(source, 0), /^[A-Za-z_][\w.-]{0,40}=(?!=)/.test(source.slice(0, 42))),
      ),
    );
  });

  it('leaves no quote out that may open a text', () => {
    fc.assert(
      fc.property(text, (source) => {
        const opens = /^[fbruLN@$]?(?:<<)?\\*["'`]/.test(source);
        assert.ok(!opens || mayOpenQuote(source.charCodeAt(0), source.charCodeAt(1)), JSON.stringify(source));
      }),
    );
  });

  it('takes a sign for a plain one only where it ends with its first character', () => {
    const isPlain = (sign: string): boolean => isPlainSign(sign.charCodeAt(0), sign.charCodeAt(1));
    for (const sign of ['=a', '=7', '="', "='", ':a', ':7', '=_', '=$']) assert.ok(isPlain(sign), sign);
    // A comparison, an arrow, a scope, a protocol, a type that holds it, a visibility, and what is wrapped or goes on below.
    const others = ['==', '=>', '::', ':/', ':=', '= ', ': ', '=(', '=[', '={', '=<', '=!', '=\\', '=\n', '=+', ':"'];
    for (const sign of [...others, '=S', '=j', '=O', ':p', ':S', '|=', 'a=']) assert.ok(!isPlain(sign), sign);
  });
});
