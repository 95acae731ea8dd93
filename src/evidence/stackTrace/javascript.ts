import { parseErrorHeader, parseHeaded, type HeadedGrammar } from './headed.ts';
import {
  makeFrame,
  maxFrames,
  splitPosition,
  type FoundTrace,
  type StackFrame,
  type TraceHeader,
  type TraceLine,
  type TraceParser,
} from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** `TypeError: …`, `Error [ERR_X]: …`, `AxiosError`, `Uncaught (in promise) X: …`, behind a logger's words. */
const errorHeader =
  /(?:^|[\s:(>="])((?:[A-Za-z_$][\w$.]{0,100}?)?(?:Error|Exception|Rejection|Failure|Warning|Fault))(?: \[[^\]]{1,80}\])?(?::\s?(.*)|\s*\{?)$/;
/** A class of an error's own name, at the line's start only: `Boom: it broke`. */
const ownHeader = /^(?:Uncaught )?([A-Z][\w$]{0,80}): (.*)$/;

/** PostgreSQL's driver names its class so: `error: deadlock detected`. */
const bareHeader = /(?:^|[\s:])(error): (\S.*)$/;

function header(text: string): TraceHeader | undefined {
  const found =
    parseErrorHeader(text, errorHeader) ?? parseErrorHeader(text, ownHeader) ?? parseErrorHeader(text, bareHeader);
  // Safari: `Unhandled Promise Rejection: TypeError: …`.
  const rejected = found?.type?.endsWith('Rejection') === true ? header(found.message ?? '') : undefined;
  return rejected ?? found;
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
  if (found === undefined) return undefined;
  const whole = withComponents(lines, withErrors(lines, at, floor, withToldPlace(found)));
  return whole.trace.type === 'SyntaxError' ? withSyntaxPlace(lines, at, floor, whole) : whole;
};

/** A place that a compiler or bundler tells in its message: `src/main.js (3:9)`, `src/cart.ts:12:7 - error TS2322`. */
const toldPlace =
  /^\s*((?:\/|\.{0,2}\/|[A-Za-z]:[\\/])?[\w@.~/\\[\]-]{1,300}\.(?:[cm]?[jt]sx?|vue|svelte)):? ?\(?(\d{1,9}):(\d{1,9})\b/;
const maxToldLines = 8;

/** Prisma's message tells the line that called it, which its stack of promises has lost. */
const toldCall = / invocation in\s*\n/;

/** Where no frame is the service's own, the place that the message tells is the first. */
function withToldPlace({ trace, next }: FoundTrace): FoundTrace {
  if (trace.frames.some(({ own }) => own) && !toldCall.test(trace.message ?? '')) return { trace, next };
  for (const text of (trace.message ?? '').split('\n').slice(0, maxToldLines)) {
    const [, file, line, column] = toldPlace.exec(text) ?? [];
    if (file === undefined || !isOwnFile(file)) continue;
    return { next, trace: { ...trace, frames: [makeFrame({ file, line, column, own: true }), ...trace.frames] } };
  }
  return { trace, next };
}

/** Lines between an error, its list of errors, and the first frame in it. */
const maxListLines = 20;

/** Node lists the errors of an AggregateError that has no stack of its own: `[AggregateError: …] {`, `[errors]: [`. */
function withErrors(lines: readonly TraceLine[], at: number, floor: number, { trace, next }: FoundTrace): FoundTrace {
  let first = at;
  while (first > floor && at - first < maxListLines && (lines[first]?.number ?? 0) > trace.firstLine) first -= 1;
  if (!/^\s*\[errors\]: \[$/.test(lines[first - 1]?.text ?? '')) return { trace, next };
  for (let above = first - 2; above >= Math.max(floor, first - maxListLines); above -= 1) {
    const [, type, message] = /\[?((?:[A-Z]\w*)?Error)(?:: (.*?))?\]? \{$/.exec(lines[above]?.text ?? '') ?? [];
    if (type === undefined) continue;
    const { causes, ...one } = trace;
    return {
      next,
      trace: {
        ...one,
        type,
        ...(message === undefined ? {} : { message }),
        frames: [],
        omittedFrames: 0,
        firstLine: lines[above]?.number ?? trace.firstLine,
        causes: [{ relation: 'cause', trace: { ...one, causes: [] } }, ...causes],
      },
    };
  }
  return { trace, next };
}

const componentsPattern =
  /^(?:The above error occurred in (?:the|one of)|An error occurred in the <|(?:React )?[Cc]omponent [Ss]tack:)/;
const maxComponents = 200;

/** React tells which components were being drawn, behind the error's own frames. */
function withComponents(lines: readonly TraceLine[], { trace, next }: FoundTrace): FoundTrace {
  for (let at = next; at < Math.min(lines.length, next + 4); at += 1) {
    if (!componentsPattern.test(lines[at]?.text ?? '')) continue;
    const frames: StackFrame[] = [];
    let end = at + 1;
    let last = trace.lastLine;
    for (; end < Math.min(lines.length, at + maxComponents); end += 1) {
      const text = lines[end]?.text ?? '';
      const frame = parseV8Frame(text);
      if (frame !== undefined) {
        frames.push(frame);
        last = lines[end]?.number ?? last;
      } else if (text.trim() === '' ? frames.length > 0 : !/^\s+(?:at|in) [\w.-]+$/.test(text)) break;
    }
    return { trace: { ...trace, frames: [...trace.frames, ...frames].slice(0, maxFrames), lastLine: last }, next: end };
  }
  return { trace, next };
}

function withSyntaxPlace(lines: readonly TraceLine[], at: number, floor: number, found: FoundTrace): FoundTrace {
  // Node tells the place of a syntax error above it: `/app/x.js:3`, then the code and a caret.
  for (let above = at - 1; above >= Math.max(floor, at - 10); above -= 1) {
    const place = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]).{1,500}):(\d{1,9})$/.exec(lines[above]?.text ?? '');
    if (place === null) continue;
    const [, file = '', line] = place;
    const frame = makeFrame({ file, line, own: isOwnFile(file) });
    return { ...found, trace: { ...found.trace, frames: [frame, ...found.trace.frames] } };
  }
  return found;
}

/** A frame of Vitest, with lines of source between two of them. */
function parseVitestFrame(text: string): StackFrame | undefined {
  const [, name, location = ''] = /^\s*❯ (?:(\S.{0,200}) )?(\S{1,1000})$/.exec(text) ?? [];
  const { file, line, column } = splitPosition(location);
  return column === undefined ? undefined : makeFrame({ function: name, file, line, column, own: isOwnFile(file) });
}

const vitest: HeadedGrammar = {
  ...v8,
  frame: parseVitestFrame,
  skip: (text) => (/^\s*(?:\d{1,7})? *\|/.test(text) ? 0 : undefined),
};

/** Vitest: ` ❯ addItem src/cart.ts:21:18`. */
export const parseVitest: TraceParser = (lines, at, floor) => parseHeaded(vitest, lines, at, floor);

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
  // Datadog writes browsers' frames `at charge @ https://shop.example/pay.js:1:23`.
  const placed = /^(\S{1,200}) @ (\S{1,1000}:\d{1,9}:\d{1,9})$/.exec(call);
  if (placed !== null) call = `${placed[1] ?? ''} (${placed[2] ?? ''})`;
  // Sentry and some bundlers leave out the blank: `at render(./src/Cart.tsx:41:18)`.
  const tight = /^([\w$.<>]{1,200})\((\S{1,1000}:\d{1,9}:\d{1,9})\)$/.exec(call);
  if (tight !== null) call = `${tight[1] ?? ''} (${tight[2] ?? ''})`;
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
  const copied = /^ {4}(\S{1,200}) (https?:\/\/\S{1,1000}|[\w.-]{1,200}\.[cm]?[jt]sx?):(\d{1,9})$/.exec(text);
  if (copied !== null) {
    const [, name, file = '', line] = copied;
    return makeFrame({ function: name, file, line, own: isOwnFile(file) });
  }
  // Copied from Safari's console: a tab, `charge (pay.js:3:9)`.
  const [, called, script, row, at] =
    /^\t(\S.{0,200}) \((\S{1,300}\.[cm]?[jt]sx?):(\d{1,9})(?::(\d{1,9}))?\)$/.exec(text) ?? [];
  if (script !== undefined)
    return makeFrame({ function: called, file: script, line: row, column: at, own: isOwnFile(script) });
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
