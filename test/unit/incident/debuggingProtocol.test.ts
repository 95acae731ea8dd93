import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addProtocolSection, parseDebuggingProtocol } from '../../../src/incident/debuggingProtocol.ts';
import { processorTime } from '../../support/processorTime.ts';

const article = `# Shop

## Production Debugging Protocol
- Always start with error context + 3 files max
- Always ask for explicit hypotheses before reading more code
- Always check environment variables first
- Always get the fix + test combo
- Always do blast radius check before deploying
- Logs are at: /var/log/app/
- Staging environment: staging.myapp.com
- Rollback command: ./scripts/rollback.sh [version]

## Style
- Tabs
`;

/** The three places in a section with these lines. */
function places(...lines: string[]): (string | string[] | undefined)[] {
  const protocol = parseDebuggingProtocol(['## Production Debugging Protocol', ...lines].join('\n'));
  return [
    protocol?.logLocations.map(({ text }) => text),
    protocol?.stagingEnvironment?.text,
    protocol?.rollbackCommand?.text,
  ];
}

describe('debugging protocol of CLAUDE.md', () => {
  it('is the section of the article, with the lines that it was read from', () => {
    assert.deepEqual(parseDebuggingProtocol(article), {
      logLocations: [{ text: '/var/log/app/', line: 9 }],
      stagingEnvironment: { text: 'staging.myapp.com', line: 10 },
      rollbackCommand: { text: './scripts/rollback.sh [version]', line: 11 },
      rules: [
        { text: 'Always start with error context + 3 files max', line: 4 },
        { text: 'Always ask for explicit hypotheses before reading more code', line: 5 },
        { text: 'Always check environment variables first', line: 6 },
        { text: 'Always get the fix + test combo', line: 7 },
        { text: 'Always do blast radius check before deploying', line: 8 },
      ],
      firstLine: 3,
      lastLine: 11,
    });
  });

  it('is the same with Windows line breaks and a byte order mark', () => {
    const windows = `\ufeff${article.replaceAll('\n', '\r\n')}`;
    assert.deepEqual(parseDebuggingProtocol(windows), parseDebuggingProtocol(article));
  });

  it('may have any level, case and form of heading', () => {
    for (const heading of [
      '# production debugging protocol',
      '###### PRODUCTION DEBUGGING PROTOCOL ######',
      '### **Production Debugging Protocol:**',
      '   ## 🚨 Production Debugging Protocol',
      'Production Debugging Protocol\n---',
      'Production Debugging Protocol\n=====',
      '## 4. Production Debugging Protocol',
      '## 2.1 Production Debugging Protocol (v2, since May)',
    ])
      assert.equal(parseDebuggingProtocol(`${heading}\n- Logs are at: /x`)?.logLocations[0]?.text, '/x', heading);
  });

  it('ends at the next heading of its level, not at one below', () => {
    const text = '## Production Debugging Protocol\n- a\n### Places\n- Logs: /x\n## Other\n- Rollback command: y\n';
    const protocol = parseDebuggingProtocol(text);
    assert.deepEqual(
      protocol?.rules.map((rule) => rule.text),
      ['a'],
    );
    assert.equal(protocol.logLocations[0]?.text, '/x');
    assert.equal(protocol.rollbackCommand, undefined);
    assert.equal(protocol.lastLine, 4);
  });

  it('is not a heading inside a code fence or a comment, nor another heading', () => {
    for (const text of [
      '```md\n## Production Debugging Protocol\n- Logs are at: /x\n```\n',
      '~~~\n```\n## Production Debugging Protocol\n~~~\n',
      '<!--\n## Production Debugging Protocol\n-->\n',
      '## Our Production Debugging Protocol Draft\n',
      '#Production Debugging Protocol\n',
      'Production Debugging Protocol\n',
      '',
    ])
      assert.equal(parseDebuggingProtocol(text), undefined, text);
  });

  it('takes the places in any order, with any usual punctuation', () => {
    assert.deepEqual(
      places(
        '* **Rollback command:** `./roll back.sh [v]`.',
        '1. staging = https://s.example.org',
        '+ Logs are at `/var/log/a/`',
      ),
      [['/var/log/a/'], 'https://s.example.org', './roll back.sh [v]'],
    );
    assert.deepEqual(
      places('- [ ] Error logs: /a/*.log', '- Staging server — s.example.org.', '- Roll back with: make rollback'),
      [['/a/*.log'], 's.example.org', 'make rollback'],
    );
    assert.deepEqual(
      places('Log location: C:\\logs\\app', '- STAGING ENVIRONMENT:s:8080', '- rollback: kubectl rollout undo'),
      [['C:\\logs\\app'], 's:8080', 'kubectl rollout undo'],
    );
  });

  for (const [line, ...expected] of [
    ['Logs → /var/log/app', 'logs', '/var/log/app'],
    ['nginx logs => /var/log/nginx/*.log', 'logs', '/var/log/nginx/*.log'],
    ['Our logs are at /opt/x/log', 'logs', '/opt/x/log'],
    ['Logs are in CloudWatch: /aws/lambda/checkout', 'logs', '/aws/lambda/checkout'],
    ['stdout logs via `heroku logs --tail`', 'logs', 'heroku logs --tail'],
    ['Audit log of the gateway: C:\\gateway\\audit.log', 'logs', 'C:\\gateway\\audit.log'],
    ['Staging is available at https://st.example.com', 'staging', 'https://st.example.com'],
    ['The staging cluster: `kubectl config use-context st`', 'staging', 'kubectl config use-context st'],
    ['Pre-prod → pre.example.com', 'staging', 'pre.example.com'],
    ['To roll back, run `git revert HEAD && ./deploy.sh`', 'rollback', 'git revert HEAD && ./deploy.sh'],
    ['Rolling back: fly releases rollback', 'rollback', 'fly releases rollback'],
    ['How to rollback: `make rollback`', 'rollback', 'make rollback'],
    ['Deploy rollback -> ansible-playbook rollback.yml', 'rollback', 'ansible-playbook rollback.yml'],
    ['Revert command: ./rb.sh', 'rollback', './rb.sh'],
  ] as const) {
    it(`has one place in “${line}”`, () => {
      const [kind, value] = expected;
      assert.deepEqual(
        places(`- ${line}`),
        ['logs', 'staging', 'rollback'].map((each) => {
          if (each === 'logs') return kind === 'logs' ? [value] : [];
          return each === kind ? value : undefined;
        }),
      );
    });
  }

  it('takes several places of logs', () => {
    assert.deepEqual(places('- Logs are at: /var/log/app/, /var/log/nginx/error.log and ~/logs')[0], [
      '/var/log/app/',
      '/var/log/nginx/error.log',
      '~/logs',
    ]);
    assert.deepEqual(places('- Logs are at: `/a b/` (app), `/c/`')[0], ['/a b/', '/c/']);
    assert.deepEqual(places('- Logs:', '  - /a', '  - `/b`', '- Staging: s')[0], ['/a', '/b']);
    assert.deepEqual(places('- Logs are at: /a', '- Logs are at: /b')[0], ['/a', '/b']);
  });

  it('keeps rules that only speak of logs or rollbacks', () => {
    const rules = [
      'Logs must never hold secrets',
      'Rollback before you debug',
      'Staging first',
      'Roll back with care',
      'Logs in staging lie',
      'Rollback procedure: see RUNBOOK.md',
      'Revert with care: tell the team first',
      'Never trust logs without a trace id: they lie',
      'Check logs in Datadog first',
      'Never commit logs: /tmp/x.log',
      'Always redact logs with `redact.sh`',
      'Test on staging before prod',
      'Always have a rollback plan',
    ];
    const text = ['## Production Debugging Protocol', ...rules.map((rule) => `- ${rule}`)].join('\n');
    assert.deepEqual(
      parseDebuggingProtocol(text)?.rules.map((rule) => rule.text),
      rules,
    );
  });

  it('is added at the end with the text before it untouched', () => {
    assert.equal(addProtocolSection(''), article.split('\n').slice(2, 11).join('\n') + '\n');
    assert.ok(addProtocolSection('# A\n').startsWith('# A\n\n## Production Debugging Protocol\n- Always'));
    assert.ok(addProtocolSection('# A').startsWith('# A\n\n## Production'));
    const windows = addProtocolSection('# A\r\n');
    assert.ok(windows.startsWith('# A\r\n\r\n## Production Debugging Protocol\r\n'));
    assert.equal(windows.replaceAll('\r\n', '').includes('\n'), false);
    assert.equal(addProtocolSection(article), article);
  });

  it('is found after it was added, whatever the text, and added once', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '```',
        '~~~',
        '<!--',
        '-->',
        '# ',
        '## Production Debugging Protocol',
        '- ',
        '---',
        '===',
        '    ',
        '\ufeff',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const added = addProtocolSection(text);
        assert.ok(added.startsWith(text));
        assert.notEqual(parseDebuggingProtocol(added), undefined);
        assert.equal(addProtocolSection(added), added);
      }),
      { numRuns: 200 },
    );
  }).timeout(20_000);

  it('is read in linear time', () => {
    for (const piece of [
      '<!--',
      '`',
      '# ',
      'logs ',
      '- logs are at: a, ',
      '**',
      '__a',
      'roll back with ',
      '\n- logs:\n  - a',
      'logs in ',
      '- logs -',
      'rollback the deploy ',
      'prod logs at kubectl ',
    ]) {
      const started = processorTime();
      parseDebuggingProtocol(`## Production Debugging Protocol\n${piece.repeat(Math.ceil(300_000 / piece.length))}`);
      assert.ok(processorTime() - started < 1500, piece);
    }
  }).timeout(20_000);
});
