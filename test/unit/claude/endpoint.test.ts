import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  anthropicUrl,
  defaultMaxTokens,
  defaultModel,
  demoModel,
  parseEndpoint,
} from '../../../src/claude/endpoint.ts';

const outcome = (baseUrl: string): string => {
  const parsed = parseEndpoint({ baseUrl });
  if (parsed.ok) return parsed.value.baseUrl.href;
  return parsed.failure.kind === 'badEndpoint' ? parsed.failure.reason : parsed.failure.kind;
};

describe('endpoint', () => {
  it('is Anthropic, the default model and limit where nothing is set', () => {
    for (const settings of [{}, { baseUrl: ' ', model: ' ', maxTokens: undefined }]) {
      const parsed = parseEndpoint(settings);
      assert.ok(parsed.ok);
      const { baseUrl, ...rest } = parsed.value;
      assert.equal(baseUrl.origin, anthropicUrl);
      assert.deepEqual(rest, { name: 'Anthropic', model: defaultModel, maxTokens: defaultMaxTokens, demo: false });
    }
  });

  it('may be any https address, and http on this machine alone', () => {
    const accepted = [
      'https://claude.example.com',
      'https://10.0.0.7:8443/anthropic',
      'http://localhost:4010',
      'http://127.0.0.1:1',
      'http://127.8.9.1',
      'http://[::1]:80',
      'http://claude.localhost',
      'HTTP://LOCALHOST',
    ];
    for (const url of accepted) assert.match(outcome(url), /^https?:\/\//, url);
    const refused = [
      'http://claude.example.com',
      'http://localhost.example.com',
      'http://127.0.0.1.example.com',
      'http://10.0.0.7',
      'http://[::2]',
      'http://0.0.0.0',
      'ftp://localhost',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'localhost:4010',
    ];
    for (const url of refused) assert.equal(outcome(url), 'notHttps', url);
  });

  it('is refused where it is no URL, and where it holds credentials or a query', () => {
    for (const url of ['claude', 'https://', '//host', 'http//me:secret@host', 'https://ho st'])
      assert.equal(outcome(url), 'notAUrl', url);
    for (const url of [
      'https://me:secret@host',
      'https://secret@host',
      'https:me:secret@host',
      'https:\\\\me:secret@host',
      'https://me:se@cret@host',
    ]) {
      assert.equal(outcome(url), 'hasCredentials', url);
    }
    for (const url of ['https://host/?key=secret', 'https://host/#secret']) assert.equal(outcome(url), 'hasQuery', url);
  });

  it('never repeats in a failure what was written as a secret', () => {
    const secrets = [
      'https://me:secret@host',
      'https:me:secret@host',
      'https://me:se@secret@host',
      'http//me:secret@host',
      'ftp://me:secret@host',
      'https://host/?key=secret',
      'https://host/#secret',
      'https://me:secret@ho st/',
      'ho st/?secret',
    ];
    for (const url of secrets) assert.ok(!JSON.stringify(parseEndpoint({ baseUrl: url })).includes('secret'), url);
  });

  it('takes no limit that is none', () => {
    for (const maxTokens of [0, -5, 1.5, NaN, Infinity]) {
      const parsed = parseEndpoint({ maxTokens });
      assert.ok(parsed.ok);
      assert.equal(parsed.value.maxTokens, defaultMaxTokens);
    }
  });

  it('says that canned replies come from no model', () => {
    const parsed = parseEndpoint({ baseUrl: 'http://localhost:1', model: 'claude-opus', demo: true });
    assert.ok(parsed.ok);
    assert.equal(parsed.value.model, demoModel);
    assert.equal(parsed.value.demo, true);
  });

  it('is a result for any text, and sends nothing in the clear to another machine', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl({ withQueryParameters: true }),
          fc.string().map((text) => `http://${text}`),
        ),
        (baseUrl) => {
          const parsed = parseEndpoint({ baseUrl });
          if (!parsed.ok) return;
          const { protocol, hostname, username, password, search } = parsed.value.baseUrl;
          assert.ok(protocol === 'https:' || /localhost$|^127\.|^\[::1\]$/.test(hostname), baseUrl);
          assert.equal(username + password + search, '');
        },
      ),
    );
  });
});
