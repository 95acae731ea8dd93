import type { CannotRunReason, CommandEnd } from '../model/proof.ts';

/** What a run of a test says, from how it ended and what it printed. */
export type RunJudgement =
  | { readonly kind: 'green' }
  | { readonly kind: 'red' }
  | { readonly kind: 'cannotRun'; readonly why: CannotRunReason; readonly line: string }
  | { readonly kind: 'timedOut'; readonly seconds: number }
  | { readonly kind: 'stopped' };

/**
 * Judges a run. The exit code decides between green and red; the output only tells a red test from one that never ran: a
 * program that is missing, code that does not compile, a module that is not there, a runner that found no test. Its
 * patterns are the runners' own words (Node, mocha, Jest, Vitest, Deno, Bun, Python, pytest, Cargo, Go, Maven, Gradle,
 * sbt, RSpec, minitest, PHPUnit, Pest, .NET, Mix, Dart, Swift, make).
 */
export function judgeRun(end: CommandEnd, output: string): RunJudgement {
  switch (end.kind) {
    case 'timedOut':
      return { kind: 'timedOut', seconds: end.seconds };
    case 'stopped':
      return { kind: 'stopped' };
    case 'notStarted':
      return { kind: 'cannotRun', why: 'noProgram', line: end.code };
    case 'signalled':
      // A test that crashes its process shows a bug as well as any.
      return { kind: 'red' };
    case 'exited':
      return judgeExit(end.code, linesOf(output));
  }
}

function judgeExit(code: number, lines: readonly string[]): RunJudgement {
  const found = (why: CannotRunReason): RunJudgement | undefined => {
    const line = lineOf(lines, signs[why]);
    return line === undefined ? undefined : { kind: 'cannotRun', why, line };
  };
  // Runners that found nothing to run may well call that a success.
  const nothing = lines.some((line) => ranTests.test(line)) ? undefined : found('noTests');
  // A script may swallow the exit code (`mocha || true`); what the runner counted still tells.
  if (code === 0) return nothing ?? { kind: lines.some((line) => countedFailures.test(line)) ? 'red' : 'green' };
  // The shell's own codes for what it could not find or run.
  if (code === 127 || code === 126 || code === 9009) {
    return { kind: 'cannotRun', why: 'noProgram', line: lines.at(-1)?.slice(0, 400) ?? '' };
  }
  if (lines.some((line) => failedInside.test(line))) return { kind: 'red' };
  return found('noProgram') ?? found('missingModule') ?? found('doesNotCompile') ?? nothing ?? { kind: 'red' };
}

// eslint-disable-next-line no-control-regex
const controlSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** Without colours and other control sequences of terminals. */
export function plain(output: string): string {
  return output.replace(controlSequence, '').replace(/\r\n?/g, '\n');
}

