/** Longest sentence that is made of an error, in characters: a title and a question have no use for more. */
const maxLength = 240;

/** Bytes of the end of a text that are looked at: the last error is the current one. */
const searched = 256 * 1024;

const named = /\b((?:[A-Za-z_][\w.$]*)?(?:Error|Exception|Panic|Fault|Failure))\b\s*[:\]]\s*(\S.*)$/;
const telling =
  /\b(cannot read propert|undefined method|nil pointer|null ?pointer|segmentation fault|unhandled|uncaught|panicked at|panic:|fatal|traceback|failed|refused|timed? ?out)/i;
const level = /\b(ERROR|FATAL|CRITICAL|EMERG|ALERT|SEVERE)\b|\blevel=["']?(?:error|fatal|critical|panic)/;
const location =
  /((?:[A-Za-z]:)?[\w@./\\+-]*[\w-]\.(?:[cm]?[jt]sx?|py|rb|php|go|rs|java|kt|scala|cs|fs|dart|exs?|vue|svelte)):(\d+)/;
const pythonLocation = /\bFile "([^"]+)", line (\d+)/;
const library = /node_modules|site-packages|node:internal|\binternal\/|\/vendor\/|\/gems\/|dist-packages/;

/**
 * The error that a text is about, in one sentence: its last error message and the first own code location near it, such
 * as `Cannot read property 'x' of undefined at payment.js:47`. Undefined where no line looks like an error. Linear in
 * the text.
 */
export function errorSentence(text: string): string | undefined {
  const lines = text.slice(-searched).split(/\r?\n/);
  const at = bestLine(lines);
  if (at === undefined) return undefined;
  const message = messageOf(lines[at] ?? '');
  if (message === '') return undefined;
  const place = placeNear(lines, at);
  const sentence = place === undefined || message.includes(place) ? message : `${message} at ${place}`;
  return sentence.length > maxLength ? `${sentence.slice(0, maxLength - 1)}…` : sentence;
}

function bestLine(lines: readonly string[]): number | undefined {
  let weaker: number | undefined;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = (lines[at] ?? '').slice(0, 4_000);
    if (named.test(line)) return at;
    if (weaker === undefined && !/^\s+at /.test(line) && (telling.test(line) || level.test(line))) weaker = at;
  }
  return weaker;
}

function messageOf(line: string): string {
  const bounded = line.slice(0, 4_000);
  const plain = jsonMessage(bounded) ?? logfmtMessage(bounded) ?? bounded;
  const match = named.exec(plain);
  const message = match === null ? withoutPrefix(plain) : withType(match[1] ?? '', match[2] ?? '');
  return message
    .replace(/(?:\\n|\n)[^]*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `ValueError: bad thing`; a bare `Error` tells nothing and is left out. */
function withType(type: string, message: string): string {
  return type === 'Error' ? message : `${type}: ${message}`;
}

/** Time, level and the like, which stand before the message of a plain log line. */
function withoutPrefix(line: string): string {
  return line
    .replace(/^.*?\b(?:ERROR|FATAL|CRITICAL|EMERG|ALERT|SEVERE)\b[\s:\]|-]*/, '')
    .replace(/^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]?\s*/, '');
}

/** The message of a logfmt line: `level=error msg="…" at=payment.js:47`. */
function logfmtMessage(line: string): string | undefined {
  const match = /(?:^|\s)(?:err|error|msg|message)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/.exec(line);
  return match === null ? undefined : (match[1]?.replace(/\\(["\\])/g, '$1') ?? match[2]);
}

/** The message within a JSON log line: as pino, winston, bunyan, zap, logrus and ECS name it. */
function jsonMessage(line: string): string | undefined {
  const start = line.indexOf('{');
  if (start === -1) return undefined;
  try {
    const value: unknown = JSON.parse(line.slice(start));
    return findMessage(value);
  } catch {
    return undefined;
  }
}

function findMessage(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const key of ['err', 'error', 'exception']) {
    const nested = fields.get(key);
    if (typeof nested === 'string') return nested;
    const message = findMessage(nested);
    if (message !== undefined) return message;
  }
  for (const key of ['message', 'msg', 'error.message', 'event']) {
    const message = fields.get(key);
    if (typeof message === 'string') return message;
  }
  return undefined;
}

/** The first own code location at or after a line, else before it: `payment.js:47`, with no folder. */
function placeNear(lines: readonly string[], at: number): string | undefined {
  for (const line of [...lines.slice(at, at + 40), ...lines.slice(0, at).toReversed().slice(0, 40)]) {
    const match = pythonLocation.exec(line.slice(0, 4_000)) ?? location.exec(line.slice(0, 4_000));
    if (match === null || library.test(line)) continue;
    return `${(match[1] ?? '').split(/[\\/]/).at(-1) ?? ''}:${match[2] ?? ''}`;
  }
  return undefined;
}
