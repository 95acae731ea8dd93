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
 * collectors write before each line, and opens JSON log lines and escaped traces into the lines that they hold, where
 * `alsoHeld` tells one of a kind that is not known here, too.
 */
export function toTraceLines(text: string, alsoHeld?: RegExp): TraceLine[] {
  const lines: TraceLine[] = [];
  let number = 0;
  const marks = sequenceMarks.filter((mark) => text.includes(mark));
  const written = dedented(text.split('\n'));
  const mayBeQuoted = text.startsWith('>') || text.includes('\n>');
  const quoted = mayBeQuoted
    ? written.map((line, at) => isQuoted(line) && (isQuoted(written[at - 1]) || isQuoted(written[at + 1])))
    : [];
  for (const coloured of written) {
    number += 1;
    // No sequence goes over a line's end, and most lines of a coloured log have none.
    const raw = marks.some((mark) => coloured.includes(mark)) ? stripControlSequences(coloured) : coloured;
    const whole = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const said = quoted[number - 1] === true ? whole.replace(/^>[ ]?/, '') : whole;
    const bare = withoutPrefixes(said);
    const line = bare?.line ?? said;
    const held = line === '' ? undefined : expand(line, alsoHeld);
    if (held === undefined) lines.push(lineOf(cut(line), number, bare?.process));
    // What was logged may have had colours and a prefix of its own, and hold such a line again.
    else {
      for (const one of held) {
        const stripped = stripControlSequences(one);
        const inner = withoutPrefixes(stripped)?.line ?? stripped;
        for (const text of expand(inner, alsoHeld) ?? [inner]) lines.push(lineOf(cut(text), number, bare?.process));
      }
    }
  }
  return lines;
}

function lineOf(text: string, number: number, process: string | undefined): TraceLine {
  return process === undefined ? { text, number } : { text, number, process };
}

/** What begins a control sequence, and the two other controls that are found inside of words. */
const sequenceMarks: readonly string[] = ['\u001b', '\u009b', '\b', '\0'];

/** A text that was pasted with an indentation of its own stands at the margin again. */
function dedented(lines: readonly string[]): readonly string[] {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const indentation = /^[ \t]*/.exec(first)?.[0] ?? '';
  // Frames alone are indented by their runtime.
  if (indentation === '' || /^(?:at |from |#?\d+[:. ]|File "|-> )/.test(first.trimStart())) return lines;
  if (!lines.every((line) => line.trim() === '' || line.startsWith(indentation))) return lines;
  return lines.map((line) => line.slice(indentation.length));
}

/** Part of a quotation in a ticket or a mail, where the line before or behind it is one too. */
function isQuoted(line: string | undefined): boolean {
  return line?.startsWith('>') === true && (line.length === 1 || line.charCodeAt(1) === 0x20 || line === '>\r');
}

function cut(line: string): string {
  return line.length > maxLineLength ? line.slice(0, maxLineLength) : line;
}

/**
 * Before a line, in any order. One blank after each belongs to it; further ones are the line's own indentation. The group
 * is the process that wrote the line.
 */
const prefixes: readonly RegExp[] = [
  // kubectl logs --prefix: `[pod/name/container] `
  /^\[(pod\/[^\]\s]+)\] ?/,
  // docker compose: `web-1  | `
  /^(?!Line \|)([\w.-]{0,79}[A-Za-z][\w.-]{0,79}) *\| ?/,
  // foreman and its kin: `09:14:02 web.1  | `; pm2: `0|web | `
  /^\d\d:\d\d:\d\d ([\w.-]{1,80}) *\| ?/,
  /^(\d{1,5}\|[\w.-]{1,80}) *\| ?/,
  // stern: a pod's name and a container's
  /^([a-z0-9][a-z0-9.-]{1,200}-(?:[bcdfghjklmnpqrstvwxz2456789]{5}|\d{1,3}) [a-z0-9][a-z0-9-]{0,62})(?: |$)/,
  // gh run view --log: the job and the step
  /^[^\t]{1,100}\t[^\t]{1,200}\t(?=\d{4}-\d\d-\d\dT)/,
  // logcli: `{container="web", pod="web-1"} `
  /^(\{\w+="[^"]{0,200}"(?:, ?\w+="[^"]{0,200}"){0,20}\}) ?/,
  // CRI: `2026-01-01T00:00:00.123456789Z stderr F `
  /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) std(?:out|err) [FP] ?/,
  // Heroku: `2026-01-01T00:00:00.000000+00:00 app[web.1]: `
  /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) ([\w.-]+\[[\w.-]+\]): ?/,
  // RFC 5424: `<34>1 2026-01-01T00:00:00Z host app 123 ID47 - `
  /^<\d{1,3}>\d? ?\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) \S+ \S+ \S+ \S+ (?:-|\[[^\]]*\]) ?/,
  // RFC 3164 and journald, also with ISO times: `Jan  1 00:00:00 host app[123]: `
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)) (?!(?:Caused|Wrapped) [Bb]y:|[-=]|(?:File|At|coroutine) |[\w.-]+ [\w.]*(?:[Ee]rror|[Ee]xception|[Tt]race|[Tt]raceback|[Bb]acktrace|Warning|Notice|Deprecated):)([\w.-]+ [\w./@-]+(?:\[\d+\])?): ?/,
  // Android: `E/flutter ( 1234): `, `01-01 10:00:00.123  1234  1234 E flutter : `
  /^[VDIWEF]\/[\w.-]{1,80} *\( *\d+\): ?/,
  /^\d\d-\d\d \d\d:\d\d:\d\d\.\d+ +\d+ +\d+ [VDIWEF] (?!AndroidRuntime)[\w.-]{1,80} *: ?/,
  // Fly: `2026-01-01T00:00:00Z app[3d8d9e12f06389] fra [info]`
  /^\d{4}-\d\d-\d\dT[\d:.]+Z ([\w-]+\[[\w-]+\]) [a-z]{3} \[\w{1,10}\] ?/,
  // Dropwizard marks the lines of an exception
  /^! (?=\S)/,
  // chi points at the calls that panicked
  /^ -> (?=\S+[.)]\S*$| {2}\S.{0,500}\.go:\d{1,9}$)/,
  // cockroachdb/errors sets a stack off by bars
  /^ {2}\| (?=\t|\S{1,500}$)/,
  // docker logs --timestamps
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)[ \t]/,
];

