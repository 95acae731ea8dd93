import { TraceDraft, makeFrame, type StackFrame, type TraceHeader, type TraceLine, type TraceParser } from './model.ts';
import { dotnetLibraries, isLibraryName, isOwnFile } from './ownCode.ts';

const headerPattern =
  /(?:^|[\s:([>])((?:[A-Za-z_][\w`+]{0,80}\.){0,15}(?:[A-Za-z_][\w`+]{0,80})?(?:Exception|Error|Fault))(?: \(0x[0-9A-Fa-f]+\))?(?: ?:\s?(.*))?$/;
const innerEnd =
  /^\s*--- (?:End of inner exception stack trace|Ende der inneren|Fin de la trace|Fin del seguimiento).* ---$/;
const ignored = /^\s*--- End of stack trace from previous location.* ---$|^\s*Exception thrown at:$/;
const inner = /^\s*(?:---> )(?:\(Inner Exception #\d+\) )?(.*?)(?:<---)?$/;
const maxHeaderLines = 30;

/**
 * .NET. Inner exceptions are announced above the frames, the innermost last, and their frames come first, each ended by
 * a line; the frames of the outermost stand at the end.
 */
export const parseDotnet: TraceParser = (lines, at, floor) => {
  if (parseFrame(lines[at]?.text ?? '') === undefined) return undefined;
  const open = findHeaders(lines, at, floor);
  const root = open[0] ?? new TraceDraft('dotnet', lines[at]?.number ?? 0);
  if (open.length === 0) open.push(root);
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next];
    if (line === undefined) break;
    const current = open.at(-1) ?? root;
    const frame = parseFrame(line.text);
    const nested = inner.exec(line.text);
    if (frame !== undefined) current.add(frame, line.number);
    else if (innerEnd.test(line.text)) {
      current.lastLine = line.number;
      if (open.length > 1) open.pop();
    } else if (nested !== null) {
      // A further inner exception of an AggregateException.
      const draft = new TraceDraft('dotnet', line.number, header(nested[1] ?? '') ?? { message: nested[1] ?? '' });
      (open[0] ?? root).addCause('cause', draft);
      open.push(draft);
    } else if (!ignored.test(line.text)) {
      const isBetween = line.text.trim() !== '' && header(line.text) === undefined;
      if (!isBetween || parseFrame(lines[next + 1]?.text ?? '') === undefined) break;
    }
  }
  return { trace: root.finish(), next };
};

/** The headers above the first frame, the outermost first, each the cause of the one before. */
function findHeaders(lines: readonly TraceLine[], at: number, floor: number): TraceDraft[] {
  let top: number | undefined;
  for (let above = at - 1; above >= Math.max(floor, at - maxHeaderLines); above -= 1) {
    const text = lines[above]?.text ?? '';
    if (inner.test(text)) continue;
    if (header(text.split(' ---> ')[0] ?? '') === undefined) continue;
    top = above;
    break;
  }
  const drafts: TraceDraft[] = [];
  for (const line of top === undefined ? [] : lines.slice(top, at)) {
    const parts = line.text.split(/\s?---> /);
    for (const [index, part] of parts.entries()) {
      const isHeader = part.trim() !== '' && (index > 0 || drafts.length === 0);
      const last = drafts.at(-1);
      if (!isHeader) {
        // A further line of the message.
        if (index === 0 && part.trim() !== '' && last !== undefined)
          last.header = { ...last.header, message: `${last.header.message ?? ''}\n${part.trimEnd()}` };
        continue;
      }
      const text = part.replace(/^\(Inner Exception #\d+\) /, '').replace(/<---$/, '');
      const draft = new TraceDraft('dotnet', line.number, header(text) ?? { message: text.trim() });
      last?.addCause('cause', draft);
      drafts.push(draft);
    }
  }
  return drafts;
}

function header(text: string): TraceHeader | undefined {
  const match = headerPattern.exec(text);
  if (match === null) return undefined;
  const [, type = '', message = ''] = match;
  // ASP.NET's page of an error has it in brackets.
  const said = text.startsWith('[') ? message.replace(/\]$/, '') : message;
  return { type, message: said.trim() };
}

/** `   at Shop.Cart.Add(Item item) in C:\src\Cart.cs:line 12`; without a file where no symbols were shipped. */
/** Mono: `at Player.Hit (System.Int32 damage) [0x00012] in /Assets/Player.cs:21`; Unity's console: `Player.Hit () (at Assets/Player.cs:21)`. */
const unityFrame =
  /^\s*(?:at )?((?:[\w`<>+]{1,100}[.:]){1,15}[\w`<>]{1,100}) ?\([^()]{0,500}\) (?:\[0x[0-9a-f]+\] in (?=<?[^<]))?(?:\(at )?(\S.{0,500}?\.cs):(\d{1,9})\)?\s*$/;

/** The line's word where .NET Framework speaks another language than English. */
export const localPlace = /:(?:Zeile|ligne|línea|linea|linha|riga|wiersz|satır|řádek|regel|rad|строка|行|줄) ?\d/;
const localFrame =
  /^\s*(?:bei|à|en|em|in|w|v|konum|в|vid|场所|位置|場所|在|위치:) (\S.{0,500}?\)) (?:in|dans|en|em|w|v|i|в|位置|場所) (\S.{0,1000}?):[^\s:\d]{1,8} ?(\d{1,9})\.?$/;
const localCall = /^\s+(?:bei|à|en|em|w|v|в|vid|场所|場所|在) ([\w.`+<>|$]{1,500})\(.*\)$/;

/** ASP.NET's page of an error: `   Shop.Pay.Run(Order order) in C:\src\Pay.cs:31`, ` +87` where no symbols are. */
export const pageFrame =
  /^ {2,6}((?:[\w`<>+]{1,100}\.){1,15}[.\w`<>|]{1,100})\([^()]{0,500}\)(?: in (\S.{0,500}?\.(?:cs|vb|fs)):(\d{1,9})| \+\d{1,9})$/;

function parseLocalFrame(text: string): StackFrame | undefined {
  const page = pageFrame.exec(text);
  const [, method, file, line] = localFrame.exec(text) ?? [];
  if (page !== null) {
    const [, called = '', source, row] = page;
    const own = source !== undefined && isOwnFile(source) && !isLibraryName(called, dotnetLibraries);
    return makeFrame({ function: called, file: source, line: row, own });
  }
  const name = method?.slice(0, method.indexOf('(')) ?? localCall.exec(text)?.[1];
  if (name?.includes('.') !== true) return undefined;
  const own = !isLibraryName(name, dotnetLibraries) && (file === undefined || isOwnFile(file));
  return makeFrame({ function: name, file, line, own });
}

function parseFrame(text: string): StackFrame | undefined {
  const start = text.indexOf('at ');
  if (start === -1) return parseLocalFrame(text);
  const before = text.slice(0, start);
  if (before.trim() !== '' && !unityFrame.test(text) && !/(?:\s{2,}|\t)$/.test(before)) return undefined;
  const unity = unityFrame.exec(text);
  if (unity !== null) {
    const [, name = '', file = '', line] = unity;
    return makeFrame({ function: name, file, line, own: !isLibraryName(name, dotnetLibraries) && isOwnFile(file) });
  }
  const call = text.slice(start + 3).trimEnd();
  const place = / in (.{1,1000}):line (\d{1,9})$/.exec(call);
  const method = place === null ? call : call.slice(0, place.index);
  const open = method.indexOf('(');
  if (open <= 0 || !method.endsWith(')')) return undefined;
  const name = method.slice(0, open).replace(/^async /, '');
  if (!/^[\w.`+<>|$[\], @-]+$/.test(name) || !name.includes('.')) return undefined;
  const [, file, line] = place ?? [];
  // Without a place, a blank in the name or before the bracket is prose, or another language's.
  if (file === undefined && (/\s/.test(name) || /:\d+\)$/.test(method))) return undefined;
  const readable = name.split(' ').at(-1) ?? name;
  const own = !isLibraryName(readable, dotnetLibraries) && (file === undefined || isOwnFile(file));
  return makeFrame({ function: readable, file, line, own });
}
