import { stripeKeyFix, stripeKeyFixOfBoth } from './stripe-key-fix.mjs';
import { variable } from './variable.mjs';

/** Evidence as the panel collects it: E1 error log, E2 its digest, E3 stack log, E4 payment.js, E5 checkout.js, E6 the environment file. */

const ORIENT = `**What is failing.** Every \`POST /checkout\` answers 500: all twelve charges in this window die with the same error, \
from E1:4 to E1:49. \`GET /orders\` and \`GET /health\` still answer, so the process is up and only charging is broken.

**What caused it.** \`chargeRequest\` reads \`stripe_key\` of something that is \`undefined\`, at \`src/services/payment.js:47\` \
(E3:2). It happens within milliseconds and before any call to the gateway, so this is not Stripe refusing us: a settings \
object that should be there when the process starts is not. That every request fails, not some, fits a configuration that \
went wrong at deploy time better than anything in the requests themselves.

**Where to look first**
1. \`src/services/payment.js:47\`, the throwing line
2. \`src/routes/checkout.js:19\`, its caller (E3:4)
3. \`config/production.env.example\`, what production is told to set

One thing aside: the monitor logs its \`authorization\` header (E1:8, E1:41). Treat that token as leaked and rotate it after \
the incident.`;

const BUG = `The throwing line is innocent; what it relies on is not.

\`src/services/payment.js:47\` reads \`config.payments.stripe_key\`. The message names \`stripe_key\` as the property and \
*undefined* as what it was read from, so **\`config.payments\` itself does not exist**. An unset key alone would have \
given \`Bearer undefined\` and a 401 from the gateway, not this error.

- \`src/routes/checkout.js:19\` passes an order and a card token and has no part in it.
- \`config/production.env.example:9\` asks for \`PAYMENTS_STRIPE_KEY\`, while its neighbour on line 10 keeps the short prefix \
(\`STRIPE_API_VERSION\`). That looks like a variable renamed lately. If production still sets the old name, the section has nothing in it.

I have not seen \`config/index.js\`, which builds \`config\`. That a section with nothing set vanishes altogether is what I \
would expect to find there; until it is read, it is an inference.`;

const HYPOTHESES = `Three candidates, the likeliest first. Each can be settled in a minute or two.

1. **The variable was renamed in the code, not in production** (high). The environment file asks for \`PAYMENTS_STRIPE_KEY\` \
(E6:9); a production that still sets the old name gives a \`payments\` section with nothing in it.
2. **The secret was never mounted in the new release** (medium). Same symptom, other remedy: the name is right, and the \
secret store did not deliver it.
3. **\`config\` is only half built when payment.js is loaded** (low), by a circular \`require\` that a recent change brought.

If the first is confirmed, setting the new name in production ends the outage without a deploy; say which you find.`;

const ENVIRONMENT = `Seven variables are read or declared by these files. One decides this incident: \`PAYMENTS_STRIPE_KEY\`. The others have defaults in the \
code or have nothing to do with line 47.

Run the commands inside a production container (the same shell that starts the service). Each prints *set* or *missing*, never \
a value. The one worth running first asks for both names at once:

\`\`\`sh
for name in PAYMENTS_STRIPE_KEY STRIPE_KEY; do printenv "$name" >/dev/null && echo "$name set" || echo "$name missing"; done
\`\`\`

*STRIPE_KEY set, PAYMENTS_STRIPE_KEY missing* confirms the first hypothesis. Both missing points to the second.`;

const CULPRITS = `**f2c706c "Tidy configuration loading"** is the one. In the diff, \`STRIPE_KEY\` becomes \`PAYMENTS_STRIPE_KEY\` in \
\`config/production.env.example:9\`, and its message says that a section that nothing is set for is left out. Together: \
production sets the old name, the section is empty, the section is dropped, \`config.payments\` is \`undefined\`.

It fits the time as well: the commit is new in v2.18.2, and the failures begin when that release takes traffic. The blame of \
\`src/services/payment.js:47\` leads to a commit of October; that line has worked for five weeks and is where it hurts, not \
where it broke.

The suite stayed green because the same commit renamed the variable in the tests' environment too: no test knows what \
production sets.

The other commits since v2.18.1 add a catalogue entry (345303f) and a field to the order view (78c281a); neither touches the configuration.`;

