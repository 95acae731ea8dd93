import type { BadPathReason, EditObstacle, EditProblem } from './model/editProblem.ts';
import type { Failure } from './model/failure.ts';
import type { FixPart } from './model/fixCheck.ts';
import { listed as inARow, plural, t } from './model/l10n.ts';
import { inMegabytes } from './model/shownFigures.ts';
import type { Explanation } from './wording.ts';

type ApplyFailure = Extract<
  Failure,
  {
    kind:
      | 'fixNotWhole'
      | 'nothingToApply'
      | 'reasonMissing'
      | 'changedSince'
      | 'notApplied'
      | 'takenBack'
      | 'sourceControl';
  }
>;

/** More problems than these are counted, not told, where a failure is told in one sentence. */
const toldProblems = 2;

/** Why the edits of a fix do not fit, in a sentence or two; each by itself is told by `editProblemWords`. */
export function explainEdits(problems: readonly EditProblem[]): Explanation {
  const told = problems.slice(0, toldProblems).map((problem) => `${editName(problem)} ${editProblemWords(problem)}.`);
  const more = problems.length - told.length;
  return {
    what: [...told, ...(more === 0 ? [] : [plural(more, '{0} more does not fit.', '{0} more do not fit.')])].join(' '),
    next: t('Nothing was changed. Ask Claude to mend the edits: it gets the lines as they are now.'),
  };
}

/** Which edit it is: `Edit 2 of src/a.js`, `Edit 1 of the test, test/a.test.js,`. */
export function editName({ part, number, path }: EditProblem): string {
  return part === 'fix' ? t('Edit {0}, of {1},', number, path) : t('Edit {0} of the test, of {1},', number, path);
}

/** What is wrong with an edit, to follow its name: `does not fit: …`. Without a full stop. */
export function editProblemWords(problem: EditObstacle): string {
  switch (problem.kind) {
    case 'incomplete':
      return t('gives neither a text to replace nor a whole new file, or both at once');
    case 'notFound': {
      const { nearest, applied } = problem;
      return [
        t('replaces a text that is not in the file'),
        ...(nearest === undefined ? [] : [t('nearest to it {0}', linesInWords(nearest.line, nearest.endLine))]),
        ...(applied === undefined ? [] : [t('what it would put there is at line {0} already', applied)]),
      ].join('; ');
    }
    case 'ambiguous':
      return t(
        'replaces a text that is in the file {0}: lines {1}',
        times(problem.count),
        listed(problem.lines, problem.count),
      );
    case 'overlaps':
      return problem.line === undefined
        ? t('changes what another edit of it changes too')
        : t('changes what another edit of it changes too, at line {0}', problem.line);
    case 'clashes':
      return t('cannot be there together with {0}', problem.other);
    case 'fileExists':
      return t('is a new file, and the file exists already with another text');
    case 'fileMissing':
      return t('changes a file that does not exist');
    case 'badPath':
      return badPathWords()[problem.reason];
    case 'link':
      return t('goes through the link {0}; an edit must name the file itself', problem.at);
    case 'otherName':
      return t('writes {0}, which has another name on disk', problem.at);
    case 'notAFile':
      return t('needs {0} to be what it is not: a file where a folder is, or the other way round', problem.at);
    case 'ignored':
      return t('is about a file that Git ignores');
    case 'environmentValues':
      return t('is about a file of environment values, which is changed by hand only');
    case 'binary':
      return t('is about a file that is not text');
    case 'undecodable':
      return t('is about a file whose encoding is not the one it would be saved in');
    case 'tooLarge':
      return t(
        'makes or changes a file of {0}; {1} is the most',
        inMegabytes(problem.bytes),
        inMegabytes(problem.limit),
      );
    case 'placeholder':
      return t('holds {0}, which stands for a secret and is in no file; change that line by hand', problem.placeholder);
    case 'hiddenCharacters':
      return t(
        'brings in the invisible character U+{0}, which can hide code',
        problem.codePoint.toString(16).toUpperCase().padStart(4, '0'),
      );
    case 'stale':
      return t('was checked against a text that has changed since');
    case 'unreadable':
      return t('is about a file that could not be read ({0})', problem.code);
  }
}

const badPathWords = (): Readonly<Record<BadPathReason, string>> => ({
  absolute: t('has an absolute path; it must be relative to the open folder'),
  parent: t('has a path that leads out of the open folder'),
  git: t('is inside Git’s own folder'),
  characters: t('has a path with characters that no file of the folder may have'),
  reserved: t('has a path that some systems take for something else'),
  long: t('has a path that is too long'),
  outside: t('is outside the open folder'),
});

/** What kept a fix from being applied, or from staying applied. */
export function explainApplying(failure: ApplyFailure): Explanation {
  switch (failure.kind) {
    case 'fixNotWhole':
      return {
        what: plural(
          failure.missing.length,
          'The fix may not be applied yet: {1} is missing.',
          'The fix may not be applied yet: {1} are missing.',
          failure.missing.map((part) => fixPartWords()[part]).join(', '),
        ),
        next: t('Nothing was changed. Reply in step 6 to ask for it.'),
      };
    case 'nothingToApply':
      return { what: t('The files are already as the fix would make them.'), next: t('Nothing was changed.') };
    case 'reasonMissing':
      return {
        what: t('No test run has proved this fix.'),
        next: t(
          'Nothing was changed. Prove it, or say why you apply it all the same: the reason goes into the record.',
        ),
      };
    case 'changedSince':
      return {
        what: t('{0} changed while the fix was being looked at.', failure.paths.join(', ')),
        next: t('Nothing was applied. Apply it again: it is checked against the files as they are now.'),
      };
    case 'notApplied':
      return { what: t('The fix was not applied.'), next: t('Nothing was changed. Apply it again when you like.') };
    case 'takenBack':
      return {
        what: t('Only a part of the fix was applied ({0}), so it was taken back.', failure.paths.join(', ')),
        next: t('The files are as they were. Apply all of it, or ask Claude for a smaller fix.'),
      };
    case 'sourceControl':
      return {
        what: t('Source control refused: {0}.', failure.detail.trim().replace(/[.!?]*$/, '')),
        next: t('The fix stays applied. Do it by hand in the Source Control view.'),
      };
  }
}

/** What is not there yet once there is a fix, or is not there at all. */
export function nothingAfterFix(what: 'monitors' | 'rollback' | 'patterns'): Explanation {
  switch (what) {
    case 'monitors':
      return { what: t('There is nothing to watch yet.'), next: t('Ask step 7 first: it names what to monitor.') };
    case 'rollback':
      return {
        what: t('CLAUDE.md names no rollback command.'),
        next: t('Add a line “Rollback command: …” to its section Production Debugging Protocol.'),
      };
    case 'patterns':
      return {
        what: t('None of the similar places is in the files.'),
        next: t('Reply in step 6 to ask Claude to look for them again.'),
      };
  }
}

const fixPartWords = (): Readonly<Record<FixPart, string>> => ({
  test: t('the test'),
  explanation: t('why it works'),
  edgeCases: t('the edge cases'),
  similarPatterns: t('the similar patterns'),
});

function linesInWords(line: number, endLine: number): string {
  return line === endLine ? t('is line {0}', line) : t('are lines {0} to {1}', line, endLine);
}

function times(count: number): string {
  return count === 2 ? t('twice') : t('{0} times', count);
}

function listed(lines: readonly number[], count: number): string {
  if (lines.length < 2) return lines.join('');
  if (count > lines.length) return `${lines.join(', ')} …`;
  return inARow(lines.map(String));
}
