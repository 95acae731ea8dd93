import assert from 'node:assert/strict';
import type { Prompt } from '../../src/model/request.ts';

/** What the Messages API demands of a request, and what it refuses a whole conversation for. */
export function assertAcceptable({ messages }: Prompt): void {
  assert.equal(messages[0]?.role, 'user');
  assert.equal(messages.at(-1)?.role, 'user');
  const seen = new Set<string>();
  messages.forEach(({ role, content }, at) => {
    assert.notEqual(role, messages[at - 1]?.role);
    assert.ok(content.length > 0);
    for (const block of content) {
      if (block.type === 'text') assert.notEqual(block.text.trim(), '');
      if (block.type === 'tool_use') {
        assert.equal(role, 'assistant');
        assert.match(block.id, /^[\w-]+$/);
        assert.match(block.name, /^[\w-]{1,128}$/);
        assert.ok(typeof block.input === 'object' && block.input !== null && !Array.isArray(block.input));
        assert.ok(!seen.has(block.id), `${block.id} twice`);
        seen.add(block.id);
      }
    }
    const called = messages[at - 1]?.content.filter((block) => block.type === 'tool_use').map(({ id }) => id) ?? [];
    const answered = content.filter((block) => block.type === 'tool_result').map(({ tool_use_id: id }) => id);
    if (role === 'user') {
      assert.deepEqual(answered, called, 'each call is answered, in the next message');
      assert.ok(
        content.slice(0, answered.length).every(({ type }) => type === 'tool_result'),
        'answers come first',
      );
    }
  });
  assert.ok(!/\\ud[89a-f]/i.test(JSON.stringify(messages).replaceAll('\\\\', '')), 'half a character');
}