/** `! ` with what it marks, `a|`. */
const shortestPrefix = 2;
const podStart = /^[a-z0-9.]{1,60}-/;

/** `undefined` where nothing stands before the line, as with most. */
function withoutPrefixes(line: string): { line: string; process?: string | undefined } | undefined {
  let found = findPrefix(line);
  if (found === undefined) return undefined;
  let rest = line;
  let process: string | undefined;
  for (let round = 0; round < maxPrefixes && found !== undefined; round += 1) {
    rest = rest.slice(found[0].length);
    process ??= found[1];
    found = findPrefix(rest);
  }
  return { line: rest, process };
}

/** Only the prefixes that may begin with the line's first character are tried: this is done for every line of a log. */
function findPrefix(line: string): RegExpExecArray | undefined {
  if (line.length < shortestPrefix) return undefined;
  const first = line.charCodeAt(0);
  const isDigit = first >= 0x30 && first <= 0x39;
  // `Jan  1`, `E/flutter`
  const isUpper = first >= 0x41 && first <= 0x5a && (line.charCodeAt(3) === 0x20 || line.charCodeAt(1) === 0x2f);
  const isDated = isDigit && (line.charCodeAt(10) === 0x54 || line.charCodeAt(2) === 0x2d);
  const second = line.charCodeAt(1);
  // A pod in brackets, a priority, a mark of an exception, labels; not the bracket of a list or of a JSON record.
  const isMarked =
    (first === 0x5b && line.startsWith('[pod/')) ||
    (first === 0x3c && second >= 0x30 && second <= 0x39) ||
    (first === 0x21 && second === 0x20) ||
    (first === 0x7b && second !== 0x22);
  const bar = isMarked ? -1 : line.indexOf('|');
  const isBarred = first === 0x20 && (line.startsWith('  | ') || line.startsWith(' -> '));
  // A pod's name has a hyphen; a job's and a step's are followed by the time.
  const isPod = first >= 0x61 && first <= 0x7a && podStart.test(line);
  const isJob = !isMarked && !isBarred && !isDated && line.slice(0, 300).includes('\t20');
  if (!isDated && !isMarked && !isUpper && !isBarred && !isPod && !isJob && (bar === -1 || bar > 100)) return undefined;
  // A prefix is short; a long line is not searched as a whole.
  const head = line.slice(0, 400);
  for (const prefix of prefixes) {
    const found = prefix.exec(head);
    if (found !== null) return found;
  }
  return undefined;
}

/** The lines that a line holds; undefined where it is one line. */
function expand(line: string, alsoHeld: RegExp | undefined): readonly string[] | undefined {
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
  const said = line.startsWith('[') ? saidByPool.exec(line)?.[1] : undefined;
  if (said !== undefined) return [said];
  if (holdsEscapedTrace(line, alsoHeld)) return unquoted(unescape(line)).split(/\r?\n/);
  // Drupal and others write PHP's frames behind the message.
  if (line.includes(' #0 ') && phpFrameStart.test(line.slice(0, maxLineLength))) return line.split(phpFrameStart);
  return line.length < maxLineLength && line.includes(' at ') && flattened.test(line)
    ? line.split(frameStart)
    : undefined;
}

