import { TraceDraft, makeFrame, type FoundTrace, type StackFrame, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

const start = 'Traceback (most recent call last)';
const framePattern = /^(?:\s*|> )File "([^"]{1,1000})", line (\d{1,9})(?:,? in (.{1,500}))?\s*$/;
/** Ray names the class that was raised in the worker: `RayTaskError(ValueError)`. */
const exceptionPattern = /^([A-Za-z_][\w.]{0,200}(?:\([A-Z]\w{0,100}\))?)(?:: ?(.*))?$/;
const links = {
  'During handling of the above exception, another exception occurred:': 'context',
  'The above exception was the direct cause of the following exception:': 'cause',
} as const;
/** Lines between an exception and what it led to. */
const maxLinesBetween = 12;
/** Lines between two frames, where a logger shows the values in each line of source. */
const maxSourceLines = 40;

/**
 * CPython and PyPy. Frames stand outermost first, and a chain of exceptions with the oldest first: the last one is the
 * trace, and what it followed from its causes. Exception groups have a frame of `|` and `+` around them.
 */
export const parsePython: TraceParser = (all, at, floor) => {
  const lines = withoutLogPrefix(all, at);
  const text = ungrouped(lines.at(at)?.text ?? '');
  if (!text.includes(start) && !framePattern.test(text)) return undefined;
  const first = parseOne(lines, at);
  if (first.draft.frameCount === 0 && first.draft.header.type === undefined) return undefined;
  let { draft, next } = first;
  if (draft.header.type === undefined)
    draft.header =
      headerAbove(lines, at, floor) ?? fatalAbove(lines, at, floor) ?? pageBelow(lines, next) ?? draft.header;
  next = readGroup(lines, next, draft);
  for (;;) {
    const link = findLink(lines, next);
    if (link === undefined) break;
    const following = parseOne(lines, link.next);
    following.draft.addCause(link.relation, draft);
    following.draft.firstLine = draft.firstLine;
    ({ draft, next } = following);
    next = readGroup(lines, next, draft);
  }
  const outermostFirst = !isInnermostFirst(lines, at, floor);
  return { trace: draft.finish({ outermostFirst }), next } satisfies FoundTrace;
};

const headedPattern =
  /^(?:\[ERROR\]\s+([A-Za-z_][\w.]{0,200})|([A-Za-z_][\w.]{0,200}(?:Error|Exception|Warning|Exit|Timeout))): ?(.*)$/;

/** AWS Lambda and Sentry write the exception above its trace: `[ERROR] KeyError: 'KEY'`. */
function headerAbove(lines: Lines, at: number, floor: number): TraceDraft['header'] | undefined {
  const above = at > floor ? headedPattern.exec(lines.at(at - 1)?.text ?? '') : null;
  return above === null ? undefined : { type: above[1] ?? above[2] ?? '', message: above[3] ?? '' };
}

/** `faulthandler`: `Current thread 0x… (most recent call first):`. */
function isInnermostFirst(lines: Lines, at: number, floor: number): boolean {
  return at > floor && (lines.at(at - 1)?.text ?? '').endsWith('(most recent call first):');
}

/** `Fatal Python error: Segmentation fault` above the thread that was running. */
function fatalAbove(lines: Lines, at: number, floor: number): TraceDraft['header'] | undefined {
  for (let above = at - 1; above >= Math.max(floor, at - 4); above -= 1) {
    const message = /Fatal Python error: (.*)$/.exec(lines.at(above)?.text ?? '')?.[1];
    if (message !== undefined) return { type: 'Fatal Python error', message };
  }
  return undefined;
}

/** Django's page of an error tells it below: `Exception Type: KeyError at /pay/`, `Exception Value: 'x'`. */
function pageBelow(lines: Lines, next: number): TraceDraft['header'] | undefined {
  for (let below = next; below < Math.min(lines.length, next + 4); below += 1) {
    const type = /^Exception Type: ([\w.]{1,200})/.exec(lines.at(below)?.text ?? '')?.[1];
    const message = /^Exception Value: (.*)$/.exec(lines.at(below + 1)?.text ?? '')?.[1];
    if (type !== undefined) return { type, message: message?.trim() ?? '' };
  }
  return undefined;
}

/** The first exception of a group is set off deeper, by `+-+---- 1 ----`; further ones by `+---- 2 ----`. */
const groupStart = /^\s*(?:\| )*\+-\+-+ (?:\d+|\.\.\.) -+$/;
const groupRule = /^\s*(?:\| )*\+-+ (?:\d+|\.\.\.) -+$/;
const groupEnd = /^\s*(?:\| )*\+-{10,}$/;
/** Exceptions of a group that are followed, and how deep groups may be in each other. */
const maxGroup = 200;
const maxGroupDepth = 20;

