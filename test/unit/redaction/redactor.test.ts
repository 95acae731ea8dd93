import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { Redactor, RedactorOptions } from '../../../src/redaction/redactor.ts';
import { secrets } from '../../support/corpus.ts';
import { fill, randomFrom } from '../../support/samples.ts';

const redactor = (options: Partial<RedactorOptions> = {}): Redactor =>
  createRedactor({ fingerprintKey: 'a test key', ...options });

async function redact(text: string, by: Redactor = redactor()): Promise<string> {
  const result = await by.redact(text);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.text;
}

const make = (template: string, seed = 7): string => fill(template, randomFrom(seed));
const github = make('ghp_{A36}');
const other = make('ghp_{A36}', 8);

describe('redaction', () => {
  it('replaces a secret by its kind and number, the same one by the same placeholder', async () => {
    assert.equal(
      await redact(`a ${github} b ${other} c ${github}`),
      'a «github-token-1» b «github-token-2» c «github-token-1»',
    );
  });

  it('tells how many of each kind it replaced', async () => {
    const result = await redactor().redact(`${github} ${other} jane@acme.io`);
    assert.deepEqual(result.ok && result.value.redactions, [
      { kind: 'github-token', count: 2 },
      { kind: 'email', count: 1 },
    ]);
  });

  it('keeps placeholders across calls and, by its state, across reloads', async () => {
    const first = redactor();
    await redact(github, first);
    assert.equal(await redact(`${other} ${github}`, first), '«github-token-2» «github-token-1»');
    const state: unknown = JSON.parse(JSON.stringify(first.state()));
    assert.equal(await redact(other, redactor({ state })), '«github-token-2»');
    assert.ok(!JSON.stringify(state).includes(github.slice(4)));
  });

  it('takes a state that is damaged for none', async () => {
    for (const state of [null, 5, 'x', { entries: 5 }, { entries: [{ fingerprint: 'x', kind: '»', number: -1 }] }]) {
      assert.equal(await redact(github, redactor({ state })), '«github-token-1»');
    }
  });

  it('finds the same secret in a name, in a header and in base64 to be one', async () => {
    const by = redactor();
    const encoded = Buffer.from(github).toString('base64');
    assert.equal(
      await redact(`TOKEN=${github}\nAuthorization: Bearer ${github}\n${encoded}`, by),
      'TOKEN=«github-token-1»\nAuthorization: Bearer «github-token-1»\n«github-token-1»',
    );
  });

  it('changes nothing of what it redacted before', async () => {
    const samples = secrets(3);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(samples.length - 1), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(' ', '\n', '=', ': ', '", "', '&', '@'),
        async (picks, between) => {
          const by = redactor();
          const text = picks
            .map(
              (at) =>
                `${samples[at]?.name ?? 'x'}=${samples[at]?.before ?? ''}${samples[at]?.value ?? ''}${samples[at]?.after ?? ''}`,
            )
            .join(between);
          const once = await redact(text, by);
          assert.equal(await redact(once, by), once);
        },
      ),
      { numRuns: 150, seed: 5 },
    );
  }).timeout(60_000);

  it('leaves the next line alone where a token ends its own', async () => {
    const token = make('eyJ{w33}.eyJ{w70}.{w43}');
    const text = `> Authorization: Bearer ${token}\n> Accept: */*\nA=Bearer ${make('{w40}')}\nPORT=3000`;
    assert.match(
      await redact(text),
      /^> Authorization: Bearer «[a-z-]+-1»\n> Accept: \*\/\*\nA=Bearer «[a-z-]+-\d»\nPORT=3000$/,
    );
  });

  it('does not let a forged placeholder hide what stands beside it', async () => {
    const secret = make('{A18}');
    assert.ok(!(await redact(`password=«password-1»${secret}`)).includes(secret));
  });

  it('is not switched off by a comment of the scanner in the text', async () => {
    const text = `/* secretlint-disable */ ${github} // secretlint-disable-line`;
    assert.ok(!(await redact(text)).includes(github));
  });
});

