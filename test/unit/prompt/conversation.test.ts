import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Incident } from '../../../src/model/incident.ts';
import { emptyIncident, reduce } from '../../../src/model/reduce.ts';
import type { Fact } from '../../../src/model/event.ts';
import type { Prompt, PromptBlock } from '../../../src/model/request.ts';
import { stepIds } from '../../../src/model/steps.ts';
import { recordTools, searchTool } from '../../../src/model/tools.ts';
import { conversation } from '../../../src/prompt/conversation.ts';
import { stepQuestion } from '../../../src/prompt/questions.ts';
import { systemText } from '../../../src/prompt/systemText.ts';
import { toolDefinitions } from '../../../src/prompt/toolDefinitions.ts';
import { assertAcceptable } from '../../support/acceptablePrompt.ts';
import { assertGolden } from '../../support/golden.ts';
import { claude, harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';

const next = (question: string) => ({ question: harmless(question), evidence: [] });

/** A request as it is sent, without the brackets that close its last message. */
const open = (prompt: Prompt): string => JSON.stringify(prompt.messages).slice(0, -']}]'.length);

interface Turn {
  readonly question: string;
  readonly evidence: readonly string[];
  readonly parts: readonly Part[];
  readonly outcome: 'done' | 'stopped' | 'failed' | 'interrupted';
}
type Part =
  | { readonly kind: 'text' | 'opaque'; readonly text: string }
  | { readonly kind: 'turn' }
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly name: string;
      readonly json: string;
      readonly accepted: boolean;
    };

const words = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', ' \n', 'half \ud83d', '</evidence>'));
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: words.map((text): Part => ({ kind: 'text', text })) },
  {
    weight: 1,
    arbitrary: fc.constant<Part>({ kind: 'opaque', text: '{"type":"thinking","thinking":"","signature":"s"}' }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('call'),
      id: fc.constantFrom('toolu_1', 'toolu_2', '', 'a b'),
      name: fc.constantFrom('record_bug', 'record_orientation', 'rm -rf', ''),
      json: fc.oneof(fc.json(), fc.constantFrom('', '{"file":', '[]', '7', '{"a":"\\ud83d"}')),
      accepted: fc.boolean(),
    }),
  },
);
/** Turns within one reply: a call that is answered before the reply goes on. */
const answered: fc.Arbitrary<readonly Part[]> = fc
  .tuple(fc.array(part, { maxLength: 3 }), part)
  .map(([before, call]) => (call.kind === 'call' ? [...before, call, { kind: 'turn' }] : before));
const turn: fc.Arbitrary<Turn> = fc.record({
  // Few questions, so that the same one is asked twice in a row.
  question: fc.constantFrom('Step 1', 'Step 2', 'yes', 'half \ud83d'),
  evidence: fc.array(words, { maxLength: 2 }),
  parts: fc.oneof(
    fc.constant([]),
    fc.array(part, { maxLength: 5 }),
    fc.tuple(answered, answered, fc.array(part, { maxLength: 3 })).map((turns) => turns.flat()),
  ),
  outcome: fc.constantFrom('done', 'stopped', 'failed', 'interrupted'),
});

