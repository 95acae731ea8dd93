import { parseErrorHeader, parseHeaded, type HeadedGrammar } from './headed.ts';
import { makeFrame, splitPosition, type StackFrame, type TraceHeader, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** `TypeError: …`, `Error [ERR_X]: …`, `AxiosError`, `Uncaught (in promise) X: …`, behind a logger's words. */
const errorHeader =
  /(?:^|[\s:(>="])((?:[A-Za-z_$][\w$.]{0,100}?)?(?:Error|Exception|Rejection|Failure|Warning|Fault))(?: \[[^\]]{1,80}\])?(?::\s?(.*)|\s*\{?)$/;
/** A class of an error's own name, at the line's start only: `Boom: it broke`. */
const ownHeader = /^(?:Uncaught )?([A-Z][\w$]{0,80}): (.*)$/;

function header(text: string): TraceHeader | undefined {
  return parseErrorHeader(text, errorHeader) ?? parseErrorHeader(text, ownHeader);
}

const v8: HeadedGrammar = {
  language: 'javascript',
  frame: parseV8Frame,
  header,
  skip: (text) => {
    const left = /^\s*\.\.\. (\d+) lines matching cause stack trace \.\.\.$/.exec(text);
    return left === null ? undefined : Number(left[1]);
  },
  nested: (text) => {
    const cause = /^\s*(?:\[(?:cause|original)\]: |[Cc]aused by: )(?!\[?$)(.*)$/.exec(text)?.[1];
    if (cause !== undefined) return { relation: 'cause', header: header(cause) ?? { message: cause } };
    // The errors of an AggregateError stand in a list, each indented by four at least.
    const listed = /^ {4,}(?=(?:[A-Z]\w*)?(?:Error|Exception)\b)(.*)$/.exec(text)?.[1];
    const listedHeader = listed === undefined ? undefined : header(listed);
    return listedHeader === undefined ? undefined : { relation: 'cause', header: listedHeader, isSibling: true };
  },
  property: (text) => /^\s+(?:\[?[\w$]+\]?|'[^']{1,100}'|\[Symbol\([^)]{1,80}\)\]): |^\s*[\]}],?$/.test(text),
};

/** Node, Chrome, Edge, Deno, Bun, Hermes: `    at fn (file:line:column)`. */
export const parseV8: TraceParser = (lines, at, floor) => {
  const found = parseHeaded(v8, lines, at, floor);
  if (found?.trace.type !== 'SyntaxError') return found;
  // Node tells the place of a syntax error above it: `/app/x.js:3`, then the code and a caret.
  for (let above = at - 1; above >= Math.max(floor, at - 10); above -= 1) {
    const place = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]).{1,500}):(\d{1,9})$/.exec(lines[above]?.text ?? '');
    if (place === null) continue;
    const [, file = '', line] = place;
    const frame = makeFrame({ file, line, own: isOwnFile(file) });
    return { ...found, trace: { ...found.trace, frames: [frame, ...found.trace.frames] } };
  }
  return found;
};

function parseV8Frame(text: string): StackFrame | undefined {
  const start = text.indexOf('at ');
  if (start === -1) return undefined;
  const before = text.slice(0, start);
  // Anything may stand before a frame that is clearly set off from it.
  if (before.trim() !== '' && !/(?:\s{2,}|\t)$/.test(before)) return undefined;
  let call = text
    .slice(start + 3)
    .replace(/(?:[",]|\s\{)+$/, '')
    .trimEnd();
  if (call.startsWith('async ')) call = call.slice('async '.length);
  if (call.startsWith('new ')) call = call.slice('new '.length);
  const open = call.indexOf(' (');
  if (call.endsWith(')') && open > 0) {
    // An alias: `Foo.bar [as baz]`.
    const name = call.slice(0, open).replace(/ \[as [^\]]*\]$/, '');
    let location = withoutLoaders(call.slice(open + 2, -1));
    if (location.startsWith('eval at ')) location = /\(([^()]+:\d+:\d+)\)/.exec(location)?.[1] ?? location;
    if (location.startsWith('address at ')) location = location.slice('address at '.length);
    const { file, line, column } = splitPosition(location);
    const isPlace = line !== undefined || /^(native|<anonymous>|unknown location|index \d+)$/.test(file);
    if (!isPlace) return undefined;
    const isFile = line !== undefined;
    return makeFrame({ function: name, file: isFile ? file : undefined, line, column, own: isFile && isOwnFile(file) });
  }
  const { file, line, column } = splitPosition(withoutLoaders(call));
  if (column === undefined) {
    return call === '<anonymous>' || call === 'native' ? makeFrame({ function: call, own: false }) : undefined;
  }
  if (/\s/.test(file) && !/^(?:\/|[A-Za-z]:[\\/]|[a-z-]+:\/\/)/.test(file)) return undefined;
  return makeFrame({ file, line, column, own: isOwnFile(file) });
}

/** Webpack writes the loaders before the source, parted by `!`. */
function withoutLoaders(location: string): string {
  return location.includes('!') ? location.slice(location.lastIndexOf('!') + 1) : location;
}

const gecko: HeadedGrammar = { language: 'javascript', frame: parseGeckoFrame, header, framesAlone: false };

/** Firefox and Safari: `fn@file:line:column`. */
export const parseGecko: TraceParser = (lines, at, floor) => parseHeaded(gecko, lines, at, floor);

function parseGeckoFrame(text: string): StackFrame | undefined {
  // Copied from Firefox's console: `    charge https://shop.example.org/src/pay.js:3`.
  const copied = /^ {4}(\S{1,200}) (https?:\/\/\S{1,1000}):(\d{1,9})$/.exec(text);
  if (copied !== null) {
    const [, name, file = '', line] = copied;
    return makeFrame({ function: name, file, line, own: isOwnFile(file) });
  }
  const sign = text.indexOf('@');
  if (sign === -1) return undefined;
  const name = text
    .slice(0, sign)
    .trim()
    .replace(/^async\*/, '');
  const location = text.slice(sign + 1).trim();
  if (location === '[native code]') return makeFrame({ function: name, own: false });
  const { file, line, column } = splitPosition(location);
  if (line === undefined || /\s/.test(name.replace(/^(?:global|eval|module) code$/, ''))) return undefined;
  // An address (`me@host:22`) is none: a script has a scheme, a folder or a script's ending.
  if (!/^(?:[a-z-]+:\/|\/|[A-Za-z]:[\\/])|\.[cm]?[jt]sx?$|\.bundle$|\.jsbundle$/.test(file)) return undefined;
  const evaluated = / line (\d+) > (?:eval|Function)/.exec(file);
  const place =
    evaluated === null ? { file, line, column } : { file: file.slice(0, evaluated.index), line: evaluated[1] };
  return makeFrame({ function: name, ...place, own: isOwnFile(place.file) });
}
