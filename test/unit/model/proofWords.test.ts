import assert from 'node:assert/strict';
import { ownWords } from '../../../src/model/redacted.ts';
import { runLines, shownCommand, testedWords, verdictMeaning, verdictTitle } from '../../../src/model/proofWords.ts';

describe('the words of a proof', () => {
  it('show a command as it runs, whatever it hides', () => {
    assert.equal(shownCommand("mocha 'test/é.js'"), "mocha 'test/é.js'");
    assert.equal(shownCommand('npm test \u202e#txet\u200b\n rm'), 'npm test \\u202e#txet\\u200b\\u000a rm');
  });

  it('tell each run with how it ended and how often', () => {
    const attempt = { end: { kind: 'exited', code: 1 }, milliseconds: 1_500 } as const;
    const green = { end: { kind: 'exited', code: 0 }, milliseconds: 1_000 } as const;
    const run = { phase: 'withoutFix', command: ownWords('npm test'), output: ownWords('') } as const;
    assert.deepEqual(
      runLines({
        runs: [
          { ...run, attempts: [attempt] },
          { ...run, phase: 'withFix', attempts: [green, attempt] },
        ],
      }),
      [
        'The test without the fix: exit code 1, 1 s (npm test)',
        'The test with the fix: exit code 0, then exit code 1 in 2 runs, 2 s (npm test)',
      ],
    );
  });

  it('say what was not proved, where, and what shows it', () => {
    const verdict = { kind: 'cannotRun', why: 'noTests', phase: 'withFix', detail: ownWords('# tests 0') } as const;
    assert.equal(verdictTitle(verdict), 'Not proved: the test cannot run');
    assert.equal(
      verdictMeaning(verdict),
      'The test with the fix: no test was found to run (# tests 0). A test that never ran shows nothing.',
    );
    assert.equal(
      testedWords({
        tested: [
          { hash: 'a', answer: 'bad' },
          { hash: 'b', answer: 'skip' },
        ],
      }),
      '1 bad, 1 skipped',
    );
  });
});