/** Plays turns and gives each request as it was sent, those within a reply included. */
function play(turns: readonly Turn[]): Prompt[] {
  let incident: Incident = emptyIncident;
  const happen = (fact: Fact): void => {
    incident = reduce(incident, { ...fact, seq: incident.seq + 1, at: incident.seq });
  };
  return turns.flatMap(({ question, evidence, parts, outcome }, at) => {
    const between: Prompt[] = [];
    const first = incident.evidence.length;
    for (const text of evidence) {
      const id = `E${incident.evidence.length + 1}` as const;
      const item = {
        id,
        kind: 'terminal',
        title: harmless(text),
        source: harmless(''),
        text: harmless(text),
        lineCount: 1,
        redactions: [],
      } as const;
      happen({ type: 'evidenceAdded', evidence: item });
    }
    const items = incident.evidence.slice(first);
    const prompt = conversation(incident, { question: harmless(question), evidence: items });
    const runId = `R${at + 1}` as const;
    const evidenceIds = items.map(({ id }) => id);
    happen({
      type: 'stepAsked',
      runId,
      step: 'orient',
      kind: 'step',
      question: harmless(question),
      evidenceIds,
      endpoint: claude,
    });
    for (const one of parts) {
      if (one.kind === 'call') {
        const { id: callId, name, json, accepted } = one;
        const answer = harmless(accepted ? 'Recorded.' : 'Not recorded. \ud83d');
        const call = { callId, name, inputJson: harmless(json), answer, accepted };
        happen({ type: 'toolCalled', runId, call });
      } else if (one.kind === 'turn') {
        happen({ type: 'turnEnded', runId });
        // The request within the reply, with the answers of its calls.
        between.push(conversation(incident));
      } else if (one.kind === 'text') happen({ type: 'replyDelta', runId, text: harmless(one.text) });
      else happen({ type: 'replyOpaque', runId, json: harmless(one.text) });
    }
    const outcomes = {
      done: { kind: 'done', stopReason: 'end_turn' },
      stopped: { kind: 'stopped' },
      failed: { kind: 'failed', failure: { kind: 'overloaded', endpoint: 'A' } },
      interrupted: { kind: 'interrupted' },
    } as const;
    happen({ type: 'replyEnded', runId, outcome: outcomes[outcome] });
    // What is taken out later stays where it was sent.
    const [taken] = evidenceIds;
    if (taken !== undefined && at % 2 === 0) happen({ type: 'evidenceRemoved', evidenceId: taken });
    return [prompt, ...between];
  });
}

