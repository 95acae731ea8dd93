export type TraceLanguage =
  | 'javascript'
  | 'python'
  | 'jvm'
  | 'go'
  | 'ruby'
  | 'php'
  | 'dotnet'
  | 'rust'
  | 'dart'
  | 'elixir'
  /** C, C++, Objective-C, Swift. */
  | 'native'
  | 'perl'
  | 'lua'
  | 'r'
  | 'powershell'
  | 'shell'
  /** One of those that say little: `sparseGrammars`. */
  | 'other';

/** One call of a stack trace, as far as the trace tells. */
export interface StackFrame {
  readonly function?: string;
  /** As it is written, also another machine's; of JVM frames the package's folders before the file's name. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  /** The service's own code rather than a library's, the runtime's or the language's. A guess by path and package. */
  readonly own: boolean;
}

export interface StackTrace {
  readonly language: TraceLanguage;
  /** The error's class or kind: `TypeError`, `java.io.IOException`, `panic`. */
  readonly type?: string;
  readonly message?: string;
  /** Innermost call first, whatever the order in the text. At most `maxFrames`. */
  readonly frames: readonly StackFrame[];
  /** Frames beyond `maxFrames`, or that the runtime itself left out with their number. */
  readonly omittedFrames: number;
  readonly causes: readonly TraceCause[];
  /** Lines of the parsed text, from 1, that it was read from. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface TraceCause {
  /** `context`: raised before, while this one was not yet raised. `suppressed`: raised while this one was on its way. */
  readonly relation: 'cause' | 'context' | 'suppressed';
  readonly trace: StackTrace;
}

/** Frames kept of one trace; an endless recursion repeats itself long before. */
export const maxFrames = 1000;
/** Causes that are followed from one trace, one below the other. */
const maxCauseDepth = 50;

/** A line of the parsed text without what a log writes around it. */
export interface TraceLine {
  readonly text: string;
  /** Number of the line in the parsed text, from 1. Several lines come from one where a JSON field held them. */
  readonly number: number;
  /** The process that wrote it, where a collector told: lines of several processes stand among each other. */
  readonly process?: string;
}

/** A trace found by a parser: the lines from `start` up to `next` (excluded) are used up. */
export interface FoundTrace {
  readonly trace: StackTrace;
  readonly next: number;
}

/**
 * A parser of one family. Looks whether a trace is at `at`; it may look back to `floor` for a header, and no further than
 * a fixed number of lines, so that parsing stays linear. Gives undefined at once where the line says nothing to it.
 */
export type TraceParser = (lines: readonly TraceLine[], at: number, floor: number) => FoundTrace | undefined;

/** The type and message at the head of a trace. */
export interface TraceHeader {
  readonly type?: string;
  readonly message?: string;
}

/** A trace while it is read. */
export class TraceDraft {
  header: TraceHeader;
  firstLine: number;
  lastLine: number;
  omittedFrames = 0;
  readonly #language: TraceLanguage;
  readonly #frames: StackFrame[] = [];
  readonly #causes: { relation: TraceCause['relation']; draft: TraceDraft }[] = [];

  constructor(language: TraceLanguage, line: number, header: TraceHeader = {}) {
    this.#language = language;
    this.header = header;
    this.firstLine = line;
    this.lastLine = line;
  }

  get frameCount(): number {
    return this.#frames.length;
  }

  add(frame: StackFrame, line: number): void {
    if (this.#frames.length < maxFrames) this.#frames.push(frame);
    else this.omittedFrames += 1;
    this.lastLine = Math.max(this.lastLine, line);
  }

  addFirst(frame: StackFrame): void {
    this.#frames.unshift(frame);
  }

  addCause(relation: TraceCause['relation'], draft: TraceDraft): void {
    this.#causes.push({ relation, draft });
  }

  /** `outermostFirst`: the frames were added in the order of Python and old Ruby. */
  finish({ outermostFirst = false } = {}, depth = 0): StackTrace {
    const { type } = this.header;
    // A text may be indented as a whole, which is none of the message's.
    const message = this.header.message?.trimStart();
    const causes =
      depth >= maxCauseDepth
        ? []
        : this.#causes.map(({ relation, draft }) => ({ relation, trace: draft.finish({ outermostFirst }, depth + 1) }));
    return {
      language: this.#language,
      ...(type === undefined || type === '' ? {} : { type }),
      ...(message === undefined || message === '' ? {} : { message }),
      frames: outermostFirst ? this.#frames.reverse() : this.#frames,
      omittedFrames: this.omittedFrames,
      causes,
      firstLine: this.firstLine,
      lastLine: causes.reduce((last, { trace }) => Math.max(last, trace.lastLine), this.lastLine),
    };
  }
}

export interface FrameParts {
  readonly function?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: string | number | undefined;
  readonly column?: string | number | undefined;
  readonly own: boolean;
}

/** A frame of what a pattern matched, leaving out what it did not. */
export function makeFrame({ function: name, file, line, column, own }: FrameParts): StackFrame {
  return {
    ...(name === undefined || name === '' ? {} : { function: name }),
    ...(file === undefined || file === '' ? {} : { file }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
    own,
  };
}

/** Takes `:line` and `:line:column` off the end of a location. */
export function splitPosition(location: string): { file: string; line?: string; column?: string } {
  const [, second] = /:(\d{1,9})$/.exec(location.slice(-10)) ?? [];
  if (second === undefined) return { file: location };
  const rest = location.slice(0, -1 - second.length);
  const [, first] = /:(\d{1,9})$/.exec(rest.slice(-10)) ?? [];
  if (first === undefined) return { file: rest, line: second };
  return { file: rest.slice(0, -1 - first.length), line: first, column: second };
}
