import assert from 'node:assert/strict';
import { reasonWords } from '../../../../src/traceWording.ts';
import type { TraceReport } from '../../../../src/model/traceReport.ts';
import { openProposals } from '../../../../src/model/traceReport.ts';
import { useTemporaryFolder } from '../../../support/temporaryFolder.ts';
import { evidenceOf, reportOn, writeFiles } from '../../../support/traceWorkspace.ts';
import type { WorkspaceTexts } from '../../../support/traceWorkspace.ts';
import { processorTime } from '../../../support/processorTime.ts';

const nodeTrace = `TypeError: Cannot read properties of undefined (reading 'stripe_key')
    at charge (/app/src/services/payment.js:2:24)
    at createOrder (/app/node_modules/queue/index.js:3:3)
    at pay (/app/src/routes/checkout.js:12:18)`;

describe('suspect proposals', () => {
  const folder = useTemporaryFolder();
  const report = (text: string | Parameters<typeof reportOn>[0], files: WorkspaceTexts): Promise<TraceReport> =>
    reportOn(text, writeFiles(folder(), files));
  const told = ({ proposals }: TraceReport): readonly string[] =>
    proposals.map(
      ({ role, file, line, reason }) =>
        `${role} ${file.path}${line === undefined ? '' : `:${line}`}: ${reasonWords(reason)}`,
    );

  it('name origin, caller and configuration, each with its reason', async () => {
    const found = await report(nodeTrace, {
      'src/services/payment.js':
        "const { stripe } = require('../config');\nexports.charge = () => stripe.stripe_key;\n",
      'src/routes/checkout.js': "const { charge } = require('../services/payment');\n",
      'src/config/index.js': 'exports.stripe = { stripe_key: process.env.STRIPE_KEY };\n',
    });
    assert.deepEqual(told(found), [
      "origin src/services/payment.js:2: the topmost frame of your own code of “TypeError: Cannot read properties of undefined (reading 'stripe_key')” (charge, line 2)",
      'caller src/routes/checkout.js:12: the next frame of your own code in another file (pay, line 12)',
      'configuration src/config/index.js: src/services/payment.js:1 leads to it; it concerns STRIPE_KEY',
    ]);
  });

  it('say how many own frames above the origin are not in the folder', async () => {
    const found = await report(nodeTrace, { 'src/routes/checkout.js': '//\n' });
    assert.match(
      told(found)[0] ?? '',
      /^origin src\/routes\/checkout\.js:12: .*; one frame above it is not in the open folders$/,
    );
  });

  it('begin at the deepest cause, and do not follow a suppressed one', async () => {
    const trace = `java.lang.IllegalStateException: outer
\tat com.shop.web.Checkout.pay(Checkout.java:30)
\tSuppressed: java.io.IOException: closed
\t\tat com.shop.Pool.close(Pool.java:9)
Caused by: java.lang.NullPointerException: key
\tat java.base/java.util.Objects.requireNonNull(Objects.java:233)
\tat com.shop.pay.Payment.charge(Payment.java:47)
\t... 1 more`;
    const found = await report(trace, {
      'src/com/shop/web/Checkout.java': '//',
      'src/com/shop/pay/Payment.java': '//',
      'src/com/shop/Pool.java': '//',
    });
    assert.deepEqual(
      found.proposals.map(({ role, file, line }) => [role, file.path, line]),
      [
        ['origin', 'src/com/shop/pay/Payment.java', 47],
        ['caller', 'src/com/shop/web/Checkout.java', 30],
      ],
    );
  });

  it('take the folder that the sure frames come from, where several files fit', async () => {
    const trace = `TypeError: x
    at a (/app/src/index.js:1:2)
    at b (/app/src/routes/checkout.js:3:4)`;
    const found = await report(trace, {
      'services/shop/src/index.js': '//',
      'services/mail/src/index.js': '//',
      'services/shop/src/routes/checkout.js': '//',
    });
    assert.match(
      told(found)[0] ?? '',
      /^origin services\/shop\/src\/index\.js:1: .*several files fit; this one is in the folder/,
    );
  });

  it('leave an ambiguous frame to its candidates where nothing tells them apart', async () => {
    const found = await report('TypeError: x\n    at a (/app/src/index.js:1:2)', {
      'one/src/index.js': '//',
      'two/src/index.js': '//',
    });
    assert.deepEqual(found.proposals, []);
    const place = found.traces[0]?.frames[0]?.place;
    assert.deepEqual(place?.kind === 'ambiguous' ? place.candidates.map(({ path }) => path) : place, [
      'one/src/index.js',
      'two/src/index.js',
    ]);
  });

  it('never name a file of environment values', async () => {
    const found = await report('Error: x\n    at a (/app/.env:1:2)\n    at b (/app/src/a.js:1:1)', {
      '.env': 'KEY=1\n',
      'src/a.js': "require('../.env');\nprocess.env.KEY;\n",
      '.env.example': 'KEY=\n',
    });
    assert.deepEqual(
      found.proposals.map(({ role, file }) => `${role} ${file.path}`),
      ['origin src/a.js', 'configuration .env.example'],
    );
  });

  const configured: readonly [string, string, string, WorkspaceTexts, string][] = [
    [
      'Python',
      'Traceback (most recent call last):\n  File "/app/shop/pay.py", line 1, in pay\n    x\nKeyError: 1',
      'shop/pay.py',
      { 'shop/pay.py': 'from shop.settings import KEY\n', 'shop/settings.py': 'import os\nKEY = os.environ["KEY"]\n' },
      'shop/settings.py',
    ],
    [
      'Python, relative',
      'Traceback (most recent call last):\n  File "/app/shop/pay.py", line 1, in pay\n    x\nKeyError: 1',
      'shop/pay.py',
      { 'shop/pay.py': 'from . import config\n', 'shop/config.py': 'A = 1\n', 'other/config.py': 'A = 1\n' },
      'shop/config.py',
    ],
    [
      'Django',
      'Traceback (most recent call last):\n  File "/app/shop/pay.py", line 1, in pay\n    x\nKeyError: 1',
      'shop/pay.py',
      { 'shop/pay.py': 'from django.conf import settings\n', 'mysite/settings.py': 'A = 1\n' },
      'mysite/settings.py',
    ],
    [
      'Spring',
      'java.lang.X: y\n\tat com.shop.Pay.pay(Pay.java:1)',
      'src/main/java/com/shop/Pay.java',
      {
        'src/main/java/com/shop/Pay.java': 'class Pay { @Value("${stripe.key}") String key; }\n',
        'src/main/resources/application.yml': 'stripe:\n',
      },
      'src/main/resources/application.yml',
    ],
    [
      'Go',
      'panic: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:3 +0x1',
      'main.go',
      {
        'main.go': 'package main\nimport (\n  "github.com/acme/shop/internal/config"\n)\n',
        'internal/config/config.go': 'package config\n',
      },
      'internal/config/config.go',
    ],
    [
      'Rails',
      "/app/app/models/pay.rb:1:in 'charge': x (RuntimeError)",
      'app/models/pay.rb',
      { 'app/models/pay.rb': 'Rails.configuration.x.stripe\n', 'config/environments/production.rb': '#\n' },
      'config/environments/production.rb',
    ],
    [
      'Laravel',
      'PHP Fatal error:  Uncaught Error: x in /app/app/Pay.php:1\nStack trace:\n#0 {main}\n',
      'app/Pay.php',
      { 'app/Pay.php': "<?php config('services.stripe.key');\n", 'config/services.php': '<?php\n' },
      'config/services.php',
    ],
    [
      '.NET',
      'System.Exception: x\n   at Shop.Pay.Charge() in /src/Pay.cs:line 1',
      'src/Pay.cs',
      { 'src/Pay.cs': 'class Pay { Pay(IConfiguration c) {} }\n', 'src/appsettings.json': '{}\n' },
      'src/appsettings.json',
    ],
    [
      'Rust',
      "thread 'main' panicked at src/pay.rs:1:2:\nx",
      'src/pay.rs',
      { 'src/pay.rs': 'use crate::config::Settings;\n', 'src/config.rs': '//\n' },
      'src/config.rs',
    ],
    [
      'Dart',
      'Unhandled exception:\nException: x\n#0      pay (package:shop/pay.dart:1:2)',
      'lib/pay.dart',
      { 'lib/pay.dart': "import 'package:shop/config.dart';\n", 'lib/config.dart': '//\n' },
      'lib/config.dart',
    ],
    [
      'Elixir',
      '** (RuntimeError) x\n    (shop 0.1.0) lib/pay.ex:1: Shop.pay/0',
      'lib/pay.ex',
      { 'lib/pay.ex': 'Application.get_env(:shop, :key)\n', 'config/runtime.exs': '#\n' },
      'config/runtime.exs',
    ],
    [
      'TypeScript, by an alias',
      'Error: x\n    at a (/app/src/pay.ts:1:2)',
      'src/pay.ts',
      { 'src/pay.ts': "import { env } from '@/lib/env';\n", 'src/lib/env.ts': 'export const env = process.env.KEY;\n' },
      'src/lib/env.ts',
    ],
    [
      'a manifest, where the file reads the environment itself',
      'Error: x\n    at a (/app/src/pay.ts:1:2)',
      'src/pay.ts',
      {
        'src/pay.ts': 'process.env.STRIPE_KEY;\n',
        'compose.yaml': 'services:\n  web:\n    environment:\n      STRIPE_KEY: x\n',
        'other.yaml': 'a: 1\n',
      },
      'compose.yaml',
    ],
  ];
  for (const [name, trace, origin, files, configuration] of configured)
    it(`find the configuration of ${name}`, async () => {
      const { proposals } = await report(trace, files);
      assert.deepEqual(
        proposals.map(({ role, file }) => [role, file.path]),
        [
          ['origin', origin],
          ['configuration', configuration],
        ],
      );
    });

  it('come from the latest evidence, and count what was logged again as one trace', async () => {
    const found = await report(
      [
        evidenceOf('Error: old\n    at a (/app/src/old.js:1:2)'),
        evidenceOf(`${nodeTrace}\n12:00 again\n${nodeTrace}`, { id: 'E2', firstLine: 100 }),
        evidenceOf('    at x (/app/src/old.js:5:5)', { id: 'E3', kind: 'diff' }),
      ],
      { 'src/old.js': '//', 'src/services/payment.js': '//' },
    );
    assert.deepEqual(
      found.traces.map(({ evidenceId, count, firstLine }) => [evidenceId, count, firstLine]),
      [
        ['E2', 2, 100],
        ['E1', 1, 1],
      ],
    );
    assert.equal(found.proposals[0]?.file.path, 'src/services/payment.js');
  });

  it('are never a warning’s while there is an error', async () => {
    const found = await report(
      '(node:1) DeprecationWarning: old\n    at a (/app/src/old.js:1:2)\n\nError: new\n    at b (/app/src/new.js:1:2)',
      { 'src/old.js': '//', 'src/new.js': '//' },
    );
    assert.equal(found.proposals[0]?.file.path, 'src/new.js');
  });

  it('leave out what is a suspect already, and what there is no room for', async () => {
    const found = await report(nodeTrace, { 'src/services/payment.js': '//', 'src/routes/checkout.js': '//' });
    const [origin] = found.proposals;
    assert.ok(origin);
    const suspect = { ...origin.file, role: 'origin', addedAt: 0 } as const;
    const other = (uri: string): typeof suspect => ({ ...suspect, uri });
    assert.deepEqual(
      openProposals(found, { suspects: [suspect] }).map(({ role }) => role),
      ['caller'],
    );
    assert.deepEqual(
      openProposals(found, { suspects: [other('file:///a'), other('file:///b')] }).map(({ role }) => role),
      ['origin'],
    );
    assert.deepEqual(
      openProposals(found, { suspects: [other('file:///a'), other('file:///b'), other('file:///c')] }),
      [],
    );
  });

  it('stop when they are superseded', async () => {
    const files = writeFiles(folder(), { 'src/services/payment.js': '//' });
    const { traces } = await reportOn(nodeTrace, files, { signal: AbortSignal.abort() });
    assert.deepEqual(traces, []);
  });

  it('are bounded for a trace of ten thousand frames', async () => {
    const frames = Array.from({ length: 10_000 }, (_, at) => `    at f (/app/src/a${at % 50}.js:${at + 1}:1)`);
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`src/a${at}.js`, '//']));
    const started = processorTime();
    const found = await report(`RangeError: Maximum call stack size exceeded\n${frames.join('\n')}`, files);
    assert.ok(processorTime() - started < 5_000);
    assert.equal(found.traces[0]?.frames.length, 200);
    assert.equal(found.traces[0].omittedFrames, 9_800);
  });
});
