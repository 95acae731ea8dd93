/** The fix of the stripe-key incident, as step 6 records it. */
export const stripeKeyFix = {
  edits: [
    {
      path: 'config/index.js',
      search: '    payments: { stripe_key: process.env.PAYMENTS_STRIPE_KEY },\n',
      replace:
        '    // The second name is the one of before v2.18.2; it can go when no environment sets it any more.\n' +
        '    payments: { stripe_key: process.env.PAYMENTS_STRIPE_KEY || process.env.STRIPE_KEY || undefined },\n',
    },
    {
      path: 'src/server.js',
      search: 'const server = http.createServer(app.handle);\n',
      replace: `if (config.payments === undefined) {
  logger.error(new Error('PAYMENTS_STRIPE_KEY is not set: not starting, as no order could be charged'));
  process.exit(1);
}

const server = http.createServer(app.handle);
`,
    },
  ],
  test: {
    edits: [
      {
        path: 'test/production-environment.test.js',
        newFile: `'use strict';

// What production sets today, and nothing else.
delete process.env.PAYMENTS_STRIPE_KEY;
process.env.STRIPE_KEY = 'test_key';
const { test, before, after } = require('node:test');
const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { useGateway } = require('./support/gateway');
const payment = require('../src/services/payment');

useGateway({ before, after });

test('an order is charged with the variables that production sets', async () => {
  const charge = await payment.charge({ id: 'ord_1', total: 1290, currency: 'EUR' }, 'tok_visa');
  assert.match(charge.id, /^ch_/);
});

test('without any key the service does not start', () => {
  const { STRIPE_KEY, ...environment } = process.env;
  const server = path.join(__dirname, '..', 'src', 'server.js');
  const { status, stdout } = spawnSync(process.execPath, [server], { env: { ...environment, PORT: '0' }, timeout: 3000 });
  assert.strictEqual(status, 1);
  assert.match(String(stdout), /PAYMENTS_STRIPE_KEY is not set/);
});
`,
      },
    ],
    command: 'node --test test/production-environment.test.js',
    expectedFailure: "TypeError: Cannot read properties of undefined (reading 'stripe_key')",
  },
  explanation:
    'The payments section has a value under either name, so it is no longer left out and line 47 finds it. With neither name set the process ends at start with a sentence that names the variable, and the old release keeps serving.',
  edgeCases: [
    'Both names are set and differ: the new one wins, so a key rotated only under the old name is not used.',
    'PAYMENTS_STRIPE_KEY is set but empty, as in the example file: the old name is used.',
    'The key is there but wrong or revoked: the service starts, and the gateway answers 401.',
    'A staging environment without any key no longer starts; it needs a test key.',
  ],
  similarPatterns: [
    {
      path: 'src/services/refund.js',
      line: 14,
      why: 'Reads config.payments.stripe_key without a check: refunds fail the same way, and the same fix repairs them.',
    },
  ],
};

const refundTest = `'use strict';

// What production sets today, and nothing else.
delete process.env.PAYMENTS_STRIPE_KEY;
process.env.STRIPE_KEY = 'test_key';
const { test, before, after } = require('node:test');
const assert = require('node:assert');
const { useGateway } = require('./support/gateway');
const { refund } = require('../src/services/refund');

useGateway({ before, after });

test('a charge is given back with the variables that production sets', async () => {
  assert.match((await refund({ id: 'ch_1', amount: 1290 })).id, /^re_/);
});
`;

/** The same with a test for the similar place, as it is recorded when both are asked for. */
export const stripeKeyFixOfBoth = {
  ...stripeKeyFix,
  test: {
    ...stripeKeyFix.test,
    edits: [...stripeKeyFix.test.edits, { path: 'test/refund-environment.test.js', newFile: refundTest }],
    command: 'node --test test/production-environment.test.js test/refund-environment.test.js',
  },
};
