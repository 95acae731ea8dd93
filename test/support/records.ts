import type { StepRecord } from '../../src/model/records.ts';
import type { StepId } from '../../src/model/steps.ts';

type Records = { readonly [S in StepId]: Extract<StepRecord, { readonly step: S }> };

/** A recorded result of each step, as a good reply would give it. */
export const records: Records = {
  orient: {
    step: 'orient',
    data: {
      failing: 'POST /checkout answers 500, 214 times since 02:41, all in payment.js:47.',
      cause: 'The configuration object has no stripe section, so stripe_key is read from undefined.',
      filesToCheck: [
        { path: 'src/services/payment.js', line: 47, reason: 'where it is thrown' },
        { path: 'src/routes/checkout.js', line: 18, reason: 'calls it' },
        { path: 'config/index.js', reason: 'builds the stripe section' },
      ],
      citations: ['E1:38', 'E2', 'E9:1'],
    },
  },
  files: {
    step: 'files',
    data: {
      file: 'src/services/payment.js',
      line: 47,
      explanation:
        'config.stripe is undefined when STRIPE_KEY is not set, because config/index.js builds the section only then. The line reads it without a guard.',
      citations: ['E1:38', 'src/services/payment.js:47'],
    },
  },
  hypotheses: {
    step: 'hypotheses',
    data: {
      hypotheses: [
        {
          title: 'STRIPE_KEY is not set in production, so config.stripe is never built',
          likelihood: 'high',
          confirms: "The variable's name is missing from printenv | cut -d= -f1 in the container.",
          rulesOut: 'The name is there and the error goes on.',
          citations: ['E1:38'],
        },
        {
          title: 'Configuration is read before the secrets are mounted',
          likelihood: 'medium',
          confirms: 'It fails only in the first minute after a start.',
          rulesOut: 'It fails 40 minutes after the start too.',
          citations: ['E1'],
        },
        {
          title: 'A deploy shipped the old bundle',
          likelihood: 'low',
          confirms: 'The running version differs from the release.',
          rulesOut: 'Both are 2.18.4.',
          citations: [],
        },
      ],
    },
  },
  environment: {
    step: 'environment',
    data: {
      variables: [
        {
          name: 'STRIPE_KEY',
          neededBy: 'config/index.js:12',
          status: 'missing',
          reason: 'Declared only in .env.example.',
          verifyCommand: `[ -n "\${STRIPE_KEY+x}" ] && echo set || echo missing`,
        },
        {
          name: 'STRIPE_TIMEOUT_MS',
          neededBy: 'payment.js:9',
          status: 'suspect',
          reason: 'Must be a number.',
          verifyCommand: `printenv STRIPE_TIMEOUT_MS | grep -Eq '^[0-9]+$' && echo number`,
        },
        {
          name: 'DATABASE_URL',
          neededBy: 'db.js:4',
          status: 'fine',
          reason: 'Queries succeed in the log.',
          verifyCommand: `[ -n "\${DATABASE_URL+x}" ] && echo set`,
        },
        {
          name: 'LOG_LEVEL',
          neededBy: 'logger.js:2',
          status: 'unknown',
          reason: 'Nothing tells.',
          verifyCommand: 'printenv LOG_LEVEL',
        },
      ],
      citations: ['E1:38'],
    },
  },
  regression: {
    step: 'regression',
    data: {
      commits: [
        {
          commit: 'a41c9e0 tidy configuration loading',
          reason: 'Made four minutes before the first error; it builds config.stripe only when the key is set.',
          citations: ['E1:3'],
        },
      ],
    },
  },
  fix: {
    step: 'fix',
    data: {
      edits: [
        {
          path: 'src/services/payment.js',
          search: '  const key = config.stripe.stripe_key;\n',
          replace: "  const key = requireConfig('STRIPE_KEY');\n",
        },
      ],
      test: {
        edits: [
          {
            path: 'test/payment.test.js',
            newFile:
              "it('names the missing variable', () => {\n  assert.throws(() => charge(order, {}), /STRIPE_KEY/);\n});\n",
          },
        ],
        command: 'npm test -- payment',
      },
      explanation: 'The missing variable is named at the start instead of surfacing as a property of undefined.',
      edgeCases: ['An empty value counts as set.', 'Two tenants with keys of their own.'],
      similarPatterns: [{ path: 'src/services/refund.js', line: 31, why: 'reads config.stripe the same way' }],
      citations: ['E1:38'],
    },
  },
  blastRadius: {
    step: 'blastRadius',
    data: {
      risks: [
        {
          what: 'Refunds',
          why: 'refundOrder reads the same section',
          places: ['src/services/refund.js:31', 'src/admin/report.js:7'],
        },
        { what: 'Checkout answers 503 where it answered 500', why: 'src/routes/checkout.js passes the new error on' },
      ],
      monitors: [
        { what: 'checkout 5xx', threshold: 'under 0.1 %' },
        { what: 'Stripe 401s', threshold: 'stay at zero' },
      ],
      rollout: {
        strategy: 'Set the variable first, then roll the fix out to one pod of ten.',
        steps: ['Set STRIPE_KEY', 'One pod for ten minutes', 'All pods'],
      },
      rollback: './scripts/rollback.sh v2.18.3',
      citations: [],
    },
  },
};

/** The same with the given text in every place that Claude fills. */
export function hostileRecord(step: StepId, text: string): StepRecord {
  const filled: unknown = JSON.parse(JSON.stringify(records[step]), (key, value: unknown) =>
    typeof value === 'string' && !['step', 'likelihood', 'status'].includes(key) ? text : value,
  );
  const record = filled as StepRecord;
  return { ...record, data: { ...record.data, inconclusive: text } } as StepRecord;
}
