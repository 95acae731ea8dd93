import assert from 'node:assert/strict';
import fc from 'fast-check';
import { replay } from '../../../src/demo/replay.ts';
import { demoReply, demos } from '../../../src/demo/demo.ts';
import { recordedReplies } from '../../../src/claude/endpoint.ts';
import type { ReplyEvent } from '../../../src/model/claude.ts';
import { redactedTemplate } from '../../../src/model/redacted.ts';
import type { Redacted } from '../../../src/model/redacted.ts';
import type { Prompt } from '../../../src/model/request.ts';
import { recordTools, parseToolCall } from '../../../src/model/tools.ts';
import { stepDefinition, stepIds } from '../../../src/model/steps.ts';

const atOnce = { tokensPerSecond: Infinity, firstWordMs: 0 };
const never = new AbortController().signal;

async function collect(reply: AsyncIterable<ReplyEvent>): Promise<readonly ReplyEvent[]> {
  const events: ReplyEvent[] = [];
  for await (const event of reply) events.push(event);
  return events;
}

function textOf(events: readonly ReplyEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

function asking(...questions: readonly Redacted[]): Prompt {
  return {
    system: redactedTemplate``,
    tools: stepIds.map((step) => ({
      name: recordTools[step].name,
      description: '',
      input_schema: { type: 'object' as const },
    })),
    messages: questions.map((text) => ({ role: 'user' as const, content: [{ type: 'text' as const, text }] })),
  };
}

describe('a replay', () => {
  it('brings the whole text in pieces that tear no character, then its end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        const events = await collect(replay({ text }, { promptCharacters: 40, signal: never, pace: atOnce }));
        assert.equal(textOf(events), text);
        for (const event of events) if (event.type === 'text') assert.ok(event.text.isWellFormed());
        assert.deepEqual(events.at(-1), {
          type: 'ended',
          stopReason: 'end_turn',
          usage: { input: 10, output: Math.ceil(text.length / 4), cacheRead: 0, cacheWrite: 0 },
        });
      }),
      { numRuns: 50 },
    );
  });

  it('calls its tool after the words', async () => {
    const tool = { name: 'record_bug', input: { file: 'a.js' } };
    const events = await collect(
      replay({ text: 'Found.', tool }, { promptCharacters: 0, signal: never, pace: atOnce }),
    );
    assert.deepEqual(
      events.map(({ type }) => type),
      ['text', 'toolCall', 'ended'],
    );
    const call = events.find((event) => event.type === 'toolCall');
    assert.deepEqual(JSON.parse(call?.inputJson ?? ''), tool.input);
  });

  it('stops where the user stops it, and keeps what came', async () => {
    const stop = new AbortController();
    const events: ReplyEvent[] = [];
    const pace = { tokensPerSecond: 1_000, firstWordMs: 0 };
    const text = 'word '.repeat(1_000);
    for await (const event of replay({ text }, { promptCharacters: 0, signal: stop.signal, pace })) {
      events.push(event);
      if (events.length === 3) stop.abort();
    }
    assert.equal(events.at(-1)?.type, 'stopped');
    assert.equal(events.length, 4);
    assert.ok(text.startsWith(textOf(events)));
  });

  it('ends at once where it is stopped before the first word', async () => {
    const events = await collect(replay({ text: 'Hello' }, { promptCharacters: 0, signal: AbortSignal.abort() }));
    assert.deepEqual(
      events.map(({ type }) => type),
      ['stopped'],
    );
  });
});

for (const { name } of demos) {
  describe(`the demo ${name}`, () => {
    it('answers the question of each step, and records it in the form that the step asks for', async () => {
      for (const step of stepIds) {
        const { number, title } = stepDefinition(step);
        const question = redactedTemplate`Step ${number} of 7: `;
        const events = await collect(demoReply(name, { prompt: asking(question), signal: never, pace: atOnce }));
        const call = events.find((event) => event.type === 'toolCall');
        assert.ok(call !== undefined, title);
        const parsed = parseToolCall(step, call.name, call.inputJson);
        assert.ok(parsed.ok, parsed.ok ? '' : parsed.problems);
        assert.ok(textOf(events).length > 200, title);
      }
    });

    it('answers any other question with words', async () => {
      const first = redactedTemplate`Step 1 of 7: `;
      for (const prompt of [asking(first, redactedTemplate`What about staging?`), asking(redactedTemplate`Hello`)]) {
        const events = await collect(demoReply(name, { prompt, signal: never, pace: atOnce }));
        assert.ok(textOf(events).length > 40);
        assert.equal(events.at(-1)?.type, 'ended');
      }
    });
  });
}

describe('the endpoint of recorded replies', () => {
  it('has an address that nothing can be sent to, and is a demo', async () => {
    assert.equal(recordedReplies.demo, true);
    await assert.rejects(fetch(recordedReplies.baseUrl), TypeError);
  });

  it('has no replies for a demo that the extension does not have', () => {
    assert.throws(() => demoReply('unknown', { prompt: asking(redactedTemplate`Hello`), signal: never }));
  });
});
