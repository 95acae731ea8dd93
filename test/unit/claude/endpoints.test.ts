import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultModel } from '../../../src/claude/endpoint.ts';
import { parseEndpoints } from '../../../src/claude/endpoints.ts';

const defaults = { keyVariable: 'ANTHROPIC_API_KEY' };
const backup = { name: 'Backup', baseUrl: 'https://claude.example.com/anthropic', model: 'claude-x' };

describe('endpoints of the settings', () => {
  it('are Anthropic alone where nothing is set, or nothing that is a list', () => {
    for (const list of [undefined, [], {}, 'x', null]) {
      const { endpoints, failures } = parseEndpoints(list, { ...defaults, model: 'mine' });
      assert.deepEqual(failures, []);
      assert.partialDeepStrictEqual(endpoints, [
        { name: 'Anthropic', model: 'mine', keyVariable: 'ANTHROPIC_API_KEY' },
      ]);
      assert.equal(endpoints.length, 1);
    }
  });

  it('keep their order; what is said of Anthropic concerns no other one', () => {
    const list = [{ name: 'Anthropic', baseUrl: 'https://api.anthropic.com' }, backup];
    const { endpoints } = parseEndpoints(list, { ...defaults, model: 'mine', maxTokens: 2_000, effort: 'high' });
    assert.deepEqual(
      endpoints.map(({ name, model, keyVariable, added, maxTokens, effort }) => [
        name,
        model,
        keyVariable,
        added === true,
        maxTokens,
        effort,
      ]),
      [
        ['Anthropic', 'mine', 'ANTHROPIC_API_KEY', false, 2_000, 'high'],
        ['Backup', 'claude-x', undefined, true, 2_000, 'high'],
      ],
    );
  });

  it('move Anthropic alone to the address of the environment', () => {
    const list = [backup, { name: 'Anthropic', baseUrl: 'https://api.anthropic.com' }];
    const { endpoints } = parseEndpoints(list, { ...defaults, baseUrl: 'http://127.0.0.1:4010', demo: true });
    assert.deepEqual(
      endpoints.map(({ name, baseUrl, demo }) => [name, baseUrl.host, demo]),
      [
        ['Backup', 'claude.example.com', false],
        ['Demo replies', '127.0.0.1:4010', true],
      ],
    );
  });

  it('take a second account at Anthropic for what it is: added, with a key of its own', () => {
    const url = 'https://api.anthropic.com';
    const { endpoints } = parseEndpoints([{ baseUrl: url }, { name: 'Team', baseUrl: url, keyVariable: 'TEAM_KEY' }], {
      ...defaults,
    });
    assert.partialDeepStrictEqual(endpoints[1], {
      name: 'Team',
      added: true,
      keyVariable: 'TEAM_KEY',
      model: defaultModel,
    });
  });

  it('lose a bad entry only, and say which', () => {
    const list = [
      { baseUrl: 'https://api.anthropic.com' },
      { name: 'Plain', baseUrl: 'http://claude.example.com' },
      { name: 'Secret', baseUrl: 'https://me:hidden@claude.example.com' },
      { name: 'Nowhere' },
      7,
      backup,
      { ...backup, baseUrl: 'https://other.example.com' },
    ];
    const { endpoints, failures } = parseEndpoints(list, defaults);
    assert.deepEqual(
      endpoints.map(({ name }) => name),
      ['Anthropic', 'Backup'],
    );
    assert.deepEqual(
      failures.map((failure) => (failure.kind === 'badEndpoint' ? failure.reason : failure.kind)),
      ['notHttps', 'hasCredentials', 'notAUrl', 'notAUrl', 'sameName'],
    );
    assert.ok(!JSON.stringify(failures).includes('hidden'));
  });

  it('are a result for any setting: names differ, nothing goes out in the clear, no other entry gets Anthropic’s key', () => {
    const entry = fc.oneof(
      fc.record({
        name: fc.oneof(fc.string(), fc.constantFrom('A', 'B')),
        baseUrl: fc.oneof(fc.webUrl(), fc.string(), fc.constantFrom('https://api.anthropic.com', 'http://localhost:1')),
        model: fc.string(),
        keyVariable: fc.string(),
      }),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (list) => {
        const { endpoints } = parseEndpoints(list, defaults);
        assert.equal(new Set(endpoints.map(({ name }) => name)).size, endpoints.length);
        assert.ok(endpoints.filter(({ added }) => added !== true).length <= 1);
        for (const { baseUrl } of endpoints)
          assert.ok(baseUrl.protocol === 'https:' || /^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(baseUrl.hostname));
      }),
    );
  });
});