const FIX = `The smallest change that is right in production today: read the new name, fall back to the old one, and refuse to start \
when there is neither, so that a missing key stops a deploy and not the checkouts.

**The test** runs in what production sets today, \`STRIPE_KEY\` and no more. Without the fix its first case fails with this \
incident's error; its second shows that a process without any key ends instead of listening.

**Why it works.** The \`payments\` section has a value again under either name, so it is not left out, and line 47 finds what it \
reads. Nothing else reads the variable.

**Similar patterns.** \`src/services/refund.js:14\` reads \`config.payments.stripe_key\` the same way and is broken right now; nobody \
has noticed because refunds of older orders answer 404 since the restart. The same fix repairs it.`;

const BLAST_RADIUS = `The change is small, and what it touches runs once, at start. The risks are about starting.

**Fastest way out first.** \`./scripts/rollback.sh v2.18.1\` ends the outage now and needs no review; ship the fix as v2.18.3 \
afterwards, in daylight. Orders live in memory, so each restart forgets the open ones: one more reason to restart once, not twice.

**A safer rollout.** One instance first, ten minutes at its share of the traffic, one real checkout and one refund through it, \
then the rest. A feature flag would not help: the code runs before any flag is read.

Watch for thirty minutes what is listed below, and compare with the hour before the release, when about six checkouts in a hundred were \
declined and hardly any failed.`;

