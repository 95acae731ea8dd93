import { elapsed } from './shownFigures.ts';
import type { Hunt, HuntOutcome } from './hunt.ts';
import { t } from './l10n.ts';
import type { CannotRunReason, CommandEnd, Proof, ProofPhase, ProofVerdict } from './proof.ts';

/** What a run of a proof is for, to stand before a colon. */
export const phaseWords = (): Readonly<Record<ProofPhase, string>> => ({
  withoutFix: t('The test without the fix'),
  withFix: t('The test with the fix'),
  suite: t('The whole suite with the fix'),
  suiteBefore: t('The whole suite without the fix'),
});

const cannotRun = (): Readonly<Record<CannotRunReason, string>> => ({
  noProgram: t('a program that it needs is not there'),
  missingModule: t('a module that it needs is not there'),
  doesNotCompile: t('something does not compile'),
  noTests: t('no test was found to run'),
  editMismatch: t('an edit does not fit the files'),
  worktree: t('no scratch copy of the repository could be made'),
});

/** A verdict in a few words, for a heading: `Proved: red, then green`. */
export function verdictTitle(verdict: ProofVerdict): string {
  switch (verdict.kind) {
    case 'proved':
      return t('Proved: red without the fix, green with it');
    case 'testPassesWithoutFix':
      return t('Not proved: the test passes without the fix');
    case 'failsForOtherReason':
      return t('Not proved: the test fails for another reason');
    case 'failsWithFix':
      return t('Not proved: the test fails with the fix');
    case 'cannotRun':
      return t('Not proved: the test cannot run');
    case 'timedOut':
      return t('Not proved: time ran out');
    case 'flaky':
      return t('Not proved: the test is flaky');
    case 'suiteBroken':
      return t('Not proved: the fix breaks the suite');
    case 'stopped':
      return t('Not proved: stopped');
  }
}

/** What a verdict means, in a sentence or two, with what to do next. */
export function verdictMeaning(verdict: ProofVerdict): string {
  switch (verdict.kind) {
    case 'proved': {
      const reason =
        verdict.reason === 'asStated'
          ? t('Without the fix the test fails for the announced reason.')
          : t('Nobody announced why the test should fail without the fix.');
      const suites = {
        passed: t('The whole suite passes with the fix.'),
        none: t('There is no other suite to run.'),
        brokenBefore: t('The whole suite fails with the fix, and it failed without it as well.'),
      } as const;
      return `${reason} ${suites[verdict.suite]}`;
    }
    case 'testPassesWithoutFix':
      return t('It does not catch the bug: ask for a test that fails on the code as it is.');
    case 'failsForOtherReason':
      return t(
        'Nothing of the stated reason is in its output. Look at what it says, or ask for the test to be mended.',
      );
    case 'failsWithFix':
      return t('The fix does not mend what the test shows. Ask for it to be mended, or look at the output.');
    case 'cannotRun': {
      const where = verdict.phase === undefined ? '' : `${phaseWords()[verdict.phase]}: `;
      const detail = verdict.detail === '' ? '' : ` (${verdict.detail})`;
      return t('{0}{1}{2}. A test that never ran shows nothing.', where, cannotRun()[verdict.why], detail);
    }
    case 'timedOut':
      return t(
        '{0} did not end within {1} and was ended.',
        phaseWords()[verdict.phase],
        elapsed(verdict.seconds * 1000),
      );
    case 'flaky':
      return t('{0} passed at one run and failed at another.', phaseWords()[verdict.phase]);
    case 'suiteBroken':
      return t(
        'The test is red without the fix and green with it, but the whole suite passes without the fix and fails with it.',
      );
    case 'stopped':
      return t('It was stopped before there was an answer. Nothing is left of it.');
  }
}

/** How a command ended: `exit code 1`. */
export function endWords(end: CommandEnd): string {
  switch (end.kind) {
    case 'exited':
      return t('exit code {0}', end.code);
    case 'signalled':
      return t('ended by {0}', end.signal);
    case 'timedOut':
      return t('ended after {0}, the time limit', elapsed(end.seconds * 1000));
    case 'stopped':
      return t('stopped');
    case 'notStarted':
      return t('could not be started ({0})', end.code);
  }
}

/**
 * A command as it is shown before it runs: characters that are not seen, or turn the direction of the text after them,
 * stand there by their numbers. What is seen is what runs.
 */
export function shownCommand(line: string): string {
  return line.replace(
    /[\p{Bidi_Control}\p{Cf}\p{Cc}]/gu,
    (each) => `\\u${(each.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** One line for each run: what it was, how it ended, how long it took. */
export function runLines({ runs }: Pick<Proof, 'runs'>): readonly string[] {
  return runs.map(({ phase, attempts, command }) => {
    const ends = [...new Set(attempts.map(({ end }) => endWords(end)))].join(t(', then '));
    const times = attempts.length === 1 ? '' : t(' in {0} runs', attempts.length);
    const took = elapsed(attempts.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
    return `${phaseWords()[phase]}: ${ends}${times}, ${took} (${command})`;
  });
}

/** How a search through the history ended, in a sentence. */
export function huntWords(outcome: HuntOutcome): string {
  switch (outcome.kind) {
    case 'found':
      return t('The test fails since {0}: {1}', outcome.culprit.hash.slice(0, 10), outcome.culprit.subject);
    case 'undecided':
      return t('It is one of {0} commits: the test could not run at those between them.', outcome.candidates.length);
    case 'goodEndNotGood':
      return outcome.answer === 'bad'
        ? t('The test fails at the “good” end as well: the bug is older. Choose an earlier baseline.')
        : t('The test cannot run at the “good” end. Choose a later baseline.');
    case 'badEndNotBad':
      return outcome.answer === 'good'
        ? t('The test passes at the “bad” end: what is committed there does not have the bug.')
        : t('The test cannot run at the “bad” end.');
    case 'stopped':
      return t('It was stopped before the commit was found.');
    case 'failed':
      return t('It could not go on: {0}', outcome.detail);
  }
}

/** What the test said at how many commits: `4 good, 2 bad, 1 skipped`. */
export function testedWords({ tested }: Pick<Hunt, 'tested'>): string {
  const parts = (['good', 'bad', 'skip'] as const).flatMap((answer) => {
    const count = tested.filter((each) => each.answer === answer).length;
    if (count === 0) return [];
    return [
      answer === 'good' ? t('{0} good', count) : answer === 'bad' ? t('{0} bad', count) : t('{0} skipped', count),
    ];
  });
  return parts.length === 0 ? t('no commit tested') : parts.join(', ');
}
