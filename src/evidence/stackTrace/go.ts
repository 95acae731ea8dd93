import { TraceDraft, makeFrame, type StackFrame, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

const placePattern =
  /^\s+(\S.{0,1000}\.go|_cgo_gotypes\.go|\S.{0,500}\.s):(\d{1,9})(?: \+0x[0-9a-f]+)?(?: fp=.{0,200}| \(.*\))?\s*$/;
const panicPattern = /(?:^|\s)(panic|fatal error)(?: serving \S{1,200})?: (.*)$/;
const goroutinePattern = /^\s*(?:goroutine (\d+)(?: gp=\S+ m=\S+(?: mp=\S+)?)? \[([^\]]{1,200})\]:|runtime stack:)/;
/** cockroachdb/errors announces each attached stack. */
const attachedPattern = /^\s*(?:-- stack trace:|\(\d+\) attached stack trace)$/;
/** Lines between `panic:` and its first goroutine: a second panic, a signal, a blank line. */
const maxHeadLines = 30;

/**
 * Go: a panic or fatal error with its goroutine, each further goroutine as a trace of its own, and the stacks that
 * loggers write (`main.work\n\t/app/main.go:12`).
 */
export const parseGo: TraceParser = (lines, at, floor) => {
  const text = lines[at]?.text ?? '';
  if (text.includes('panic recovered')) return parseRecovered(lines, at);
  const panic = panicPattern.exec(text);
  if (panic !== null) return parsePanic(lines, at, panic[1] ?? 'panic', panic[2] ?? '');
  if (text.includes('_test.go:')) return parseTestFailure(lines, at, floor);
  const goroutine = goroutinePattern.exec(text);
  const isPair = goroutine === null && isCall(text) && placePattern.test(lines[at + 1]?.text ?? '');
  if (goroutine === null && !isPair) return undefined;
  const draft = new TraceDraft('go', lines[at]?.number ?? 0);
  if (goroutine?.[2] !== undefined) draft.header = { type: 'goroutine', message: goroutine[2] };
  // What was logged stands above the calls.
  let head = at - 1;
  while (head > floor && head > at - 4 && attachedPattern.test(lines[head]?.text ?? '')) head -= 1;
  const above = (lines[head]?.text.trim() ?? '').replace(/ goroutine \d+ \[[^\]]*\]:$/, '');
  if (isPair && at > floor && above !== '' && !isCall(above)) draft.header = toHeader(above);
  const next = readFrames(lines, goroutine === null ? at : at + 1, draft);
  return draft.frameCount === 0 ? undefined : { trace: draft.finish(), next };
};

/** `*errors.errorString: no rows`, as Lambda and error trackers name Go's errors; anything else is the message. */
function toHeader(text: string): { type?: string; message: string } {
  const [, type, message] = /^(\*?(?:\w{1,80}\.)?\w{0,80}[a-z](?:Error|String)): (.*)$/.exec(text) ?? [];
  return type === undefined ? { message: text } : { type, message: message ?? '' };
}

const failedPlace = /^ {4,}(\S{1,300}_test\.go):(\d{1,9}): ?(.*)$/;
/** Lines between a failed test's place and its name. */
const maxTestLines = 40;

/** `    price_test.go:21: Total() = 3, want 4` near `--- FAIL: TestTotal`; testify tells the whole path below it. */
function parseTestFailure(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  const [, file = '', line, said = ''] = failedPlace.exec(lines[at]?.text ?? '') ?? [];
  if (file === '') return undefined;
  const name = failedTest(lines, at, floor);
  if (name === undefined) return undefined;
  const fields = new Map<string, string>();
  let next = at + 1;
  for (; said.trim() === '' && next < Math.min(lines.length, at + maxTestLines); next += 1) {
    const [, key, value] = /^\s{4,}(Error Trace|Error|Test|Messages):\s*(.*)$/.exec(lines[next]?.text ?? '') ?? [];
    if (key === undefined && !/^ {4,}\s/.test(lines[next]?.text ?? '')) break;
    if (key !== undefined) fields.set(key, value?.trim() ?? '');
  }
  const whole = /^(.*):(\d{1,9})$/.exec(fields.get('Error Trace') ?? '')?.[1];
  const draft = new TraceDraft('go', lines[at]?.number ?? 0, { type: name, message: fields.get('Error') ?? said });
  draft.add(makeFrame({ file: whole ?? file, line, own: true }), lines[next - 1]?.number ?? 0);
  return { trace: draft.finish(), next };
}

/** The failed test that a line belongs to: in the plain form its name stands above, with `-v` below. */
function failedTest(lines: readonly TraceLine[], at: number, floor: number): string | undefined {
  const result = /^\s{0,40}--- (FAIL|PASS|SKIP): (\S+)/;
  for (let above = at - 1; above >= Math.max(floor, at - maxTestLines); above -= 1) {
    const text = lines[above]?.text ?? '';
    const [, outcome, name] = (text.includes('--- ') ? result.exec(text) : undefined) ?? [];
    if (outcome !== undefined) return outcome === 'FAIL' ? name : undefined;
    if (text.startsWith('=== ')) break;
  }
  for (let below = at + 1; below < Math.min(lines.length, at + maxTestLines); below += 1) {
    const text = lines[below]?.text ?? '';
    const [, outcome, name] = (text.includes('--- ') ? result.exec(text) : undefined) ?? [];
    if (outcome !== undefined) return outcome === 'FAIL' ? name : undefined;
  }
  return undefined;
}

