import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costOf, costOfIncident, costOfRun, estimatedCost } from '../../../src/model/cost.ts';
import { dollars } from '../../../src/model/shownFigures.ts';
import { knownPrices, priceOf } from '../../../src/model/price.ts';
import { parsePrices } from '../../../src/model/priceList.ts';
import type { EndpointLabel, Run, Usage } from '../../../src/model/reply.ts';
import { usageByEndpoint } from '../../../src/model/usage.ts';

const million = 1_000_000;
const usage = (more: Partial<Usage>): Usage => ({ input: 0, output: 0, cacheRead: 0, cacheWrite: 0, ...more });
const label = (model: string, demo = false): EndpointLabel => ({ name: 'A', host: 'a', model, demo });
const run = (more: Partial<Run>): Run => ({
  id: 'R1',
  step: 'orient',
  kind: 'step',
  askedAt: 0,
  question: 'q' as Run['question'],
  evidenceIds: [],
  endpoint: label('claude-sonnet-5-5'),
  parts: [],
  phase: { kind: 'done', at: 1_000, stopReason: 'end_turn' },
  ...more,
});

describe('prices', () => {
  it('are found by the model’s id, dated or as a gateway writes it, and never by a resemblance', () => {
    for (const model of [
      'claude-sonnet-4-5',
      'claude-sonnet-4-5-20250929',
      'anthropic/claude-sonnet-4-5',
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'claude-sonnet-4-5@20250929',
    ])
      assert.equal(priceOf(model, knownPrices)?.model, 'claude-sonnet-4-5', model);
    for (const model of ['claude-opus-5-9', 'claude-sonnet', 'gpt', '', 'claude-sonnet-5-5-mini'])
      assert.equal(priceOf(model, knownPrices), undefined, model);
  });

  it('are plausible: dated, output dearer than input, reading from the cache cheaper', () => {
    for (const { model, input, output, cacheRead, cacheWrite, asOf } of knownPrices) {
      assert.ok(cacheRead < input && input < cacheWrite && cacheWrite < output, model);
      assert.match(asOf, /^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it('are the user’s where the settings have some, and what is none is passed over', () => {
    const own = parsePrices([
      { model: 'claude-sonnet-5-5', input: 1, output: 2, cacheRead: 0.5, cacheWrite: 3, asOf: '2026-11-01' },
      { model: 'local', input: 0, output: 0 },
      { model: '', input: 1, output: 1 },
      { model: 'x', input: -1, output: 1 },
      { model: 'y', input: '1', output: 1 },
      { model: 'z', input: 1 },
      7,
      null,
    ]);
    assert.deepEqual(
      own.map(({ model }) => model),
      ['claude-sonnet-5-5', 'local'],
    );
    assert.equal(priceOf('claude-sonnet-5-5', [...own, ...knownPrices])?.output, 2);
    assert.deepEqual(parsePrices('x'), []);
    fc.assert(
      fc.property(fc.anything(), (list) => {
        for (const price of parsePrices(list)) assert.ok(price.input >= 0 && price.cacheWrite >= 0);
      }),
    );
  });
});

describe('cost', () => {
  const sonnet = priceOf('claude-sonnet-5-5', knownPrices) ?? assert.fail();

  it('is nothing for a question that was refused, and not known for one that broke off without a word on it', () => {
    const ended = (kind: 'rateLimited' | 'cutOff'): Run =>
      run({
        phase: {
          kind: 'failed',
          at: 1_000,
          failure: kind === 'cutOff' ? { kind, endpoint: 'A', detail: '' } : { kind, endpoint: 'A' },
        },
      });
    assert.deepEqual(costOfRun(ended('rateLimited'), knownPrices), { dollars: 0, unknown: 0 });
    assert.deepEqual(costOfRun(ended('cutOff'), knownPrices), { dollars: 0, unknown: 1 });
  });

  it('counts input, output, reads from the cache and writes to it each at its price', () => {
    assert.equal(costOf(usage({ input: million }), sonnet), 2);
    assert.equal(costOf(usage({ output: million }), sonnet), 10);
    assert.equal(costOf(usage({ cacheRead: million }), sonnet), 0.1);
    assert.equal(costOf(usage({ cacheWrite: million }), sonnet), 2.5);
  });

  it('takes the price of long prompts where they have one', () => {
    const haiku = priceOf('claude-haiku-5-5', knownPrices) ?? assert.fail();
    assert.equal(costOf(usage({ input: 100_000 }), haiku), 0.01);
    assert.equal(costOf(usage({ input: 100_001 }), haiku).toFixed(6), '0.050001');
  });

  it('takes a reply of two endpoints apart, each at its own model’s price', () => {
    const two = run({
      parts: [
        {
          type: 'continued',
          endpoint: label('claude-opus-5-5'),
          failure: { kind: 'overloaded', endpoint: 'A' },
          usage: usage({ input: million }),
        },
      ],
      usage: usage({ input: 3 * million, output: million }),
    });
    assert.deepEqual(
      usageByEndpoint(two).map(({ endpoint, usage: own }) => [endpoint.model, own?.input, own?.output]),
      [
        ['claude-sonnet-5-5', million, 0],
        ['claude-opus-5-5', 2 * million, million],
      ],
    );
    assert.deepEqual(costOfRun(two, knownPrices), { dollars: 2 + 2 * 4 + 20, unknown: 0 });
  });

  it('says how much is not known: a reply without figures, a model without a price; demo replies cost nothing', () => {
    const runs = [
      run({ usage: usage({ output: million }) }),
      run({}),
      run({ endpoint: label('local'), usage: usage({ output: million }) }),
      run({ endpoint: label('demo-replies', true), usage: usage({ output: million }) }),
    ];
    assert.deepEqual(costOfIncident({ runs }, knownPrices), { dollars: 10, unknown: 2 });
  });

  it('is estimated with what the cache holds, while it holds it', () => {
    const before = run({ usage: usage({ input: 0, cacheWrite: 100_000, output: 2_000 }) });
    const next = { tokens: 110_000, model: 'claude-sonnet-5-5' };
    const fresh = estimatedCost({ runs: [before] }, { ...next, now: 2_000 }, knownPrices) ?? assert.fail();
    assert.equal(fresh.toFixed(4), ((100_000 * 0.1 + 10_000 * 2.5 + 2_000 * 10) / million).toFixed(4));
    const late = estimatedCost({ runs: [before] }, { ...next, now: 600_000 }, knownPrices) ?? assert.fail();
    assert.equal(late.toFixed(4), ((110_000 * 2.5 + 2_000 * 10) / million).toFixed(4));
    const other = estimatedCost({ runs: [before] }, { ...next, model: 'claude-sonnet-4-6', now: 2_000 }, knownPrices);
    assert.ok((other ?? 0) > late, 'another model has another cache');
    assert.equal(estimatedCost({ runs: [] }, { ...next, model: 'local', now: 0 }, knownPrices), undefined);
  });

  it('is written as a person reads it', () => {
    assert.deepEqual([0, 0.004, 0.01, 1.239, 12].map(dollars), ['$0.00', 'under $0.01', '$0.01', '$1.24', '$12.00']);
  });
});
