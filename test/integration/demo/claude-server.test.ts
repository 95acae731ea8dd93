import Anthropic from '@anthropic-ai/sdk';
import assert from 'node:assert/strict';
import { incidents } from '../../../demo/catalogue.mjs';
import { startDemoClaude } from '../../../demo/claude-server.mjs';
import { ABOUT, repliesTo } from '../../../demo/replies/choose.mjs';

type Content = Anthropic.MessageParam['content'];

const TOOLS = ['orientation', 'bug', 'hypotheses', 'environment', 'culprits', 'fix', 'blast_radius'].map((each) => ({
  name: `record_${each}`,
  input_schema: { type: 'object' as const },
}));

for (const { name } of incidents) {
  describe(`the demo Claude of ${name}`, function () {
    this.timeout(20_000);
    const { byKey } = repliesTo(name);
    let server: Awaited<ReturnType<typeof startDemoClaude>>;
    let client: Anthropic;
    before(async () => {
      server = await startDemoClaude({ incident: name, tokensPerSecond: Infinity, timeToFirstToken: 0 });
      client = new Anthropic({ apiKey: 'a key of the demo', baseURL: server.url, maxRetries: 0 });
    });
    after(() => server.stop());

    const ask = (messages: Anthropic.MessageParam[], tools: Anthropic.Tool[] = TOOLS) =>
      client.messages.stream({ model: 'any', max_tokens: 4_000, tools, messages });
    const user = (content: Content): Anthropic.MessageParam => ({ role: 'user', content });
    const textOf = (message: Anthropic.Message) =>
      message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');

    for (let step = 1; step <= 7; step += 1) {
      it(`streams the reply to step ${step} with its tool call to the SDK`, async () => {
        const expected = byKey.get(`step-${step}`);
        const stream = ask([
          user([
            { type: 'text', text: 'Step 9 of 9: evidence' },
            { type: 'text', text: `Step ${step} of 7: whatever it asks` },
          ]),
        ]);
        let deltas = 0;
        stream.on('text', () => (deltas += 1));
        const message = await stream.finalMessage();
        assert.ok(deltas > 20);
        assert.equal(message.model, 'demo-replies');
        assert.equal(message.stop_reason, 'tool_use');
        assert.equal(textOf(message), expected?.text);
        const call = message.content.find((block) => block.type === 'tool_use');
        assert.equal(call?.name, expected?.tool?.name);
        assert.deepEqual(call?.input, JSON.parse(JSON.stringify(expected?.tool?.input)));
        assert.ok(message.usage.output_tokens > 50);
      });
    }

    it('is not confused by tool results and evidence before the question', async () => {
      const first = await ask([user('Step 1 of 7: orient')]).finalMessage();
      const call = first.content.find((block) => block.type === 'tool_use');
      const message = await ask([
        user('Step 1 of 7: orient'),
        { role: 'assistant', content: first.content },
        user([
          { type: 'tool_result', tool_use_id: call?.id ?? '', content: 'Step 7 of 7: recorded' },
          { type: 'text', text: 'Step 6 of 7: a line of a log' },
          { type: 'text', text: 'Step 2 of 7: read these' },
        ]),
      ]).finalMessage();
      assert.equal(textOf(message), byKey.get('step-2')?.text);
    });

    it('answers follow-ups in words, the known ones to the point', async () => {
      const followUp = async (text: string) =>
        textOf(
          await ask([
            user('Step 3 of 7: hypotheses'),
            { role: 'assistant', content: 'three' },
            user(text),
          ]).finalMessage(),
        );
      assert.equal(await followUp('hm'), byKey.get('follow-up')?.text);
      const known =
        name === 'stripe-key' ? 'STRIPE_KEY is not set there' : 'Yes, errors are always when concurrent users > 50.';
      assert.match(await followUp(known), /confirms (the first hypothesis|hypothesis 1)/);
    });

    it('says what it is when it is asked anything else', async () => {
      assert.equal(textOf(await ask([user('Write a poem.')]).finalMessage()), ABOUT);
      assert.equal(textOf(await ask([user('Step 8 of 7: no such step')]).finalMessage()), ABOUT);
    });

    it('calls no tool that was not offered', async () => {
      const message = await ask([user('Step 1 of 7: orient')], []).finalMessage();
      assert.equal(message.stop_reason, 'end_turn');
      assert.equal(textOf(message), byKey.get('step-1')?.text);
    });

    it('answers without streaming, too, lists its model and estimates tokens', async () => {
      const message = await client.messages.create({
        model: 'any',
        max_tokens: 10,
        messages: [user('Step 1 of 7: orient')],
      });
      assert.equal(textOf(message), byKey.get('step-1')?.text);
      assert.deepEqual(
        (await client.models.list()).data.map((model) => model.id),
        ['demo-replies'],
      );
      const { input_tokens } = await client.messages.countTokens({ model: 'any', messages: [user('x'.repeat(4_000))] });
      assert.ok(input_tokens > 1_000 && input_tokens < 1_100);
    });

    it('keeps what it was sent as it was sent', async () => {
      await ask([
        user([{ type: 'text', text: 'Step 1 of 7: orient', cache_control: { type: 'ephemeral' } }]),
      ]).finalMessage();
      const last = server.requests().at(-1);
      assert.equal(last?.method, 'POST');
      assert.match(JSON.stringify(last.headers), /a key of the demo/);
      assert.deepEqual((last.body as { messages: unknown }).messages, [
        user([{ type: 'text', text: 'Step 1 of 7: orient', cache_control: { type: 'ephemeral' } }]),
      ]);
    });
  });
}

describe('the pace and the limits of the demo Claude', function () {
  this.timeout(20_000);
  it('waits for the first token and streams at the asked speed', async () => {
    const server = await startDemoClaude({ incident: 'stripe-key', tokensPerSecond: 400, timeToFirstToken: 120 });
    try {
      const client = new Anthropic({ apiKey: 'key', baseURL: server.url });
      const started = performance.now();
      const stream = client.messages.stream({
        model: 'any',
        max_tokens: 10,
        messages: [{ role: 'user', content: 'Hello' }],
      });
      let first = 0;
      stream.on('text', () => (first ||= performance.now() - started));
      await stream.finalMessage();
      assert.ok(first >= 110, String(first));
      assert.ok(performance.now() - started - first >= (ABOUT.length / 4 / 400) * 1_000 * 0.8);
    } finally {
      await server.stop();
    }
  });

  it('survives a reader who leaves, bad JSON and unknown paths, and stops with a stream open', async () => {
    const server = await startDemoClaude({ incident: 'stripe-key', tokensPerSecond: 20, timeToFirstToken: 0 });
    const post = (body: string, signal?: AbortSignal) =>
      fetch(`${server.url}/v1/messages`, { method: 'POST', body, ...(signal && { signal }) });
    const hello = JSON.stringify({
      model: 'any',
      max_tokens: 1,
      stream: true,
      messages: [{ role: 'user', content: 'Hello' }],
    });
    const leaver = new AbortController();
    const reply = await post(hello, leaver.signal);
    leaver.abort();
    await assert.rejects(reply.text(), { name: 'AbortError' });
    assert.equal((await post('{')).status, 400);
    assert.equal((await fetch(`${server.url}/v1/nothing`)).status, 404);
    const open = await post(hello);
    await server.stop();
    await assert.rejects(open.text());
  });

  it('refuses an incident it has no replies to', async () => {
    await assert.rejects(startDemoClaude({ incident: 'toString' }), /no demo replies/);
  });
});
