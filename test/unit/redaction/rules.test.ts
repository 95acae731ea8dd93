import assert from 'node:assert/strict';
import { matchAt } from '../../../src/redaction/scan.ts';
import { emailRule, findAccounts, ipRules, phoneRule } from '../../../src/redaction/rules/personal.ts';
import type { Rule } from '../../../src/redaction/rules/rule.ts';
import { contextRules, tokenRules } from '../../../src/redaction/rules/table.ts';
import { structures } from '../../../src/redaction/rules/structures.ts';
import { marked } from '../../support/leaks.ts';
import { example, fill, randomFrom } from '../../support/samples.ts';

const rules: readonly Rule[] = [...tokenRules, ...contextRules, emailRule, phoneRule, ...ipRules];

/** What one rule alone hides of a text. */
function hiddenBy(rule: Rule, text: string): string[] {
  const found: string[] = [];
  for (const anchor of rule.anchors) {
    const lower = text.toLowerCase();
    for (let at = lower.indexOf(anchor.toLowerCase()); at !== -1; at = lower.indexOf(anchor.toLowerCase(), at + 1)) {
      const span = matchAt(rule, text, at);
      if (span !== undefined) found.push(text.slice(span.start, span.end));
    }
  }
  return found;
}

describe('the table of redaction rules', () => {
  for (const rule of rules) {
    describe(`${rule.id}: ${rule.name}`, () => {
      for (const template of rule.examples.hidden) {
        it(`hides ${template}`, () => {
          for (let seed = 1; seed <= 8; seed += 1) {
            const { text, secret } = example(template, randomFrom(seed));
            assert.ok(
              hiddenBy(rule, text).includes(secret),
              `${text}\nhides ${JSON.stringify(hiddenBy(rule, text))}\nnot ${secret}`,
            );
          }
        });
      }
      for (const template of rule.examples.kept) {
        it(`keeps ${template}`, () => {
          for (let seed = 1; seed <= 8; seed += 1)
            assert.deepEqual(hiddenBy(rule, fill(template, randomFrom(seed))), []);
        });
      }
      it('is well formed: an id for a placeholder, a sticky pattern, examples of both sides', () => {
        assert.match(rule.id, /^[a-z][a-z0-9-]{0,39}$/);
        assert.ok(rule.pattern.sticky && !rule.pattern.global);
        assert.ok(rule.anchors.length > 0 && rule.examples.hidden.length > 0 && rule.examples.kept.length > 0);
      });
    });
  }
});

describe('numbers of cards and bank accounts', () => {
  const found = (text: string): string[] =>
    findAccounts(text, 0, text.length).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);
  const card = ['4111', '1111', '1111', '1111'];

  it('are told by their check digits, in groups or without', () => {
    for (const join of ['', ' ', '-'])
      assert.deepEqual(found(`paid ${card.join(join)}.`), [`card-number ${card.join(join)}`]);
    assert.deepEqual(found('amex 3782 822463 10005'), ['card-number 3782 822463 10005']);
    assert.deepEqual(found('to DE89 3704 0044 0532 0130 00'), ['bank-account DE89 3704 0044 0532 0130 00']);
    assert.deepEqual(found('GB29NWBK60161331926819,'), ['bank-account GB29NWBK60161331926819']);
  });

  it('are not any digits', () => {
    for (const text of [
      '4111111111111112',
      'DE88 3704 0044 0532 0130 00',
      'ES2022',
      '1700000000000',
      `x${card.join('')}`,
    ])
      assert.deepEqual(found(text), []);
  });
});

describe('the table of structures', () => {
  for (const structure of structures) {
    /** What is hidden of a text, each once, in the order of the text. */
    const hiddenIn = (text: string): string[] => {
      const spans = new Map<number, string>();
      for (const anchor of structure.anchors) {
        for (let at = text.toLowerCase().indexOf(anchor.toLowerCase()); at !== -1;) {
          for (const { start, end } of structure.find(text, at)) spans.set(start, text.slice(start, end));
          at = text.toLowerCase().indexOf(anchor.toLowerCase(), at + 1);
        }
      }
      return [...spans].sort(([a], [b]) => a - b).map(([, hidden]) => hidden);
    };
    for (const template of structure.examples.hidden) {
      it(`${structure.name}: hides the values of ${template.slice(0, 60)}`, () => {
        for (let seed = 1; seed <= 8; seed += 1) {
          const { text, secrets } = marked(template, randomFrom(seed));
          assert.deepEqual(hiddenIn(text), secrets, text);
        }
      });
    }
    for (const template of structure.examples.kept) {
      it(`${structure.name}: keeps ${template.slice(0, 60)}`, () => {
        for (let seed = 1; seed <= 8; seed += 1) assert.deepEqual(hiddenIn(fill(template, randomFrom(seed))), []);
      });
    }
  }
});