/** The exceptions of a group, each a cause of it: between rules with their numbers, and indented under it. */
function readGroup(lines: Lines, from: number, group: TraceDraft, depth = 0): number {
  let next = from;
  for (
    let count = 0;
    count < maxGroup && (count === 0 ? groupStart : groupRule).test(lines.at(next)?.text ?? '');
    count += 1
  ) {
    const indent = indentOf(lines.at(next)?.text ?? '');
    next += 1;
    let found = parseOne(lines, next);
    for (;;) {
      const link = findLink(lines, found.next);
      if (link === undefined || indentOf(lines.at(link.next)?.text ?? '') < indent) break;
      const following = parseOne(lines, link.next);
      following.draft.addCause(link.relation, found.draft);
      found = following;
    }
    if (found.draft.frameCount === 0 && found.draft.header.type === undefined) break;
    group.addCause('cause', found.draft);
    next = depth < maxGroupDepth ? readGroup(lines, found.next, found.draft, depth + 1) : found.next;
    // The rest of a message of several lines.
    for (let rest = 0; rest < maxLinesBetween && /^\s*\| /.test(lines.at(next)?.text ?? ''); rest += 1) next += 1;
  }
  return next > from && groupEnd.test(lines.at(next)?.text ?? '') ? next + 1 : next;
}

function indentOf(text: string): number {
  return /[|+]/.exec(text)?.index ?? 0;
}

/** The lines of a text, or the same without what a logger wrote before each. */
type Lines = Pick<readonly TraceLine[], 'at' | 'length'>;

/** Where a logger wrote its words before each line (`2026-01-01 10:00:00,123 ERROR shop   File "…`), the lines without. */
function withoutLogPrefix(lines: readonly TraceLine[], at: number): Lines {
  const { text } = lines[at] ?? { text: '' };
  const length = text.indexOf(start);
  const prefix = length > 0 && length < maxPrefix ? text.slice(0, length) : '';
  if (/^[\s|+]*$/.test(prefix)) return lines;
  const expected = shape(prefix);
  if (shape(lines[at + 1]?.text.slice(0, length) ?? '') !== expected) return lines;
  return {
    length: lines.length,
    at: (index) => {
      const line = index < 0 ? undefined : lines[index];
      const isPrefixed = line !== undefined && shape(line.text.slice(0, length)) === expected;
      return isPrefixed ? { ...line, text: line.text.slice(length) } : line;
    },
  };
}

/** Longest words of a logger that are taken for a prefix. */
const maxPrefix = 200;

/** Times and numbers differ from line to line. */
function shape(prefix: string): string {
  return prefix.replace(/\d/g, '0');
}

function parseOne(lines: Lines, at: number): { draft: TraceDraft; next: number } {
  const draft = new TraceDraft('python', lines.at(at)?.number ?? 0);
  let next = at;
  let indent = 0;
  const head = ungrouped(lines.at(at)?.text ?? '');
  if (head.includes(start)) {
    indent = /\S/.exec(head)?.index ?? 0;
    next += 1;
  }
  // Lines since the last frame that may be its source.
  let between = 0;
  let isSpaced = false;
  for (; next < lines.length && between <= maxSourceLines; next += 1) {
    const line = lines.at(next);
    if (line === undefined) break;
    const text = ungrouped(line.text);
    const frame = parseFrame(text);
    const repeated = /^\s*\[Previous line repeated (\d+) more times?\]/.exec(text);
    if (frame !== undefined) {
      draft.add(frame, line.number);
      between = 0;
    } else if (repeated !== null) {
      draft.omittedFrames += Number(repeated[1]);
    } else if (text.trim() === '') {
      // Loguru sets its frames and the exception off by blank lines.
      const below = ungrouped(lines.at(next + 1)?.text ?? '');
      if (framePattern.test(below)) isSpaced = true;
      else if (!isSpaced || !isException(below, indent, 1)) break;
    } else if (text.includes(start)) {
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
  return between > 0 || depth < 4 ? /^[\w.]+(?:\(\w+\))?(:|$)/.test(text.trim()) : false;
}

function parseFrame(text: string): StackFrame | undefined {
  const match = framePattern.exec(text);
  if (match === null) return undefined;
  const [, file = '', line, name] = match;
  return makeFrame({ function: name, file, line, own: isOwnFile(file) });
}

function findLink(lines: Lines, from: number): { relation: 'cause' | 'context'; next: number } | undefined {
  let relation: 'cause' | 'context' | undefined;
  // The rest of a message of several lines, then a blank line, the link, another blank line.
  for (let at = from; at < Math.min(lines.length, from + maxLinesBetween); at += 1) {
    const text = ungrouped(lines.at(at)?.text ?? '').trim();
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
