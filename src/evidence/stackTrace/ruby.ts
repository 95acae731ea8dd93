import { TraceDraft, makeFrame, type StackFrame, type TraceHeader, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** `/app/cart.rb:12:in 'Cart#add': message (RuntimeError)`; Ruby before 3.4 opens the name with a backtick. */
const thrownPattern = /^(.{1,1000}?):(\d{1,9}):in [`'](.{1,300}?)': (.*?)(?: \(([A-Z][\w:]*)\))?$/;
const framePattern = /^\s*(?:\d+: )?(from )?(.{1,1000}?):(\d{1,9})(?::in [`'](.{1,300})')?$/;
/** JRuby: `      fetch at /srv/feed/lib/feed.rb:9`. */
const jrubyPattern = /^ {3,}([\w<>?!=[\]. +*-]{1,200}) at (\S{1,1000}):(\d{1,9})$/;
/** Rails and most loggers: `NoMethodError (undefined method …):`, `NoMethodError: undefined …`. */
const loggedPattern = /(?:^|[\s\]]|: )([A-Z]\w*[a-z]\w*(?:::[A-Z]\w*)*)(?: \((.*)\):?|: (.*))$/;
/** Its message goes on in the next lines: `NoMethodError (undefined method `total' for nil:NilClass`. */
const openLoggedPattern =
  /(?:^|[\s:\]])((?:[A-Z]\w*::)*[A-Z]\w*(?:Error|Exception)(?:::[A-Z]\w*)*|(?:[A-Z]\w*::)+[A-Z]\w*) \((.*[^):])$/;
/** A logger that was given the exception itself: `no key (RuntimeError)`. */
const formattedPattern =
  /^(?:[A-Z], \[[^\]]{1,100}\] +[A-Z]{1,10} -- [^:]{0,100}: )?(.*) \(([A-Z]\w*(?:::[A-Z]\w*)*)\)$/;
/** Puma and others print the exception as Ruby inspects it: `#<KeyError: key not found: "STRIPE_KEY">`. */
const inspectedPattern = /#<([A-Z]\w*(?:::[A-Z]\w*)*): (.*)>$/;
const maxHeaderLines = 8;

/** Ruby: the interpreter's own output, also that of 2.5 to 2.7 with the outermost call first, and loggers' backtraces. */
export const parseRuby: TraceParser = (lines, at, floor) => {
  const text = lines[at]?.text ?? '';
  if (!text.includes(':')) return undefined;
  if (text.includes('Traceback (most recent call last):')) return parseOutermostFirst(lines, at);
  const thrown = thrownPattern.exec(text);
  if (thrown !== null) return parseThrown(lines, at);
  const frame = parseFrame(text);
  if (frame?.function === undefined) return undefined;
  const draft = new TraceDraft('ruby', lines[at]?.number ?? 0);
  for (let above = at - 1; above >= Math.max(floor, at - maxHeaderLines); above -= 1) {
    const formatted = formattedPattern.exec(lines[above]?.text ?? '');
    const text = lines[above]?.text ?? '';
    // RSpec: the class with a colon, its message in the next line.
    const named = /^\s+([A-Z]\w*(?:::[A-Z]\w*)*):$/.exec(text)?.[1];
    const logged = inspectedPattern.exec(text) ?? loggedPattern.exec(text) ?? openLoggedPattern.exec(text);
    // A message may end with another error in brackets.
    const isFormatted = formatted !== null && !/(?:Error|Exception)$/.test(logged?.[1] ?? '');
    if (isFormatted) draft.header = { type: formatted[2] ?? '', message: formatted[1] ?? '' };
    else if (named !== undefined) draft.header = { type: named, message: (lines[above + 1]?.text ?? '').trim() };
    else if (logged !== null) draft.header = announced(logged[1] ?? '', logged[2] ?? logged[3] ?? '');
    else continue;
    draft.firstLine = lines[above]?.number ?? draft.firstLine;
    break;
  }
  return { next: readFrames(lines, at, draft), trace: draft.finish() };
};

/** semantic_logger announces the class: `Exception: KeyError: key not found`. */
function announced(type: string, message: string): TraceHeader {
  const told = type === 'Exception' ? /^([A-Z]\w*(?:::[A-Z]\w*)*): (.*)$/.exec(message) : null;
  return told === null ? { type, message } : { type: told[1] ?? '', message: told[2] ?? '' };
}

