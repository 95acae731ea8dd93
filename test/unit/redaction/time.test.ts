import assert from 'node:assert/strict';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { randomFrom } from '../../support/samples.ts';

/** What headings, rows, assignments, addresses and command lines are made of, in any order. */
const pieces = [
  ...['password', 'token', 'secret', 'AuthorizationCode', 'user', 'name', 'value', 'key', 'a', '0123456789abcdef'],
  ...[
    ', ',
    ',',
    ' | ',
    '\t',
    '; ',
    ' ',
    '  ',
    '"',
    "'",
    '`',
    '=',
    ': ',
    ':',
    '://',
    '@',
    '/',
    '\\',
    '\\"',
    '$',
    '&',
    '?',
  ],
  ...['{', '}', '(', ')', '[', ']', '<', '>', '-', '--', '-p', '-----BEGIN ', '.', '%', '#', '!', '│', '\n', '\r\n'],
] as const;

describe('redaction', function () {
  this.timeout(60_000);

  it('takes no longer over a text because of how its words and signs follow each other', async () => {
    const redactor = createRedactor({ fingerprintKey: 'k' });
    const random = randomFrom(41);
    const pick = (): string => pieces[Math.floor(random() * pieces.length)] ?? '';
    for (let text = 0; text < 150; text += 1) {
      // A few pieces that come again and again are what makes a pattern try one text in many ways.
      const few = Array.from({ length: 2 + Math.floor(random() * 6) }, pick);
      const line = Array.from({ length: 600 }, () => few[Math.floor(random() * few.length)] ?? '').join('');
      const started = process.cpuUsage();
      await redactor.redact(line);
      const { user, system } = process.cpuUsage(started);
      assert.ok(
        (user + system) / 1_000 < 1_000,
        `${(user + system) / 1_000} ms: ${JSON.stringify(line.slice(0, 300))}`,
      );
    }
  });

  it('reads a long list of names that is no heading after all', async () => {
    const names =
      'Id RedirectUri Scopes Resource AttributeTokens AuthorizationCode LibraryInfo ApplicationTelemetry Throttling ' +
      'ServerTelemetry CodeVerifier ClientSecret ClientAssertion ClientAssertionType GrantType ClientInfo PopToken ' +
      'SshJwk CcsUpn CcsOid BrokerParameters ExtraParameters Claims';
    const redacted = await createRedactor({ fingerprintKey: 'k' }).redact(
      `import { add${names.replaceAll(' ', ', add')} } from '../parameters.mjs';\nimport { a } from './a.mjs';\nimport { b } from './b.mjs';\n`,
    );
    assert.ok(redacted.ok);
  });
});