describe('redaction of secrets in disguise', () => {
  const disguises: readonly (readonly [string, (secret: string) => string])[] = [
    ['coloured by a terminal in the middle', (secret) => `${secret.slice(0, 10)}\x1b[31m${secret.slice(10)}\x1b[0m`],
    ['with a zero width space in it', (secret) => `${secret.slice(0, 12)}\u200b${secret.slice(12)}`],
    [
      'wrapped by a terminal',
      (secret) => `a long enough line of a log that ends with ${secret.slice(0, 22)}\n${secret.slice(22)}\nnext`,
    ],
    [
      'wrapped and coloured',
      (secret) =>
        `a long enough line of a log that ends with \x1b[1m${secret.slice(0, 22)}\r\n${secret.slice(22)}\x1b[0m\r\nnext`,
    ],
    ['percent-encoded', (secret) => `x%3D${secret.replace('_', '%5F')}%26y`],
    ['percent-encoded twice', (secret) => `x%253D${secret.replace('_', '%255F')}%2526y`],
    ['in JSON in JSON', (secret) => JSON.stringify({ a: JSON.stringify({ b: `\n${secret}` }) })],
    ['with JavaScript escapes', (secret) => `"${secret.replace('_', '\\u005f')}"`],
    ['with HTML entities around', (secret) => `&quot;${secret}&quot;`],
    [
      'in base64 in base64',
      (secret) => Buffer.from(Buffer.from(`key ${secret}`).toString('base64')).toString('base64'),
    ],
    ['in UTF-16 read as Latin', (secret) => secret.split('').join('\u0000')],
  ];
  for (const [how, disguise] of disguises) {
    it(`finds a token ${how}`, async () => {
      const disguised = disguise(github);
      const result = await redact(`before ${disguised} after`);
      assert.ok(!result.includes(github.slice(6, 18)) && !result.includes(github.slice(-12)), result);
      assert.match(result, /«github-token-1»/);
      assert.ok(result.startsWith('before ') || how.includes('wrapped'), result);
    });
  }
});

describe('redaction of a token at the end of a line', () => {
  for (const next of ['    at charge (pay.js:1:2)', '  tree x', '  Caused by: a.B', 'next words', '\tretry later']) {
    it(`leaves ${JSON.stringify(next)} in the next line as it is`, async () => {
      for (const template of ['ghp_{A36}', 'sk_live_{A24}', 'AKIA{U16}', 'glpat-{A20}']) {
        for (let seed = 1; seed <= 12; seed += 1) {
          const text = await redact(`failed with ${make(template, seed)}\n${next}`);
          assert.match(text, /^failed with «[^»]+»\n/, template);
          assert.ok(text.endsWith(`\n${next}`), `${template}: ${text}`);
        }
      }
    });
  }
});

describe('redaction that fails', () => {
  it('gives nothing when the signal aborts', async () => {
    const result = await redactor().redact(github, { signal: AbortSignal.abort(), what: 'error.log' });
    assert.equal(!result.ok && result.failure.kind === 'redactionFailed' && result.failure.what, 'error.log');
  });

  it('gives nothing when time runs out', async () => {
    const result = await redactor({ timeoutPerMegabyte: 0 }).redact(`${github}\n`.repeat(20_000));
    assert.ok(!result.ok && result.failure.kind === 'redactionFailed');
  });

  for (const pattern of ['(a+)+$', '(a|ab)*c', '(', '', 'x*', '(x)\\1', 'a'.repeat(501), '(?:(?:a{1,})b*){2,}']) {
    it(`refuses the pattern ${pattern.slice(0, 20)} of a user rather than to leave it out`, async () => {
      const result = await redactor({ settings: { rules: [{ name: 'x', pattern }] } }).redact('a text');
      assert.ok(!result.ok && result.failure.kind === 'redactionFailed', JSON.stringify(result));
    });
  }

  it('stops a pattern that is slow all the same', async () => {
    const slow = '[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*!';
    const result = await redactor({ settings: { rules: [{ name: 'x', pattern: slow }] } }).redact('a'.repeat(2_000));
    assert.ok(!result.ok && result.failure.kind === 'redactionFailed');
  }).timeout(5_000);
});