/** @type {import('./choose.mjs').IncidentReplies} */
export const stripeKeyReplies = {
  steps: [
    {
      text: ORIENT,
      tool: {
        name: 'record_orientation',
        input: {
          failing: 'Every POST /checkout answers 500; the other routes work.',
          cause:
            'A settings object is undefined when chargeRequest reads stripe_key of it; likely a configuration that changed with a deploy.',
          filesToCheck: [
            { path: 'src/services/payment.js', line: 47, reason: 'throws' },
            { path: 'src/routes/checkout.js', line: 19, reason: 'calls it' },
            { path: 'config/production.env.example', reason: 'says what production sets' },
          ],
          citations: ['E1:4', 'E1:49', 'E3:1', 'E3:2', 'E3:4'],
        },
      },
    },
    {
      text: BUG,
      tool: {
        name: 'record_bug',
        input: {
          file: 'src/services/payment.js',
          line: 47,
          explanation:
            'config.payments is undefined, so reading stripe_key of it throws before any call to the gateway. The environment file asks for PAYMENTS_STRIPE_KEY; production may still set another name.',
          citations: ['E4:47', 'E5:19', 'E6:9', 'E3:2'],
          inconclusive: 'config/index.js, which builds config, has not been read.',
        },
      },
    },
    {
      text: HYPOTHESES,
      tool: {
        name: 'record_hypotheses',
        input: {
          hypotheses: [
            {
              title: 'The key was renamed in the code, and production still sets the old name',
              likelihood: 'high',
              confirms:
                'In a production container STRIPE_KEY is set and PAYMENTS_STRIPE_KEY is not; a recent commit renamed it.',
              rulesOut: 'PAYMENTS_STRIPE_KEY is set in the container that logs the error.',
              citations: ['E6:9', 'E4:47'],
            },
            {
              title: 'The secret was not mounted in the new release',
              likelihood: 'medium',
              confirms:
                'Neither name is set in the container, and the secret store or the deployment changed with the release.',
              rulesOut: 'Either name is set in the container.',
              citations: ['E1:49', 'E3:2'],
            },
            {
              title: 'config is half built when payment.js is loaded (a circular require)',
              likelihood: 'low',
              confirms: 'config/index.js requires, directly or not, a module that requires payment.js.',
              rulesOut: 'config/index.js requires nothing of the service.',
              citations: ['E4:3'],
            },
          ],
        },
      },
    },
    {
      text: ENVIRONMENT,
      tool: {
        name: 'record_environment',
        input: {
          variables: [
            variable(
              'PAYMENTS_STRIPE_KEY',
              'src/services/payment.js:47, through config.payments',
              'missing',
              'The section that line 47 reads does not exist, which is what an unset key would cause.',
            ),
            variable(
              'STRIPE_KEY',
              'nothing any more',
              'suspect',
              'Looks like the old name: if production sets it, the rename is the cause.',
            ),
            variable('STRIPE_API_VERSION', 'src/services/payment.js:8', 'fine', 'Has a default in the code.'),
            variable('PAYMENTS_ATTEMPTS', 'src/services/payment.js:11', 'fine', 'Has a default in the code.'),
            variable('CHECKOUT_MAX_ITEMS', 'src/routes/checkout.js:10', 'fine', 'Has a default in the code.'),
            variable(
              'GATEWAY_URL',
              'src/gateway.js:13, through config.gateway',
              'unknown',
              'Not reached since the error comes first; its default is a developer machine.',
            ),
            variable(
              'RECEIPTS_FROM',
              'src/services/receipt.js:8, through config.receipts',
              'fine',
              'Without it no receipt is sent; it cannot throw.',
            ),
          ],
          citations: ['E6:9', 'E6:10', 'E4:8', 'E4:11', 'E5:10'],
        },
      },
    },
    {
      text: CULPRITS,
      tool: {
        name: 'record_culprits',
        input: {
          commits: [
            {
              commit: 'f2c706c',
              reason:
                'Renames STRIPE_KEY to PAYMENTS_STRIPE_KEY and leaves out sections that nothing is set for: with what production sets, config.payments is gone.',
              citations: ['E6:9', 'E4:47'],
            },
          ],
        },
      },
    },
    {
      text: FIX,
      tool: {
        name: 'record_fix',
        input: stripeKeyFix,
      },
    },
    {
      text: BLAST_RADIUS,
      tool: {
        name: 'record_blast_radius',
        input: {
          risks: [
            {
              what: 'An environment without any key does not start any more.',
              why: 'src/server.js now ends the process; a deploy there stops at the first instance.',
            },
            {
              what: 'A stale key under the old name is used where the new one is missing.',
              why: 'The fallback cannot tell an old key from the current one; charges would answer 401.',
            },
            {
              what: 'Open orders are forgotten by the restart.',
              why: 'Orders are kept in memory (src/services/orders.js:5).',
            },
          ],
          monitors: [
            {
              what: 'level=error lines with at=payment.js:47',
              threshold: 'more than 0 after the last instance has switched',
            },
            { what: 'POST /checkout answered 201, share of all', threshold: 'below 90 % in any five minutes' },
            { what: 'POST /refunds answered 500', threshold: 'more than 0' },
            { what: 'gateway answered 401', threshold: 'more than 0: the wrong key is in use' },
            {
              what: 'level=info msg=listening',
              threshold: 'fewer than 3 within five minutes of the deploy: an instance did not start',
            },
          ],
          rollout: {
            strategy: 'Roll back now, then ship the fix to one instance first',
            steps: [
              'Roll back to v2.18.1 and see a checkout answer 201.',
              'Set PAYMENTS_STRIPE_KEY beside STRIPE_KEY in staging and production.',
              'Deploy the fix to one instance; one real checkout and one refund through it.',
              'After ten quiet minutes deploy to the others.',
              'Remove STRIPE_KEY and the fallback a week later.',
            ],
          },
          rollback: './scripts/rollback.sh v2.18.1',
        },
      },
    },
  ],
  followUps: [
    {
      about: /^Fix both and write tests for both/m,
      text: `The edits stay as they are: \`src/services/refund.js:14\` reads the same section, which has a value again. What was missing is \
a test of its own, so that a refund is not only repaired by chance: it gives a charge back with the variables that production \
sets, and fails today.`,
      tool: { name: 'record_fix', input: stripeKeyFixOfBoth },
    },
    {
      about: /STRIPE_KEY|missing|not set|printenv/i,
      text: `That confirms the first hypothesis: the code asks for \`PAYMENTS_STRIPE_KEY\`, production sets \`STRIPE_KEY\`, and the empty section is \
left out of \`config\`. Setting the new name in production and restarting ends the outage; \`./scripts/rollback.sh v2.18.1\` does so \
too, without touching secrets. The second and third hypotheses are ruled out by the same finding.`,
    },
    {
      about: /staging/i,
      text: `Staging tells us only about its own variables: if somebody set \`PAYMENTS_STRIPE_KEY\` there when the change was tested, it works there and \
still fails in production. Compare the *names* of the variables of the two environments, not the code; the code is the same.`,
    },
    {
      about: /roll ?back/i,
      text: `Yes: v2.18.1 does not have the change, and the environment that it needs is the one production still has. \`./scripts/rollback.sh v2.18.1\` \
is the safest first move. Open orders are lost with either way, as they are kept in memory.`,
    },
  ],
  otherwise: `It does not change the picture so far: \`config.payments\` is \`undefined\` at \`src/services/payment.js:47\`, for every charge and since the \
release. What would change it is one fact from production: which of \`STRIPE_KEY\` and \`PAYMENTS_STRIPE_KEY\` is set in the container \
that logs the error.`,
};
