import { TraceDraft, makeFrame } from './model.ts';
import type { StackFrame, TraceHeader, TraceLine, TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** How one language, or tool, writes its traces: frames one below the other, with the error before or behind them. */
export interface SparseGrammar {
  /** Its groups `function`, `file`, `line` and `column` are the frame's, as far as it has them; `LINE` and the like stand for them. */
  readonly frame: RegExp;
  /** The file, where the frame names something else: a class, a module. */
  readonly fileOf?: (name: string) => string;
  /** A line between two frames that says nothing more of them: the source, a mark below it. */
  readonly between?: RegExp;
  /** A line behind the last frame that says again where one was. */
  readonly tail?: RegExp;
  /** Its groups `type` and `message` are the error's. */
  readonly header: RegExp;
  /** Each place is an error of its own, as of compilers: the next one is no caller. */
  readonly single?: boolean;
  /** The error's type, where no header tells it. */
  readonly type?: string;
  /** Whether a place that is an error of its own is one without a header, too. */
  readonly placeAlone?: boolean;
  /** The error stands behind its frames, of which the outermost then comes first. */
  readonly errorBehind?: boolean;
  /** Files of the language itself, beside those that every language's are told by. */
  readonly library?: RegExp;
}

/** Lines between an error and its frames. */
const mostBetween = 6;
/** Lines between the frames and an error that stands behind them: a Dockerfile's are shown. */
const mostBehind = 12;
/** Lines of source, marks and blanks between two frames. */
const mostSource = 3;

/** What words in capitals stand for in a grammar's patterns. */
const words: Readonly<Record<string, string>> = {
  LINE: '(?<line>\\d{1,9})',
  COLUMN: '(?<column>\\d{1,9})',
  FILE: '(?<file>[^\\s:]{1,500})',
  PATH: '\\S{1,500}?',
  SOURCE: '(?<file>(?:[A-Za-z]:)?[^\\s:()[\\]]{1,500}?\\.\\w{1,10})',
  MESSAGE: '(?<message>(?!\\s).{0,2000})',
  DIAGNOSTIC: '(?<type>error(?: [A-Z]{1,6}\\d{1,6})?):?',
};

function spelt({ source }: RegExp): RegExp {
  return new RegExp(source.replace(/LINE|COLUMN|FILE|PATH|SOURCE|MESSAGE|DIAGNOSTIC/g, (word) => words[word] ?? word));
}

/** A parser for a grammar: a run of its frames, with the nearest header above it, or below where frames end so. */
export function sparseParser(written: SparseGrammar): TraceParser {
  const grammar = { ...written, frame: spelt(written.frame), header: spelt(written.header) };
  return (lines, at, floor) => {
    const first = lines[at];
    if (first === undefined || frameOf(grammar, first.text) === undefined) return undefined;
    const draft = new TraceDraft('other', first.number);
    const next = readFrames(grammar, lines, at, draft);
    const found = headerAround(grammar, lines, at, floor, next);
    // A run of frames is a trace by itself: looking at each of them again for want of an error would never end.
    if (found === undefined && grammar.single === true && grammar.placeAlone !== true) return undefined;
    if (found !== undefined) {
      draft.header = found.header;
      draft.firstLine = Math.min(draft.firstLine, found.number);
      draft.lastLine = Math.max(draft.lastLine, found.number);
    }
    const end = found === undefined ? next : Math.max(next, found.at + 1);
    return { trace: draft.finish({ outermostFirst: grammar.errorBehind === true }), next: end };
  };
}

function readFrames(grammar: SparseGrammar, lines: readonly TraceLine[], at: number, draft: TraceDraft): number {
  let next = at;
  for (let row = at, others = 0; row < lines.length && others <= mostSource; row += 1) {
    const line = lines[row];
    if (line === undefined) break;
    const frame = frameOf(grammar, line.text);
    if (frame !== undefined) {
      draft.add(frame, line.number);
      others = 0;
      next = row + 1;
      if (grammar.single === true) break;
    } else if (grammar.between?.test(line.text) === true) others += 1;
    else break;
  }
  return grammar.tail?.test(lines[next]?.text ?? '') === true ? next + 1 : next;
}

function frameOf({ frame, fileOf, library }: SparseGrammar, text: string): StackFrame | undefined {
  const parts = frame.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { function: name, file: written = '', line, column } = parts;
  const file = fileOf?.(written) ?? written;
  return makeFrame({
    function: name,
    file,
    line,
    column,
    own: isOwnFile(file) && library?.test(file) !== true,
  });
}

interface FoundHeader {
  readonly header: TraceHeader;
  readonly number: number;
  readonly at: number;
}

function headerAround(
  grammar: SparseGrammar,
  lines: readonly TraceLine[],
  at: number,
  floor: number,
  next: number,
): FoundHeader | undefined {
  for (let above = at - 1; above >= Math.max(floor, at - mostBetween); above -= 1) {
    const found = headerIn(grammar, lines, above);
    if (found !== undefined) return found;
  }
  // Where the error is part of the frame's own line, or stands below the frames.
  const here = headerIn(grammar, lines, at);
  if (here !== undefined || grammar.errorBehind !== true) return here;
  for (let below = next; below <= next + mostBehind; below += 1) {
    const found = headerIn(grammar, lines, below);
    if (found !== undefined) return found;
  }
  return undefined;
}

function headerIn(
  { header, type: always }: SparseGrammar,
  lines: readonly TraceLine[],
  at: number,
): FoundHeader | undefined {
  const line = lines[at];
  const parts = line === undefined ? undefined : header.exec(line.text)?.groups;
  if (line === undefined || parts === undefined) return undefined;
  const { type = always, message } = parts;
  return {
    header: { ...(type === undefined ? {} : { type }), ...(message === undefined ? {} : { message }) },
    number: line.number,
    at,
  };
}
