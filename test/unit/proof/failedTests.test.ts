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
    Bun: ['(pass) adds [0.1ms]\n(fail) shop > cents [0.42ms]\n', ['shop > cents']],
    Deno: ['adds ... ok (1ms)\ncents ... FAILED (3ms)\n', ['cents']],
    Maven: ['[ERROR]   PriceTest.cents:12 expected: <2.5> but was: <25.0>\n', ['PriceTest.cents']],
    Gradle: ['PriceTest > cents() FAILED\n', ['PriceTest > cents()']],
    ScalaTest: ['- adds\n- cents are hundredths *** FAILED ***\n', ['cents are hundredths']],
    '.NET': [
      '  Failed Shop.PriceTests.Cents [12 ms]\n  Passed Shop.PriceTests.Adds [1 ms]\n',
      ['Shop.PriceTests.Cents'],
    ],
    Pest: ['  ✓ adds\n  ⨯ cents are hundredths  0.02s\n', ['cents are hundredths']],
    Dart: ['00:00 +1: adds\n00:00 +1 -1: cents [E]\n', ['cents']],
    nothing: ['Error: it went wrong\n', []],
  };
  for (const [runner, [output, expected]] of Object.entries(samples)) {
    it(`are read from the report of ${runner}`, () => assert.deepEqual([...failedTests(output)], expected));
  }
});