/** Counts of tests above zero: whatever else was empty, something ran. */
const ranTests =
  /^(?:# tests [1-9]|ℹ tests [1-9]|[1-9]\d* (?:passing|failing)|Tests:\s+.*[1-9]|Tests\s+.*[1-9]\d* (?:passed|failed)|Ran [1-9]\d* tests?|=+ .*\b[1-9]\d* (?:passed|failed)|[1-9]\d* (?:passed|failed)|running [1-9]\d* tests?|test result: .* [1-9]\d* (?:passed|failed)|ok\s+\S+\s+[\d.]+s$|--- (?:PASS|FAIL)|Tests run: [1-9]|[1-9]\d* examples?,|[1-9]\d* runs?,|OK \([1-9]|Ran [1-9]\d* tests? across|[1-9]\d* tests?, \d+ failures?|00:\d\d \+[1-9]|Tests:\s+[1-9]\d* passed|Executed [1-9]\d* tests?)/;

/** An assertion that did not hold, or a runner's count of failed tests that it does not also use for files that never loaded. */
const failedInside =
  /\bAssertionError\b|\bERR_ASSERTION\b|^[1-9]\d* failing\b|^Tests:\s+.*\b[1-9]\d* failed|^Tests\s+.*\b[1-9]\d* failed|^=+ .*\b[1-9]\d* failed|^test result: FAILED\. .*\b[1-9]\d* failed|^--- FAIL:|Tests run: \d+, Failures: [1-9]|\bexpect\(received\)|^thread '.*' panicked at |Failed asserting that/;

/** A runner's own summary that counts failed tests. Not a test's name or message, which a green run may print too. */
const countedFailures =
  /^[1-9]\d* failing$|^# fail [1-9]|^ℹ fail [1-9]|^Tests:\s+(?:.*, )?[1-9]\d* failed, |^Tests\s+(?:.* \| )?[1-9]\d* failed\b|^=+ (?:.*, )?[1-9]\d* failed\b.* in [\d.]+s.* =+$|^FAILED \((?:failures|errors)=[1-9]|^test result: FAILED\. |^FAIL\s+\S+\s+[\d.]+s$|^\[ERROR\] Tests run: \d+, Failures: (?:[1-9]|\d+, Errors: [1-9])|^\d+ examples?, [1-9]\d* failures?|^\d+ runs, \d+ assertions, (?:[1-9]|0 failures, [1-9])|^Tests: \d+, Assertions: \d+, (?:Failures|Errors): [1-9]|^Failed!\s+-\s+Failed:\s+[1-9]|^\d+ tests?, [1-9]\d* failures?/;

/** How each reason looks in the output of the runners that we know. One line each. */
const signs: Readonly<Record<CannotRunReason, readonly RegExp[]>> = {
  noProgram: [
    /: (?:command )?not found$/,
    /is not recognized as an internal or external command/,
    /^(?:npm ERR!|npm error) could not determine executable to run/i,
    /^(?:npm ERR!|npm error) Missing script:/i,
    /^make(?:\[\d+\])?: \*\*\* No rule to make target/,
    /No module named ['"]?(?:pytest|unittest|tox|django)['"]?$/,
    /^error: no such (?:sub)?command/,
    /^(?:bundler|Bundler): command not found:/,
    /^Could not open input file: /,
    /^\*\* \(Mix\) The task .* could not be found/,
    /^error: Script not found /,
  ],
  missingModule: [
    /\bCannot find (?:module|package) /,
    /\bERR_PACKAGE_PATH_NOT_EXPORTED\b/,
    /^[#E\s]*(?:ModuleNotFoundError|ImportError)\b/,
    /\bcannot load such file --/,
    /^(?:.*: )?(?:no required module provides package|cannot find package)\b/,
    /^PHP Fatal error:\s+Uncaught Error: Class .* not found/,
    /Failed to resolve import /,
    /^error\[E043[23]\]/,
    /\bERR_MODULE_NOT_FOUND\b/,
    /^error: (?:Module not found|Relative import path)/,
    /^Bundler::GemNotFound|^Could not find .* in (?:any of the sources|locally installed gems)/,
    /^Error: Couldn't resolve the package /,
    /^\[ERROR\] .*Could not resolve dependencies/,
  ],
  doesNotCompile: [
    // Text that is parsed while a test runs fails with the same error, and says so.
    /^(?:[#E\s]*|.*Uncaught )(?:SyntaxError|IndentationError|TabError)\b(?!.*(?:\bJSON\b|regular expression))/,
    /does not provide an export named/,
    /^error: could not compile /,
    /^error\[E\d{4}\]/,
    /^FAIL\t\S+ \[(?:build|setup) failed\]/,
    /^(?:\[ERROR\] )?COMPILATION ERROR/,
    /^> Task :.*compile\w* FAILED/,
    /Compilation failed; see the compiler/,
    /\berror (?:CS|FS|BC|TS|MSB)\d{4}:/,
    /^(?:PHP )?Parse error:/,
    /An error occurred while loading /,
    /^ERROR collecting |^ERROR .* - .*Error|errors? during collection/,
    /Test suite failed to run/,
    /Transform failed with \d+ error/,
    /\bERR_UNKNOWN_FILE_EXTENSION\b/,
    /^== Compilation error in file /,
    /^\[error\] .*Compilation failed/,
    /^\*\* \((?:SyntaxError|CompileError|TokenMissingError)\)/,
    /: Error: .*\bFailed to load ".*": ?$|^Failed to load ".*":/,
  ],
  noTests: [
    /^(?:# |ℹ )tests 0$/,
    /^0 passing\b/,
    /No test files? found/i,
    /No tests found/i,
    /^Ran 0 tests\b|^NO TESTS RAN/,
    /no tests ran in |collected 0 items/,
    /^running 0 tests$/,
    /\[no tests to run\]|\[no test files\]|no tests to run$/,
    /No tests (?:were )?executed/i,
    /^Tests run: 0\b/,
    /^0 examples, 0 failures|^0 runs, 0 assertions/,
    /No test (?:is available|matches the given testcase filter)/,
    /Could not find '.*'$/,
    /^error: no test target named/,
    /^error: file or directory not found/i,
    /^ERROR: file or directory not found/,
    /^error: No test modules found/,
    /^There are no tests to run|^No tests were found\.?$/,
    /^The following filters did not match any test files/,
    /^Test file .* does not exist/i,
    /^Error: No test suite found/,
    /^INFO +No tests found\.?$/,
  ],
  editMismatch: [],
  worktree: [],
};

function lineOf(lines: readonly string[], patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const line = lines.find((each) => pattern.test(each));
    if (line !== undefined) return line.slice(0, 400);
  }
  return undefined;
}

/** Lines that say something, cut to a length at which no pattern takes long. */
function linesOf(output: string): readonly string[] {
  return plain(output)
    .split('\n')
    .map((line) => line.slice(0, 1_000).trim())
    .filter((line) => line !== '');
}
