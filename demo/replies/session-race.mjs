import { sessionRaceFix } from './session-race-fix.mjs';
import { variable } from './variable.mjs';

/** Evidence as the panel collects it: E1 error log, E2 its digest, E3 stack log, E4 cart.js, E5 session-store.js, E6 the environment file. */

const ORIENT = `**What is failing.** Some \`POST /cart/items\` answer 500, ten of them in these three minutes (E1:2 to E1:42). Most requests to the \
same route succeed in between, so this is intermittent: a state that is sometimes wrong, not code that is always wrong.

**What caused it.** \`src/routes/cart.js:24\` reads \`issuedAt\` of a form token that the session does not hold (E3:4). The browser got that \
token from \`GET /cart\` moments before, so **the session forgot something it had been told**. The errors have no rhythm of their own, \
and every one of them carries a \`users\` figure of 65 or more (E1:8, E1:26, E1:42). Load seems to matter; whether quiet hours are free of it I cannot see in \
fifty lines.

**Where to look first**
1. \`src/routes/cart.js:24\`, where it throws
2. \`src/session-store.js:44\`, which hands the session over (E3:5)
3. \`config/production.env.example\`, for what limits sessions

The stack is the same each time; one cause is enough to look for.`;

const BUG = `The cart only finds the damage; the session store does it.

\`src/session-store.js:42\` reads a session, changes it and writes it back, and **waits between the reading and the changing** (\`await this.#find(id)\` on line 43). \
Two requests of one user that arrive together can both read before either has written. Each changes its own copy, and the later write \
undoes the earlier one. If the one undone is \`GET /cart\` noting its token (\`src/routes/cart.js:13\`), the next \`POST /cart/items\` finds no form on \
line 23 and throws on line 24.

It needs two copies. Line 56 takes a session from memory when it is there, and then both requests share one object and nothing is lost; only a session \
*that is not in memory* is read from disk twice. \`config/production.env.example:6\` keeps **50** in memory, so I expect this to happen above fifty \
users and never below.`;

const HYPOTHESES = `Based on this, my top three hypotheses:

1. **Race condition in the session store** (most likely; note the pattern: never two errors for one cause, always with many users). Two requests of one \
user read the same session from disk, and one write undoes the other.
2. **Exhaustion under load**: a connection pool, file handles or the pool of threads that reads files. Requests would then fail or stall in the store itself.
3. **Memory pressure causing GC pauses**, so that a session or a form expires while its request waits.

To confirm the first: check if errors cluster at high concurrency. Do you see any below 50 concurrent users?`;

const ENVIRONMENT = `Half of it is a setting: \`SESSIONS_IN_MEMORY\` decides from how many users on the race can happen. It is not *wrong*, and raising it hides the bug rather \
than mending it, but it is a way to stop the bleeding: at 500 no session leaves the memory at today's load.

Everything else that these files need has a default in the code. Each command prints *set* or *missing*, never a value. Run them in the container, in the \
shell that starts the service.`;

const CULPRITS = `**0ed6566 "Keep at most fifty sessions in memory"** changed one word that matters. Until then \`update\` took the session from memory, \
without waiting: reading and changing happened in one go, and no other request could come between. The diff turns line 43 of \`src/session-store.js\` into \
\`await this.#find(id)\`, and line 56 may now read from disk. The memory leak it mends was real; the atomicity it took away was nowhere written down.

Its time fits: it is new in v4.7.2, deployed at 18:31, and the errors begin at 18:35, when the users become more than fifty. At noon there were as many users, on v4.7.1, \
and no error.

Blame of \`src/routes/cart.js:24\` leads to October; that line relied on something that held until today. ebef9de touches the same function, but only trims a text; \
709c63e changes a comment.`;

