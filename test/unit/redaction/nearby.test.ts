import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blockHeadSearch } from '../../../src/redaction/blockHeads.ts';
import { lineEndSearch, literalSearch, nextDigitSearch } from '../../../src/redaction/nearby.ts';

/** Text of few characters, so that what is looked for stands in it often; sometimes far apart. */
const text = fc
  .array(
    fc.constantFrom(
      'a',
      'pw',
      ' ',
      '\t',
      '|',
      ',',
      ':',
      '=',
      '\n',
      '\r\n',
      ' -p',
      ' codes',
      ' CODES',
      '{',
      '(',
      '"',
      ')',
      '>',
      '!!binary |',
      '7',
      'x'.repeat(45),
      ' '.repeat(22),
      'y '.repeat(105),
      'z'.repeat(5_000),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** What `blockHeadSearch` tells, as one pattern. */
const head =
  /(?:[\w.-]{1,40}(?: codes)?(?:["'\])]{0,2}[ \t]{0,8}(?:(?:[:=]|=>)[ \t]{0,8}(?:[|>][-+]?|\(|!!\w{2,10} \||\{)?)?|[ \t]{0,20}[|│,;\t][^\n]{0,200})[ \t]{0,8}\r?(?:\n|$))/iy;

describe('what stands ahead in a text', function () {
  this.timeout(30_000);

  it('is the same however many ask for it: line ends, literals and digits', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(6_000)), fc.constantFrom(0, 5, 300), (source, offsets, within) => {
        const endOfLine = lineEndSearch(source);
        const isAhead = literalSearch(source);
        const hasDigit = nextDigitSearch(source);
        for (const at of offsets.filter((offset) => offset <= source.length).sort((a, b) => a - b)) {
          const lineBreak = source.indexOf('\n', at);
          assert.equal(endOfLine(at), lineBreak < 0 ? source.length : lineBreak);
          // An anchor that ends later may begin earlier than the one before it.
          for (const asked of [at, Math.max(0, at - 3)]) {
            const option = source.indexOf(' -', asked);
            assert.equal(isAhead(' -', asked, within), option >= 0 && option <= asked + within);
            assert.equal(hasDigit(asked, within), /\d/.test(source.slice(asked, asked + within + 1)));
          }
        }
      }),
    );
  });

  it('tells the heads of blocks by their line', () => {
    fc.assert(
      fc.property(text, (source) => {
        const isHead = blockHeadSearch(source);
        for (let at = 0; at < source.length; at += 1) {
          head.lastIndex = at;
          assert.equal(isHead(at), head.test(source), JSON.stringify([at, source]));
        }
      }),
      { numRuns: 60 },
    );
  });
});
