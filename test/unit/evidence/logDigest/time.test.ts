import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTimeAt } from '../../../../src/evidence/logDigest/time.ts';

const digits = (least: number, most: number) =>
  fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: least, maxLength: most });
const date = fc.tuple(
  fc.integer({ min: 1990, max: 2100 }),
  fc.integer({ min: 0, max: 13 }),
  fc.integer({ min: 0, max: 32 }),
);
const clock = fc.tuple(
  fc.integer({ min: 0, max: 25 }),
  fc.integer({ min: 0, max: 60 }),
  fc.integer({ min: 0, max: 61 }),
);
const fraction = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('.', ','), digits(0, 11)).map((parts) => parts.join('')),
);
const zone = fc.constantFrom('', 'Z', ' Z', 'Za', 'Z:', ' UTC', 'GMT', '+02:00', ' -0700', '+1', '+', ' -', '-');
const rest = fc.constantFrom('', ' INFO ready', '] ready', ', ready', ' - ready', ' [main] ready', 'x', ':1');

const two = (number: number): string => String(number).padStart(2, '0');

describe('time of a log line', () => {
  it('is read alike with hyphens in its date, which is quick, and with slashes', () => {
    fc.assert(
      fc.property(
        date,
        fc.constantFrom('T', ' '),
        clock,
        fraction,
        zone,
        rest,
        ([year, month, day], between, parts, ...end) => {
          const behind = `${between}${parts.map(two).join(':')}${end.join('')}`;
          const withHyphens = readTimeAt(`${year}-${two(month)}-${two(day)}${behind}`);
          const withSlashes = readTimeAt(`${year}/${two(month)}/${two(day)}${behind}`);
          assert.deepEqual(withHyphens, withSlashes);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('is read again where another line or another place is asked about', () => {
    assert.equal(readTimeAt('2026-01-02 03:04:05 x')?.ms, Date.UTC(2026, 0, 2, 3, 4, 5));
    assert.equal(readTimeAt('2026-01-02 03:04:06 x')?.ms, Date.UTC(2026, 0, 2, 3, 4, 6));
    assert.equal(readTimeAt('> 2026-01-02 03:04:06 x', 2)?.ms, Date.UTC(2026, 0, 2, 3, 4, 6));
    assert.equal(readTimeAt('> 2026-01-02 03:04:06 x', 1)?.end, 21);
    assert.equal(readTimeAt('no time'), undefined);
  });

  for (const text of [
    'Jan  2 03:04:05 host',
    'E0102 03:04:05.678901 1 a.go:3]',
    'Tue, 02 Jan 2024 03:04:05 GMT',
    'tue jan 02 03:04:05 2024',
    '1767323045.678 x',
    '"03:04:05" x',
  ])
    it(`is found in ${text}`, () => assert.notEqual(readTimeAt(text), undefined));
});
