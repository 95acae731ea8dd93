import { elapsed } from './figures.ts';
import type { Hunt, HuntOutcome } from './hunt.ts';
import type { CannotRunReason, CommandEnd, Proof, ProofPhase, ProofVerdict } from './proof.ts';

/** What a run of a proof is for, to stand before a colon. */
export const phaseWords: Readonly<Record<ProofPhase, string>> = {
  withoutFix: 'The test without the fix',
  withFix: 'The test with the fix',
  suite: 'The whole suite with the fix',
  suiteBefore: 'The whole suite without the fix',
};

const cannotRun: Readonly<Record<CannotRunReason, string>> = {
  noProgram: 'a program that it needs is not there',
  missingModule: 'a module that it needs is not there',
  doesNotCompile: 'something does not compile',
  noTests: 'no test was found to run',
  editMismatch: 'an edit does not fit the files',
  worktree: 'no scratch copy of the repository could be made',
};

/** A verdict in a few words, for a heading: `Proved: red, then green`. */
export function verdictTitle(verdict: ProofVerdict): string {
  switch (verdict.kind) {
    case 'proved':
      return 'Proved: red without the fix, green with it';
    case 'testPassesWithoutFix':
      return 'Not proved: the test passes without the fix';
    case 'failsForOtherReason':
      return 'Not proved: the test fails for another reason';
    case 'failsWithFix':
      return 'Not proved: the test fails with the fix';
    case 'cannotRun':
      return 'Not proved: the test cannot run';
    case 'timedOut':
      return 'Not proved: time ran out';
    case 'flaky':
      return 'Not proved: the test is flaky';
    case 'suiteBroken':
      return 'Not proved: the fix breaks the suite';
    case 'stopped':
      return 'Not proved: stopped';
  }
}

/** What a verdict means, in a sentence or two, with what to do next. */
export function verdictMeaning(verdict: ProofVerdict): string {
  switch (verdict.kind) {
    case 'proved': {
      const reason =
        verdict.reason === 'asStated'
          ? 'The red is the one that was announced.'
          : 'No reason for the red was announced.';
      const suites = {
        passed: 'The whole suite passes with the fix.',
        none: 'There is no other suite to run.',
        brokenBefore: 'The whole suite fails with the fix, and it failed without it as well.',
      } as const;
      return `${reason} ${suites[verdict.suite]}`;
    }
    case 'testPassesWithoutFix':
      return 'It does not catch the bug: ask for a test that fails on the code as it is.';
    case 'failsForOtherReason':
      return 'Nothing of the stated reason is in its output. Look at what it says, or ask for the test to be mended.';
    case 'failsWithFix':
      return 'The fix does not mend what the test shows. Ask for it to be mended, or look at the output.';
    case 'cannotRun': {
      const where = verdict.phase === undefined ? '' : `${phaseWords[verdict.phase]}: `;
      const detail = verdict.detail === '' ? '' : ` (${verdict.detail})`;
      return `${where}${cannotRun[verdict.why]}${detail}. A test that never ran shows nothing.`;
    }
    case 'timedOut':
      return `${phaseWords[verdict.phase]} did not end within ${elapsed(verdict.seconds * 1000)} and was ended.`;
    case 'flaky':
      return `${phaseWords[verdict.phase]} gave both answers when it was run again.`;
    case 'suiteBroken':
      return 'The test is red without the fix and green with it, but the whole suite passes without the fix and fails with it.';
    case 'stopped':
      return 'It was stopped before there was an answer. Nothing is left of it.';
  }
}

/** How a command ended: `exit code 1`. */
export function endWords(end: CommandEnd): string {
  switch (end.kind) {
    case 'exited':
      return `exit code ${end.code}`;
    case 'signalled':
      return `ended by ${end.signal}`;
    case 'timedOut':
      return `ended after ${elapsed(end.seconds * 1000)}, the time limit`;
    case 'stopped':
      return 'stopped';
    case 'notStarted':
      return `could not be started (${end.code})`;
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
    const ends = [...new Set(attempts.map(({ end }) => endWords(end)))].join(', then ');
    const times = attempts.length === 1 ? '' : ` in ${attempts.length} runs`;
    const took = elapsed(attempts.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
    return `${phaseWords[phase]}: ${ends}${times}, ${took} (${command})`;
  });
}

/** How a search through the history ended, in a sentence. */
export function huntWords(outcome: HuntOutcome): string {
  switch (outcome.kind) {
    case 'found':
      return `The test fails since ${outcome.culprit.hash.slice(0, 10)}: ${outcome.culprit.subject}`;
    case 'undecided':
      return `One of ${outcome.candidates.length} commits it is: the test could not run at those between them.`;
    case 'goodEndNotGood':
      return outcome.answer === 'bad'
        ? 'The test fails at the “good” end as well: the bug is older. Choose an earlier baseline.'
        : 'The test cannot run at the “good” end. Choose a later baseline.';
    case 'badEndNotBad':
      return outcome.answer === 'good'
        ? 'The test passes at the “bad” end: what is committed there does not have the bug.'
        : 'The test cannot run at the “bad” end.';
    case 'stopped':
      return 'It was stopped before the commit was found.';
    case 'failed':
      return `It could not go on: ${outcome.detail}`;
  }
}

/** What the test said at how many commits: `4 good, 2 bad, 1 skipped`. */
export function testedWords({ tested }: Pick<Hunt, 'tested'>): string {
  const names = { good: 'good', bad: 'bad', skip: 'skipped' } as const;
  const parts = (['good', 'bad', 'skip'] as const).flatMap((answer) => {
    const count = tested.filter((each) => each.answer === answer).length;
    return count === 0 ? [] : [`${count} ${names[answer]}`];
  });
  return parts.length === 0 ? 'no commit tested' : parts.join(', ');
}
