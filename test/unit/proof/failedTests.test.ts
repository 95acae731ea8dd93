import assert from 'node:assert/strict';
import { failedTests } from '../../../src/proof/failedTests.ts';

describe('the names of failed tests', () => {
  const samples: Readonly<Record<string, readonly [output: string, expected: readonly string[]]>> = {
    TAP: [
      'ok 1 - adds\nnot ok 2 - charges an order\n    not ok 1 - inner # time=3\nnot ok 3 - /copy/test/a.test.js\n',
      ['charges an order', 'inner'],
    ],
    'node’s spec': ['✔ adds (1ms)\n✖ charges an order (2.5ms)\n', ['charges an order']],
    Jest: ['  ● shop › charges an order\n', ['shop › charges an order']],
    pytest: ['FAILED tests/test_x.py::test_cents - assert 1 == 2\n', ['tests/test_x.py::test_cents']],
    unittest: ['FAIL: test_cents (test_price.Price)\n', ['test_cents (test_price.Price)']],
    Go: ['--- FAIL: TestCents (0.00s)\n', ['TestCents']],
    Cargo: ['test money::cents ... FAILED\ntest other ... ok\n', ['money::cents']],
    mocha: ['  1) shop\n       charges an order:\n', ['shop']],
    nothing: ['Error: it went wrong\n', []],
  };
  for (const [runner, [output, expected]] of Object.entries(samples)) {
    it(`are read from the report of ${runner}`, () => assert.deepEqual([...failedTests(output)], expected));
  }
});