const FIX = `Here's the fix with the mutex pattern: one change of a session at a time, in the order in which they came. Different sessions do not wait for each other.

**Also, you have the same pattern in \`src/auth.js:89\`**, which will fail the same way under load: it reads an account, adds a device and writes it back, so two logins at \
once lose one of the devices. The edits mend both, and the test covers both.

**The test** keeps one session in memory, so that each read comes from disk, and starts twenty changes at once. Without the fix nearly all of them are lost; with it \
all twenty are there. The same for ten devices of one account, and one case shows that a change that throws does not hold up the next.

**Why it works.** The promise of the latest change of a session is kept under the session's id; a new change starts when that one has settled. Between reading and writing no \
other change of the same session runs, so no write can undo another. Closing a session takes its turn as well, or a late write would bring it back.`;

const BLAST_RADIUS = `The fix serializes the requests of one user. What can go wrong is waiting, and being more than one process.

**Stop the bleeding first, if you like.** \`SESSIONS_IN_MEMORY=500\` and a restart make the race impossible at today's load, without new code; \`./scripts/rollback.sh v4.7.1\` \
does so too, at the price of the memory leak, some 40 MB a day. Sessions are on disk: neither logs anybody out.

**A safer rollout.** Staging under \`npm run load -- --users 80\` first: it must count no failure, where it counts about one in a hundred today. Then production at a quiet hour, and look again \
when the users pass fifty; before that, silence proves nothing. A flag is not worth it: half the writers with a lock and half without is the race again.

The carts and the devices that were lost meanwhile do not come back; the customers see an article missing, nothing worse.`;

