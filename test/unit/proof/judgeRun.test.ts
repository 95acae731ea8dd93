import assert from 'node:assert/strict';
import { judgeRun } from '../../../src/proof/judgeRun.ts';
import { failsAsStated } from '../../../src/proof/statedReason.ts';

const judge = (code: number, output: string): string => {
  const judged = judgeRun({ kind: 'exited', code }, output);
  return judged.kind === 'cannotRun' ? judged.why : judged.kind;
};

/** What runners print, as they print it, shortened to the lines that count. */
const samples: readonly (readonly [name: string, code: number, output: string, expected: string])[] = [
  ['node, assertion', 1, "# Subtest: adds\n  code: 'ERR_ASSERTION'\n# tests 1\n# fail 1\n", 'red'],
  [
    'node, thrown',
    1,
    'not ok 1 - charges\n  error: "Cannot read properties of undefined (reading \'stripe_key\')"\n# tests 1\n# fail 1\n',
    'red',
  ],
  [
    'node, JSON that does not parse',
    1,
    "  error: 'x'\n  SyntaxError: Unexpected token < in JSON at position 0\n# tests 1\n",
    'red',
  ],
  [
    'node, module',
    1,
    "# Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/c/x.js' imported from /c/t.js\n# tests 1\n# fail 1\n",
    'missingModule',
  ],
  ['node, syntax', 1, '# const = 1;\n#       ^\n# SyntaxError: Unexpected token\n# tests 1\n', 'doesNotCompile'],
  [
    'node, export',
    1,
    "SyntaxError: The requested module './a.js' does not provide an export named 'b'\n",
    'doesNotCompile',
  ],
  ['node, nothing found', 1, "Could not find '/copy/test/missing.test.js'\n", 'noTests'],
  ['node, no tests', 0, '# tests 0\n# pass 0\n', 'noTests'],
  [
    'mocha, red',
    1,
    '  0 passing (3ms)\n  1 failing\n\n  1) adds:\n     Error: Cannot find module is the message of the bug\n',
    'red',
  ],
  ['mocha, none', 1, 'Error: No test files found: "test/x.js"\n', 'noTests'],
  ['mocha, empty', 0, '\n  0 passing (1ms)\n', 'noTests'],
  ['jest, red', 1, 'Tests:       1 failed, 1 total\n', 'red'],
  [
    'jest, does not load',
    1,
    '  ● Test suite failed to run\n\n    Jest encountered an unexpected token\nTests:       0 total\n',
    'doesNotCompile',
  ],
  [
    'jest, no module',
    1,
    "  ● Test suite failed to run\n\n    Cannot find module './x' from 'x.test.js'\nTests:       0 total\n",
    'missingModule',
  ],
  ['jest, none', 1, 'No tests found, exiting with code 1\n', 'noTests'],
  [
    'vitest, red',
    1,
    '\u001b[31m FAIL \u001b[39m x.test.ts > adds\nAssertionError: expected 1 to be 2\n      Tests  1 failed (1)\n',
    'red',
  ],
  ['vitest, none', 1, 'No test files found, exiting with code 1\n', 'noTests'],
  ['pytest, red', 1, 'E       assert 1 == 2\n========= 1 failed in 0.02s =========\n', 'red'],
  [
    'pytest, collection',
    2,
    "ERROR collecting tests/test_x.py\nE   ModuleNotFoundError: No module named 'shop'\n==== 1 error in 0.1s ====\n",
    'missingModule',
  ],
  ['pytest, none', 5, 'collected 0 items\n\n==== no tests ran in 0.01s ====\n', 'noTests'],
  ['pytest, missing', 1, '/usr/bin/python3: No module named pytest\n', 'noProgram'],
  [
    'unittest, red',
    1,
    'FAIL: test_a (x.A)\nAssertionError: 1 != 2\n\nRan 1 test in 0.001s\n\nFAILED (failures=1)\n',
    'red',
  ],
  [
    'unittest, error of the bug',
    1,
    "ERROR: test_a (x.A)\nKeyError: 'STRIPE_KEY'\n\nRan 1 test in 0.001s\n\nFAILED (errors=1)\n",
    'red',
  ],
  [
    'unittest, import',
    1,
    'ImportError: Failed to import test module: test_x\nRan 1 test in 0.000s\nFAILED (errors=1)\n',
    'missingModule',
  ],
  ['unittest, none', 0, '\nRan 0 tests in 0.000s\n\nOK\n', 'noTests'],
  [
    'cargo, red',
    101,
    'running 1 test\ntest cents ... FAILED\ntest result: FAILED. 0 passed; 1 failed; 0 ignored\n',
    'red',
  ],
  [
    'cargo, compile',
    101,
    'error[E0425]: cannot find value `x` in this scope\nerror: could not compile `shop`\n',
    'doesNotCompile',
  ],
  [
    'cargo, filtered away',
    0,
    'running 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 3 filtered out\n',
    'noTests',
  ],
  [
    'cargo, some binaries without tests',
    0,
    'running 0 tests\n\nrunning 1 test\ntest a ... ok\ntest result: ok. 1 passed; 0 failed\n',
    'green',
  ],
  ['go, red', 1, '--- FAIL: TestCents (0.00s)\nFAIL\tshop\t0.002s\n', 'red'],
  ['go, build', 1, '# shop\n./x_test.go:5:2: undefined: y\nFAIL\tshop [build failed]\n', 'doesNotCompile'],
  ['go, none', 0, 'ok  \tshop\t0.001s [no tests to run]\n', 'noTests'],
  ['maven, red', 1, '[ERROR] Tests run: 1, Failures: 1, Errors: 0\n', 'red'],
  ['maven, compile', 1, '[ERROR] COMPILATION ERROR : \n[ERROR] X.java:[3,1] cannot find symbol\n', 'doesNotCompile'],
  ['gradle, compile', 1, '> Task :compileTestJava FAILED\n', 'doesNotCompile'],
  ['gradle, none', 1, '> No tests found for given includes: [X](--tests filter)\n', 'noTests'],
  ['rspec, red', 1, '1 example, 1 failure\n', 'red'],
  [
    'rspec, load',
    1,
    'An error occurred while loading ./spec/x_spec.rb.\n0 examples, 0 failures, 1 error occurred outside of examples\n',
    'doesNotCompile',
  ],
  ['phpunit, red', 1, 'Failed asserting that 1 matches expected 2.\n', 'red'],
  ['phpunit, none', 0, 'No tests executed!\n', 'noTests'],
  ['dotnet, compile', 1, 'X.cs(3,5): error CS1002: ; expected\n', 'doesNotCompile'],
  ['make, no rule', 2, "make: *** No rule to make target 'test'.  Stop.\n", 'noProgram'],
  ['a shell', 127, '/bin/sh: 1: mocha: not found\n', 'noProgram'],
  ['mocha, with a swallowed exit code', 0, '  0 passing (3ms)\n  1 failing\n', 'red'],
  ['node, with a swallowed exit code', 0, '# tests 2\n# pass 1\n# fail 1\n', 'red'],
  ['jest, with a swallowed exit code', 0, 'Tests:       1 failed, 2 passed, 3 total\n', 'red'],
  ['vitest, with a swallowed exit code', 0, '      Tests  1 failed | 2 passed (3)\n', 'red'],
  ['pytest, with a swallowed exit code', 0, '===== 1 failed, 2 passed in 0.12s =====\n', 'red'],
  ['go, with a swallowed exit code', 0, '--- FAIL: TestA (0.00s)\nFAIL\tshop\t0.002s\n', 'red'],
  ['cargo, with a swallowed exit code', 0, 'running 1 test\ntest result: FAILED. 0 passed; 1 failed\n', 'red'],
  ['rspec, with a swallowed exit code', 0, '3 examples, 1 failure\n', 'red'],
  ['minitest, with a swallowed exit code', 0, '3 runs, 4 assertions, 1 failures, 0 errors, 0 skips\n', 'red'],
  ['phpunit, with a swallowed exit code', 0, 'Tests: 3, Assertions: 3, Failures: 1.\n', 'red'],
  ['dotnet, with a swallowed exit code', 0, 'Failed!  - Failed:     1, Passed:     2, Skipped: 0\n', 'red'],
  ['a green run that speaks of failures', 0, 'logs: 1 failing is what I print\n# tests 1\n# fail 0\n', 'green'],
  ['a green suite with failing words', 0, '3 passing (2ms)\n0 failing\nTests: 3 passed, 3 total\n', 'green'],
  ['pytest, exit 4', 4, 'ERROR: file or directory not found: tests/x.py\n\n= no tests ran in 0.00s =\n', 'noTests'],
  ['deno, module', 1, 'error: Module not found "file:///c/x.ts".\n', 'missingModule'],
  ['deno, none', 1, 'error: No test modules found\n', 'noTests'],
  ['bun, red', 1, '(fail) cents [0.42ms]\n\n 0 pass\n 1 fail\nRan 1 test across 1 file. [9.00ms]\n', 'red'],
  ['bun, none', 1, 'The following filters did not match any test files:\n x.test.ts\n', 'noTests'],
  ['bundler, not installed', 7, 'Could not find rspec-3.13.0 in locally installed gems\n', 'missingModule'],
  ['bundler, no program', 127, 'bundler: command not found: rspec\n', 'noProgram'],
  ['mix, red', 2, '1 test, 1 failure\n', 'red'],
  ['mix, compile', 1, '== Compilation error in file lib/x.ex ==\n** (SyntaxError) x\n', 'doesNotCompile'],
  ['mix, none', 0, 'There are no tests to run\n', 'noTests'],
  ['sbt, compile', 1, '[error] (Test / compileIncremental) Compilation failed\n', 'doesNotCompile'],
  ['maven, offline', 1, '[ERROR] Failed on project x: Could not resolve dependencies for project y\n', 'missingModule'],
  ['pest, none', 1, 'INFO  No tests found.\n', 'noTests'],
  ['vitest, a file without tests', 1, 'Error: No test suite found in file /c/x.test.ts\n', 'noTests'],
  ['dart, red', 1, '00:00 +0 -1: cents [E]\n00:00 +0 -1: Some tests failed.\n', 'red'],
  ['anything else', 1, 'it went wrong\n', 'red'],
  ['anything good', 0, 'fine\n', 'green'],
];

