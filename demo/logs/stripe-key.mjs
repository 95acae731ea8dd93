import { locate, stackText } from './frames.mjs';
import { bearerTokenShape, paymentKeyShape, seededRandom } from './random.mjs';

const LOG_BEGINS = Date.parse('2026-11-17T11:48:00.000Z');
const DEPLOYED = Date.parse('2026-11-17T14:02:07.000Z');
/** The new instances take over when the load balancer has warmed them up, four minutes after the deploy. */
const SHIFTED = DEPLOYED + 4 * 60_000;
const LOG_ENDS = SHIFTED + 20 * 60_000;
const INSTANCES = 3;

/**
 * The logs of the checkout service: logfmt as its src/logger.js writes it, on Node 14 as its Dockerfile says. That Node
 * words the error `Cannot read property 'stripe_key' of undefined`; the logger drops quotes inside a value.
 *
 * @param {string} repository the made repository, whose files the frames are found in
 * @returns {{ error: string, stack: string }} the texts of error.log and stack.log
 */
export function stripeKeyLogs(repository) {
  const random = seededRandom(0x2182);
  /** @type {{ at: number, text: string }[]} */
  const lines = [];
  /** @type {string[]} */
  const stacks = [];
  const log = (/** @type {number} */ at, /** @type {string} */ level, /** @type {string} */ rest, app = 'checkout') =>
    lines.push({ at, text: `${new Date(at).toISOString()} level=${level} app=${app} ${rest}` });

  const thrown = productionErrors(repository);
  const fail = (/** @type {number} */ at, /** @type {string} */ req, /** @type {Thrown} */ error) => {
    log(at, 'error', `msg="${error.logged}" req=${req} method=POST path=/checkout at=${error.origin}`);
    stacks.push(`${new Date(at).toISOString()} ${error.stack}`);
  };

  for (let at = LOG_BEGINS; at < LOG_ENDS; at += random.between(300, 4_600)) {
    const req = random.text(12);
    const served = (/** @type {string} */ call, /** @type {number} */ status, /** @type {number} */ ms) => {
      const [method, path] = call.split(' ');
      log(at + ms, 'info', `msg=request req=${req} method=${method} path=${path} status=${status} ms=${ms}`);
    };
    const kind = random.next();
    if (kind < 0.24) served('GET /health', 200, random.between(0, 2));
    else if (kind < 0.62) served('GET /orders', random.chance(0.04) || at > SHIFTED ? 404 : 200, random.between(1, 6));
    else if (kind < 0.65) {
      // Orders live in memory: the new instances know none of the old ones.
      if (at > SHIFTED) served('POST /refunds', 404, random.between(1, 4));
      else served('POST /refunds', 201, random.between(90, 240));
    } else if (at > SHIFTED) {
      const ms = random.between(1, 4);
      fail(at + ms, req, thrown.keyMissing);
      served('POST /checkout', 500, ms);
    } else if (random.chance(0.02)) {
      log(at + 80, 'warn', `msg="gateway busy, trying again" order=ord_${random.text(12)} attempt=1 status=503`);
      const gaveUp = random.chance(0.15);
      if (gaveUp) fail(at + 310, req, thrown.gatewayBusy);
      served('POST /checkout', gaveUp ? 500 : 201, random.between(310, 420));
    } else {
      const declined = random.chance(0.06);
      if (!declined && random.chance(0.8)) {
        log(at + 60, 'info', `msg="receipt queued" order=ord_${random.text(12)} from=orders@example.com`);
      }
      served('POST /checkout', declined ? 402 : 201, random.between(70, 290));
    }
  }

  for (let instance = 0; instance < INSTANCES; instance += 1) {
    log(DEPLOYED + instance * 1_900, 'info', 'msg=listening port=8080 release=v2.18.2 node=v14.21.3');
    log(SHIFTED - 4_000 + instance * 700, 'info', 'msg=stopping');
  }
  // A monitor that logs what it sent, and a sidecar that does so too: what must never leave the machine is in this log.
  for (let at = SHIFTED + 45_000; at < LOG_ENDS; at += 60_000) {
    const token = bearerTokenShape(random);
    log(
      at,
      'warn',
      `msg="probe failed" url=http://checkout:8080/checkout status=500 authorization="Bearer ${token}"`,
      'probe',
    );
  }
  log(
    DEPLOYED - 71 * 60_000,
    'warn',
    `msg="upstream reset" host=payments-egress.internal key=${paymentKeyShape(random)}`,
    'egress',
  );

  lines.sort((one, other) => one.at - other.at);
  return { error: `${lines.map(({ text }) => text).join('\n')}\n`, stack: `${stacks.join('\n')}\n` };
}

/** @typedef {{ logged: string, origin: string, stack: string }} Thrown */

/**
 * @param {string} repository
 * @returns {{ keyMissing: Thrown, gatewayBusy: Thrown }}
 */
function productionErrors(repository) {
  const payment = 'src/services/payment.js';
  const request = locate(repository, payment, 'config.payments.§stripe_key');
  const givenUp = locate(repository, payment, 'throw §new Error(`gateway answered');
  const inNode = 'processTicksAndRejections (internal/process/task_queues.js:95:5)';
  const handler = { called: 'async Server.handle', at: locate(repository, 'src/app.js', '§await route(request)') };
  const charged = locate(repository, 'src/routes/checkout.js', 'await payment.§charge(');
  return {
    keyMissing: {
      logged: 'Cannot read property stripe_key of undefined',
      origin: `payment.js:${request.line}`,
      stack: stackText("TypeError: Cannot read property 'stripe_key' of undefined", [
        { called: 'chargeRequest', at: request },
        { called: 'Object.charge', at: locate(repository, payment, '= §chargeRequest(') },
        { called: 'create', at: charged },
        inNode,
        handler,
      ]),
    },
    gatewayBusy: {
      logged: 'gateway answered 503 2 times',
      origin: `payment.js:${givenUp.line}`,
      stack: stackText('Error: gateway answered 503 2 times', [
        { called: 'charge', at: givenUp },
        inNode,
        { called: 'async create', at: { ...charged, column: charged.column - 'await payment.'.length } },
        handler,
      ]),
    },
  };
}
