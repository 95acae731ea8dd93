import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseEndpoint } from '../../../src/claude/endpoint.ts';
import type { ErrorFacts } from '../../../src/claude/failures.ts';
import { parameterMemory, parameters, rejectedParameter } from '../../../src/claude/parameters.ts';
import type { Parameter } from '../../../src/claude/parameters.ts';
import { streamReply } from '../../../src/claude/streamReply.ts';
import type { ReplyEvent } from '../../../src/model/claude.ts';
import type { Prompt } from '../../../src/model/request.ts';
import { ClaudeServer, refused, reply, streamed } from '../../support/claudeServer.ts';
import type { Answer } from '../../support/claudeServer.ts';
import { harmless } from '../../support/incidents.ts';

const rejected = (message: string, status = 400): Parameter | undefined =>
  rejectedParameter({ status, message, causes: [] } satisfies ErrorFacts, []);

describe('a parameter that a server does not take', () => {
  it('is told from the server’s words, however it puts them', () => {
    const words: readonly (readonly [string, Parameter])[] = [
      ['cache_control: Extra inputs are not permitted', 'cacheMarkers'],
      ['system.0.cache_control: Extra inputs are not permitted', 'cacheMarkers'],
      ["Unknown parameter: 'cache_control'.", 'cacheMarkers'],
      ['{"detail":[{"type":"extra_forbidden","loc":["body","cache_control"]}]}', 'cacheMarkers'],
      ['This model does not support the effort parameter.', 'effort'],
      ['output_config: Extra inputs are not permitted', 'effort'],
      ['registry.ollama.ai/library/gemma:2b does not support tools', 'tools'],
      ['"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', 'tools'],
      ['json: unknown field "tools"', 'tools'],
      ['Function calling is not supported by this model', 'tools'],
      ['Tool use is not supported.', 'tools'],
      ['system: Input should be a valid string', 'systemBlocks'],
      ['json: cannot unmarshal array into Go struct field Request.system of type string', 'systemBlocks'],
    ];
    for (const [message, parameter] of words) assert.equal(rejected(message), parameter, message);
    assert.equal(rejected('tools are not supported', 422), 'tools');
    assert.equal(rejected('tools are not supported', 501), 'tools');
  });

  it('is not read into an error about something else', () => {
    for (const message of [
      'messages.2.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1',
      'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after',
      'prompt is too long: 210000 tokens > 200000 maximum',
      'max_tokens: 999999 > 64000, which is the maximum allowed number of output tokens',
      'Your credit balance is too low to access the API.',
      'tools.0.custom.input_schema: JSON schema is invalid',
      'system: text content blocks must be non-empty',
      '',
    ])
      assert.equal(rejected(message), undefined, message);
    for (const status of [401, 403, 404, 429, 500])
      assert.equal(rejected('tools are not supported', status), undefined);
  });

  it('is found once at most, for any words', () => {
    fc.assert(
      fc.property(fc.string(), fc.subarray([...parameters]), (message, leftOut) => {
        const found = rejectedParameter({ status: 400, message, causes: [] }, leftOut);
        assert.ok(found === undefined || !leftOut.includes(found));
      }),
    );
  });
});

describe('a plain Claude-compatible server', () => {
  let server: ClaudeServer;
  beforeEach(async () => {
    server = await ClaudeServer.start();
  });
  afterEach(() => server.stop());

  const prompt: Prompt = {
    system: harmless('You help.'),
    tools: [{ name: 'record_bug', description: 'Records.', input_schema: { type: 'object' } }],
    messages: [
      { role: 'user', content: [{ type: 'text', text: harmless('What is failing?') }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'record_bug', input: { file: 'a.js' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: harmless('Recorded.') }] },
    ],
  };

  /** Refuses what it does not know, one at a time, as strict servers do. */
  const strict: Answer = (response) => {
    const body = server.requests.at(-1)?.body ?? '';
    const parsed = JSON.parse(body) as Record<string, unknown>;
    if (body.includes('cache_control')) return refused(400, 'cache_control: Extra inputs are not permitted')(response);
    if ('output_config' in parsed) return refused(400, 'Unknown parameter: output_config')(response);
    if ('tools' in parsed || body.includes('tool_result')) return refused(400, 'tools are not supported')(response);
    if (typeof parsed['system'] !== 'string') return refused(422, 'system: Input should be a valid string')(response);
    return streamed(reply([{ text: ['In words only.'] }]))(response);
  };

  async function ask(memory = parameterMemory()): Promise<ReplyEvent[]> {
    const endpoint = parseEndpoint({ baseUrl: server.url, model: 'plain', effort: 'low' });
    assert.ok(endpoint.ok);
    const events: ReplyEvent[] = [];
    const { signal } = new AbortController();
    const options = { endpoint: endpoint.value, key: 'k', prompt, signal, parameters: memory, retryDelayMs: 1 };
    for await (const event of streamReply(options)) events.push(event);
    return events;
  }

  it('is asked without what it does not take, after one retry for each, and from then on at once', async () => {
    const kept: Readonly<Record<string, readonly Parameter[]>>[] = [];
    const memory = parameterMemory({}, (known) => kept.push(known));
    for (let count = 0; count < 6; count += 1) server.answers.push(strict);
    const events = await ask(memory);
    const told = events.flatMap((event) =>
      event.type === 'retrying' && event.failure.kind === 'parameterRejected' ? [event.failure.parameter] : [],
    );
    assert.deepEqual(told, ['cacheMarkers', 'effort', 'tools', 'systemBlocks']);
    assert.equal(events.at(-1)?.type, 'ended');
    assert.equal(server.requests.length, 5);
    const body = JSON.parse(server.requests.at(-1)?.body ?? '') as { messages: { content: { text: string }[] }[] };
    assert.deepEqual(
      body.messages.map(({ content }) => content.map(({ text }) => text)),
      [['What is failing?'], ['[record_bug: {"file":"a.js"}]'], ['[Answer: Recorded.]']],
      'what was recorded is still known',
    );
    assert.deepEqual(
      (await ask(memory)).map(({ type }) => type),
      ['text', 'ended'],
    );
    assert.equal(server.requests.length, 6);
    // As it is after a restart.
    server.answers.push(strict);
    assert.equal((await ask(parameterMemory(kept.at(-1)))).length, 2);
    assert.equal(server.requests.length, 7);
  });

  it('is told to have refused the request where that does not help', async () => {
    for (let count = 0; count < 9; count += 1) server.answers.push(refused(400, 'tools are not supported'));
    const events = await ask();
    assert.deepEqual(
      events.map((event) => ('failure' in event ? event.failure.kind : event.type)),
      ['parameterRejected', 'requestRefused'],
    );
    assert.equal(server.requests.length, 2);
  });

  it('gets the effort where it takes it', async () => {
    server.answers.push(streamed(reply([{ text: ['Yes.'] }])));
    await ask();
    assert.partialDeepStrictEqual(JSON.parse(server.requests[0]?.body ?? ''), { output_config: { effort: 'low' } });
  });
});
