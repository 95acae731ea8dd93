import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StreamReader } from '../../../src/claude/streamReader.ts';
import type { StreamEvent } from '../../../src/claude/anthropic.ts';
import type { ReplyEvent } from '../../../src/model/claude.ts';

/** Pushes what a server could send: its JSON is typed by nobody. */
function read(events: readonly unknown[]): { readonly said: readonly ReplyEvent[]; readonly reader: StreamReader } {
  const reader = new StreamReader();
  return { said: events.flatMap((event) => reader.push(event as StreamEvent)), reader };
}
const start = (index: number, block: object) => ({ type: 'content_block_start', index, content_block: block });
const delta = (index: number, piece: object) => ({ type: 'content_block_delta', index, delta: piece });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const tool = { type: 'tool_use', id: 'toolu_1', name: 'record_bug', input: {} };

describe('stream reader', () => {
  it('puts the input of a tool together however it is cut', () => {
    fc.assert(
      fc.property(fc.json(), fc.array(fc.nat(200), { maxLength: 10 }), (json, cuts) => {
        const edges = [0, ...cuts.map((cut) => cut % (json.length + 1)).sort((a, b) => a - b), json.length];
        const pieces = edges.slice(1).map((end, at) => json.slice(edges[at], end));
        const deltas = pieces.map((piece) => delta(1, { type: 'input_json_delta', partial_json: piece }));
        const { said } = read([start(1, tool), ...deltas, stop(1)]);
        assert.deepEqual(said, [{ type: 'toolCall', callId: 'toolu_1', name: 'record_bug', inputJson: json }]);
      }),
    );
  });

  it('takes an input that came whole, and one whose end never came', () => {
    const whole = { ...tool, input: { file: 'a.js' } };
    assert.partialDeepStrictEqual(read([start(0, whole), stop(0)]).said, [{ inputJson: '{"file":"a.js"}' }]);
    const open = [start(0, tool), delta(0, { type: 'input_json_delta', partial_json: '{"a":1}' })];
    assert.deepEqual(read(open).said, []);
    assert.partialDeepStrictEqual(read([...open, { type: 'message_stop' }]).said, [{ inputJson: '{"a":1}' }]);
  });

  it('keeps signed blocks whole and passes over what it does not know', () => {
    const { said } = read([
      start(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'It ' }),
      delta(0, { type: 'thinking_delta', thinking: 'is' }),
      delta(0, { type: 'signature_delta', signature: 'signed' }),
      stop(0),
      start(1, { type: 'redacted_thinking', data: 'x' }),
      stop(1),
      start(2, { type: 'block_of_later' }),
      delta(2, { type: 'delta_of_later' }),
      stop(2),
      { type: 'event_of_later' },
    ]);
    assert.deepEqual(said, [
      { type: 'opaque', json: '{"type":"thinking","thinking":"It is","signature":"signed"}' },
      { type: 'opaque', json: '{"type":"redacted_thinking","data":"x"}' },
    ]);
  });

  it('adds up what is told of tokens, and ends at the end of the message only', () => {
    const { reader } = read([
      { type: 'message_start', message: { usage: { input_tokens: 10, cache_read_input_tokens: 5 } } },
      { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 7 } },
    ]);
    assert.deepEqual(reader.usage, { input: 10, output: 7, cacheRead: 5, cacheWrite: 0 });
    assert.equal(reader.end, undefined);
    reader.push({ type: 'message_stop' });
    assert.deepEqual(reader.end, { stopReason: 'max_tokens' });
  });
});
