import { TraceDraft, makeFrame, type StackFrame, type StackTrace, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** Since 1.73 the message stands in the next line; before, it stood in quotes before the place. */
const panicPattern = /thread '([^']{0,200})'(?: \(\d+\))? panicked at (?:'(.*)', )?(.{1,1000}?):(\d{1,9}):(\d{1,9}):?$/;
const callPattern = /^\s*\d{1,6}:\s+(?:0x[0-9a-f]+ - )?(\S.*)$/;
const placePattern = /^\s+at (.{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/;
const backtracePattern = /^[\s━─-]*(?:stack backtrace|Stack backtrace|BACKTRACE|SPANTRACE)\b/;
const maxMessageLines = 20;

/** Rust: panics with or without a backtrace, and the chains of `anyhow` and `eyre`. */
export const parseRust: TraceParser = (lines, at, floor) => {
  const text = lines[at]?.text ?? '';
  const panic = panicPattern.exec(text);
  if (panic !== null) return parsePanic(lines, at, panic);
  if (text.startsWith('Location:')) return parseLocated(lines, at, floor);
  if (text.includes('╴at ')) return parseReport(lines, at, floor);
  if (!backtracePattern.test(text)) return undefined;
  const draft = new TraceDraft('rust', lines[at]?.number ?? 0);
  const next = readBacktrace(lines, at + 1, draft);
  if (draft.frameCount === 0) return undefined;
  readHeader(lines, at, floor, draft);
  return { trace: draft.finish(), next };
};

/** `Error:` above a backtrace, with the chain of its causes. */
function readHeader(lines: readonly TraceLine[], at: number, floor: number, draft: TraceDraft): void {
  for (let above = at - 1; above >= Math.max(floor, at - maxMessageLines); above -= 1) {
    const words = /^(?:.*\s)?Error:(?: (.*))?$/.exec(lines[above]?.text ?? '');
    if (words === null) continue;
    const chain = words[1] === undefined || words[1].trim() === '' ? eyreChain(lines.slice(above + 1, at)) : [];
    const message = chain[0] ?? words[1] ?? '';
    draft.header = { type: 'Error', message };
    draft.firstLine = lines[above]?.number ?? draft.firstLine;
    if (chain.length > 0) addChain(chain.slice(1), draft, lines[above]?.number ?? 0);
    else addCauses(lines.slice(above + 1, at), draft);
    break;
  }
}

const reportPlace = /^[│ ]{0,80}[├╰]╴at (\S{1,500}\.rs):(\d{1,9})(?::(\d{1,9}))?$/;
const reportCause = /^[│ ]{0,80}[├╰](?:─▶|─) (\S.*)$/;

/** `error-stack`: the report's context, where each was attached, and what it led to, drawn as a tree. */
function parseReport(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  if (!reportPlace.test(lines[at]?.text ?? '')) return undefined;
  const above = at > floor ? (lines[at - 1]?.text ?? '') : '';
  const [, type, message] = /^(?:(Error): )?(\S.*)$/.exec(above) ?? [];
  const header = { ...(type === undefined ? {} : { type }), ...(message === undefined ? {} : { message }) };
  const root = new TraceDraft('rust', lines[message === undefined ? at : at - 1]?.number ?? 0, header);
  let current = root;
  let next = at;
  for (; next < lines.length; next += 1) {
    const { text, number } = lines[next] ?? { text: '', number: 0 };
    const [, file, line, column] = reportPlace.exec(text) ?? [];
    const led = reportCause.exec(text)?.[1];
    if (file !== undefined) current.add(makeFrame({ file, line, column, own: isOwnFile(file) }), number);
    else if (led !== undefined) {
      const cause = new TraceDraft('rust', number, { message: led });
      current.addCause('cause', cause);
      current = cause;
    } else if (!/^[│├╰ ]/.test(text)) break;
  }
  return { trace: root.finish(), next };
}

/** Lines between eyre's place and its traces. */
const maxLocatedLines = 8;

/** eyre tells where an error was made, behind or in the line below `Location:`, then traces of spans or calls. */
function parseLocated(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  const isBehind = lines[at]?.text !== 'Location:';
  const placed = isBehind ? lines[at]?.text.slice('Location:'.length) : lines[at + 1]?.text;
  const [, file, line, column] = /^\s+(\S{1,500}\.rs):(\d{1,9})(?::(\d{1,9}))?$/.exec(placed ?? '') ?? [];
  if (file === undefined) return undefined;
  const draft = new TraceDraft('rust', lines[at]?.number ?? 0);
  let next = at + (isBehind ? 1 : 2);
  draft.lastLine = lines[next - 1]?.number ?? draft.lastLine;
  // color-eyre's report of a panic: `Message:  called …`, and where in the line below.
  const panicked = at > floor && isBehind ? /^Message:\s+(.*)$/.exec(lines[at - 1]?.text ?? '')?.[1] : undefined;
  if (panicked === undefined) readHeader(lines, at, floor, draft);
  else draft.header = { type: 'panic', message: panicked };
  for (let below = next; below < Math.min(lines.length, next + maxLocatedLines); below += 1)
    if (backtracePattern.test(lines[below]?.text ?? '')) next = readBacktrace(lines, below + 1, draft);
  const place = makeFrame({ file, line, column, own: isOwnFile(file) });
  return { trace: withPlace(draft.finish(), place), next };
}

/** With the place of an error first, unless its frames have it. */
function withPlace(trace: StackTrace, place: StackFrame): StackTrace {
  const isListed = trace.frames.some((frame) => frame.line === place.line && sameEnd(frame.file, place.file ?? ''));
  return isListed ? trace : { ...trace, frames: [place, ...trace.frames] };
}

function parsePanic(lines: readonly TraceLine[], at: number, panic: RegExpExecArray): ReturnType<TraceParser> {
  const [, , quoted, file = '', line, column] = panic;
  const draft = new TraceDraft('rust', lines[at]?.number ?? 0, { type: 'panic', message: quoted ?? '' });
  const place = makeFrame({ file, line, column, own: isOwnFile(file) });
  let next = at + 1;
  const message: string[] = [];
  for (let below = at + 1; below < Math.min(lines.length, at + 1 + maxMessageLines); below += 1) {
    const text = lines[below]?.text ?? '';
    if (backtracePattern.test(text)) {
      next = readBacktrace(lines, below + 1, draft);
      break;
    }
    if (text.trim() === '' || /^note: /.test(text) || panicPattern.test(text)) {
      if (!/^note: /.test(text)) break;
      next = below + 1;
      continue;
    }
    message.push(text);
    next = below + 1;
    draft.lastLine = lines[below]?.number ?? draft.lastLine;
  }
  if (quoted === undefined) draft.header = { type: 'panic', message: message.join('\n').trimEnd() };
  // The place is in the backtrace too, below the runtime's own frames, unless that was left out.
  return { trace: withPlace(draft.finish(), place), next };
}

function readBacktrace(lines: readonly TraceLine[], from: number, draft: TraceDraft): number {
  let at = from;
  while (at < lines.length) {
    const line = lines[at];
    const call = callPattern.exec(line?.text ?? '');
    if (line === undefined || call === null) {
      if (at === from && line?.text.trim() === '') {
        at += 1;
        continue;
      }
      if (/^\s*\[\.{3} omitted \d+ frames? \.{3}\]|^\s+⋮ \d+ frames? hidden/.test(line?.text ?? '')) {
        at += 1;
        continue;
      }
      break;
    }
    const place = placePattern.exec(lines[at + 1]?.text ?? '');
    const [, file, row, column] = place ?? [];
    const name = (call[1] ?? '').replace(/::h[0-9a-f]{16}$/, '');
    const own =
      file !== undefined && isOwnFile(file) && !/^<?(?:std|core|alloc|tokio|rust_begin_unwind)(?:::|$)/.test(name);
    draft.add(
      makeFrame({ function: name, file, line: row, column, own }),
      lines[place === null ? at : at + 1]?.number ?? 0,
    );
    at += place === null ? 1 : 2;
  }
  return at;
}

/** `Caused by:`, then `    0: inner` or a single indented line. */
function addCauses(lines: readonly TraceLine[], draft: TraceDraft): void {
  const start = lines.findIndex(({ text }) => /^\s*Caused by:/.test(text));
  let current = draft;
  for (const { text, number } of start === -1 ? [] : lines.slice(start + 1)) {
    const message = /^\s+(?:\d+: )?(\S.*)$/.exec(text)?.[1];
    if (message === undefined) break;
    const cause = new TraceDraft('rust', number, { message });
    current.addCause('cause', cause);
    current = cause;
  }
}

/** `color-eyre` numbers the errors below an empty `Error:`, the outermost first. */
function eyreChain(lines: readonly TraceLine[]): readonly string[] {
  const chain: string[] = [];
  for (const { text } of lines) {
    const message = /^\s+\d+: (\S.*)$/.exec(text)?.[1];
    if (message === undefined) break;
    chain.push(message);
  }
  return chain;
}

function addChain(messages: readonly string[], draft: TraceDraft, line: number): void {
  let current = draft;
  for (const message of messages) {
    const cause = new TraceDraft('rust', line, { message });
    current.addCause('cause', cause);
    current = cause;
  }
}

function sameEnd(file: string | undefined, place: string): boolean {
  const name = (path: string): string => path.replaceAll('\\', '/').split('/').slice(-2).join('/').replace(/^\.\//, '');
  return file !== undefined && (name(file) === name(place) || name(file).endsWith(name(place)));
}
