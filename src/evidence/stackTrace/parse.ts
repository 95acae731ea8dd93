import { parseDart, parseDartTerse } from './dart.ts';
import { localPlace, pageFrame, parseDotnet } from './dotnet.ts';
import { parseElixir } from './elixir.ts';
import { parseErlangTerm } from './erlang.ts';
import { parseGo } from './go.ts';
import { parseGecko, parseV8, parseVitest } from './javascript.ts';
import { bareJvmFrame, parseJvm } from './jvm.ts';
import { toTraceLines } from './lines.ts';
import type { StackTrace, TraceLine, TraceParser } from './model.ts';
import { parsePhp } from './php.ts';
import { parsePython } from './python.ts';
import { parseIPython } from './ipython.ts';
import { parseLua } from './lua.ts';
import { parseNative } from './native.ts';
import { parsePerl } from './perl.ts';
import { parsePowerShell } from './powershell.ts';
import { parsePytest } from './pytest.ts';
import { parseR } from './r.ts';
import { parseRich } from './rich.ts';
import { parseRuby } from './ruby.ts';
import { parseRust } from './rust.ts';
import { parseShell } from './shell.ts';
import { sparseParser } from './sparse.ts';
import { julia, sparseGrammars } from './sparseGrammars.ts';
import { parseTap } from './tap.ts';

/** Traces kept of one text, the first ones. */
const maxTraces = 200;

