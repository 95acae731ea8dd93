import assert from 'node:assert/strict';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { Redactor } from '../../../src/redaction/redactor.ts';
import { nameAnchors } from '../../../src/redaction/rules/assignments.ts';
import { structures } from '../../../src/redaction/rules/structures.ts';
import { contextRules, tokenRules } from '../../../src/redaction/rules/table.ts';
import { fill, randomFrom } from '../../support/samples.ts';

const rules = [...tokenRules, ...contextRules, ...structures];
/** What a rule looks for, and what it takes for a secret or leaves: whole and cut off. */
const literals = [...new Set([...nameAnchors, ...rules.flatMap(({ anchors }) => anchors)])];
const examples = rules.flatMap(({ examples: { hidden, kept } }) => [...hidden, ...kept]);
const between = ['', ' ', '\n', '=', '": "', '/', ' -p ', '| ', '-----BEGIN ', '{', '«token-1»'];

/** Hostile texts: a literal or an example (sometimes half of one) again and again, alone or in turn with another, with a sign between. */
function shapes(count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const any = <T>(of: readonly T[], nothing: T): T => of[Math.floor(random() * of.length)] ?? nothing;
  const part = (): string => {
    if (random() < 0.6) return any(literals, '');
    const text = fill(any(examples, '').replace(/\[\[|\]\]/g, ''), random);
    return random() < 0.5 ? text : text.slice(0, Math.ceil(text.length * random()));
  };
  return Array.from({ length: count }, () => {
    const sign = any(between, '');
    return random() < 0.5 ? part() + sign : part() + sign + part() + any(between, '');
  }).filter((shape) => shape !== '');
}

/** The least processor time of some goes, in milliseconds: what else the machine does counts little in it. */
async function timeOf(redactor: Redactor, text: string, goes: number): Promise<number> {
  let least = Infinity;
  for (let go = 0; go < goes; go += 1) {
    const before = process.cpuUsage();
    const redacted = await redactor.redact(text);
    const { user, system } = process.cpuUsage(before);
    assert.ok(redacted.ok, JSON.stringify(redacted));
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

describe('redaction of hostile texts', function () {
  this.timeout(120_000);

  it('takes time that grows with their length, whatever is repeated in them', async () => {
    const redactor = createRedactor({ fingerprintKey: 'k' });
    const time = (text: string, goes: number): Promise<number> => timeOf(redactor, text, goes);
    const size = 20_000;
    for (const shape of shapes(220, 8)) {
      const text = (length: number): string => shape.repeat(Math.ceil(length / shape.length));
      await redactor.redact(text(size / 4));
      const once = await time(text(size), 2);
      const fourfold = await time(text(4 * size), 2);
      // Four times as much; a little time of its own for each text, and a quadratic step would be sixteen times.
      const isLinear =
        fourfold <= 8 * once + 20 || (await time(text(4 * size), 3)) <= 8 * (await time(text(size), 3)) + 20;
      assert.ok(isLinear, `${once} ms, then ${fourfold} ms for four times as much: ${JSON.stringify(shape)}`);
    }
  });

  it('looks at lines that seem wrapped about as long as at others', async () => {
    const redactor = createRedactor({ fingerprintKey: 'k' });
    const random = randomFrom(3);
    const tokens = Array.from({ length: 6_000 }, () => `| glagent-,sk-${fill('{A36}', random)}`);
    await redactor.redact(tokens.slice(0, 500).join('\n'));
    const wrapped = await timeOf(redactor, tokens.join('\n'), 3);
    const apart = await timeOf(redactor, tokens.join(' \n'), 3);
    assert.ok(wrapped <= 6 * apart + 50, `${wrapped} ms, and ${apart} ms where no line seems wrapped`);
  });

  it('hides what a terminal wrapped behind any number of lines that seem wrapped', async () => {
    const random = randomFrom(4);
    const lines = Array.from({ length: 4_000 }, () => `| glagent-,sk-${fill('{A36}', random)}`);
    const [head, tail] = [fill('ghp_{A16}', random), fill('{A20}', random)];
    const redacted = await createRedactor({ fingerprintKey: 'k' }).redact(
      `${lines.join('\n')}\n\nsaid ${head}\n${tail}\n`,
    );
    assert.ok(redacted.ok && !redacted.value.text.includes(tail) && !redacted.value.text.includes(head.slice(4)));
  });
});
