import assert from 'node:assert/strict';
import fc from 'fast-check';
import { digitSearch, runEndSearch } from '../../../src/redaction/nearby.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { entropy, looksRandom } from '../../../src/redaction/rules/value.ts';
import { createWordSearch } from '../../../src/redaction/rules/wordSearch.ts';

/** Names, signs, words and what is drawn by lot, without blanks between most of them. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '--key:a1',
        'AUTH=',
        'user-service',
        '-',
        '_',
        '.',
        ':',
        '/',
        'a1',
        'dead-beef',
        '0123',
        ' ',
        '\n',
      ),
      fc.constantFrom('\x01', 'ü', ';', '"', 'x'.repeat(700), 'Zq7Kp2Vx9Lm4', 'QwErTyUiOpAsDfGhJkL0'),
      fc.string({ minLength: 1, maxLength: 20 }),
    ),
    { minLength: 20, maxLength: 120, size: 'max' },
  )
  .map((parts) => parts.join(''));
const offsets = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 65, max: 600 })), { maxLength: 60 });

describe('what is known of the words of a text', function () {
  this.timeout(60_000);

  it('is the same however many ask for it: ends of runs and digits', () => {
    fc.assert(
      fc.property(text, offsets, (source, asked) => {
        const endOfRun = runEndSearch(source, (code) => code !== 45 && code > 32);
        const digitAhead = digitSearch(source, 512);
        for (const [at, most] of asked.filter(([from]) => from < source.length).sort((a, b) => a[0] - b[0])) {
          const run = /^[^-\0- ]*/.exec(source.slice(at, at + most))?.[0] ?? '';
          assert.equal(endOfRun(at, most), at + run.length);
          const word = /^\S*/.exec(source.slice(at, at + 512))?.[0] ?? '';
          // Where a control character stands before the first digit the search leaves it open.
          const digit = word.search(/\d/);
          // eslint-disable-next-line no-control-regex -- control characters are what is meant
          const control = word.search(/[\0-\x1f]/);
          const isOpen = control >= 0 && (digit < 0 || control < digit);
          if (!/[^\0-\x7f]/.test(word)) assert.equal(digitAhead(at), isOpen ? undefined : digit >= 0);
        }
      }),
    );
  });

  it('calls no stretch dull that is drawn by lot', () => {
    let dull = 0;
    fc.assert(
      fc.property(text, offsets, (source, asked) => {
        const words = createWordSearch(source);
        for (const [at, length] of asked.sort((a, b) => a[0] - b[0])) {
          if (at + length > source.length) continue;
          const value = source.slice(at, at + length);
          const leastBits = length % 2 === 0 ? 3.3 : 3.5;
          if (!words.isDull(at, at + length, leastBits)) continue;
          dull += 1;
          assert.ok(!looksRandom(value, 16) || entropy(value) < leastBits, JSON.stringify(value));
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(dull > 100, 'stretches of names are dull');
  });

  it('lets names in a row cost about what they cost apart from each other', async () => {
    const redactor = createRedactor({ fingerprintKey: 'k' });
    const time = async (name: string): Promise<number> => {
      const source = name.repeat(Math.ceil(60_000 / name.length));
      let least = Infinity;
      for (let go = 0; go < 3; go += 1) {
        const before = process.cpuUsage();
        assert.ok((await redactor.redact(source)).ok);
        const { user, system } = process.cpuUsage(before);
        least = Math.min(least, (user + system) / 1_000);
      }
      return least;
    };
    for (const name of ['--key:a1', '/AUTH:a1', 'AUTH=a1', '.key:', '_AUTH=', '--token({a1', 'key:qz1-wx2-cv3-bn4-']) {
      const apart = await time(`${name} `);
      const inRow = await time(name);
      // Each once read up to 4,096 characters anew: 38 seconds a megabyte, where names apart from each other take a third of one.
      assert.ok(inRow <= 10 * apart + 40, `${name}: ${inRow} ms in a row, ${apart} ms apart`);
    }
  });
});
