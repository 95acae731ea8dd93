import assert from 'node:assert/strict';
import { redactEvidence } from '../../../src/investigation/intake.ts';
import type { CollectedEvidence } from '../../../src/model/evidence.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { stripeKey } from '../../support/investigationWorld.ts';

describe('redaction of a digest', () => {
  const redactor = createRedactor({ fingerprintKey: 'k'.repeat(32) });
  redactor.learn(['hunter22secret9']);
  const digest: CollectedEvidence = {
    kind: 'logDigest',
    title: 'app.log, digest',
    source: 'app.log',
    text: `Shape: order 12 of ${stripeKey} failed with hunter22secret9\n    2026 order 12 of ${stripeKey} failed with hunter22secret9`,
    errorRate: {
      from: 0,
      step: 1000,
      counts: [1],
      commits: [{ hash: 'a'.repeat(40), at: 5, subject: `use ${stripeKey}`, tags: [`v-${stripeKey}`] }],
      words: `The last commit is “use ${stripeKey}”.`,
    },
  };

  it('finds secrets in shapes and examples before numbers are folded, and keeps their kind in the shape', async () => {
    const draft = await redactEvidence(redactor, digest);
    assert.ok(draft.ok);
    assert.match(draft.value.text, /^Shape: order <number> of «stripe-key-1» failed with «[^»]+»$/m);
    assert.match(draft.value.text, /^ {4}2026 order 12 of «stripe-key-1» failed with «[^»]+»$/m);
    assert.doesNotMatch(draft.value.text, /hunter|secret9/);
  });

  it('redacts what commits and tags are called, and the words', async () => {
    const draft = await redactEvidence(redactor, digest);
    assert.ok(draft.ok && draft.value.errorRate !== undefined);
    assert.ok(!JSON.stringify(draft.value).includes(stripeKey));
    assert.equal(draft.value.errorRate.commits[0]?.subject, 'use «stripe-key-1»');
    assert.equal(draft.value.errorRate.words, 'The last commit is “use «stripe-key-1»”.');
    assert.deepEqual(draft.value.errorRate.counts, [1]);
  });

  it('redacts the paths and names of callers', async () => {
    const callers = [{ of: 'charge', path: `src/${stripeKey}.js`, line: 3, in: 'hunter22secret9' }];
    const draft = await redactEvidence(redactor, {
      kind: 'callers',
      title: 'Callers',
      source: 'git',
      text: '',
      callers,
    });
    assert.ok(draft.ok);
    const [caller] = draft.value.callers ?? [];
    assert.equal(caller?.path, 'src/«stripe-key-1».js');
    assert.doesNotMatch(JSON.stringify(draft.value), /hunter|sk_live/);
    assert.equal(caller.line, 3);
  });

  it('folds nothing in other evidence', async () => {
    const draft = await redactEvidence(redactor, { ...digest, kind: 'logTail', text: 'Shape: order 12' });
    assert.ok(draft.ok);
    assert.equal(draft.value.text, 'Shape: order 12');
  });
});