describe('judging a run', () => {
  for (const [name, code, output, expected] of samples) {
    it(`takes “${name}” as ${expected}`, () => assert.equal(judge(code, output), expected));
  }

  it('takes a crash for red, and the end of its time or a stop for what they are', () => {
    assert.deepEqual(judgeRun({ kind: 'signalled', signal: 'SIGSEGV' }, ''), { kind: 'red' });
    assert.deepEqual(judgeRun({ kind: 'timedOut', seconds: 5 }, '1 failing'), { kind: 'timedOut', seconds: 5 });
    assert.deepEqual(judgeRun({ kind: 'stopped' }, ''), { kind: 'stopped' });
    assert.equal(judgeRun({ kind: 'notStarted', code: 'ENOENT' }, '').kind, 'cannotRun');
  });

  it('stays fast on hostile output', () => {
    const started = performance.now();
    judgeRun({ kind: 'exited', code: 1 }, 'error '.repeat(40_000));
    judgeRun({ kind: 'exited', code: 1 }, `${' '.repeat(200_000)}x`);
    judgeRun({ kind: 'exited', code: 1 }, '\u001b]0;'.repeat(50_000));
    judgeRun({ kind: 'exited', code: 1 }, '1 '.repeat(100_000));
    judgeRun({ kind: 'exited', code: 1 }, '='.repeat(200_000));
    assert.ok(performance.now() - started < 2_000, `${Math.round(performance.now() - started)} ms`);
  });
});

describe('the stated reason', () => {
  it('is met by any telling part of it, and not by common words', () => {
    const output =
      "AssertionError: 500 !== 201\n    at checkout.test.js:12\nTypeError: Cannot read properties of undefined (reading 'stripe_key')";
    assert.ok(failsAsStated('the checkout answers 500 instead of 201', output));
    assert.ok(failsAsStated('TypeError while reading `stripe_key`', output));
    assert.ok(!failsAsStated('a deadlock between two sessions', output));
    assert.ok(failsAsStated('the test fails with an error', 'not ok'));
  });
});
