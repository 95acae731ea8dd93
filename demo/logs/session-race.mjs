import { locate, stackText } from './frames.mjs';
import { bearerTokenShape, seededRandom } from './random.mjs';

const MINUTE = 60_000;
const LOG_BEGINS = Date.parse('2026-11-19T07:30:00.000Z');
const DEPLOYED = Date.parse('2026-11-19T18:31:10.000Z');
/** Four minutes after the deploy the evening's users are more than the fifty sessions that the new release keeps. */
const CROWDED = DEPLOYED + 4 * MINUTE;
const LOG_ENDS = CROWDED + 20 * MINUTE;

/** As src/app.js logs: one request in so many, and all that fail. */
const REQUESTS_PER_LINE = 30;

const REQUESTS_PER_USER_AND_MINUTE = 4;

/** Above fifty users this share of the requests fails, as `npm run load` measures. */
const FAILING = 0.012;

/**
 * The logs of the storefront: JSON lines as its src/logger.js writes them. Every line says how many users were active,
 * which is what gives the race away: at noon there were as many users, but not the new release.
 *
 * @param {string} repository the made repository, whose files the frames are found in
 * @returns {{ error: string, stack: string }} the texts of error.log and stack.log
 */
export function sessionRaceLogs(repository) {
  const random = seededRandom(0x472);
  const message = "Cannot read properties of undefined (reading 'issuedAt')";
  const stack = raceStack(repository, message);
  /** @type {{ at: number, text: string }[]} */
  const lines = [];
  /** @type {string[]} */
  const stacks = [];
  const log = (
    /** @type {number} */ at,
    /** @type {number} */ level,
    /** @type {object} */ fields,
    /** @type {string} */ msg,
  ) => {
    const host = at < DEPLOYED ? 'storefront-471-0' : 'storefront-472-0';
    const line = { level, time: new Date(at).toISOString(), pid: 7, hostname: host, ...fields, msg };
    lines.push({ at, text: JSON.stringify(line) });
  };

  let served = 0;
  let at = LOG_BEGINS;
  while (at < LOG_ENDS) {
    const users = Math.max(activeUsers(at) + random.between(-1, 1), at > CROWDED ? 51 : 0);
    served += 1;
    if (at > CROWDED && random.chance(FAILING)) {
      const request = { method: 'POST', path: '/cart/items' };
      log(at, 50, { ...request, users, err: { type: 'TypeError', message } }, 'request failed');
      log(at, 30, { ...request, status: 500, ms: random.between(2, 9), users }, 'request');
      stacks.push(`${new Date(Math.floor(at)).toISOString()} ${stack}`);
    } else if (served % REQUESTS_PER_LINE === 0) {
      log(at, 30, { ...ordinaryRequest(random), users }, 'request');
    }
    at += (random.next() * 2 * MINUTE) / (users * REQUESTS_PER_USER_AND_MINUTE);
  }

  log(DEPLOYED, 30, { port: 8080, release: 'v4.7.2' }, 'listening');
  log(DEPLOYED - 900, 30, {}, 'stopping');
  // The edge in front of the service logs what it was sent: what must never leave the machine is in this log.
  for (let at = LOG_BEGINS + 7 * MINUTE; at < LOG_ENDS; at += MINUTE + random.between(0, 50_000)) {
    const headers = { authorization: `Bearer ${bearerTokenShape(random)}`, cookie: `sid=${random.text(32)}` };
    log(at, 40, { component: 'edge', upstreamMs: random.between(1_000, 2_400), headers }, 'slow upstream');
  }

  lines.sort((one, other) => one.at - other.at);
  return { error: `${lines.map(({ text }) => text).join('\n')}\n`, stack: `${stacks.join('\n')}\n` };
}

/** The users over the day: a busy noon, a busier evening that a newsletter begins. @param {number} at */
function activeUsers(at) {
  const hour = (at % (24 * 60 * MINUTE)) / (60 * MINUTE);
  const bump = (/** @type {number} */ middle, /** @type {number} */ width) =>
    Math.exp(-(((hour - middle) / width) ** 2));
  const evening = at > CROWDED ? 9 : 0;
  return Math.round(24 + 38 * bump(12.4, 1.3) + 38 * bump(19.3, 1.1) + evening);
}

/** @param {import('./random.mjs').Random} random */
function ordinaryRequest(random) {
  const kind = random.next();
  if (kind < 0.42) return { method: 'GET', path: '/cart', status: 200, ms: random.between(1, 7) };
  if (kind < 0.74) return { method: 'POST', path: '/cart/items', status: 201, ms: random.between(2, 9) };
  if (kind < 0.88) return { method: 'POST', path: '/activity', status: 200, ms: random.between(1, 6) };
  if (kind < 0.96)
    return { method: 'POST', path: '/login', status: random.chance(0.1) ? 401 : 200, ms: random.between(8, 30) };
  return { method: 'GET', path: '/devices', status: 200, ms: random.between(1, 6) };
}

/**
 * @param {string} repository
 * @param {string} message
 */
function raceStack(repository, message) {
  const cart = 'src/routes/cart.js';
  const frames = [
    { at: locate(repository, cart, 'form.§issuedAt >') },
    { called: 'SessionStore.update', at: locate(repository, 'src/session-store.js', '§change(session);') },
    'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    { called: 'async add', at: locate(repository, cart, 'const items = §await sessions.update(') },
    { called: 'async respond', at: locate(repository, 'src/app.js', '§await route(') },
    { called: 'async Server.<anonymous>', at: locate(repository, 'src/app.js', '§await respond(') },
  ];
  return stackText(`TypeError: ${message}`, frames, { modules: true });
}