describe('redaction as the user sets it', () => {
  const rules = [
    { name: 'Order number', pattern: 'ACME-\\d+' },
    { name: '«»', pattern: '(?i)acme-7+' },
  ];

  it('hides what the rules of the user match, by their names', async () => {
    assert.equal(
      await redact('order ACME-12345 of acme-777', redactor({ settings: { rules } })),
      'order «order-number-1» of «custom-1»',
    );
  });

  it('leaves values that the user allows', async () => {
    const by = redactor({ settings: { allow: [github] } });
    assert.equal(await redact(`${github} ${other}`, by), `${github} «github-token-1»`);
  });

  it('goes by changed settings from then on, with the same placeholders', async () => {
    const by = redactor();
    assert.equal(await redact(`${github} ACME-1 a@acme.io`, by), '«github-token-1» ACME-1 «email-1»');
    assert.equal(by.configure({ rules, personalData: { email: false } }), undefined);
    assert.equal(await redact(`${github} ACME-1 a@acme.io`, by), '«github-token-1» «order-number-1» a@acme.io');
    by.configure({});
    assert.equal(await redact(`${github} ACME-1 a@acme.io`, by), '«github-token-1» ACME-1 «email-1»');
  });

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ['rules that are no list', { rules: {} }, /^The redaction rules of your settings: they are no list$/],
    [
      'a rule without a pattern',
      { rules: [{ name: 'x' }] },
      /^The redaction rule 1 of your settings: it needs a name and a pattern/,
    ],
    [
      'a rule that is no expression',
      { rules: [{ name: 'x', pattern: '(' }] },
      /^The redaction rule “x” of your settings: its pattern is no regular/,
    ],
    [
      'allowed values that are no texts',
      { allow: [5] },
      /^The values that your settings allow: they are no list of texts$/,
    ],
  ];
  for (const [what, settings, words] of wrong) {
    it(`tells ${what}, and lets nothing through until it is mended`, async () => {
      const by = redactor();
      const failure = by.configure(settings);
      assert.ok(failure?.kind === 'redactionFailed');
      assert.match(`${failure.what}: ${failure.detail}`, words);
      const result = await by.redact('a text', { what: 'error.log' });
      assert.deepEqual(!result.ok && result.failure, failure);
      assert.equal(by.configure({ rules: [], allow: [] }), undefined);
      assert.equal(await redact('a text', by), 'a text');
    });
  }

  it('takes what is no switch for its default', async () => {
    const by = redactor({ settings: { personalData: { email: 'no', ip: 1 } } });
    assert.equal(await redact('a@acme.io 203.0.113.7', by), '«email-1» 203.0.113.7');
  });

  it('hides addresses of people and cards unless told not to, addresses of machines and national ids only if told to', async () => {
    const card = ['4111', '1111', '1111', '1111'].join(' ');
    const text = `jane@acme.io paid with ${card} from 203.0.113.7, ${['512', '34', '5678'].join('-')}`;
    assert.equal(await redact(text), text.replace('jane@acme.io', '«email-1»').replace(card, '«card-number-1»'));
    const all = { email: false, cards: false, ip: true, nationalIds: true, phones: true };
    const result = await redact(text, redactor({ settings: { personalData: all } }));
    assert.match(result, /^jane@acme\.io paid with 4111 1111 1111 1111 from «ip-address-1», «national-id-1»$/);
  });

  it('hides learned values wherever they stand, however they are written', async () => {
    const value = 'pÄss "w/rd" & more';
    const by = redactor();
    by.learn([value, 'short', '']);
    const forms = [
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
      encodeURIComponent(value).replace(/%20/g, '+'),
    ];
    for (const form of forms) assert.equal(await redact(`<${form}> short`, by), '<«environment-value-1»> short');
    for (const lead of ['', 'a', 'ab']) {
      const encoded = Buffer.from(`${lead}${value}!`).toString('base64');
      assert.match(await redact(encoded, by), /«environment-value-1»/);
    }
  });
});

describe('redaction leaves readable', () => {
  const readable = [
    'Cannot read property stripe_key of undefined',
    "TypeError: Cannot read properties of undefined (reading 'password')",
    'password: string;',
    'const token = getToken();',
    'const key = process.env.STRIPE_KEY ?? config.stripe.stripe_key;',
    'secret: ${{ secrets.DEPLOY_TOKEN }}',
    'DB_PASSWORD=${DB_PASSWORD}',
    'password=changeme',
    'api_key: <your key>',
    'token=***',
    'PASSWORD=xxxxxxxx',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    'trace=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7',
    'request 3fa85f64-5717-4562-b3fc-2c963f66afa6 failed',
    '"integrity": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="',
    '    at Object.<anonymous> (/srv/app/node_modules/express/lib/router/index.js:284:15)',
    'Invalid token: unexpected end of input',
    'max_tokens: 4096, prompt_tokens: 1532',
    'SyntaxError: Unexpected token < in JSON at position 0',
    'The password must be at least 8 characters and the token expires in 15 minutes.',
    'login(username=username, password=password)',
    'password: hashedPassword,',
    'PWD=/srv/app/releases/20260501120000',
    'First pass: resolve the names of all members',
    'git@github.com:acme/shop.git react@18.2.0 user@example.com',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'primary_key: order_id, cache_key=user:42:profile, foreign_key=customer_id',
    'passed 12 tests, compass bearing 120, keyboard layout us, monkey patched',
  ];
  for (const line of readable) it(line.slice(0, 80), async () => assert.equal(await redact(line), line));
});
