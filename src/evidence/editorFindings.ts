import type { CollectedEvidence } from '../model/evidence.ts';
import { count } from '../model/figures.ts';

/** A place in a file, as people name it: lines and columns count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
}

/** What the editor's language tools complain about. */
export interface Problem extends Place {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** Which tool says so, and the code of its rule. */
  readonly source?: string;
  readonly code?: string;
  readonly related?: readonly (Place & { readonly message: string })[];
}

export interface TestFailure {
  readonly name: string;
  readonly place?: Place;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly frames?: readonly Frame[];
}

/** A frame of a stack, which may be in no file. */
export interface Frame {
  readonly name: string;
  readonly place?: Place;
}

export interface DebugException {
  /** The debug session's name. */
  readonly session: string;
  /** The exception's type or id, and what it says. */
  readonly type?: string;
  readonly message?: string;
  /** The stack as the runtime has written it. */
  readonly stackTrace?: string;
  readonly frames: readonly Frame[];
}

/** More than this helps nobody: the first problems and frames are those that matter. */
const maxProblems = 200;
const maxFrames = 60;
const consoleLines = 200;
/** Characters of one message, which a tool may fill with a page. */
const maxMessage = 20_000;

/** Problems as evidence, one a line, in the form that compilers print. At least one is given. */
export function problemsEvidence(problems: readonly Problem[]): CollectedEvidence {
  const shown = problems.slice(0, maxProblems);
  const lines = shown.flatMap(({ severity, message, source, code, related = [], ...place }) => [
    `${placeText(place)}: ${[severity, source, code].filter((part) => part !== undefined).join(' ')}: ${cut(message)}`,
    ...related.slice(0, 5).map((one) => `    ${placeText(one)}: ${cut(one.message)}`),
  ]);
  const [first] = shown;
  const one = shown.length === 1 && first !== undefined ? `Problem in ${first.path}` : undefined;
  return {
    kind: 'errorText',
    title: one ?? count(problems.length, 'problem'),
    source: 'the editor’s problems',
    text: lines.join('\n'),
    ...(problems.length > maxProblems ? { omitted: `all but the first ${maxProblems} problems` } : {}),
  };
}

/** A test that failed as evidence: its message, what was expected, its stack. */
export function testFailureEvidence({
  name,
  place,
  message,
  expected,
  actual,
  frames = [],
}: TestFailure): CollectedEvidence {
  return {
    kind: 'errorText',
    title: `Failed test: ${name}`,
    source: `the test results${place === undefined ? '' : `, ${placeText(place)}`}`,
    text: [
      `Test: ${name}`,
      ...(place === undefined ? [] : [`  in ${placeText(place)}`]),
      cut(message),
      ...(expected === undefined ? [] : [`Expected: ${cut(expected)}`]),
      ...(actual === undefined ? [] : [`Actual: ${cut(actual)}`]),
      ...frameLines(frames),
    ].join('\n'),
  };
}

/** An exception that a debugger stopped at: its words, and its stack as the runtime or else the debugger has it. */
export function exceptionEvidence({ session, type, message, stackTrace, frames }: DebugException): CollectedEvidence {
  const header = [type, message].filter((part) => part !== undefined && part !== '').join(': ');
  const stack = stackTrace?.trim() ?? '';
  const isWhole = message !== undefined && stack.includes(firstLine(message));
  return {
    kind: 'errorText',
    title: header === '' ? `Stack of ${session}` : firstLine(header).slice(0, 120),
    source: `the debugger, ${session}`,
    text: [
      ...(isWhole || header === '' ? [] : [cut(header)]),
      ...(stack === '' ? frameLines(frames) : [cut(stack)]),
    ].join('\n'),
  };
}

/** The end of what a program printed in the debug console; undefined where it printed nothing. */
export function debugConsoleEvidence(session: string, printed: string): CollectedEvidence | undefined {
  const lines = printed.trimEnd().split('\n');
  if (printed.trim() === '') return undefined;
  return {
    kind: 'terminal',
    title: `Debug console: ${session}`,
    source: 'the debug console, what the program printed',
    text: lines.slice(-consoleLines).join('\n'),
    ...(lines.length > consoleLines ? { omitted: `all but the last ${consoleLines} lines` } : {}),
  };
}

/** Frames in the form of V8, which the stack trace's reader knows whatever the language. */
function frameLines(frames: readonly Frame[]): readonly string[] {
  return frames
    .slice(0, maxFrames)
    .map(({ name, place }) => (place === undefined ? `    at ${name}` : `    at ${name} (${placeText(place)})`));
}

function placeText({ path, line, column }: Place): string {
  return `${path}:${line}${column === undefined ? '' : `:${column}`}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function cut(text: string): string {
  const plain = text.replaceAll('\r\n', '\n').trim();
  return plain.length <= maxMessage ? plain : `${plain.slice(0, maxMessage)}…`;
}