/** A word that a line must have for a parser to look at it (`hasAt`: it has the commonest, `at `); parsers in the order in which they are asked. */
const parsers: readonly { readonly sign: (text: string, hasAt: boolean) => boolean; readonly parse: TraceParser }[] = [
  { sign: (text) => text.endsWith('Traceback (most recent call last)'), parse: parseIPython },
  { sign: (text) => text.startsWith('╭') && text.includes('Traceback (most'), parse: parseRich },
  { sign: (text) => text.includes('.py:'), parse: parsePytest },
  { sign: (text) => text.includes('Traceback (most') || text.includes('File "'), parse: parsePythonOrRuby },
  { sign: (text) => text.includes('0x') || text.includes('# ') || text.includes('.swift'), parse: parseNative },
  { sign: (text) => text.endsWith('stack: |-'), parse: parseTap },
  { sign: (text) => text.includes('.jl:') && text.trimStart().startsWith('@ '), parse: sparseParser(julia) },
  { sign: (text) => text.includes('.ps'), parse: parsePowerShell },
  { sign: (text, hasAt) => hasAt && text.includes('('), parse: parseJvm },
  { sign: (text, hasAt) => hasAt && text.includes(':'), parse: parseV8 },
  { sign: (text, hasAt) => hasAt && text.includes('('), parse: parseDotnet },
  { sign: (text) => text.startsWith('   ') && (localPlace.test(text) || pageFrame.test(text)), parse: parseDotnet },
  { sign: (text) => text.startsWith('  ') && bareJvmFrame.test(text), parse: parseJvm },
  { sign: (_, hasAt) => hasAt, parse: parseV8 },
  { sign: (text) => text.startsWith(' ') && text.includes(' ❯ '), parse: parseVitest },
  { sign: (text) => text.includes('@') || text.startsWith('    ') || text.startsWith('\t'), parse: parseGecko },
  {
    sign: (text) =>
      text.includes('panicked at') ||
      text.startsWith('Location:') ||
      text.includes('╴at ') ||
      text.includes('acktrace') ||
      text.includes('BACKTRACE'),
    parse: parseRust,
  },
  { sign: (text) => text.includes('#') && text.includes('('), parse: parseDart },
  { sign: (text) => text.includes('#0 ') || text.includes('.php') || text.includes('PHP '), parse: parsePhp },
  { sign: (text) => text.includes(':in ') || text.includes('from '), parse: parseRuby },
  { sign: (text, hasAt) => hasAt && text.includes('.rb:'), parse: parseRuby },
  { sign: (text) => text.includes('.ex') || text.includes('.erl'), parse: parseElixir },
  { sign: (text) => text.includes('.dart '), parse: parseDartTerse },
  { sign: (text) => text.includes('[{file,'), parse: parseErlangTerm },
  {
    sign: (text) =>
      text.includes('panic: ') ||
      text.includes('panic recovered') ||
      text.includes('panic serving ') ||
      text.includes('fatal error: ') ||
      text.includes('goroutine ') ||
      text.includes('_test.go:'),
    parse: parseGo,
  },
  { sign: (text, hasAt) => hasAt && text.includes('#'), parse: parseNative },
  { sign: (text) => text.includes('stack traceback:'), parse: parseLua },
  { sign: (text) => text.startsWith('Backtrace:') || /^\s*\d+: .*#/.test(text), parse: parseR },
  { sign: (text, hasAt) => hasAt && text.includes(' line '), parse: parsePerl },
  { sign: (text) => text.includes('runtime error: ') || text.includes('Assertion'), parse: parseNative },
  { sign: (text) => text.includes(': line ') || text.includes('sh:'), parse: parseShell },
];

/** What a line holds that any of the signs above is in: a blank, a dot or another sign of a place, or a word of Rust, C and Erlang. */
const mayHaveSign = /[.:@#("]|\s\S|\S\s|0x|acktrace|BACKTRACE|Assertion|\[\{file,/;

/**
 * Finds every stack trace in a text, in its order, whatever stands around and before it: of Node and browsers, Python,
 * JVM languages, Go, Ruby, PHP, .NET, Rust, Dart, Elixir, C and C++, Swift, Perl, Lua, R, Julia and shells, in plain and JSON logs, behind the prefixes of Docker,
 * Kubernetes, syslog and others; where none of these is in it, those of `sparseGrammars`. Never throws; time grows linearly with the text. At most `maxTraces`.
 */
export function parseStackTraces(text: string): readonly StackTrace[] {
  const lines = toTraceLines(text);
  const traces = tracesOf(lines, findAt);
  if (traces.length > 0 || !maySparse.test(text)) return traces;
  return tracesOf(toTraceLines(text, maySparse), findSparseAt);
}

function tracesOf(lines: readonly TraceLine[], find: TraceParser): readonly StackTrace[] {
  const processes = linesOfProcesses(lines);
  const traces = processes.flatMap((own) => tracesIn(own, find));
  if (processes.length > 1) traces.sort((one, other) => one.firstLine - other.firstLine);
  return traces.slice(0, maxTraces);
}

/**
 * The lines of each process, where a collector wrote those of several into one text: a trace of one is then not torn by
 * the lines of another. A name that stands before one line only is no process's.
 */
function linesOfProcesses(lines: readonly TraceLine[]): readonly (readonly TraceLine[])[] {
  const byProcess = new Map<string, TraceLine[]>();
  for (const line of lines)
    if (line.process !== undefined) {
      const own = byProcess.get(line.process);
      if (own === undefined) byProcess.set(line.process, [line]);
      else own.push(line);
    }
  const several = [...byProcess.values()].filter((own) => own.length > 1);
  if (several.length < 2) return [lines];
  const parted = new Set(several);
  const rest = lines.filter(({ process }) => process === undefined || !parted.has(byProcess.get(process) ?? []));
  return [rest, ...several];
}

/** What is in every frame of a sparse grammar. */
const maySparse =
  /, called at | in file \\?"|\.cr:\d|\.nim\(\d|\.zig:\d|\.d:\d|: line \d+, column|\bon \S+ line \d|\(res:\/\/|appears to (?:be|have been) in '|CMake Error at |ORA-06512|psql:|raised [A-Z]|At line \d|\.rkt:\d|\*\*\* \[|file[\w.-]*:\d+(?:\n|\\n)|\[(?:emerg|alert|crit)\] |pars(?:e|ing) \S+: |(?:[:)]|\d -) (?:fatal )?error\b/;

const sparse = sparseGrammars.map(sparseParser);

function findSparseAt(lines: readonly TraceLine[], at: number, floor: number): ReturnType<TraceParser> {
  for (const parse of sparse) {
    const found = parse(lines, at, floor);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tracesIn(lines: readonly TraceLine[], find: TraceParser): StackTrace[] {
  const traces: StackTrace[] = [];
  let floor = 0;
  let at = 0;
  while (at < lines.length && traces.length < maxTraces) {
    const found = find(lines, at, floor);
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
  if (!mayHaveSign.test(text)) return undefined;
  const hasAt = text.includes('at ');
  for (const { sign, parse } of parsers) {
    if (!sign(text, hasAt)) continue;
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
