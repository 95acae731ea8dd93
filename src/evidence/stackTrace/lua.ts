import { TraceDraft, makeFrame, type StackFrame, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** `lua: cart.lua:21: message`, behind the words of nginx too. */
const thrownPattern = /(?:^|[\s"])([^\s":]{1,500}\.(?:lua|luau|fnl|moon)):(\d{1,9}): (.*)$/;
/** `	cart.lua:21: in function 'total'`; the line is missing where it was stripped. */
const framePattern =
  /^\s+(?:\[\w+\] )?(\[C\]|\[string ".{0,200}"\]|[^\s:]{1,500}):(?:(\d{1,9}):)? in (?:(?:function|method|local|upvalue|field|global|metamethod) )?(.{1,300})$/;
/** Lines of a message between its first one and the stack. */
const maxHeaderLines = 8;

/** Lua, LuaJIT and OpenResty: what stands below `stack traceback:`, each coroutine's stack after the other. */
export const parseLua: TraceParser = (lines, at, floor) => {
  const first = lines[at];
  if (first?.text.includes('stack traceback:') !== true) return undefined;
  const draft = new TraceDraft('lua', first.number);
  const thrownAt = readHeader(lines, at, floor, draft);
  const frames: { frame: StackFrame; number: number }[] = [];
  let next = at + 1;
  for (; next < lines.length; next += 1) {
    const line = lines[next];
    const frame = parseFrame(line?.text ?? '');
    if (line === undefined) break;
    if (frame !== undefined) frames.push({ frame, number: line.number });
    else if (
      !/^coroutine \d+:$|^\s+\.\.\.(?:\t|\s*\(skipping|tail calls|$)|^\s+\(\.\.\.tail calls?\.\.\.\)/.test(line.text)
    )
      break;
  }
  if (frames.length === 0) return undefined;
  // The error's own place is sure; the topmost frame of that file may lack its line.
  const top = frames.findIndex(({ frame }) => frame.own);
  const topFrame = frames[top]?.frame;
  if (thrownAt !== undefined && topFrame?.file === thrownAt.file && topFrame?.line === undefined)
    frames.splice(top, 1, { frame: { ...topFrame, ...thrownAt }, number: frames[top]?.number ?? 0 });
  else if (
    thrownAt !== undefined &&
    !frames.some(({ frame }) => frame.file === thrownAt.file && frame.line === thrownAt.line)
  )
    draft.add(thrownAt, draft.firstLine);
  for (const { frame, number } of frames) draft.add(frame, number);
  return { trace: draft.finish(), next };
};

function readHeader(lines: readonly TraceLine[], at: number, floor: number, draft: TraceDraft): StackFrame | undefined {
  for (let above = at; above >= Math.max(floor, at - maxHeaderLines); above -= 1) {
    const text = (lines[above]?.text ?? '').replace(/\s*stack traceback:.*$/, '');
    const [, file, line, message = ''] = thrownPattern.exec(text) ?? [];
    if (file === undefined) continue;
    const rest = lines.slice(above + 1, at).map((one) => one.text);
    draft.header = { message: [message, ...rest].join('\n').trimEnd() };
    draft.firstLine = lines[above]?.number ?? draft.firstLine;
    return makeFrame({ file, line, own: isOwnFile(file) });
  }
  return undefined;
}

function parseFrame(text: string): StackFrame | undefined {
  const [, file = '', line, words = ''] = framePattern.exec(text) ?? [];
  if (file === '') return undefined;
  const isFile = !file.startsWith('[');
  const name = words.replace(/, client: .*$/, '').replace(/^['<](.*)['>]$/, '$1');
  return makeFrame({ function: name, ...(isFile ? { file, line } : {}), own: isFile && isOwnFile(file) });
}