/** @type {import('./choose.mjs').IncidentReplies} */
export const sessionRaceReplies = {
  steps: [
    {
      text: ORIENT,
      tool: {
        name: 'record_orientation',
        input: {
          failing: 'About one request in a hundred, all of them POST /cart/items, answers 500.',
          cause: 'The session has lost the form token that GET /cart noted in it; only seen with many users.',
          filesToCheck: [
            { path: 'src/routes/cart.js', line: 24, reason: 'throws' },
            { path: 'src/session-store.js', line: 44, reason: 'calls it with the session that lacks the token' },
            { path: 'config/production.env.example', reason: 'limits of sessions' },
          ],
          citations: ['E1:2', 'E1:8', 'E1:42', 'E3:4', 'E3:5'],
        },
      },
    },
    {
      text: BUG,
      tool: {
        name: 'record_bug',
        input: {
          file: 'src/session-store.js',
          line: 43,
          explanation:
            'update() awaits between reading a session and changing it. Two requests of one user, whose session is not in memory, each change a copy from disk, and the later write undoes the earlier one.',
          citations: ['E5:43', 'E5:56', 'E4:24', 'E6:6'],
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
              title: 'Race condition in the session store',
              likelihood: 'high',
              confirms:
                'Errors only when more than 50 users are active; a load test with 80 users fails and one with 10 does not.',
              rulesOut: 'An error logged with 50 users or fewer.',
              citations: ['E5:43', 'E5:56', 'E1:8'],
            },
            {
              title: 'Exhaustion under load: connection pool, file handles, threads',
              likelihood: 'medium',
              confirms: 'EMFILE or time-outs in the log, and the ms of ordinary requests rises with the users.',
              rulesOut: 'Requests that succeed between the errors are as fast as at quiet hours.',
              citations: ['E1:42'],
            },
            {
              title: 'Memory pressure causing GC pauses',
              likelihood: 'low',
              confirms: 'Pauses of seconds in --trace-gc at the times of the errors; memory near its limit.',
              rulesOut: 'No request takes longer than a few milliseconds, those that fail included.',
              citations: ['E1:2'],
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
              'SESSIONS_IN_MEMORY',
              'src/session-store.js:64, through src/config.js:6',
              'suspect',
              'Fifty: above that many users sessions are read from disk, which the race needs.',
            ),
            variable(
              'FORM_MAX_AGE_MS',
              'src/routes/cart.js:7',
              'fine',
              'Has a default; too old a form answers 409, not 500.',
            ),
            variable(
              'DATA_DIR',
              'src/config.js:5',
              'unknown',
              'Where sessions are written: must be one folder that outlives a restart, on a disk of this machine.',
            ),
            variable('LOG_LEVEL', 'src/config.js:7', 'fine', 'Has a default; has no part in it.'),
          ],
          citations: ['E6:6', 'E6:7', 'E5:64', 'E4:7'],
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
              commit: '0ed6566',
              reason:
                'Makes update() wait between reading and changing a session, and reads from disk those that are not among the latest fifty.',
              citations: ['E5:43', 'E5:56', 'E6:6'],
            },
          ],
        },
      },
    },
    {
      text: FIX,
      tool: {
        name: 'record_fix',
        input: sessionRaceFix,
      },
    },
    {
      text: BLAST_RADIUS,
      tool: {
        name: 'record_blast_radius',
        input: {
          risks: [
            {
              what: 'Requests of one user wait for each other.',
              why: 'A page that sends many at once gets slower by their sum; a few milliseconds each.',
            },
            {
              what: 'A stuck disk holds up a user instead of failing a request.',
              why: 'The queue of a session has no time limit.',
            },
            {
              what: 'A second instance brings the race back.',
              why: 'The mutex lives in one process (src/session-store.js:42); today there is one.',
            },
            {
              what: 'Login waits for another login of the same account.',
              why: 'rememberDevice takes turns as well (src/auth.js:88).',
            },
          ],
          monitors: [
            { what: 'Requests answered 500, with users above 50', threshold: 'more than 0 in thirty minutes' },
            { what: 'ms of POST /cart/items, slowest in a hundred', threshold: 'above 50 ms, twice running' },
            { what: 'Memory of the process', threshold: 'growing by more than 5 MB in thirty minutes' },
            { what: 'POST /login answered 200, per minute', threshold: 'below half of the half hour before' },
          ],
          rollout: {
            strategy: 'Load test in staging, then production before the evening peak',
            steps: [
              'Set SESSIONS_IN_MEMORY=500 in production and restart: ends the errors now.',
              'Deploy the fix to staging; npm run load -- --users 80 --url http://staging.myapp.com must count no failure.',
              'Deploy to production at a quiet hour.',
              'Set SESSIONS_IN_MEMORY back to 50 and watch while the users pass fifty.',
            ],
          },
          rollback: './scripts/rollback.sh v4.7.1',
        },
      },
    },
  ],
  followUps: [
    {
      about: /concurren|\b50\b|fifty|users|load/i,
      text: `That confirms hypothesis 1. The issue is in your session store: \`src/session-store.js:43\` waits between reading a session and changing it. Up to fifty \
users every session is in memory, both requests of a user change the same object, and nothing is lost. Above fifty a session has to come from disk (line 56), two \
requests get a copy each, and the later write undoes the earlier.

It also rules out hypothesis 3, as nothing about garbage collection begins at exactly fifty, and leaves little of hypothesis 2.`,
    },
    {
      about: /\bfix\b|\bboth\b|auth/i,
      text: `Both are mended the same way: a mutex by session id around \`update\` and \`close\` of \`src/session-store.js\`, and one by account name around the read and the write at \
\`src/auth.js:89\`, with a test for each. Step 6 holds the edits, and the tests that are red without them.`,
    },
    {
      about: /roll ?back|stop|now/i,
      text: `The quickest way out without new code is \`SESSIONS_IN_MEMORY=500\` and a restart; sessions are on disk, so nobody is logged out. \`./scripts/rollback.sh v4.7.1\` works too and brings \
the memory leak back.`,
    },
  ],
  otherwise: `It fits the picture so far: a session that is not in memory is read twice and one of the two changes is lost (\`src/session-store.js:43\`). What would prove or break it is one figure: \
the number of users at each error. One error with fifty or fewer, and I am wrong.`,
};
