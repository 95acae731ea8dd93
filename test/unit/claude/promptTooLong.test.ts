import assert from 'node:assert/strict';
import { failureOf } from '../../../src/claude/failures.ts';
import { promptTooLong } from '../../../src/claude/promptTooLong.ts';

describe('a refusal for the length of a request', () => {
  const known: readonly (readonly [string, object])[] = [
    ['prompt is too long: 213442 tokens > 200000 maximum', { tokens: 213442, limit: 200000 }],
    ['prompt is too long', {}],
    [
      'input length and `max_tokens` exceed context limit: 190000 + 16000 > 200000, decrease input length or `max_tokens` and try again',
      { tokens: 190000, limit: 184000 },
    ],
    [
      "This model's maximum context length is 8192 tokens. However, you requested 9100 tokens (8100 in the messages, 1000 in the completion).",
      { tokens: 9100, limit: 8192 },
    ],
    ['the request exceeds the available context size, try increasing it', {}],
    ['Input is too long for requested model.', {}],
    ['prompt is too long: 5 tokens > 0 maximum', {}],
  ];
  for (const [message, length] of known) {
    it(`is read in: ${message.slice(0, 70)}`, () => {
      assert.deepEqual(promptTooLong(message), length);
      const failure = failureOf({ status: 400, message, causes: [] }, { endpoint: 'Local', model: 'm', now: 0 });
      assert.deepEqual(failure, { kind: 'contextFull', endpoint: 'Local', ...length });
    });
  }

  it('is read in no other refusal', () => {
    for (const message of [
      'messages: text content blocks must be non-empty',
      'max_tokens: 900000 > 64000, which is the maximum allowed number of output tokens',
      'tools.0.name: String should have at most 128 characters',
      'context is required',
      '',
    ]) {
      assert.equal(promptTooLong(message), undefined, message);
    }
  });
});