describe('conversation', () => {
  it('is one that grows: each request begins with the one before, byte for byte', () => {
    fc.assert(
      fc.property(fc.array(turn, { minLength: 2, maxLength: 8 }), (turns) => {
        const prompts = play(turns);
        prompts.slice(1).forEach((prompt, at) => {
          const before = open(prompts[at] ?? assert.fail());
          assert.equal(open(prompt).slice(0, before.length), before);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('is one that the API accepts, whatever replies were like', () => {
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), (turns) => play(turns).forEach(assertAcceptable)),
      { numRuns: 100 },
    );
  });

  it('sends every piece of evidence once, in the order of adding', () => {
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), (turns) => {
        const last = play(turns).at(-1) ?? assert.fail();
        const sent = last.messages.flatMap(({ content }) => content.filter((block) => block.type === 'text'));
        const ids = sent.flatMap(({ text }) => /^<evidence id="(E\d+)"/.exec(text)?.[1] ?? []);
        assert.deepEqual(
          ids,
          ids.map((_, at) => `E${at + 1}`),
        );
        assert.equal(ids.length, turns.flatMap(({ evidence }) => evidence).length);
      }),
    );
  });

  it('has the same system text and tools in every request', () => {
    const [first, second] = play([
      { question: 'a', evidence: ['x'], parts: [{ kind: 'text', text: 'b' }], outcome: 'done' },
      { question: 'c', evidence: [], parts: [], outcome: 'done' },
    ]);
    assert.equal(first?.system, systemText());
    assert.equal(JSON.stringify([second?.system, second?.tools]), JSON.stringify([first.system, first.tools]));
  });

  const contentOf = (turns: readonly Turn[]): (readonly PromptBlock[])[] =>
    play(turns)
      .at(-1)
      ?.messages.map(({ content }) => content) ?? [];
  const said = { question: 'a', evidence: [], parts: [], outcome: 'failed' } as const;

  it('writes a question that stayed without a word once when it is asked again, and another one after it', () => {
    assert.deepEqual(contentOf([said, said, said]), [[{ type: 'text', text: 'a' }]]);
    const other = { ...said, question: 'b' };
    assert.deepEqual(contentOf([said, other]), [
      [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    ]);
  });

  it('writes it again after evidence that came in between', () => {
    const [blocks = []] = contentOf([said, { ...said, evidence: ['new'] }]);
    assert.deepEqual(
      blocks.map((block) => (block.type === 'text' ? block.text.slice(0, 9) : block.type)),
      ['a', '<evidence', 'a'],
    );
  });

  it('answers a call directly after it, tells what was wrong with one, and keeps signed blocks to itself', () => {
    const [, reply, after] = contentOf([
      {
        ...said,
        outcome: 'done',
        parts: [
          { kind: 'opaque', text: '{"type":"thinking"}' },
          { kind: 'text', text: 'It is the configuration.' },
          { kind: 'call', id: 'x', name: 'record_bug', json: '{"file":"a.js"', accepted: false },
        ],
      },
      { ...said, question: 'b' },
    ]);
    assert.deepEqual(reply, [
      { type: 'text', text: 'It is the configuration.' },
      { type: 'tool_use', id: 'R1_2', name: 'record_bug', input: { unreadable: '{"file":"a.js"' } },
    ]);
    assert.deepEqual(after, [
      { type: 'tool_result', tool_use_id: 'R1_2', content: 'Not recorded. \ufffd', is_error: true },
      { type: 'text', text: 'b' },
    ]);
  });

  it('is as it was found right, over an incident with late evidence', () => {
    const builder = new IncidentBuilder('Checkout fails', 0)
      .evidence({
        title: harmless('error.log, last 50 lines'),
        source: harmless('logs/error.log'),
        text: harmless(
          "TypeError: Cannot read property 'stripe_key' of undefined\n    at charge (src/services/payment.js:47:31)\n",
        ),
        firstLine: 2_951,
      })
      .evidence({
        title: harmless('stack.log'),
        source: harmless('logs/stack.log'),
        kind: 'stackTail',
        text: harmless('key: «stripe-key-1»'),
        omitted: harmless('70 earlier lines'),
      });
    const first = builder.ask('orient');
    builder.text(first, 'The request fails in `payment.js:47` [E1:2952].').record(first, records.orient).end(first);
    const second = builder.ask('orient', 'It began at 02:41.');
    builder.end(second, { kind: 'failed', failure: { kind: 'overloaded', endpoint: 'Anthropic' } });
    builder.evidence({
      title: harmless('src/services/payment.js'),
      kind: 'file',
      source: harmless('src/services/payment.js'),
      text: harmless('const key = config.stripe.stripe_key;\n'),
      firstLine: 1,
      step: 'files',
    });
    const suspects = [harmless('src/services/payment.js')];
    const question = stepQuestion('files', builder.incident, {
      suspects,
      error: harmless('Cannot read property at payment.js:47'),
    });
    const prompt = conversation(builder.incident, { question, evidence: builder.incident.evidence.slice(2) });
    assertAcceptable(prompt);
    assertGolden(import.meta.url, 'request', JSON.stringify(prompt, undefined, 2));
  });

  it('begins with the question where nothing else is there', () => {
    assert.deepEqual(conversation(emptyIncident, next('a')).messages, [
      { role: 'user', content: [{ type: 'text', text: 'a' }] },
    ]);
  });
});

describe('tool definitions', () => {
  it('describe one tool a step, in their order, and the search, each with the schema of an object', () => {
    const tools = toolDefinitions();
    const names = [...stepIds.map((step) => recordTools[step].name), searchTool.name];
    assert.deepEqual(
      tools.map(({ name }) => name),
      names,
    );
    for (const { name, description, input_schema: schema } of tools) {
      assert.match(name, /^[a-z_]{1,64}$/);
      assert.ok(description.length > 40);
      assert.equal(schema.type, 'object');
      assert.ok(!('$schema' in schema));
      assert.ok(Array.isArray(schema['required']));
    }
  });

  it('are the same object each time, since they head the cached prefix', () => {
    assert.equal(toolDefinitions(), toolDefinitions());
  });
});