/** PHP-FPM's log of what a worker wrote: `[20-Nov-2026 03:12:44] WARNING: [pool www] child 12 said into stderr: "…"`. */
const saidByPool =
  /^\[[\w-]{11} [\d:.]{8,15}\] \w{1,10}: \[pool [^\]]{1,80}\] child \d{1,10}(?:, script '[^']{0,500}'[^"]{0,80}?)? said into std(?:err|out): "(.*?)(?:"(?:, pipe is closed)?|\.\.\.)?$/;

/** A trace whose line breaks a collector made blanks: two frames at least in one line. */
const flattened = /(?:\sat [\w$.<>/@ [\]]{1,200}\([^()\s]{1,300}:\d{1,9}\).{0,5}){2}/;
const frameStart = /\s+(?=at [\w$.<>/@ [\]]{1,200}\([^()\s]{1,300}:\d{1,9}\))/;

const phpFrameStart = /\s+(?=#\d{1,4} (?:\S{1,500}\(\d{1,9}\): |\[internal function\]|\{main\}))/;

/** A field's value on lines of its own, without the quotes around it. */
function unquoted(text: string): string {
  return text.replace(/\b(\w*(?:stack|trace|exc|err)\w*)="(?=[^\n]*\n)/g, '$1=\n').replace(/(?<=[^\s="])"(?=\s*$)/, '');
}

function parseJson(line: string): { before: string; value: unknown } | undefined {
  const start = line.indexOf('{"');
  if (start === -1 || start > 500 || line.length > maxJsonLength || !mayHoldTrace.test(line)) return undefined;
  const end = line.trimEnd();
  if (!end.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(end.slice(start));
    return { before: line.slice(0, start), value };
  } catch {
    return undefined;
  }
}

/** What a record with any part of a trace has somewhere: most records of a log have not, and are not parsed. */
const mayHoldTrace =
  /\\n|"textPayload":"|[Ss]tack|[Tt]race|exc_|xception|frames|rror|anic|goroutine|\bat |:in |#\d|@\w*:\/\/|\.(?:go|php|rb|exs?|erl|dart|rs|py|java|kt|cs):/;

const traceField = /stack|trace|exc_info|exception|^frames$/i;
const textField = /^(@m|msg|message|log|error|err|reason|detail|errorMessage|event|text|textPayload|body|exc_value)$/i;
const errorField = /^(err|error|errorMessage)$/;
const typeField = /^(type|name|class|kind|(?:error|exception|exc)_?(?:type|class|kind|name))$/i;
/** What a trace of places alone consists of, as Monolog logs one. */
const placePattern = /^(\S.{0,500}\.\w{1,10}):(\d{1,9})$/;

/** The texts of a log record that may hold a trace: what is named so, and whatever has several lines; traces last. */
function collectStrings(value: unknown, key: string, depth: number, into: string[]): void {
  if (depth > maxJsonDepth) return;
  if (typeof value === 'string') {
    // A record within a record: what a state machine or a queue was told of the failure.
    const held = value.startsWith('{"') ? parseJson(value) : undefined;
    if (held !== undefined) collectStrings(held.value, key, depth + 1, into);
    else if (traceField.test(key) || textField.test(key) || value.includes('\n')) into.push(value);
  } else if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'string')) {
      if (traceField.test(key)) into.push(placesText(value) ?? value.join('\n'));
    } else {
      const frames = value.map((item) => frameText(item));
      if (frames.length > 0 && frames.every((lines) => lines.length > 0)) into.push(frames.flat().join('\n'));
      else for (const item of value) collectStrings(item, key, depth + 1, into);
    }
  } else if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value);
    const traces = fields.filter(([name]) => traceField.test(name));
    const words = fields.filter(([name]) => !traceField.test(name) && !typeField.test(name));
    // What went wrong stands nearer to the trace than what was being done.
    const others = [
      ...words.filter(([name]) => !errorField.test(name)),
      ...words.filter(([name]) => errorField.test(name)),
    ];
    for (const [name, field] of others) collectStrings(field, name, depth + 1, into);
    const header = headerText(fields);
    const thrownAt = fields.find(
      ([name, field]) => name === 'file' && typeof field === 'string' && placePattern.test(field),
    );
    const held: string[] = [];
    for (const [name, field] of traces) collectStrings(field, name, depth + 1, held);
    // A trace field of frames alone has its type and message in the fields beside it; Python's stand below the frames.
    const isMissing = header !== undefined && held.length > 0 && !held.some((text) => text.includes(header.message));
    const isPython = held[0]?.startsWith('  File "') === true;
    if (isMissing && !isPython)
      into.push(typeof thrownAt?.[1] === 'string' ? `Uncaught ${header.line} in ${thrownAt[1]}` : header.line);
    const panicked = held.some((text) => text.startsWith('goroutine ')) ? recoveredValue(fields) : undefined;
    if (panicked !== undefined) into.push(`panic: ${panicked}\n`);
    into.push(...held);
    if (isMissing && isPython) into.push(header.line);
  }
}

