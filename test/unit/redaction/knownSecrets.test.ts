import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { Redactor } from '../../../src/redaction/redactor.ts';
import { fill, randomFrom } from '../../support/samples.ts';
import { processorTime } from '../../support/processorTime.ts';

const key = fill('sk_live_{A24}', randomFrom(11));
const password = 'plum tree 88 "quoted"';

async function redactor(): Promise<Redactor> {
  const made = createRedactor({ fingerprintKey: 'k'.repeat(32) });
  const seen = await made.redact(`the key ${key} was read`);
  assert.ok(seen.ok && !seen.value.text.includes(key));
  made.learn([password]);
  return made;
}

describe('a reply that repeats what was hidden', () => {
  it('shows the placeholder, however the secret is written', async () => {
    const guard = (await redactor()).reply();
    const forms = [key, JSON.stringify(password), encodeURIComponent(password), Buffer.from(password).toString('hex')];
    for (const form of forms) {
      const shown = guard.whole(`it is ${form}, see?`);
      assert.match(shown, /«(stripe-key|environment-value)-\d»/, form);
      assert.ok(!shown.includes(form.slice(1, -1)), shown);
    }
    assert.ok(
      !guard
        .whole(Buffer.from(`x ${password} y`).toString('base64'))
        .includes(Buffer.from(password).toString('base64').slice(4, 16)),
    );
  });

  it('gives the same in any pieces, and holds back only what may become a secret', async () => {
    const made = await redactor();
    const piece = fc.oneof(
      fc.constantFrom(key, key.slice(0, 9), key.slice(9), password, 'sk_', 's', '\n'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (parts, sizes) => {
        const text = parts.join('');
        const guard = made.reply();
        let shown = '';
        let rest = text;
        for (const size of sizes) {
          if (rest === '') break;
          shown += guard.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
        shown += guard.end();
        assert.equal(shown, made.reply().whole(text));
        assert.ok(!shown.includes(key) && !shown.includes(password));
      }),
    );
    const guard = made.reply();
    assert.equal(guard.push('Plain words come at once'), 'Plain words come at once');
    assert.equal(guard.push(` and ${key.slice(0, 12)}`), ' and ');
    assert.equal(guard.push('x'), `${key.slice(0, 12)}x`);
  });

  it('leaves example keys that it makes up, and every text where nothing was hidden', async () => {
    const example = fill('sk_live_{A24}', randomFrom(12));
    const guard = (await redactor()).reply();
    assert.equal(guard.whole(`STRIPE_KEY=${example}`), `STRIPE_KEY=${example}`);
    const nothing = createRedactor({ fingerprintKey: 'k'.repeat(32) }).reply();
    fc.assert(fc.property(fc.string(), (text) => nothing.push(text) + nothing.end() === text));
  });

  it('takes no number for a value that never turns up', async () => {
    const made = createRedactor({ fingerprintKey: 'k'.repeat(32) });
    made.learn(['first-value-of-many', 'second-value-of-many']);
    made.reply().whole('nothing here');
    assert.deepEqual(made.state().entries, []);
  });

  it('takes time in proportion to the reply', async () => {
    const made = await redactor();
    made.learn(Array.from({ length: 500 }, (_, at) => `value-${at}-${'x'.repeat(40)}`));
    const guard = made.reply();
    const started = processorTime();
    for (let at = 0; at < 2_000; at += 1) guard.push(`some words of a reply, number ${at}, and value-7 too. `);
    assert.ok(processorTime() - started < 2_000);
  });
});
