import { stripControlSequences } from '../controlSequences.ts';
import type { TraceLine } from './model.ts';

/** Characters of a line that are looked at: no frame is longer, and every pattern stays cheap. */
const maxLineLength = 4000;
/** JSON lines longer than this are not opened. */
const maxJsonLength = 2 * 1024 * 1024;
const maxJsonDepth = 8;
const maxPrefixes = 4;

/**
 * Prepares text for the parsers: takes off colours, carriage returns and what Docker, Kubernetes, syslog and other
 * collectors write before each line, and opens JSON log lines and escaped traces into the lines that they hold.
 */
export function toTraceLines(text: string): TraceLine[] {
  const lines: TraceLine[] = [];
  let number = 0;
  for (const raw of stripControlSequences(text).split('\n')) {
    number += 1;
    for (const line of expand(withoutPrefixes(raw.endsWith('\r') ? raw.slice(0, -1) : raw)))
      lines.push({ text: line.length > maxLineLength ? line.slice(0, maxLineLength) : line, number });
  }
  return lines;
}

/** Before a line, in any order. One blank after each belongs to it; further ones are the line's own indentation. */
const prefixes: readonly RegExp[] = [
  // kubectl logs --prefix: `[pod/name/container] `
  /^\[pod\/[^\]\s]+\] ?/,
  // docker compose: `web-1  | `
  /^[\w.-]{1,80} *\| ?/,
  // CRI: `2026-01-01T00:00:00.123456789Z stderr F `
  /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) std(?:out|err) [FP] ?/,
  // Heroku: `2026-01-01T00:00:00.000000+00:00 app[web.1]: `
  /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) [\w.-]+\[[\w.-]+\]: ?/,
  // RFC 5424: `<34>1 2026-01-01T00:00:00Z host app 123 ID47 - `
  /^<\d{1,3}>\d? ?\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) \S+ \S+ \S+ \S+ (?:-|\[[^\]]*\]) ?/,
  // RFC 3164 and journald, also with ISO times: `Jan  1 00:00:00 host app[123]: `
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)) [\w.-]+ [\w./@-]+(?:\[\d+\])?: ?/,
  // docker logs --timestamps
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)[ \t]/,
];

function withoutPrefixes(line: string): string {
  let rest = line;
  for (let round = 0; round < maxPrefixes; round += 1) {
    // A prefix is short; a long line is not searched as a whole.
    const head = rest.slice(0, 400);
    const found = prefixes.map((prefix) => prefix.exec(head)).find((match) => match !== null);
    if (!found) break;
    rest = rest.slice(found[0].length);
  }
  return rest;
}

function expand(line: string): readonly string[] {
  const json = parseJson(line);
  if (json !== undefined) {
    const collected: string[] = [];
    collectStrings(json.value, '', 0, collected);
    if (collected.length > 0)
      return [
        ...(json.before === '' ? [] : [json.before]),
        ...collected.flatMap((held) => held.replace(/\r?\n$/, '').split(/\r?\n/)),
      ];
  }
  return holdsEscapedTrace(line) ? unescape(line).split(/\r?\n/) : [line];
}

function parseJson(line: string): { before: string; value: unknown } | undefined {
  const start = line.indexOf('{"');
  const end = line.trimEnd();
  if (start === -1 || start > 500 || !end.endsWith('}') || line.length > maxJsonLength) return undefined;
  try {
    const value: unknown = JSON.parse(end.slice(start));
    return { before: line.slice(0, start), value };
  } catch {
    return undefined;
  }
}

const traceField = /stack|trace|exc_info|exception|^frames$/i;
const textField = /^(@m|msg|message|log|error|err|reason|detail|errorMessage|event|text|body|exc_value)$/i;
const typeField = /^(type|name|class|errorType|exc_type|kind)$/i;

/** The texts of a log record that may hold a trace: what is named so, and whatever has several lines; traces last. */
function collectStrings(value: unknown, key: string, depth: number, into: string[]): void {
  if (depth > maxJsonDepth) return;
  if (typeof value === 'string') {
    if (traceField.test(key) || textField.test(key) || value.includes('\n')) into.push(value);
  } else if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'string')) {
      if (traceField.test(key)) into.push(value.join('\n'));
    } else {
      const frames = value.flatMap((item) => frameText(item));
      if (frames.length > 0 && frames.length === value.length) into.push(...frames);
      else for (const item of value) collectStrings(item, key, depth + 1, into);
    }
  } else if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value);
    const traces = fields.filter(([name]) => traceField.test(name));
    const others = fields.filter(([name]) => !traceField.test(name) && !typeField.test(name));
    for (const [name, field] of others) collectStrings(field, name, depth + 1, into);
    const header = headerText(fields);
    const held: string[] = [];
    for (const [name, field] of traces) collectStrings(field, name, depth + 1, held);
    // A trace field of frames alone has its type and message in the fields beside it; Python's stand below the frames.
    const isMissing = header !== undefined && held.length > 0 && !held.some((text) => text.includes(header.message));
    const isPython = held[0]?.startsWith('  File "') === true;
    if (isMissing && !isPython) into.push(header.line);
    into.push(...held);
    if (isMissing && isPython) into.push(header.line);
  }
}

function headerText(fields: readonly [string, unknown][]): { line: string; message: string } | undefined {
  const find = (pattern: RegExp): string | undefined => {
    const found = fields.find(
      ([name, value]) => pattern.test(name.split('.').at(-1) ?? '') && typeof value === 'string',
    );
    return typeof found?.[1] === 'string' ? found[1] : undefined;
  };
  const type = find(typeField);
  const message = find(/^(message|msg|errorMessage|exc_value|reason)$/i);
  return type === undefined || message === undefined || message === ''
    ? undefined
    : { line: `${type}: ${message}`, message };
}

/** A frame that was logged as an object, in the form of a Python frame, which any file and line fit into. */
function frameText(item: unknown): string[] {
  if (typeof item !== 'object' || item === null) return [];
  const fields = new Map<string, unknown>(Object.entries(item));
  const pick = (...names: string[]): unknown =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined);
  const file = pick('filename', 'file', 'fileName', 'path', 'abs_path');
  const line = pick('lineno', 'line', 'lineNumber', 'line_number');
  const name = pick('name', 'function', 'method', 'methodName', 'func');
  if (typeof file !== 'string' || (typeof line !== 'number' && typeof line !== 'string')) return [];
  return [`  File "${file}", line ${line}, in ${typeof name === 'string' ? name : '<module>'}`];
}

/** Whether a line holds a whole trace with its line breaks written as `\n`, as logfmt and nested JSON do. */
function holdsEscapedTrace(line: string): boolean {
  return (
    line.includes('\\n') && /\\n(?:\\t| {2,}|\s*#\d|(?:\\t|\s)*at |\S+:\d+:in )/.test(line.slice(0, maxJsonLength))
  );
}

function unescape(line: string): string {
  return line.replace(/\\(r\\n|[nt"\\/])/g, (_, escaped: string) =>
    escaped.endsWith('n') ? '\n' : escaped === 't' ? '\t' : escaped,
  );
}
