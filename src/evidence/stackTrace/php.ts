import { TraceDraft, makeFrame, type StackFrame, type TraceHeader, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

const framePattern =
  /^\s*#(\d{1,6}) (?:\[internal function\](?:: (.*))?|(\{main\})|(.{1,1000}?)\((\d{1,9})\)(?:: (.*))?)$/;
/** `Uncaught TypeError: message in /app/x.php:12`, `Next RuntimeException: … in /app/y.php:3`. */
const thrownPattern =
  /(?:Uncaught |Next |^|[\s(])([A-Z][\w\\]{0,200}|[a-z]\w{0,40}(?:\\\w{1,80}){1,8})(?:\(code: [^()]{0,40}\))?: (.*) (?:in|at) (\S.{0,500}?\.(?:php|phtml|inc|module|phar))(?::| on line |\()(\d{1,9})/;
/** `PHP Warning:  message in /app/x.php on line 12`. */
const noticePattern =
  /(?:^|\s)(?:PHP )?((?:Fatal|Parse|Recoverable fatal) error|Warning|Notice|Deprecated): {1,2}(.*?) in (\S.{0,500}?\.(?:php|phtml|inc|phar)) on line (\d{1,9})/;
/** Symfony's log without a trace: `Uncaught PHP Exception X: "message" at /app/x.php line 12`. */
const symfonyPattern = /Uncaught PHP Exception ([\w\\]{1,200}): "(.*?)" at (\S{1,500}\.php)(?: line |:)(\d{1,9})/;
const maxHeaderLines = 12;

/** PHP: uncaught exceptions with what came before them, Laravel's and Symfony's logs, and errors with a place alone. */
export const parsePhp: TraceParser = (lines, at, floor) => {
  const text = lines[at]?.text ?? '';
  if (/^\s*#0 /.test(text) && framePattern.test(text)) return parseChain(lines, at, floor);
  if (/^(?:PHP )?Stack trace:$|^PHP Stack trace:$/.test(text.trim())) return parseXdebug(lines, at, floor);
  if (!text.includes('.php')) return undefined;
  const named = parsePhpUnit(lines, at, floor) ?? parseCollision(lines, at, floor);
  if (named !== undefined) return named;
  const symfony = symfonyPattern.exec(text);
  // The record's own trace follows.
  if (symfony !== null && lines.slice(at + 1, at + 4).some((line) => framePattern.test(line.text))) return undefined;
  const notice = symfony ?? (text.includes('Uncaught ') ? null : noticePattern.exec(text));
  if (notice === null) return undefined;
  const [, type = '', message = '', file = '', line] = notice;
  const draft = new TraceDraft('php', lines[at]?.number ?? 0, { type, message });
  draft.add(makeFrame({ file, line, own: isOwnFile(file) }), lines[at]?.number ?? 0);
  return { trace: draft.finish(), next: at + 1 };
};

const testPlace = /^((?:\/|[A-Za-z]:\\)\S{1,500}\.php):(\d{1,9})$/;

/** PHPUnit: `1) Tests\CartTest::testTotal`, the error, a blank line, then places alone, innermost first. */
function parsePhpUnit(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  if (!testPlace.test(lines[at]?.text ?? '')) return undefined;
  for (let above = at - 1; above >= Math.max(floor, at - 2 * maxHeaderLines); above -= 1) {
    const name = /^\d+\) (\S.{0,300})$/.exec(lines[above]?.text ?? '')?.[1];
    if (name === undefined) continue;
    const said = lines.slice(above + 1, at).map(({ text }) => text);
    const [, type, message = ''] = /^((?:[A-Z]\w*\\)*[A-Z]\w*): (.*)$/.exec(said[0] ?? '') ?? [];
    const draft = new TraceDraft('php', lines[above]?.number ?? 0, {
      type: type ?? name,
      message: [type === undefined ? (said[0] ?? '') : message, ...said.slice(1)].join('\n').trimEnd(),
    });
    let next = at;
    for (; next < lines.length; next += 1) {
      const [, file, line] = testPlace.exec(lines[next]?.text ?? '') ?? [];
      if (file === undefined) break;
      draft.add(makeFrame({ file, line, own: isOwnFile(file) }), lines[next]?.number ?? 0);
    }
    return { trace: draft.finish(), next };
  }
  return undefined;
}

const collisionPlace = /^ {2,}at (\S{1,500}\.php):(\d{1,9})$/;
const collisionFrame = /^ {2,}(\d{1,4}) {1,10}(\S{1,500}\.php):(\d{1,9})$/;
/** Lines of code and calls between two of its frames. */
const maxCollisionLines = 24;

/** Collision, on Laravel's and Pest's command line: the class, the message, the place, code, then numbered frames. */
function parseCollision(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  const [, file, line] = collisionPlace.exec(lines[at]?.text ?? '') ?? [];
  if (file === undefined) return undefined;
  const draft = new TraceDraft('php', lines[at]?.number ?? 0);
  for (let above = at - 1; above >= Math.max(floor, at - maxHeaderLines); above -= 1) {
    const type = /^ {2,}([A-Z][\w\\]{0,200}) *$/.exec(lines[above]?.text ?? '')?.[1];
    if (type === undefined) continue;
    const said = lines.slice(above + 1, at).map(({ text }) => text.trim());
    draft.header = { type, message: said.join('\n').trim() };
    draft.firstLine = lines[above]?.number ?? draft.firstLine;
    break;
  }
  draft.add(makeFrame({ file, line, own: isOwnFile(file) }), lines[at]?.number ?? 0);
  let next = at + 1;
  for (let below = at + 1; below < Math.min(lines.length, next + maxCollisionLines); below += 1) {
    const [, , caller, callerLine] = collisionFrame.exec(lines[below]?.text ?? '') ?? [];
    if (caller === undefined) continue;
    const name = /^ {4,}(\S.{0,300})\(/.exec(lines[below + 1]?.text ?? '')?.[1];
    const own = isOwnFile(caller);
    draft.add(makeFrame({ function: name, file: caller, line: callerLine, own }), lines[below]?.number ?? 0);
    next = below + 1;
  }
  return { trace: draft.finish(), next };
}

const xdebugPattern = /^(?:PHP)? +(\d{1,6})\. (.{1,500}) (\S{1,500}\.(?:php|phtml|inc|phar)):(\d{1,9})$/;

/** Xdebug's numbered calls, the outermost first: each names the call, and from where it was made. */
function parseXdebug(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  const draft = new TraceDraft('php', lines[at]?.number ?? 0);
  const thrown = startTrace(lines, at, floor);
  let next = at + 1;
  const places: { name: string; file: string; line: string; number: number }[] = [];
  for (; next < lines.length; next += 1) {
    const [, , name = '', file, line] = xdebugPattern.exec(lines[next]?.text ?? '') ?? [];
    if (file === undefined || line === undefined) break;
    places.push({ name, file, line, number: lines[next]?.number ?? 0 });
  }
  const first = places[0];
  if (first === undefined) return undefined;
  for (const { name, file, line, number } of places.toReversed())
    if (line !== '0')
      draft.add(makeFrame({ function: name.replace(/\(.*$/s, ''), file, line, own: isOwnFile(file) }), number);
  const { frames, type, message, firstLine } = thrown.finish();
  const trace = draft.finish();
  const header = { ...(type === undefined ? {} : { type }), ...(message === undefined ? {} : { message }) };
  return { trace: { ...trace, ...header, firstLine, frames: [...frames, ...trace.frames] }, next };
}

function parseChain(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  let draft = startTrace(lines, at, floor);
  let next = readFrames(lines, at, draft);
  for (let causes = 0; causes < 50; causes += 1) {
    const following = findNext(lines, next);
    if (following === undefined) break;
    const outer = startTrace(lines, following, next);
    outer.addCause('cause', draft);
    outer.firstLine = draft.firstLine;
    next = readFrames(lines, following, outer);
    draft = outer;
  }
  const end = /^\s*thrown in .+ on line \d+/.test(lines[next]?.text ?? '') ? next + 1 : next;
  return { trace: draft.finish(), next: end };
}

/** The first frame of the exception that `Next …` announces, if one follows. */
function findNext(lines: readonly TraceLine[], from: number): number | undefined {
  let announced = false;
  for (let at = from; at < Math.min(lines.length, from + maxHeaderLines); at += 1) {
    const text = lines[at]?.text ?? '';
    if (/^Next |^\[previous exception\]/.test(text)) announced = true;
    if (/^\s*#0 /.test(text)) return announced ? at : undefined;
  }
  return undefined;
}

/** The exception's type, message and place of throwing stand above its first frame. */
function startTrace(lines: readonly TraceLine[], at: number, floor: number): TraceDraft {
  const draft = new TraceDraft('php', lines[at]?.number ?? 0);
  for (let above = at - 1; above >= Math.max(floor, at - maxHeaderLines); above -= 1) {
    const text = lines[above]?.text ?? '';
    // FPM and others write words of their own before it.
    const uncaught = text.indexOf('Uncaught ');
    const thrown = thrownPattern.exec(uncaught > 0 ? text.slice(uncaught) : text) ?? noticePattern.exec(text);
    if (thrown === null) continue;
    const [, type = '', message = '', file = '', line] = thrown;
    // Monolog's records are JSON: their backslashes are doubled.
    draft.header = { type: type.replaceAll('\\\\', '\\'), message } satisfies TraceHeader;
    draft.firstLine = lines[above]?.number ?? draft.firstLine;
    draft.add(makeFrame({ file, line, own: isOwnFile(file) }), draft.firstLine);
    break;
  }
  return draft;
}

function readFrames(lines: readonly TraceLine[], from: number, draft: TraceDraft): number {
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    const match = framePattern.exec(line?.text ?? '');
    if (line === undefined || match === null || (at > from && match[1] === '0')) break;
    const frame = toFrame(match);
    if (frame !== undefined) draft.add(frame, line.number);
    draft.lastLine = line.number;
  }
  return at;
}

function toFrame([, , internal, main, file, line, call]: RegExpExecArray): StackFrame | undefined {
  if (main !== undefined) return undefined;
  const name = (call ?? internal)?.replace(/\(.*$/s, '');
  return makeFrame({ function: name, file, line, own: file !== undefined && isOwnFile(file) });
}
