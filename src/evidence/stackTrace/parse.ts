import { parseDart, parseDartTerse } from './dart.ts';
import { parseDotnet } from './dotnet.ts';
import { parseElixir } from './elixir.ts';
import { parseErlangTerm } from './erlang.ts';
import { parseGo } from './go.ts';
import { parseGecko, parseV8 } from './javascript.ts';
import { parseJvm } from './jvm.ts';
import { toTraceLines } from './lines.ts';
import type { StackTrace, TraceLine, TraceParser } from './model.ts';
import { parsePhp } from './php.ts';
import { parsePython } from './python.ts';
import { parseRuby } from './ruby.ts';
import { parseRust } from './rust.ts';

/** Traces kept of one text, the first ones. */
export const maxTraces = 200;

/** A word that a line must have for a parser to look at it; parsers in the order in which they are asked. */
const parsers: readonly { readonly sign: (text: string) => boolean; readonly parse: TraceParser }[] = [
  { sign: (text) => text.includes('Traceback (most') || text.includes('File "'), parse: parsePythonOrRuby },
  { sign: (text) => text.includes('at ') && text.includes('('), parse: parseJvm },
  { sign: (text) => text.includes('at ') && text.includes(':'), parse: parseV8 },
  { sign: (text) => text.includes('at ') && text.includes('('), parse: parseDotnet },
  { sign: (text) => text.includes('at '), parse: parseV8 },
  { sign: (text) => text.includes('@') || text.startsWith('    '), parse: parseGecko },
  {
    sign: (text) => text.includes('panicked at') || text.includes('acktrace') || text.includes('BACKTRACE'),
    parse: parseRust,
  },
  { sign: (text) => text.includes('#') && text.includes('('), parse: parseDart },
  { sign: (text) => text.includes('#0 ') || text.includes('.php') || text.includes('PHP '), parse: parsePhp },
  { sign: (text) => text.includes(':in ') || text.includes('from '), parse: parseRuby },
  { sign: (text) => text.includes('.ex') || text.includes('.erl'), parse: parseElixir },
  { sign: (text) => text.includes('.dart '), parse: parseDartTerse },
  { sign: (text) => text.includes('[{file,'), parse: parseErlangTerm },
  {
    sign: (text) =>
      text.includes('panic: ') ||
      text.includes('panic recovered') ||
      text.includes('panic serving ') ||
      text.includes('fatal error: ') ||
      text.includes('goroutine '),
    parse: parseGo,
  },
];

/**
 * Finds every stack trace in a text, in its order, whatever stands around and before it: of Node and browsers, Python,
 * JVM languages, Go, Ruby, PHP, .NET, Rust, Dart and Elixir, in plain and JSON logs, behind the prefixes of Docker,
 * Kubernetes, syslog and others. Never throws; time grows linearly with the text. At most `maxTraces`.
 */
export function parseStackTraces(text: string): readonly StackTrace[] {
  const lines = toTraceLines(text);
  const traces: StackTrace[] = [];
  let floor = 0;
  let at = 0;
  while (at < lines.length && traces.length < maxTraces) {
    const found = findAt(lines, at, floor);
    if (found === undefined) {
      at += 1;
      continue;
    }
    if (found.trace.frames.length > 0 || found.trace.causes.length > 0) traces.push(found.trace);
    at = Math.max(found.next, at + 1);
    floor = at;
  }
  return traces;
}

function findAt(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  const text = lines[at]?.text ?? '';
  // A logger's Go stack has its sign in the line below the call.
  if (lines[at + 1]?.text.includes('.go:') === true) {
    const go = parseGo(lines, at, floor);
    if (go !== undefined) return go;
  }
  for (const { sign, parse } of parsers) {
    if (!sign(text)) continue;
    const found = parse(lines, at, floor);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Ruby 2.5 to 2.7 opened with Python's words. */
function parsePythonOrRuby(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  const isRuby = /^\s*\d+: from /.test(lines[at + 1]?.text ?? '') || /:in [`']/.test(lines[at + 1]?.text ?? '');
  return isRuby ? parseRuby(lines, at, floor) : parsePython(lines, at, floor);
}
