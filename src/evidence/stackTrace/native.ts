import { TraceDraft, makeFrame, type StackFrame, type TraceHeader, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** A frame with its number, where its tool numbers them: a number that does not rise begins another stack. */
interface NativeFrame {
  readonly frame: StackFrame;
  readonly index: number | undefined;
}

/** How tools write a frame; the groups are named `index`, `name`, `file`, `line` and `column`. */
const framePatterns: readonly RegExp[] = [
  // AddressSanitizer and its kin: `    #0 0x4f8d29 in cart_total /build/src/cart.c:21:17`
  /^\s*#(?<index>\d{1,5}) 0x[0-9a-f]+ in (?<name>.{1,800}) (?:(?<file>[^\s()]{1,500}?):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?|\([^()]{1,500}\)(?: \(BuildId: \w+\))?)$/,
  // ThreadSanitizer: `    #0 Queue::push(int) /build/src/queue.cc:33:12 (shop+0x4a2c11)`
  /^\s*#(?<index>\d{1,5}) (?<name>\S.{0,800}?) (?:(?<file>[^\s()<>]{1,500}?):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?|<null>) \(\S{1,300}\+0x[0-9a-f]+\)(?: \(BuildId: \w+\))?$/,
  // gdb: `#1  0x0000555555555251 in Cart::total (this=0x0) at /build/src/cart.cpp:21`
  /^\s*#(?<index>\d{1,5})\s+(?:0x[0-9a-f]+ in )?(?<name>\S.{0,500}?) \(.{0,1000}\)(?: at (?<file>\S{1,500}?):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?| from \S{1,500})$/,
  // lldb: `  * frame #0: 0x0000000100003f2c shop`Cart::total(this=0x0) at cart.cpp:21:9`
  /^[\s*]*frame #(?<index>\d{1,5}): 0x[0-9a-f]+ [^\s`]{1,200}`(?<name>.{1,800}?)(?: at (?<file>\S{1,500}?):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?)?(?: \[\w+\])*$/,
  // boost::stacktrace, std::stacktrace: ` 0# Engine::tick(double) at /build/src/engine.cpp:77`
  /^\s*(?<index>\d{1,5})# (?<name>\S.{0,800}?)(?: at (?<file>\S{1,500}?):(?<line>\d{1,9})| in \S{1,500})?$/,
  // Swift: `1 [ra] 0x000055a1b2c3d4e5 Cart.total() + 165 in shop at /build/Sources/Shop/Cart.swift:21:28`
  /^\s*(?<index>\d{1,5})\s+(?:\[[\w ]{1,30}\]\s+){0,3}0x[0-9a-f]+ (?<name>\S.{0,800}?) \+ \d+ in \S{1,300}(?: at (?<file>\S{1,500}?):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?)?$/,
  // A crash report of macOS or iOS: `3   Shop   0x0000000100a1 Cart.total() + 52 (Cart.swift:21)`
  /^\s*(?<index>\d{1,5})\s+\S{1,200}\s+0x[0-9a-f]+ (?<name>\S.{0,800}?) \+ \d+(?: \((?<file>[^\s():]{1,500}):(?<line>\d{1,9})\))?$/,
  // Valgrind: `==4711==    by 0x1091A3: main (main.c:9)`
  /^(?:==|--)\d+(?:==|--)\s+(?<index>at|by) 0x[0-9A-Fa-f]+: (?<name>\S.{0,800}?) \((?:(?<file>[^\s()]{1,500}?):(?<line>\d{1,9})|in \S{1,500})\)$/,
  // WinDbg: `00 0000001f`e3cff8a0 shop!Cart::total+0x1a [C:\src\cart.cpp @ 21]`
  /(?<name>\b[\w.]{1,100}![^\s+]{1,500})(?:\+0x[0-9a-f]+)? \[(?<file>[^[\]]{1,500}?) @ (?<line>\d{1,9})\]/,
];

/** What is said of the error above its frames, and by itself of its place. */
const headerPatterns: readonly RegExp[] = [
  /(?:ERROR|WARNING): (?<type>\w+Sanitizer): (?<message>.*)$/,
  /received signal (?<type>SIG\w+), (?<message>.*?)\.?$/,
  /terminated with signal (?<type>SIG\w+), (?<message>.*?)\.?$/,
  /stop reason = (?<type>signal|EXC_\w+|breakpoint)\b(?<message>.*)$/,
  /^(?:terminate called after throwing an instance of|libc\+\+abi: terminating due to uncaught exception of type) '?(?<type>[\w:<>, ]{1,200}?)'?(?:: (?<message>.*))?$/,
  /^Exception Type: +(?<type>\S+)(?<message>.*)$/,
  // Crashlytics
  /^Fatal Exception: (?<type>[\w.]{1,200})(?:: (?<message>.*))?$/,
  /^(?:==|--)\d+(?:==|--) (?<message>(?:Invalid|Conditional|Use of|Process terminating|Syscall param|Mismatched|Possible data race|[\d,]+ bytes in) ?.*)$/,
  /^(?<message>(?:freed|previously allocated|allocated|Previous (?:read|write)).{0,200}):$/,
];
const placedPatterns: readonly RegExp[] = [
  // UndefinedBehaviorSanitizer
  /^(?<file>\S{1,500}?):(?<line>\d{1,9}):(?<column>\d{1,9}): (?<type>runtime error): (?<message>.*)$/,
  // Swift
  /^(?<file>\S{1,500}\.swift):(?<line>\d{1,9}): (?<type>(?:Fatal|Precondition|Assertion) \w+): (?<message>.*)$/,
  /(?<type>(?:Fatal|Precondition|Assertion) \w+): (?<message>.{0,500}): file (?<file>\S{1,500}\.swift), line (?<line>\d{1,9})$/,
  // assert.h of glibc
  /^\S{1,200}: (?<file>\S{1,500}\.\w{1,4}):(?<line>\d{1,9}): .{1,500}: (?<type>Assertion) (?<message>`.*' failed)\.$/,
];
/** Lines between what is said of an error and its first frame. */
const maxHeaderLines = 16;

/** C, C++, Objective-C and Swift as debuggers, sanitizers, Valgrind, crash reports and stack trace libraries write them. */
export const parseNative: TraceParser = (lines, at, floor) => {
  const line = lines[at];
  if (line === undefined) return undefined;
  const placed = matchFirst(placedPatterns, line.text);
  if (placed !== undefined) return parsePlaced(lines, at, placed);
  const first = parseFrame(line.text);
  // A debugger's listing of one frame without a place says nothing.
  if (first === undefined || !holdsPlace(lines, at)) return undefined;
  const draft = new TraceDraft('native', line.number);
  for (let above = at - 1; above >= Math.max(floor, at - maxHeaderLines); above -= 1) {
    const said = matchFirst(headerPatterns, lines[above]?.text ?? '');
    if (said === undefined) continue;
    draft.header = withWhat(toHeader(said), lines[above + 1]?.text);
    draft.firstLine = lines[above]?.number ?? draft.firstLine;
    // What was thrown says more than the signal that ended the process.
    if (draft.header.type !== 'SIGABRT') break;
  }
  return { next: readFrames(lines, at, draft), trace: draft.finish() };
};

/** An error that tells its place; its frames may follow. */
function parsePlaced(lines: readonly TraceLine[], at: number, said: Groups): ReturnType<TraceParser> {
  const draft = new TraceDraft('native', lines[at]?.number ?? 0, toHeader(said));
  for (let below = at + 1; below < Math.min(lines.length, at + maxHeaderLines); below += 1) {
    const text = lines[below]?.text ?? '';
    if (matchFirst(placedPatterns, text) !== undefined) break;
    if (parseFrame(text) === undefined) continue;
    const next = readFrames(lines, below, draft);
    const trace = draft.finish();
    if (trace.frames.some(({ line }) => line !== undefined)) return { trace, next };
    break;
  }
  const { file = '', line, column } = said;
  const alone = new TraceDraft('native', lines[at]?.number ?? 0, toHeader(said));
  alone.add(makeFrame({ file, line, column, own: isOwnFile(file) }), lines[at]?.number ?? 0);
  return { trace: alone.finish(), next: at + 1 };
}

function readFrames(lines: readonly TraceLine[], from: number, draft: TraceDraft): number {
  let at = from;
  let last = -1;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    const found = line === undefined ? undefined : parseFrame(line.text);
    if (line === undefined || found === undefined || (at > from && found.index !== undefined && found.index <= last))
      break;
    draft.add(found.frame, line.number);
    last = found.index ?? last;
  }
  return at;
}

/** Frames that are looked at for a place before a stack is taken for one. */
const maxUnplaced = 40;

function holdsPlace(lines: readonly TraceLine[], at: number): boolean {
  for (let below = at; below < Math.min(lines.length, at + maxUnplaced); below += 1) {
    const found = parseFrame(lines[below]?.text ?? '');
    if (found === undefined) return false;
    if (found.frame.line !== undefined) return true;
  }
  return false;
}

type Groups = Readonly<Record<string, string | undefined>>;

function matchFirst(patterns: readonly RegExp[], text: string): Groups | undefined {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) return groups;
  }
  return undefined;
}

function parseFrame(text: string): NativeFrame | undefined {
  const groups = matchFirst(framePatterns, text);
  if (groups === undefined) return undefined;
  const { index, name, file, line, column } = groups;
  const frame = makeFrame({ function: name, file, line, column, own: file !== undefined && isOwnFile(file) });
  // Valgrind begins a stack with `at`; WinDbg's numbers are hexadecimal and not needed.
  if (index === undefined || index === 'by') return { frame, index: undefined };
  return { frame, index: index === 'at' ? 0 : Number(index) };
}

function toHeader({ type, message }: Groups): TraceHeader {
  return {
    ...(type === undefined ? {} : { type }),
    ...(message === undefined ? {} : { message: message.replace(/^:? /, '').trim() }),
  };
}

/** The C++ runtime writes the message into the next line: `  what():  no gateway`. */
function withWhat(header: TraceHeader, below: string | undefined): TraceHeader {
  const what = /^\s+what\(\): +(.*)$/.exec(below ?? '')?.[1];
  return what === undefined ? header : { ...header, message: what };
}
