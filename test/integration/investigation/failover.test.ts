import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { answeringEndpoint, replyText } from '../../../src/model/reply.ts';
import type { RateLimit } from '../../../src/model/rateLimit.ts';
import { ClaudeServer, hangUp, refused, reply, silence, streamed } from '../../support/claudeServer.ts';
import type { Answer } from '../../support/claudeServer.ts';
import { FailoverScene, messagesOf, named, secondKey } from '../../support/failoverScene.ts';
import { wholeReply } from '../../support/faults.ts';
import { answerTo } from '../../support/investigationWorld.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

const limited = (seconds: number): Answer => refused(429, 'later', { 'retry-after': String(seconds) });
const half = (ending: 'cut' | 'hang'): Answer =>
  streamed(wholeReply.slice(0, wholeReply.lastIndexOf('event: content_block_delta', wholeReply.indexOf('fails.'))), {
    ending,
  });

describe('failover between endpoints', () => {
  const folder = useTemporaryFolder();
  let scene: FailoverScene;
  let now = Date.UTC(2026, 10, 22, 2, 47);
  const start = async (...more: Parameters<typeof FailoverScene.start> extends [string, ...infer R] ? R : never) =>
    (scene = await FailoverScene.start(folder(), ...more));
  afterEach(() => scene.stop());

  it('stays with the endpoint that took over, and goes back between steps once the limit has reset', async () => {
    await start({}, { now: () => now });
    scene.first.answers.push(limited(60), answerTo('orient'));
    for (let count = 0; count < 2; count += 1) scene.second.answers.push(answerTo('orient'));
    const asked = async (): Promise<readonly string[]> => {
      const run = await scene.ask();
      return [run.endpoint.name, answeringEndpoint(run).name];
    };
    assert.deepEqual(await asked(), ['First', 'Second']);
    now += 59_000;
    assert.deepEqual(await asked(), ['Second', 'Second'], 'the limit has not reset yet');
    now += 2_000;
    assert.deepEqual(await asked(), ['First', 'First']);
    assert.deepEqual([scene.first.requests.length, scene.second.requests.length], [2, 2]);
    scene.assertNothingForeign();
    scene.assertJournalIsWhole();
  });

  it('tries an endpoint whose penalty is over once, and goes on elsewhere at once where it still fails', async () => {
    await start({}, { now: () => now });
    scene.first.answers.push(limited(60), refused(529, 'still'), limited(60));
    for (let count = 0; count < 2; count += 1) scene.second.answers.push(answerTo('orient'));
    await scene.ask();
    now += 61_000;
    await scene.ask();
    assert.equal(scene.first.requests.length, 2, 'one attempt, without retries');
    assert.equal(answeringEndpoint(scene.lastRun).name, 'Second');
  });

  it('waits with a countdown for a short limit, and does not move for it', async () => {
    await start();
    scene.first.answers.push(limited(1), answerTo('orient'));
    const run = await scene.ask();
    assert.equal(answeringEndpoint(run).name, 'First');
    assert.deepEqual(scene.second.requests, []);
    const retry = scene.store.history.find(({ type }) => type === 'replyRetrying');
    assert.ok(retry?.type === 'replyRetrying' && retry.retry.resumesAt - retry.at > 900);
  });

  it('moves for a wait that is longer than the setting allows', async () => {
    await start({ longestWaitMs: () => 500 });
    scene.first.answers.push(limited(1));
    scene.second.answers.push(answerTo('orient'));
    assert.equal(answeringEndpoint(await scene.ask()).name, 'Second');
    assert.equal(scene.first.requests.length, 1);
  });

  it('takes the reset of a limit that ran out where there is no retry-after', async () => {
    await start({}, { now: () => now });
    const resetsAt = new Date(Date.now() + 120_000).toISOString().replace(/\.\d+Z$/, 'Z');
    scene.first.answers.push(
      refused(429, 'later', {
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': resetsAt,
      }),
    );
    scene.second.answers.push(answerTo('orient'));
    const run = await scene.ask();
    const [continued] = run.parts.filter((part) => part.type === 'continued');
    assert.ok(continued?.failure.kind === 'rateLimited');
    assert.ok(Math.abs((continued.failure.retryAfterSeconds ?? 0) - 120) <= 2);
    const limits: readonly RateLimit[] = Object.values(scene.book.state)[0]?.limits ?? [];
    assert.deepEqual(limits, [{ kind: 'requests', remaining: 0, limit: 50, resetsAt: Date.parse(resetsAt) }]);
  });

  for (const [name, answer, kind] of [
    ['400', refused(400, 'messages: wrong'), 'requestRefused'],
    // What is cut where something can be is tested with the cuts; here nothing can be.
    ['a prompt that is too long', refused(400, 'prompt is too long: 210000 tokens > 2 maximum'), 'contextFull'],
    ['401', refused(401, 'no'), 'keyRefused'],
    ['403', refused(403, 'no'), 'permissionDenied'],
    ['404', refused(404, 'no'), 'modelNotFound'],
    ['413', refused(413, 'no'), 'requestTooLarge'],
    ['a refusal', streamed(reply([{ text: ['I cannot.'] }], 'refusal')), 'refusal'],
  ] as const) {
    it(`does not ask elsewhere after ${name}, and says what is wrong`, async () => {
      await start();
      scene.first.answers.push(answer);
      const { phase } = await scene.ask();
      assert.ok(phase.kind === 'failed');
      assert.equal(phase.failure.kind, kind);
      assert.deepEqual([scene.first.requests.length, scene.second.requests.length], [1, 0]);
    });
  }

  it('goes on elsewhere where nobody listens, where no name is found, and where a certificate is not trusted', async () => {
    const gone = await ClaudeServer.start();
    const { url: goneUrl } = gone;
    await gone.stop();
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
    const untrusted = createServer({ key, cert }, (_, response) => response.end());
    await new Promise<void>((resolve) => untrusted.listen(0, '127.0.0.1', resolve));
    const { port } = untrusted.address() as AddressInfo;
    try {
      for (const [firstUrl, hop] of [
        [goneUrl, 'refused'],
        ['https://claude.invalid', 'dns'],
        [`https://127.0.0.1:${port}`, 'tls'],
      ] as const) {
        await start({}, { firstUrl });
        scene.second.answers.push(answerTo('orient'));
        const run = await scene.ask();
        const [continued] = run.parts.filter((part) => part.type === 'continued');
        assert.partialDeepStrictEqual(continued?.failure, { kind: 'unreachable', hop });
        assert.equal(run.phase.kind, 'done');
        scene.assertNothingForeign();
        if (hop !== 'tls') await scene.stop();
      }
    } finally {
      untrusted.close();
    }
  });

  it('keeps what came where all endpoints fail, and continues from it when asked to', async () => {
    await start();
    scene.first.answers.push(half('cut'), answerTo('orient', ' It does.'));
    scene.second.answers.push(refused(429, 'later', { 'retry-after': '120' }));
    const { phase, parts } = await scene.ask();
    assert.ok(phase.kind === 'failed' && phase.failure.kind === 'rateLimited');
    assert.equal(replyText({ parts }), 'The request to €é😀 ');
    await scene.investigation.ask({ step: 'orient', kind: 'continue' });
    assert.equal(scene.lastRun.phase.kind, 'done');
    assert.equal(scene.lastRun.endpoint.name, 'First', 'the one that did not say when to come back is asked');
    scene.assertJournalIsWhole();
  });

  it('asks nobody else where no fallback was agreed to', async () => {
    await start({ fallbacks: () => [] });
    scene.first.answers.push(half('cut'));
    const { phase } = await scene.ask();
    assert.ok(phase.kind === 'failed' && phase.failure.kind === 'cutOff');
    assert.deepEqual(scene.second.requests, []);
  });

  it('passes over an endpoint without a key, and asks for a key where none has one', async () => {
    await start({ key: async ({ name }) => (name === 'First' ? undefined : secondKey) });
    scene.second.answers.push(answerTo('orient'));
    assert.equal((await scene.ask()).endpoint.name, 'Second');
    assert.deepEqual(scene.first.requests, []);
    await scene.stop();
    await start({ key: async () => undefined });
    assert.deepEqual(await scene.investigation.ask({ step: 'orient', kind: 'step' }), { kind: 'noKey' });
  });

  it('goes through several endpoints in one reply, each asked once', async () => {
    const third = await ClaudeServer.start();
    try {
      await start({ fallbacks: () => [named('Second', scene.second.url, true), named('Third', third.url, true)] });
      scene.first.answers.push(half('cut'));
      scene.second.answers.push(half('cut'));
      third.answers.push(answerTo('orient', 'fails.'));
      const run = await scene.ask();
      assert.equal(run.phase.kind, 'done');
      assert.equal(replyText(run), 'The request to €é😀 The request to €é😀 fails.');
      const roles = messagesOf(third.requests[0]).map(({ role }) => role);
      assert.deepEqual(roles, ['user', 'assistant', 'user', 'assistant', 'user']);
      assert.deepEqual(
        [scene.first, scene.second, third].map(({ requests }) => requests.length),
        [1, 1, 1],
      );
    } finally {
      await third.stop();
    }
  });

  it('gives each endpoint its own thinking back, and no other’s', async () => {
    const search = { name: 'search_repository', input: { pattern: 'stripe_key' } };
    const thinks = (thinking: string): Answer => streamed(reply([{ thinking }, { tool: search }], 'tool_use'));
    await start({}, { now: () => now });
    scene.first.answers.push(thinks('thought of the first'), limited(60), answerTo('orient'));
    scene.second.answers.push(thinks('thought of the second'), answerTo('orient'));
    await scene.ask();
    const [first, second] = scene.second.requests.map(({ body }) => body);
    assert.ok(!first?.includes('thought of') && !second?.includes('thought of the first'));
    assert.ok(second?.includes('thought of the second'));
    now += 61_000;
    await scene.ask();
    const back = scene.first.requests.at(-1)?.body ?? '';
    assert.ok(back.includes('thought of the first') && !back.includes('thought of the second'));
  });

  it('counts what each endpoint used apart', async () => {
    await start();
    scene.first.answers.push(half('cut'));
    scene.second.answers.push(answerTo('orient'));
    const run = await scene.ask();
    const [continued] = run.parts.filter((part) => part.type === 'continued');
    assert.deepEqual(continued?.usage, { input: 12, output: 1, cacheRead: 100, cacheWrite: 7 });
    assert.deepEqual(run.usage, { input: 24, output: 35, cacheRead: 200, cacheWrite: 14 });
  });

  it('stops in mid-reply of the endpoint that took over, and leaves no request running', async () => {
    await start({ streaming: { idleMs: 5_000, retryDelayMs: 1 } });
    scene.first.answers.push(half('cut'));
    scene.second.answers.push(half('hang'));
    const asked = scene.ask();
    await until(
      'the second one answers',
      async () => replyText(scene.incident.runs[0] ?? { parts: [] }).length > 30,
      3_000,
    );
    await scene.investigation.stop();
    assert.equal((await asked).phase.kind, 'stopped');
    const closed = async (): Promise<boolean> => scene.first.openSockets + scene.second.openSockets === 0;
    await until('no socket is open', closed, 1_500);
    scene.assertJournalIsWhole();
  });

  describe('when the user does not want to wait', () => {
    it('ends a countdown at once', async () => {
      await start({ fallbacks: () => [], streaming: { idleMs: 5_000, retryDelayMs: 20_000 } });
      scene.first.answers.push(refused(529, 'later'), answerTo('orient'));
      const asked = scene.ask();
      const waits = async (): Promise<boolean> => {
        const [run] = scene.incident.runs;
        return run?.phase.kind === 'streaming' && run.phase.retry !== undefined;
      };
      await until('it waits', waits, 2_000);
      scene.investigation.retry();
      assert.equal((await asked).phase.kind, 'done');
    });

    it('gives up a silent stream, keeps its words and has it continued, here or elsewhere', async () => {
      for (const fallback of [true, false]) {
        await start({ ...(fallback ? {} : { fallbacks: () => [] }), streaming: { idleMs: 20_000, retryDelayMs: 1 } });
        scene.first.answers.push(half('hang'), answerTo('orient', 'fails.'));
        scene.second.answers.push(answerTo('orient', 'fails.'));
        const asked = scene.ask();
        await until('words came', async () => replyText(scene.incident.runs[0] ?? { parts: [] }) !== '', 2_000);
        scene.investigation.retry();
        const run = await asked;
        assert.equal(replyText(run), 'The request to €é😀 fails.');
        assert.equal(answeringEndpoint(run).name, fallback ? 'Second' : 'First');
        if (fallback) await scene.stop();
      }
    });

    it('does nothing where nothing runs', async () => {
      await start();
      scene.investigation.retry();
      scene.first.answers.push(silence, hangUp);
      assert.deepEqual(scene.incident.runs, []);
    });
  });
});