const recoveredPlace = /^(\S.{0,1000}\.(?:go|s)):(\d{1,9}) \(0x[0-9a-f]+\)$/;
/** Most lines of a request are told by their last character. */
const isRecoveredPlace = (text: string): boolean => text.endsWith(')') && recoveredPlace.test(text);
/** Lines of the request and the error between Gin's announcement and its frames. */
const maxRecoveredHead = 60;

/** Gin's own form: the place first, the function and its line of source below it. */
function parseRecovered(lines: readonly TraceLine[], at: number): ReturnType<TraceParser> {
  let next = at + 1;
  while (next < Math.min(lines.length, at + maxRecoveredHead) && !isRecoveredPlace(lines[next]?.text ?? '')) next += 1;
  const message = lines[next - 1]?.text.trim() ?? '';
  const draft = new TraceDraft('go', lines[at]?.number ?? 0, { type: 'panic', message });
  for (; next < lines.length; next += 2) {
    const [, file, line] = recoveredPlace.exec(lines[next]?.text ?? '') ?? [];
    if (file === undefined || line === undefined) break;
    const name = /^\s*(\S.{0,200}?): /.exec(lines[next + 1]?.text ?? '')?.[1] ?? '';
    draft.add(makeFrame({ function: name, file, line, own: isOwnFile(file) }), lines[next]?.number ?? 0);
  }
  return draft.frameCount === 0 ? undefined : { trace: draft.finish(), next };
}

function parsePanic(lines: readonly TraceLine[], at: number, type: string, message: string): ReturnType<TraceParser> {
  const draft = new TraceDraft('go', lines[at]?.number ?? 0, { type, message: message.replace(/ \[recovered\]$/, '') });
  const more: string[] = [];
  for (let below = at + 1; below < Math.min(lines.length, at + maxHeadLines); below += 1) {
    const text = lines[below]?.text ?? '';
    // Another panic at the line's start is another process's; one that was thrown while recovering is indented.
    if (text.startsWith('panic: ')) return undefined;
    // A middleware's own print has no goroutine: the calls stand right below.
    const isPair = below < at + maxRecoveredGap && isCall(text) && placePattern.test(lines[below + 1]?.text ?? '');
    if (isPair || goroutinePattern.test(text)) {
      const next = readFrames(lines, isPair ? below : below + 1, draft);
      if (draft.frameCount > 0) {
        draft.header = { type, message: [draft.header.message ?? '', ...more].join('\n').trim() };
        return { trace: draft.finish(), next };
      }
    } else if (/^\s*(?:panic: |\[signal )/.test(text)) {
      more.push(text.trim());
    }
  }
  return undefined;
}

/** Lines between a recovered panic and its first call. */
const maxRecoveredGap = 4;

function readFrames(lines: readonly TraceLine[], from: number, draft: TraceDraft): number {
  const frames: { readonly frame: StackFrame; readonly number: number }[] = [];
  let at = from;
  while (at < lines.length) {
    const text = lines[at]?.text ?? '';
    const place = placePattern.exec(lines[at + 1]?.text ?? '');
    const left = /^\s*\.\.\.(\d+ frames elided|additional frames elided)\.\.\./.exec(text);
    if (left !== null) {
      draft.omittedFrames += Number.parseInt(left[1] ?? '', 10) || 1;
      at += 1;
    } else if (place !== null && isCall(text)) {
      frames.push({ frame: toFrame(text, place[1] ?? '', place[2] ?? ''), number: lines[at + 1]?.number ?? 0 });
      at += 2;
    } else if (text.trim() === '' && isIndentedPair(lines, at + 1)) {
      at += 1;
    } else {
      break;
    }
  }
  // What stands above the call of `panic` is who recovered from it and wrote this, not where it went wrong.
  const panicked = frames.findLastIndex(({ frame }) => frame.function === 'panic');
  frames.forEach(({ frame, number }, index) => {
    draft.add(index < panicked ? { ...frame, own: false } : frame, number);
  });
  return at;
}

/** chi sets the calls above a panic off by a blank line and an indentation. */
function isIndentedPair(lines: readonly TraceLine[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  return /^ {2}/.test(text) && isCall(text) && placePattern.test(lines[at + 1]?.text ?? '');
}

/** `main.(*Cart).Add(0xc000…, 0x2)`, `created by main.main in goroutine 1`, or without arguments in a logger's stack. */
function isCall(text: string): boolean {
  const call = text.trim();
  return (
    call !== '' &&
    call.length < 1000 &&
    /^(?:created by )?[^\s"'{}]+[.)](?:\S|\s\+|$)|^(?:created by )?\S+\(.*\)$/.test(call) &&
    !call.endsWith(':')
  );
}

function toFrame(call: string, file: string, line: string): StackFrame {
  let name = call
    .trim()
    .replace(/^created by /, '')
    .replace(/ in goroutine \d+$/, '');
  // The arguments are the last bracket: a method's receiver is in brackets too.
  if (name.endsWith(')')) name = name.slice(0, name.lastIndexOf('('));
  const isRuntime = /^(?:runtime|panic|testing|net\/http|reflect|sync)(?:[./]|$)/.test(name);
  return makeFrame({ function: name, file, line, own: !isRuntime && isOwnFile(file) });
}