function parseThrown(lines: readonly TraceLine[], at: number): ReturnType<TraceParser> {
  const root = startThrown(lines[at]);
  let current = root;
  let next = at + 1;
  let causes = 0;
  for (;;) {
    next = readMessage(lines, next, current);
    next = readFrames(lines, next, current);
    // A cause follows at once, in the same form.
    const line = lines[next];
    if (line === undefined || causes >= 50 || !thrownPattern.test(line.text)) break;
    const cause = startThrown(line);
    current.addCause('cause', cause);
    current = cause;
    next += 1;
    causes += 1;
  }
  return { trace: root.finish(), next };
}

function startThrown(line: TraceLine | undefined): TraceDraft {
  const [, file = '', place, name, message = '', type] = thrownPattern.exec(line?.text ?? '') ?? [];
  const draft = new TraceDraft('ruby', line?.number ?? 0, { ...(type === undefined ? {} : { type }), message });
  draft.add(makeFrame({ function: name, file, line: place, own: isOwnFile(file) }), line?.number ?? 0);
  return draft;
}

/** Further lines of a message, the last of which may hold the type; and the code that `error_highlight` shows. */
function readMessage(lines: readonly TraceLine[], from: number, draft: TraceDraft): number {
  for (let at = from; at < Math.min(lines.length, from + maxHeaderLines); at += 1) {
    const text = lines[at]?.text ?? '';
    if (/^\s*from /.test(text) && parseFrame(text) !== undefined) {
      const message = lines
        .slice(from, at)
        .map((line) => line.text)
        .join('\n')
        .trimEnd();
      if (message !== '') draft.header = { ...draft.header, message: `${draft.header.message ?? ''}\n${message}` };
      return at;
    }
    if (thrownPattern.test(text)) return from;
  }
  return from;
}

function readFrames(lines: readonly TraceLine[], from: number, draft: TraceDraft): number {
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const left = /^\s*\.{3} (\d+) levels\.{3}$/.exec(line.text);
    if (left !== null) {
      draft.omittedFrames += Number(left[1]);
      continue;
    }
    const frame = thrownPattern.test(line.text) ? undefined : parseFrame(line.text);
    if (frame === undefined) break;
    draft.add(frame, line.number);
  }
  return at;
}

function parseOutermostFirst(lines: readonly TraceLine[], at: number): ReturnType<TraceParser> {
  const draft = new TraceDraft('ruby', lines[at]?.number ?? 0);
  for (let next = at + 1; next < lines.length; next += 1) {
    const line = lines[next];
    if (line === undefined) break;
    const thrown = thrownPattern.exec(line.text);
    if (thrown !== null && !/^\s*\d+: from /.test(line.text)) {
      const [, file = '', place, name, message = '', type] = thrown;
      draft.header = { ...(type === undefined ? {} : { type }), message };
      draft.add(makeFrame({ function: name, file, line: place, own: isOwnFile(file) }), line.number);
      return { trace: draft.finish({ outermostFirst: true }), next: next + 1 };
    }
    const frame = /^\s*\d+: from /.test(line.text) ? parseFrame(line.text) : undefined;
    if (frame === undefined) return undefined;
    draft.add(frame, line.number);
  }
  return undefined;
}

/** A place without `in` is a frame only behind `from`, so that a compiler's `x.rb:12` is none. */
function parseFrame(text: string): StackFrame | undefined {
  if (!/:\d/.test(text)) return undefined;
  const jruby = jrubyPattern.exec(text);
  if (jruby !== null) {
    const [, name, file = '', line] = jruby;
    return makeFrame({ function: name, file, line, own: isOwnFile(file) && !file.endsWith('.java') });
  }
  const match = framePattern.exec(text);
  if (match === null) return undefined;
  const [, from, file = '', line, name] = match;
  if (name === undefined && from === undefined) return undefined;
  // What a logger wrote before each line ends with a colon and a blank; a path hardly ever has both.
  // Rails' tagged logging writes its tags in brackets.
  const place = file
    .slice(file.lastIndexOf(': ') + 1)
    .trim()
    .replace(/^(?:\[[^\]]{1,100}\] +)+/, '');
  return makeFrame({ function: name, file: place, line, own: isOwnFile(place) });
}
