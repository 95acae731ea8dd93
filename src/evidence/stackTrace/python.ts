import { TraceDraft, makeFrame, type FoundTrace, type StackFrame, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

const start = 'Traceback (most recent call last)';
const framePattern = /^\s*File "([^"]{1,1000})", line (\d{1,9})(?:,? in (.{1,500}))?\s*$/;
const exceptionPattern = /^([A-Za-z_][\w.]{0,200})(?:: ?(.*))?$/;
const links = {
  'During handling of the above exception, another exception occurred:': 'context',
  'The above exception was the direct cause of the following exception:': 'cause',
} as const;
/** Lines of source, carets and blank lines between two frames or before the exception. */
const maxLinesBetween = 12;

/**
 * CPython and PyPy. Frames stand outermost first, and a chain of exceptions with the oldest first: the last one is the
 * trace, and what it followed from its causes. Exception groups have a frame of `|` and `+` around them.
 */
export const parsePython: TraceParser = (lines, at) => {
  const text = ungrouped(lines[at]?.text ?? '');
  if (!text.includes(start) && !framePattern.test(text)) return undefined;
  const first = parseOne(lines, at);
  if (first.draft.frameCount === 0 && first.draft.header.type === undefined) return undefined;
  let { draft, next } = first;
  for (;;) {
    const link = findLink(lines, next);
    if (link === undefined) break;
    const following = parseOne(lines, link.next);
    following.draft.addCause(link.relation, draft);
    following.draft.firstLine = draft.firstLine;
    ({ draft, next } = following);
  }
  return { trace: draft.finish({ outermostFirst: true }), next } satisfies FoundTrace;
};

function parseOne(lines: readonly TraceLine[], at: number): { draft: TraceDraft; next: number } {
  const draft = new TraceDraft('python', lines[at]?.number ?? 0);
  let next = at;
  let indent = 0;
  const head = ungrouped(lines[at]?.text ?? '');
  if (head.includes(start)) {
    indent = /\S/.exec(head)?.index ?? 0;
    next += 1;
  }
  // Lines since the last frame that may be its source.
  let between = 0;
  for (; next < lines.length && between <= maxLinesBetween; next += 1) {
    const line = lines[next];
    if (line === undefined) break;
    const text = ungrouped(line.text);
    const frame = parseFrame(text);
    const repeated = /^\s*\[Previous line repeated (\d+) more times?\]/.exec(text);
    if (frame !== undefined) {
      draft.add(frame, line.number);
      between = 0;
    } else if (repeated !== null) {
      draft.omittedFrames += Number(repeated[1]);
    } else if (text.trim() === '' || text.includes(start)) {
      break;
    } else if (isException(text, indent, between)) {
      const [, type, message = ''] = exceptionPattern.exec(text.trim()) ?? [];
      draft.header = { ...(type === undefined ? {} : { type }), message };
      draft.lastLine = line.number;
      return { draft, next: next + 1 };
    } else {
      between += 1;
    }
  }
  return { draft, next: Math.max(next, at + 1) };
}

/** Source lines are indented deeper than the exception, unless a collector took the indentation off. */
function isException(text: string, indent: number, between: number): boolean {
  if (!exceptionPattern.test(text.trim())) return false;
  const depth = text.length - text.trimStart().length;
  if (depth > indent) return false;
  return between > 0 || depth < 4 ? /^[\w.]+(:|$)/.test(text.trim()) : false;
}

function parseFrame(text: string): StackFrame | undefined {
  const match = framePattern.exec(text);
  if (match === null) return undefined;
  const [, file = '', line, name] = match;
  return makeFrame({ function: name, file, line, own: isOwnFile(file) });
}

function findLink(
  lines: readonly TraceLine[],
  from: number,
): { relation: 'cause' | 'context'; next: number } | undefined {
  let relation: 'cause' | 'context' | undefined;
  // The rest of a message of several lines, then a blank line, the link, another blank line.
  for (let at = from; at < Math.min(lines.length, from + maxLinesBetween); at += 1) {
    const text = ungrouped(lines[at]?.text ?? '').trim();
    for (const [sentence, kind] of Object.entries(links)) if (text.endsWith(sentence)) relation = kind;
    if (text.includes(start)) return relation === undefined ? undefined : { relation, next: at };
  }
  return undefined;
}

/** Without the frame around an exception group: `  | `, `  + `, `    +---------------- 1 ----------------`. */
function ungrouped(text: string): string {
  const frame = /^\s*(?:\| ?|\+-*\+?-* ?(?:\d+ -+)?|\+ )/.exec(text.slice(0, 200));
  return frame === null ? text : text.slice(frame[0].length);
}
