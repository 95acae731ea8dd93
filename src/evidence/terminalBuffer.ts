import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed, type Result } from '../model/failure.ts';
import { formatBytes } from './size.ts';
import { TerminalScreen, type ScreenText } from './terminalScreen.ts';

/** Bound on the output kept of one execution, in characters from its end. */
const maxOutputCharacters = 256 * 1024;
/** Executions kept per terminal, the newest. */
export const maxExecutions = 5;

/** One command of one terminal, as far as it got. */
export interface TerminalExecution {
  readonly terminal: string;
  readonly commandLine?: string;
  /** Absent while it runs, and where the shell does not tell. */
  readonly exitCode?: number;
  readonly running: boolean;
  /** Plain text, as a person saw it. */
  readonly output: string;
  /** Whether earlier output was dropped to stay within the bound. */
  readonly cut: boolean;
}

/**
 * Takes in the output of one execution: chunks as shell integration reads them, cut anywhere, with control sequences.
 * Marks of shell integration inside it (OSC 633, OSC 133) tell prompt from output, the command line and the exit code.
 */
export class ExecutionRecorder {
  readonly #terminal: string;
  readonly #screen: TerminalScreen;
  #commandLine: string | undefined;
  #exitCode: number | undefined;
  #running = true;
  /** Between `D` (a command ended) and `C` (the next one's output begins) stands the prompt. */
  #inPrompt = false;
  /** What was printed up to the command's end, once a mark told of that. */
  #output: ScreenText | undefined;

  constructor(terminal: string, commandLine?: string, maxCharacters = maxOutputCharacters) {
    this.#terminal = terminal;
    this.#commandLine = commandLine === '' ? undefined : commandLine;
    this.#screen = new TerminalScreen(maxCharacters, (data) => this.#mark(data));
  }

  feed(chunk: string): void {
    this.#screen.feed(chunk);
  }

  /** The execution is over; `exitCode` wins over what a mark said, where it is known. */
  end(exitCode?: number): void {
    this.#running = false;
    this.#exitCode = exitCode ?? this.#exitCode;
  }

  snapshot(): TerminalExecution {
    const { text, cut } = this.#output ?? (this.#inPrompt ? { text: '', cut: false } : this.#screen.read());
    return {
      terminal: this.#terminal,
      ...(this.#commandLine === undefined ? {} : { commandLine: this.#commandLine }),
      ...(this.#exitCode === undefined ? {} : { exitCode: this.#exitCode }),
      running: this.#running,
      output: text,
      cut,
    };
  }

  #mark(data: string): void {
    const [, kind, argument] = data.split(';');
    if (kind === 'A') {
      // Some shells tell of a prompt but not of a command's end: what stands before it is the output then.
      if (!this.#inPrompt) this.#output = this.#screen.read();
      this.#inPrompt = true;
    } else if (kind === 'C') {
      this.#screen.clear();
      this.#output = undefined;
      this.#inPrompt = false;
    } else if (kind === 'D') {
      if (!this.#inPrompt) this.#output = this.#screen.read();
      this.#inPrompt = true;
      if (argument !== undefined && /^-?\d+$/.test(argument)) this.#exitCode = Number(argument);
    } else if (kind === 'E' && argument !== undefined && this.#commandLine === undefined) {
      this.#commandLine = unescapeMark(argument);
    }
  }
}

/** The last executions of every terminal, by the terminal's id. */
export class TerminalBuffer {
  readonly #terminals = new Map<string, ExecutionRecorder[]>();

  /** A command was started; its output is to be fed to the recorder. */
  start(terminalId: string, terminalName: string, commandLine?: string): ExecutionRecorder {
    const recorder = new ExecutionRecorder(terminalName, commandLine);
    const recorders = [...(this.#terminals.get(terminalId) ?? []), recorder];
    this.#terminals.set(terminalId, recorders.slice(-maxExecutions));
    return recorder;
  }

  /** A terminal was closed. Its output is kept by the evidence made of it, not here. */
  forget(terminalId: string): void {
    this.#terminals.delete(terminalId);
  }

  /** The kept executions of a terminal, the newest first. */
  executions(terminalId: string): readonly TerminalExecution[] {
    return (this.#terminals.get(terminalId) ?? []).map((recorder) => recorder.snapshot()).reverse();
  }
}

/** The newest execution that printed something as evidence: the command and its output, and how they were read. */
export function terminalEvidence(executions: readonly TerminalExecution[]): Result<CollectedEvidence> {
  const execution = executions.find(({ output }) => output !== '');
  if (execution === undefined) return fail({ kind: 'nothingThere', what: 'terminal' });
  const { terminal, commandLine, exitCode, running, output, cut } = execution;
  const ending = running ? 'still running' : exitCode === undefined ? 'ended' : `exit code ${exitCode}`;
  const oneLine = commandLine?.split('\n')[0]?.trim();
  return succeed({
    kind: 'terminal',
    title: oneLine === undefined ? `Last output of ${terminal}` : `${shorten(oneLine)}, ${ending}`,
    source: `Terminal “${terminal}”, its last command (${ending}), read through shell integration`,
    text: commandLine === undefined ? output : `$ ${commandLine}\n${output}`,
    ...(cut ? { omitted: `output before the last ${formatBytes(maxOutputCharacters)}` } : {}),
  });
}

const maxTitleCommand = 60;

function shorten(command: string): string {
  return command.length <= maxTitleCommand ? command : `${command.slice(0, maxTitleCommand - 1)}…`;
}

/** Values in OSC 633 marks: `\\` is a backslash, `\xAB` the character of that code. */
function unescapeMark(value: string): string {
  return value.replace(/\\(?:\\|x([0-9a-f]{2}))/gi, (_, hex: string | undefined) =>
    hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