/** What a Go program recovered: `debug.Stack()` leaves it out, and loggers write it in a field beside the stack. */
function recoveredValue(fields: readonly [string, unknown][]): string | undefined {
  for (const name of [/^(?:panic|recover(?:ed)?)(?:_?(?:value|error|reason))?$/i, /^(?:error|err|reason)$/i])
    for (const [key, value] of fields) if (name.test(key) && typeof value === 'string' && value !== '') return value;
  return undefined;
}

function headerText(fields: readonly [string, unknown][]): { line: string; message: string } | undefined {
  const find = (pattern: RegExp, worth = /(?:)/): string | undefined => {
    const found = fields.find(
      ([name, value]) => pattern.test(name.split('.').at(-1) ?? '') && typeof value === 'string' && worth.test(value),
    );
    return typeof found?.[1] === 'string' ? found[1] : undefined;
  };
  const type = find(typeField) ?? find(/^exception$/, /^[A-Z]\w*(?:(?:::|\.|\\)\w+)*$/);
  const message =
    find(/^(?:error|exception|exc)_?(?:message|msg|value)$/i) ??
    find(/^(?:message|msg|reason|value)$/i) ??
    find(/^error$/);
  return type === undefined || message === undefined || message === ''
    ? undefined
    : // AWS Lambda writes Ruby's classes so.
      { line: `${type.replace(/^Function<(.{1,200})>$/, '$1')}: ${message}`, message };
}

/** A frame that was logged as an object, in the form of a Python frame, which any file and line fit into. */
function frameText(item: unknown): string[] {
  if (typeof item !== 'object' || item === null) return [];
  const fields = new Map<string, unknown>(Object.entries(item));
  const pick = (...names: string[]): unknown =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined);
  const file = pick('filename', 'file', 'fileName', 'path', 'abs_path', 'source');
  const line = pick('lineno', 'line', 'lineNumber', 'line_number');
  const name = pick('name', 'function', 'method', 'methodName', 'func', 'label');
  if (typeof file !== 'string' || (typeof line !== 'number' && typeof line !== 'string')) return [];
  const type = pick('className', 'class');
  // A JVM's elements and Go's stand innermost first, unlike Python's.
  if (/\.(?:java|kt|scala|groovy|clj)$/.test(file) && typeof type === 'string' && typeof name === 'string')
    return [`\tat ${type}.${name}(${file}:${line})`];
  if (file.endsWith('.go') && typeof name === 'string')
    return [`main.${name.replace(/^.*\//, '').replace(/^main\./, '')}`, `\t${file}:${line}`];
  return [`  File "${file}", line ${line}, in ${typeof name === 'string' ? name : '<module>'}`];
}

/** Places alone, in the form of PHP's frames; undefined where they are something else. */
function placesText(items: readonly string[]): string | undefined {
  const places = items.map((item) => placePattern.exec(item));
  if (items.length === 0 || places.some((place) => place === null)) return undefined;
  return places.map((place, at) => `#${at} ${place?.[1]}(${place?.[2]}): ?`).join('\n');
}

/** Whether a line holds a whole trace with its line breaks written as `\n`, as logfmt and nested JSON do. */
function holdsEscapedTrace(line: string, alsoHeld: RegExp | undefined): boolean {
  if (!line.includes('\\n')) return false;
  const start = line.slice(0, maxJsonLength);
  return (
    alsoHeld?.test(start) === true ||
    /\\n(?:\\t| {2,}|\s{0,40}#\d|\s{0,4}\d{1,5}# |(?:\\t|\s|! ){0,40}at |\S{1,300}:\d{1,9}:in |[^\s@]{0,200}@\w{1,20}:\/\/|\/[^\s\\]{1,300}:\d{1,9}(?=\\n|"|$))/.test(
      start,
    )
  );
}

function unescape(line: string): string {
  return line.replace(/\\(r\\n|[nt"\\/])/g, (_, escaped: string) =>
    escaped.endsWith('n') ? '\n' : escaped === 't' ? '\t' : escaped,
  );
}
