import assert from 'node:assert/strict';
import { parseStackTraces } from '../../../../src/evidence/stackTrace/parse.ts';

describe('traces that say little', () => {
  it('are one for each thing that a compiler objects to: the next place is no caller', () => {
    const text = `> tsc -p .

src/pay.ts(12,16): error TS2339: Property 'total' does not exist on type 'Order'.
src/order.ts(3,1): error TS1005: ';' expected.
`;
    const traces = parseStackTraces(text).map(({ type, frames }) => [type, frames.map(({ file }) => file)]);
    assert.deepEqual(traces, [
      ['error TS2339', ['src/pay.ts']],
      ['error TS1005', ['src/order.ts']],
    ]);
  });

  it('are not looked for where another trace is in the text, which tells more', () => {
    const text = `src/pay.c:12:3: error: no member
TypeError: Cannot read properties of undefined
    at charge (/srv/src/pay.js:47:30)
`;
    assert.deepEqual(
      parseStackTraces(text).map(({ language }) => language),
      ['javascript'],
    );
  });

  it('are none where places stand without an error', () => {
    const text = `src/pay.ts:12: const total = sum(lines);
Dockerfile:7
INFO parsing orders.json: 12 orders on line 3
npm notice at line 4 of file list
make: Nothing to be done for 'all'.
2026/11/22 02:41:07 [notice] 1#1: using the "epoll" event method
`;
    assert.deepEqual(parseStackTraces(text), []);
  });
});
