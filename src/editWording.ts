import type { BadPathReason, EditObstacle, EditProblem } from './model/editProblem.ts';
import type { Failure } from './model/failure.ts';
import type { FixPart } from './model/fixCheck.ts';
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
    what: [...told, ...(more === 0 ? [] : [`${more} more ${more === 1 ? 'does' : 'do'} not fit.`])].join(' '),
    next: 'Nothing was changed. Ask Claude to mend the edits: it gets the lines as they are now.',
  };
}

/** Which edit it is: `Edit 2 of src/a.js`, `Edit 1 of the test, test/a.test.js,`. */
export function editName({ part, number, path }: EditProblem): string {
  return part === 'fix' ? `Edit ${number}, of ${path},` : `Edit ${number} of the test, of ${path},`;
}

/** What is wrong with an edit, to follow its name: `does not fit: …`. Without a full stop. */
export function editProblemWords(problem: EditObstacle): string {
  switch (problem.kind) {
    case 'incomplete':
      return 'gives neither a text to replace nor a whole new file, or both at once';
    case 'notFound': {
      const { nearest, applied } = problem;
      const near = nearest === undefined ? '' : `; nearest to it ${linesInWords(nearest.line, nearest.endLine)}`;
      const there = applied === undefined ? '' : `; what it would put there is at line ${applied} already`;
      return `replaces a text that is not in the file${near}${there}`;
    }
    case 'ambiguous':
      return `replaces a text that is in the file ${times(problem.count)}: lines ${listed(problem.lines, problem.count)}`;
    case 'overlaps':
      return `changes what another edit of it changes too${problem.line === undefined ? '' : `, at line ${problem.line}`}`;
    case 'clashes':
      return `cannot be there together with ${problem.other}`;
    case 'fileExists':
      return 'is a new file, and the file exists already with another text';
    case 'fileMissing':
      return 'changes a file that does not exist';
    case 'badPath':
      return badPathWords[problem.reason];
    case 'link':
      return `goes through the link ${problem.at}; an edit must name the file itself`;
    case 'otherName':
      return `writes ${problem.at}, which has another name on disk`;
    case 'notAFile':
      return `needs ${problem.at} to be what it is not: a file where a folder is, or the other way round`;
    case 'ignored':
      return 'is about a file that Git ignores';
    case 'environmentValues':
      return 'is about a file of environment values, which is changed by hand only';
    case 'binary':
      return 'is about a file that is not text';
    case 'undecodable':
      return 'is about a file whose encoding is not the one it would be saved in';
    case 'tooLarge':
      return `makes or changes a file of ${megabytes(problem.bytes)}; ${megabytes(problem.limit)} is the most`;
    case 'placeholder':
      return `holds ${problem.placeholder}, which stands for a secret and is in no file; change that line by hand`;
    case 'hiddenCharacters':
      return `brings in the invisible character U+${problem.codePoint.toString(16).toUpperCase().padStart(4, '0')}, which can hide code`;
    case 'stale':
      return 'was checked against a text that has changed since';
    case 'unreadable':
      return `is about a file that could not be read (${problem.code})`;
  }
}

const badPathWords: Readonly<Record<BadPathReason, string>> = {
  absolute: 'has an absolute path; it must be relative to the open folder',
  parent: 'has a path that leads out of the open folder',
  git: 'is inside Git’s own folder',
  characters: 'has a path with characters that no file of the folder may have',
  reserved: 'has a path that some systems take for something else',
  long: 'has a path that is too long',
  outside: 'is outside the open folder',
};

/** What kept a fix from being applied, or from staying applied. */
export function explainApplying(failure: ApplyFailure): Explanation {
  switch (failure.kind) {
    case 'fixNotWhole':
      return {
        what: `The fix may not be applied yet: ${failure.missing.map((part) => fixPartWords[part]).join(', ')} ${failure.missing.length === 1 ? 'is' : 'are'} missing.`,
        next: 'Nothing was changed. Reply in step 6 to ask for it.',
      };
    case 'nothingToApply':
      return { what: 'The files are already as the fix would make them.', next: 'Nothing was changed.' };
    case 'reasonMissing':
      return {
        what: 'No test run has proved this fix.',
        next: 'Nothing was changed. Prove it, or say why you apply it all the same: the reason goes into the record.',
      };
    case 'changedSince':
      return {
        what: `${failure.paths.join(', ')} changed while the fix was being looked at.`,
        next: 'Nothing was applied. Apply it again: it is checked against the files as they are now.',
      };
    case 'notApplied':
      return { what: 'The fix was not applied.', next: 'Nothing was changed. Apply it again when you like.' };
    case 'takenBack':
      return {
        what: `Only a part of the fix was applied (${failure.paths.join(', ')}), so it was taken back.`,
        next: 'The files are as they were. Apply all of it, or ask Claude for a smaller fix.',
      };
    case 'sourceControl':
      return {
        what: `Source control did not do it: ${failure.detail.trim().replace(/[.!?]*$/, '')}.`,
        next: 'The fix stays applied. Do it by hand in the Source Control view.',
      };
  }
}

/** What is not there yet once there is a fix, or is not there at all. */
export function nothingAfterFix(what: 'monitors' | 'rollback' | 'patterns'): Explanation {
  switch (what) {
    case 'monitors':
      return { what: 'There is nothing to watch yet.', next: 'Ask step 7 first: it names what to monitor.' };
    case 'rollback':
      return {
        what: 'CLAUDE.md names no rollback command.',
        next: 'Add a line “Rollback command: …” to its section Production Debugging Protocol.',
      };
    case 'patterns':
      return {
        what: 'None of the similar places is in the files.',
        next: 'Reply in step 6 to ask Claude to look for them again.',
      };
  }
}

const fixPartWords: Readonly<Record<FixPart, string>> = {
  test: 'the test',
  explanation: 'why it works',
  edgeCases: 'the edge cases',
  similarPatterns: 'the similar patterns',
};

function linesInWords(line: number, endLine: number): string {
  return line === endLine ? `is line ${line}` : `are lines ${line} to ${endLine}`;
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

function listed(lines: readonly number[], count: number): string {
  if (lines.length < 2) return lines.join('');
  if (count > lines.length) return `${lines.join(', ')} …`;
  return `${lines.slice(0, -1).join(', ')} and ${lines.at(-1) ?? ''}`;
}

/** Rounded up, so that what is a byte over a limit is not said to be at it. */
function megabytes(bytes: number): string {
  return `${(Math.ceil((bytes * 10) / (1024 * 1024)) / 10).toFixed(1)} MB`;
}
