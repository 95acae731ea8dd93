import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StackTrace } from '../../../../src/evidence/stackTrace/model.ts';
import { parseStackTraces } from '../../../../src/evidence/stackTrace/parse.ts';
import { differencesOf, readHandTraces } from '../../../support/handTraces.ts';

const all = readHandTraces();

/** What is told of a trace, without the lines that it stands in. */
function describeTrace({ language, type, message, frames, causes }: StackTrace): unknown {
  return {
    language,
    type,
    message: message?.split('\n')[0],
    frames,
    causes: causes.map(({ trace }) => describeTrace(trace)),
  };
}

describe('traces whose answers were written down by hand', () => {
  it('lead to the origin, the caller and the error that a reader names, at least 98 in 100', async () => {
    const wrong: string[] = [];
    for (const trace of all)
      for (const difference of await differencesOf(trace)) wrong.push(`${trace.name}: ${difference}`);
    const count = (word: string): number => wrong.filter((line) => line.includes(`: ${word} `)).length;
    assert.ok(all.length >= 236);
    for (const word of ['origin', 'caller', 'error']) assert.ok(count(word) <= all.length * 0.02, wrong.join('\n'));
  }).timeout(60_000);

  it('are read alike wherever they stand in a log', () => {
    const noise = fc.array(
      fc.constantFrom(
        '2026-01-01 10:00:00 INFO started',
        'GET /at/home 200 (3 ms)',
        '{"level":30,"msg":"ok"}',
        'step 3 at 0x7f with # 12',
        '',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), noise, noise, ({ text }, before, after) => {
        const alone = parseStackTraces(text).map(describeTrace);
        const among = parseStackTraces([...before, '', text.trimEnd(), '', ...after].join('\n')).map(describeTrace);
        assert.deepEqual(among, alone);
      }),
      { numRuns: 300 },
    );
  }).timeout(30_000);

  it('are read as far as they go where they are cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(), fc.nat(), ({ text }, from, to) => {
        const [start = 0, end = 0] = [from % text.length, to % text.length].sort((a, b) => a - b);
        const lines = text.slice(start, end).split('\n').length;
        for (const { firstLine, lastLine } of parseStackTraces(text.slice(start, end)))
          assert.ok(firstLine >= 1 && firstLine <= lastLine && lastLine <= lines);
      }),
      { numRuns: 500 },
    );
  }).timeout(30_000);

  it('are not seen in ordinary lines that look like parts of them', () => {
    const ordinary = [
      'listening at 0.0.0.0:8080 # 12 workers',
      'Location: /home/ada',
      "downloaded 12: a.R at 3 o'clock #4",
      'build.sh: done in 3 s',
      'make: line 3 of the plan: ok',
      'E    is the fifth letter',
      'tests/test_cart.py:14: DeprecationWarning: use b',
      'shop/cart.py:33: note: revealed type is int',
      '/app/src/Cart.php:12',
      '    price_test.go:21: total is 3',
      '--- PASS: TestTotal (0.00s)',
      'Backtrace: none',
      '1: a b c',
      '0x7f3c is the address of 12 in main',
      'stack traceback: off',
      'metrics at line 4 of the file',
      ' 1# heading',
      '#1 priority (p1): ship it',
      '   bei Anna (12) in Bonn',
      'web | started',
      'db  | ready',
      'web | GET / 200',
      'db  | checkpoint complete: wrote 12 buffers at 10:00:01',
    ].join('\n');
    assert.deepEqual(parseStackTraces(ordinary), []);
  });

  it('of several processes in one log are not torn by each other’s lines', () => {
    const interleaved = all.find(({ name }) => name === 'interleaved-compose');
    const found = parseStackTraces(interleaved?.text ?? '');
    assert.deepEqual(
      found.map(({ language, frames, firstLine, lastLine }) => [language, frames.length, firstLine, lastLine]),
      [
        ['javascript', 2, 1, 6],
        ['python', 2, 2, 10],
      ],
    );
  });
});
