import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prefixSearch } from '../../../src/redaction/prefixes.ts';
import { tokenRules } from '../../../src/redaction/rules/table.ts';
import { matchAt } from '../../../src/redaction/scan.ts';

const rules = tokenRules.filter((rule) => rule.form !== undefined);
const bodies = [
  'a',
  'Z',
  '7',
  'a1',
  'deadbeef',
  'x'.repeat(40),
  'aB3'.repeat(30),
  'w'.repeat(600),
  '12345678'.repeat(80),
];
const signs = ['-', '_', '.', '~', '=', '==', ' ', '\n', '+', '/', '-_', '._', 'é'];

describe('tokens with a prefix', () => {
  it('are found where the pattern of their rule finds them, whatever stands around and however often they follow one another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(rules.length - 1), { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(2), fc.constantFrom('', ...bodies), fc.constantFrom('', ...signs)), {
          minLength: 1,
          maxLength: 12,
        }),
        (chosen, parts) => {
          const prefixes = chosen.flatMap((nth) => rules[nth]?.form?.prefixes ?? []);
          const text = parts
            .map(([nth, body, sign]) => `${prefixes[nth % prefixes.length] ?? ''}${body}${sign}`)
            .join('');
          const match = prefixSearch(text);
          for (let at = 0; at < text.length; at += 1)
            for (const nth of chosen) {
              const rule = rules[nth];
              if (rule?.form === undefined || !prefixes.some((prefix) => text.startsWith(prefix, at))) continue;
              assert.deepEqual(match(rule.form, at), matchAt(rule, text, at), JSON.stringify([rule.id, at, text]));
            }
        },
      ),
      { numRuns: 300 },
    );
  });
});
