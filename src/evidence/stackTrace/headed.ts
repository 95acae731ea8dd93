import {
  TraceDraft,
  type FoundTrace,
  type StackFrame,
  type TraceHeader,
  type TraceLanguage,
  type TraceLine,
} from './model.ts';

/** What the families have of their own whose traces are a header, then frames, innermost first, then causes. */
export interface HeadedGrammar {
  readonly language: TraceLanguage;
  readonly frame: (text: string) => StackFrame | undefined;
  /** The header in a line, which may stand behind what a logger wrote. */
  readonly header: (text: string) => TraceHeader | undefined;
  /** A line that belongs to the trace and says how many frames were left out (0: says nothing). */
  readonly skip?: (text: string) => number | undefined;
  readonly nested?: (text: string) => NestedHeader | undefined;
  /** A line of what the runtime prints of the error beside its trace, behind which a cause may follow. */
  readonly property?: (text: string) => boolean;
  /** Whether frames without a header are enough. */
  readonly framesAlone?: boolean;
}

export interface NestedHeader {
  /** `wrapper`: what follows had the trace so far as its cause. */
  readonly relation: 'cause' | 'suppressed' | 'wrapper';
  readonly header: TraceHeader;
  /** One of several causes at the same depth, rather than the cause of the one before. */
  readonly isSibling?: boolean;
}

/** How many lines a message may have between a header and its first frame. */
const maxMessageLines = 20;

/** Parses at a frame: its header is looked for above it, and frames, causes and what was left out below. */
export function parseHeaded(
  grammar: HeadedGrammar,
  lines: readonly TraceLine[],
  at: number,
  floor: number,
): FoundTrace | undefined {
  const first = lines[at];
  if (first === undefined || grammar.frame(first.text) === undefined) return undefined;
  const found = findHeader(grammar, lines, at, floor);
  if (found === undefined && grammar.framesAlone === false && grammar.frame(lines[at + 1]?.text ?? '') === undefined)
    return undefined;
  let root = new TraceDraft(grammar.language, found?.number ?? first.number, found?.header);
  const open = [{ indent: -1, draft: root }];
  let current = root;
  let next = at;
  while (next < lines.length) {
    const line = lines[next];
    if (line === undefined) break;
    const frame = grammar.frame(line.text);
    const left = frame === undefined ? grammar.skip?.(line.text) : undefined;
    if (frame !== undefined) {
      current.add(frame, line.number);
    } else if (left !== undefined) {
      current.omittedFrames += left;
      current.lastLine = line.number;
    } else {
      const nested = grammar.nested?.(line.text);
      if (nested !== undefined) {
        const indent = line.text.length - line.text.trimStart().length;
        if (nested.relation === 'wrapper') {
          current = new TraceDraft(grammar.language, line.number, nested.header);
          current.addCause('cause', root);
          current.firstLine = root.firstLine;
          root = current;
          open.splice(0, open.length, { indent: -1, draft: root });
          next = skipMessage(grammar, lines, next + 1, current);
          continue;
        }
        current = new TraceDraft(grammar.language, line.number, nested.header);
        // `Caused by` belongs to the trace at its own depth, `Suppressed` to the one that it is indented under.
        while (open.length > 1 && isDeeper(open.at(-1)?.indent ?? -1, indent, nested)) open.pop();
        (open.at(-1)?.draft ?? root).addCause(nested.relation, current);
        open.push({ indent, draft: current });
        next = skipMessage(grammar, lines, next + 1, current);
        continue;
      }
      const behind = causeBehindProperties(grammar, lines, next);
      if (behind !== undefined) {
        next = behind;
        continue;
      }
      if (!isNoiseBetweenFrames(grammar, lines, next)) break;
    }
    next += 1;
  }
  return { trace: root.finish(), next };
}

function isDeeper(openIndent: number, indent: number, { relation, isSibling = false }: NestedHeader): boolean {
  return relation === 'suppressed' || isSibling ? openIndent >= indent : openIndent > indent;
}

/** Lines of properties that are passed over to find a cause among them. */
const maxProperties = 30;

/** The line of a cause that stands among the error's printed properties; undefined where none does. */
function causeBehindProperties(grammar: HeadedGrammar, lines: readonly TraceLine[], from: number): number | undefined {
  if (grammar.property === undefined) return undefined;
  for (let at = from; at < Math.min(lines.length, from + maxProperties); at += 1) {
    const text = lines[at]?.text ?? '';
    if (at > from && grammar.nested?.(text) !== undefined) return at;
    if (!grammar.property(text)) return undefined;
  }
  return undefined;
}

function findHeader(
  grammar: HeadedGrammar,
  lines: readonly TraceLine[],
  at: number,
  floor: number,
): { header: TraceHeader; number: number } | undefined {
  for (let above = at - 1; above >= Math.max(floor, at - maxMessageLines); above -= 1) {
    const line = lines[above];
    if (line === undefined) return undefined;
    const header = grammar.header(line.text);
    if (header === undefined) continue;
    const rest = lines.slice(above + 1, at).map(({ text }) => text);
    return { header: withMore(header, rest), number: line.number };
  }
  return undefined;
}

/** The further lines of a cause's message, up to its first frame; none where no frame follows soon. */
function skipMessage(grammar: HeadedGrammar, lines: readonly TraceLine[], from: number, draft: TraceDraft): number {
  for (let at = from; at < Math.min(lines.length, from + maxMessageLines); at += 1) {
    const text = lines[at]?.text ?? '';
    if (grammar.frame(text) !== undefined || grammar.skip?.(text) !== undefined) {
      draft.header = withMore(
        draft.header,
        lines.slice(from, at).map((line) => line.text),
      );
      return at;
    }
    if (grammar.nested?.(text) !== undefined || grammar.header(text) !== undefined) return from;
  }
  return from;
}

function withMore(header: TraceHeader, rest: readonly string[]): TraceHeader {
  const more = rest.join('\n').trimEnd();
  return more.trim() === '' ? header : { ...header, message: `${header.message ?? ''}\n${more}`.trimStart() };
}

/** Another process may have written one line into the middle of a trace. */
function isNoiseBetweenFrames(grammar: HeadedGrammar, lines: readonly TraceLine[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  return (
    text.trim() !== '' && grammar.header(text) === undefined && grammar.frame(lines[at + 1]?.text ?? '') !== undefined
  );
}

/** A header as most languages write it: `some.Type: message`, `Type [CODE]: message`, behind whatever a logger wrote. */
export function parseErrorHeader(text: string, typePattern: RegExp): TraceHeader | undefined {
  const match = typePattern.exec(text);
  if (match === null) return undefined;
  const [, type = '', message = ''] = match;
  return { type, message: message.trim() };
}
