import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { parseEndpoint } from '../../../src/claude/endpoint.ts';
import { streamReply } from '../../../src/claude/streamReply.ts';
import type { ReplyOptions } from '../../../src/claude/streamReply.ts';
import type { ReplyEvent } from '../../../src/model/claude.ts';
import { emptyIncident } from '../../../src/model/reduce.ts';
import { conversation } from '../../../src/prompt/conversation.ts';
import { ClaudeServer, hangUp, refused, reply, silence, sse, streamed } from '../../support/claudeServer.ts';
import { harmless } from '../../support/incidents.ts';
import { until } from '../../support/until.ts';

const key = 'sk-test-key-of-this-test-0123456789';
const prompt = conversation(emptyIncident, { question: harmless('What is failing?'), evidence: [] });
const whole = reply([
  { text: ['It is ', 'é€😀 ', 'payment.js:47.'] },
  { tool: { name: 'record_bug', input: { file: 'é.js' } } },
]);

describe('streamed reply', () => {
  let server: ClaudeServer;
  beforeEach(async () => {
    server = await ClaudeServer.start();
  });
  afterEach(() => server.stop());

  function options(more: Partial<ReplyOptions> = {}): ReplyOptions {
    const endpoint = parseEndpoint({ baseUrl: server.url, model: 'm' });
    assert.ok(endpoint.ok);
    const quick = { idleMs: 2_000, retryDelayMs: 1 };
    return { endpoint: endpoint.value, key, prompt, signal: new AbortController().signal, ...quick, ...more };
  }

  /** All events of a reply: the final one comes once and last, and the key is in none of them. */
  async function eventsOf(more: Partial<ReplyOptions> = {}): Promise<ReplyEvent[]> {
    const events: ReplyEvent[] = [];
    for await (const event of streamReply(options(more))) events.push(event);
    const final = events.map(({ type }) => ['ended', 'failed', 'stopped'].includes(type));
    assert.deepEqual(
      final,
      events.map((_, at) => at === events.length - 1),
    );
    assert.ok(!JSON.stringify(events).includes(more.key?.trim() ?? key), 'the key is in an event');
    return events;
  }

  const textOf = (events: readonly ReplyEvent[]): string =>
    events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  const failureOf = (events: readonly ReplyEvent[]) => {
    const last = events.at(-1);
    return last?.type === 'failed' ? last.failure : assert.fail(JSON.stringify(events));
  };

  it('gives its text as it comes, its tool calls whole, and how it ended', async () => {
    server.answers.push(streamed(whole));
    assert.deepEqual(await eventsOf(), [
      { type: 'text', text: 'It is ' },
      { type: 'text', text: 'é€😀 ' },
      { type: 'text', text: 'payment.js:47.' },
      { type: 'toolCall', callId: 'toolu_1', name: 'record_bug', inputJson: '{"file":"é.js"}' },
      {
        type: 'ended',
        stopReason: 'end_turn',
        usage: { input: 12, output: 34, cacheRead: 100, cacheWrite: 7 },
        requestId: 'req_1',
      },
    ]);
  });

  it('is the same however its bytes are cut, within characters and events', async () => {
    server.answers.push(streamed(whole));
    const expected = await eventsOf();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 7, max: 200 }), { minLength: 1, maxLength: 6 }), async (pieces) => {
        server.answers.push(streamed(whole, { pieces }));
        assert.deepEqual(await eventsOf(), expected);
      }),
      { numRuns: 8 },
    );
  });

  it('sends the prompt with the key and nothing of the environment', async () => {
    const foreign = {
      ANTHROPIC_API_KEY: 'foreign-key',
      ANTHROPIC_AUTH_TOKEN: 'foreign-token',
      ANTHROPIC_CUSTOM_HEADERS:
        'authorization: Bearer foreign-header\nx-api-key: foreign-header\nx-team: foreign-header',
      ANTHROPIC_BASE_URL: 'https://foreign.invalid',
      ANTHROPIC_LOG: 'debug',
    };
    const before = Object.fromEntries(Object.keys(foreign).map((name) => [name, process.env[name]]));
    Object.assign(process.env, foreign);
    try {
      server.answers.push(streamed(whole));
      await eventsOf();
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
    const [request] = server.requests;
    assert.equal(server.requests.length, 1);
    assert.ok(request);
    assert.ok(!JSON.stringify(request).includes('foreign'), JSON.stringify(request.headers));
    assert.equal(request.path, '/v1/messages');
    assert.equal(request.headers.authorization, `Bearer ${key}`);
    assert.match(String(request.headers['anthropic-version']), /^\d{4}-\d{2}-\d{2}$/);
    assert.equal(request.headers['x-api-key'], undefined);
    const body: unknown = JSON.parse(request.body);
    assert.partialDeepStrictEqual(body, { model: 'm', stream: true, max_tokens: 16_000, messages: prompt.messages });
    assert.ok(request.body.endsWith(`"messages":${JSON.stringify(prompt.messages)}}`), 'what changes comes last');
  });

  it('ends with the kind of each refusal, and its request', async () => {
    const kinds = {
      400: 'requestRefused',
      401: 'keyRefused',
      403: 'permissionDenied',
      404: 'modelNotFound',
      413: 'requestTooLarge',
    };
    for (const [status, kind] of Object.entries(kinds)) {
      server.answers.push(refused(Number(status), `no, and the key ${key} neither`));
      const failure = failureOf(await eventsOf());
      assert.equal(failure.kind, kind);
      assert.equal('requestId' in failure && failure.requestId, 'req_refused');
    }
    assert.equal(server.requests.length, 5, 'none is sent again');
  });

  it('tells of each wait, sends the request again, and gives up after three times', async () => {
    for (const [status, kind] of [
      [429, 'rateLimited'],
      [529, 'overloaded'],
      [500, 'serverError'],
    ] as const) {
      server.answers.push(refused(status, 'later'), refused(status, 'later'), refused(status, 'later'));
      const events = await eventsOf();
      assert.deepEqual(
        events.map(({ type }) => type),
        ['retrying', 'retrying', 'failed'],
      );
      assert.equal(failureOf(events).kind, kind);
    }
    server.answers.push(refused(529, 'later'), streamed(whole));
    const events = await eventsOf();
    assert.deepEqual([events[0]?.type, events.at(-1)?.type], ['retrying', 'ended']);
    assert.equal(server.requests.at(-1)?.body, server.requests.at(-2)?.body);
  });

  it('waits as long as the server asks, and ends where that is longer than a wait may be', async () => {
    server.answers.push(refused(429, 'later', { 'retry-after': '1' }), streamed(whole));
    const started = performance.now();
    const [wait] = await eventsOf();
    assert.ok(performance.now() - started > 900);
    assert.partialDeepStrictEqual(wait, { type: 'retrying', attempt: 2, attempts: 3, delayMs: 1_000 });
    server.answers.push(refused(429, 'later', { 'retry-after': '40' }));
    const events = await eventsOf();
    assert.equal(events.length, 1);
    assert.partialDeepStrictEqual(failureOf(events), { kind: 'rateLimited', retryAfterSeconds: 40 });
  });

  it('does not follow a redirect, so that the key never reaches another host', async () => {
    const other = await ClaudeServer.start();
    try {
      for (const status of [300, 301, 302, 303, 307, 308]) {
        server.answers.push((response) => {
          response.writeHead(status, { location: `${other.url}/v1/messages` }).end();
        });
        assert.partialDeepStrictEqual(failureOf(await eventsOf()), { kind: 'unreachable', hop: 'redirect' });
      }
      assert.deepEqual(other.requests, []);
      assert.equal(server.requests.length, 6, 'none is sent again');
    } finally {
      await other.stop();
    }
  });

  it('keeps what came when the connection breaks, and sends nothing twice then', async () => {
    const at = whole.indexOf('payment.js');
    for (const [ending, cut] of [
      ['cut', at],
      ['end', at],
      ['cut', whole.indexOf('event: message_delta')],
      ['end', whole.indexOf('event: message_stop')],
    ] as const) {
      server.answers.push(streamed(whole.slice(0, cut), { ending }));
      const events = await eventsOf();
      assert.ok(textOf(events).startsWith('It is é€😀 '));
      assert.equal(failureOf(events).kind, 'cutOff');
    }
    assert.equal(server.requests.length, 4);
  });

  it('counts a broken connection as cut off as soon as the stream was open, also without a request id', async () => {
    const broken = streamed(whole.slice(0, 40), { ending: 'cut', headers: { 'request-id': '' } });
    server.answers.push(broken, broken, broken);
    assert.equal(failureOf(await eventsOf()).kind, 'cutOff');
  });

  it('tries again where the connection breaks before anything was said', async () => {
    server.answers.push(hangUp, streamed(''), streamed(whole));
    const events = await eventsOf();
    assert.deepEqual(
      events.slice(0, 2).map((event) => (event.type === 'retrying' ? event.failure.kind : event.type)),
      ['unreachable', 'cutOff'],
    );
    assert.equal(events.at(-1)?.type, 'ended');
  });

  it('counts what attempts used that broke before the first word', async () => {
    const begun = streamed(whole.slice(0, whole.indexOf('event: content_block_start')), { ending: 'cut' });
    server.answers.push(begun, begun, streamed(whole));
    const last = (await eventsOf()).at(-1);
    assert.equal(last?.type, 'ended');
    assert.deepEqual('usage' in last && last.usage, { input: 36, output: 36, cacheRead: 300, cacheWrite: 21 });
    server.answers.push(begun, begun, begun);
    const failed = (await eventsOf()).at(-1);
    assert.equal(failed?.type, 'failed');
    assert.deepEqual('usage' in failed && failed.usage, { input: 36, output: 3, cacheRead: 300, cacheWrite: 21 });
  });

  it('ends with the error that comes in mid-stream', async () => {
    const error = sse('error', { error: { type: 'overloaded_error', message: 'Overloaded' } });
    server.answers.push(streamed(whole.slice(0, whole.indexOf('event: content_block_stop')) + error));
    const events = await eventsOf();
    assert.equal(textOf(events), 'It is é€😀 payment.js:47.');
    assert.equal(failureOf(events).kind, 'overloaded');
  });

  const noSocketIsOpen = (): Promise<void> => until('no socket is open', async () => server.openSockets === 0, 1_500);

  it('gives up on silence before the first byte', async () => {
    server.answers.push(silence);
    assert.equal(failureOf(await eventsOf({ idleMs: 60, attempts: 1 })).kind, 'silent');
    await noSocketIsOpen();
  });

  it('gives up on silence after some words, and keeps them', async () => {
    server.answers.push(streamed(whole.slice(0, whole.indexOf('payment.js')), { ending: 'hang' }));
    const events = await eventsOf({ idleMs: 250, attempts: 1 });
    assert.equal(textOf(events), 'It is é€😀 ');
    assert.equal(failureOf(events).kind, 'silent');
    await noSocketIsOpen();
  });

  it('takes pings for a sign of life', async () => {
    server.answers.push(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let count = 0; count < 8; count += 1) {
        response.write(sse('ping', {}));
        await delay(40);
      }
      response.end(whole);
    });
    assert.equal((await eventsOf({ idleMs: 150, attempts: 1 })).at(-1)?.type, 'ended');
  });

  for (const [name, sign] of [
    ['pings', sse('ping', {})],
    ['comments, a byte at a time', ':'],
  ] as const)
    it(`does not take ${name} for words: without any for long it is said, and the words before are kept`, async () => {
      server.answers.push(async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(whole.slice(0, whole.indexOf('event: content_block_stop')));
        while (!response.destroyed) {
          response.write(sign);
          await delay(20);
        }
      });
      const events = await eventsOf({ idleMs: 5_000, wordlessMs: 400, attempts: 1 });
      assert.equal(textOf(events), 'It is é€😀 payment.js:47.');
      assert.partialDeepStrictEqual(failureOf(events), { kind: 'silent', wordless: true });
      await noSocketIsOpen();
    });

  it('counts the time without words anew with each word', async () => {
    server.answers.push(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of whole.split(/(?<=\n\n)/)) {
        response.write(event);
        await delay(100);
      }
      response.end();
    });
    assert.equal((await eventsOf({ idleMs: 5_000, wordlessMs: 1_000, attempts: 1 })).at(-1)?.type, 'ended');
  });

  it('ends when the message ends, also where the server holds the connection open', async () => {
    server.answers.push(streamed(whole, { ending: 'hang' }));
    const started = performance.now();
    assert.equal((await eventsOf()).at(-1)?.type, 'ended');
    assert.ok(performance.now() - started < 1_000);
  });

  it('stops at once, keeps what came and leaves no socket open', async () => {
    server.answers.push(streamed(whole.slice(0, whole.indexOf('payment.js')), { ending: 'hang' }));
    const controller = new AbortController();
    const events: ReplyEvent[] = [];
    for await (const event of streamReply(options({ signal: controller.signal }))) {
      events.push(event);
      if (textOf(events) === 'It is é€😀 ') controller.abort();
    }
    assert.deepEqual(
      events.map(({ type }) => type),
      ['text', 'text', 'stopped'],
    );
    await noSocketIsOpen();
  });

  it('stops before it is sent and while it waits for the first byte', async () => {
    assert.deepEqual(await eventsOf({ signal: AbortSignal.abort() }), [{ type: 'stopped' }]);
    assert.equal(server.requests.length, 0);
    server.answers.push(silence);
    assert.deepEqual(await eventsOf({ signal: AbortSignal.timeout(100) }), [{ type: 'stopped' }]);
    await noSocketIsOpen();
  });

  it('stops while it waits to try again', async () => {
    server.answers.push(refused(529, 'later'));
    const events = await eventsOf({ signal: AbortSignal.timeout(250), retryDelayMs: 5_000 });
    assert.deepEqual(
      events.map(({ type }) => type),
      ['retrying', 'stopped'],
    );
  });

  it('lets go of the connection when nobody reads on', async () => {
    server.answers.push(streamed(whole.slice(0, whole.indexOf('payment.js')), { ending: 'hang' }));
    for await (const event of streamReply(options())) if (event.type === 'text') break;
    await noSocketIsOpen();
  });

  it('does not take a page for a reply', async () => {
    server.answers.push((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the guest network</h1>');
    });
    assert.partialDeepStrictEqual(failureOf(await eventsOf()), { kind: 'unreachable', hop: 'stranger' });
    assert.equal(server.requests.length, 1);
  });

  it('keeps a bounded part of an error page', async () => {
    server.answers.push((response) => {
      response.writeHead(400, { 'content-type': 'text/html' }).end(`<p>${key}</p>${'x'.repeat(500_000)}`);
    });
    assert.ok(JSON.stringify(failureOf(await eventsOf())).length < 1_000);
  });

  it('never repeats a key that is not a legal header', async () => {
    for (const bad of ['sk-with\nline break', 'sk-“quoted”', 'sk-\u0000']) {
      assert.equal((await eventsOf({ key: bad, attempts: 1 })).at(-1)?.type, 'failed', JSON.stringify(bad));
    }
    assert.deepEqual(server.requests, []);
  });

  it('ends with a failure on events that are none', async () => {
    for (const nonsense of [
      'event: message_start\ndata: {}\n\n',
      'event: content_block_delta\ndata: {"type":"content_block_delta","index":0}\n\n',
      'event: message_stop\ndata: {"type":\n\n',
      'hello\n\n',
    ]) {
      server.answers.push(streamed(nonsense));
      assert.equal(failureOf(await eventsOf({ attempts: 1 })).kind, 'cutOff', nonsense);
    }
  });

  it('tells a refusal of the model apart from an answer', async () => {
    server.answers.push(streamed(reply([{ text: ['I cannot.'] }], 'refusal')));
    assert.equal(failureOf(await eventsOf()).kind, 'refusal');
  });

  it('tells where nobody listens', async () => {
    const gone = await ClaudeServer.start();
    const endpoint = parseEndpoint({ baseUrl: gone.url });
    await gone.stop();
    assert.ok(endpoint.ok);
    assert.partialDeepStrictEqual(failureOf(await eventsOf({ endpoint: endpoint.value })), {
      kind: 'unreachable',
      hop: 'refused',
    });
  });
});
