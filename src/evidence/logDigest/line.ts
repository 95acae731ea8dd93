import { readAccessRecord, type AccessRecord } from './access.ts';
import { parseJsonLine, readFields } from './fields.ts';
import { levelNamed, levelOfPriority, tellsOfError, type LogLevel } from './levels.ts';
import { beginsWithTime, readTimeAt, type LogTime } from './time.ts';

/** A line of a log, as far as it can be understood by itself. */
export interface LogLine {
  /** Without what a container runtime, a supervisor or syslog wrote before it. */
  readonly text: string;
  /** What is said, without the time: what a shape is made of. */
  readonly message: string;
  /** The exception, where a structured record tells it apart from its message. */
  readonly cause?: string;
  readonly time?: LogTime;
  /** The level that it states. */
  readonly level?: LogLevel;
  /** It begins a record for sure: it has a time, a level or fields of its own. */
  readonly begins: boolean;
  /** The same without what stands around it, and whether the program itself wrote a time: a container's is on every line. */
  readonly own: { readonly begins: boolean; readonly time: boolean };
}

type OwnLine = Omit<LogLine, 'own'>;

/** Characters at the head of a line in which its level is looked for. */
const headLength = 160;
const textMessage = /(?<![\w.])(?:msg|message)=(?:"((?:[^"\\]|\\.){0,2000})"?|(\S{1,500}))/;
/** Structured lines of klog: `E0102 03:04:05.678901       1 server.go:3] "Failed to dial" err="refused"`. */
const klogMessage = /^[IWEF]\d{4} .{10,200}?\] "((?:[^"\\]|\\.){0,2000})"/;
const textCause = /(?<![\w.])(?:err|error|exception)=(?:"((?:[^"\\]|\\.){0,2000})"?|(\S{1,500}))/;

/** Reads one line, colours taken off. Never throws; linear in the line. */
export function readLine(line: string): LogLine {
  let text = line;
  let time: LogTime | undefined;
  let level: LogLevel | undefined;
  // A line of a container in a syslog is wrapped twice.
  for (let depth = 0; depth < 4; depth += 1) {
    const inner = unwrap(text);
    if (inner === undefined) break;
    text = inner.text;
    time = inner.time ?? time;
    level = inner.level ?? level;
  }
  const own = text.startsWith('{') ? readJson(text) : readText(text);
  // Put together by hand: copies of objects are a good part of what reading a line costs.
  const read: { -readonly [Key in keyof LogLine]: LogLine[Key] } = {
    text: own.text,
    message: own.message,
    begins: own.begins || time !== undefined,
    own: { begins: own.begins, time: own.time !== undefined },
  };
  const statedTime = own.time ?? time;
  const statedLevel = own.level ?? level;
  if (own.cause !== undefined) read.cause = own.cause;
  if (statedTime !== undefined) read.time = statedTime;
  if (statedLevel !== undefined) read.level = statedLevel;
  return read;
}

interface Wrapped {
  readonly text: string;
  readonly time?: LogTime;
  readonly level?: LogLevel;
}

function unwrap(text: string): Wrapped | undefined {
  const first = text.charCodeAt(0);
  if (first === 0x7b)
    return text.startsWith('{"log":"') || text.includes('"message":"{') || text.includes('"textPayload":"')
      ? unwrapJson(text)
      : undefined;
  if (first === 0x3c) return unwrapPriority(text);
  // Frames of traces are most of what stands in errors, and have nothing before them.
  if (first === 0x09 || first === 0x20) return undefined;
  const prefix = collectedPrefix(text);
  if (prefix !== undefined) return { text: text.slice(prefix.length) };
  if (!/^(?:\d{4}-|[JFMASOND][a-z]{2} [ \d]\d )/.test(text)) return undefined;
  const time = readTimeAt(text);
  if (time === undefined) return undefined;
  // Kubernetes' runtimes: TIME stdout F TEXT. Syslog, journald and Heroku: TIME [HOST] PROGRAM[PID]: TEXT.
  const rest = text.slice(time.end);
  // Docker writes nine digits, GitHub seven: no program's own time in text has so many.
  const isCollected = time.end >= 28 && time.end <= 30 && /^[^ \t]{19}\.\d{7,9}Z$/.test(text.slice(0, time.end));
  if (
    /^[ \t](?!std(?:out|err) [FP] )/.test(rest) &&
    (isCollected ||
      rest.length === 1 ||
      isOwnLine(rest.slice(1)) ||
      (rest.startsWith('\t') && continuesTrace.test(rest.slice(1))))
  )
    return { text: rest.slice(1), time };
  const after =
    /^ std(?:out|err) [FP] /.exec(rest) ??
    // Fly: TIME app[MACHINE] REGION [LEVEL]TEXT
    /^ [\w-]{1,40}\[[\w-]{1,40}\] [a-z]{3} (?=\[)/.exec(rest) ??
    /^ (?:[\w.-]{1,100} )?[\w./@:-]{1,100}(?:\[[\w.-]{1,20}\])?: /.exec(rest);
  if (after === null || /^ (?:\w{1,12}|(?:Caused|Wrapped) by|[Ss]tack (?:trace|backtrace|traceback)):/.test(after[0]))
    return undefined;
  return { text: rest.slice(after[0].length), time };
}

/** What who collected a line wrote before it, with what a line must hold for it: most hold none of that, and need no pattern. */
const collectors: readonly { readonly mayBe: (text: string) => boolean; readonly prefix: RegExp }[] = [
  // kubectl
  { mayBe: (text) => text.startsWith('[pod/'), prefix: /^\[pod\/[^\]\s]{1,300}\] / },
  // docker compose, pm2, foreman
  {
    mayBe: (text) => text.includes('| '),
    prefix: /^(?:[\w.-]{1,100} +\| |\d{1,5}\|[\w.-]{1,80} *\| |\d\d:\d\d:\d\d [\w.-]{1,80} *\| )/,
  },
  // stern: a pod's name and a container's
  {
    mayBe: (text) => /^[a-z0-9][a-z0-9.-]+ /.test(text),
    prefix: /^[a-z0-9][a-z0-9.-]{1,200}-(?:[bcdfghjklmnpqrstvwxz2456789]{5}|\d{1,3}) [a-z0-9][a-z0-9-]{0,62} /,
  },
  // gh: a job's name and a step's
  { mayBe: (text) => text.includes('\t'), prefix: /^[^\t]{1,100}\t[^\t]{1,200}\t(?=\d{4}-\d\d-\d\dT)/ },
];

function collectedPrefix(text: string): string | undefined {
  for (const { mayBe, prefix } of collectors) {
    const found = mayBe(text) ? prefix.exec(text)?.[0] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What goes on, and CloudWatch set behind a time and a tab: what is indented, an exception's header or its cause. */
const continuesTrace =
  /^(?:\s{2}|\t|\s(?:at |File "|\.\.\. \d)|Caused by: |\*\* \(|Traceback \(most|[A-Za-z_][\w$]{0,100}(?:\.[\w$]{1,100}){0,20}(?:Exception|Error)(?:: |$))/;

/** What a program begins its own lines with, behind the time of who collected them. */
function isOwnLine(text: string): boolean {
  return (
    text.startsWith('{"') ||
    /^(?:[IWEF]\d{4} |[DIWEFA], \[)/.test(text) ||
    (mayLead(text) && leadingLevel.test(text)) ||
    beginsWithTime(text) ||
    readAccessRecord(text) !== undefined
  );
}

const rfc5424 =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\S{1,40}) \S{1,255} \S{1,48} \S{1,128} \S{1,32} (?:-|(?:\[(?:[^\]\\]|\\.){0,2000}\]){1,10}) ?/;

function unwrapPriority(text: string): Wrapped | undefined {
  const structured = rfc5424.exec(text);
  if (structured !== null) {
    const [whole, priority = '', stamp = ''] = structured;
    const [level, time] = [levelOfPriority(Number(priority)), readTimeAt(stamp)];
    return {
      text: text.slice(whole.length),
      ...(level === undefined ? {} : { level }),
      ...(time === undefined ? {} : { time }),
    };
  }

  const match = /^<(\d{1,3})>(?:1 )?/.exec(text);
  if (match === null) return undefined;
  const level = levelOfPriority(Number(match[1]));
  return { text: text.slice(match[0].length), ...(level === undefined ? {} : { level }) };
}

/** Docker's `{"log":"…\n","stream":"stderr","time":"…"}`, and a record that holds another one as its message. */
function unwrapJson(text: string): Wrapped | undefined {
  const fields = parseJsonLine(text);
  if (fields === undefined) return undefined;
  const inner = fields['log'] ?? fields['textPayload'] ?? fields['message'];
  if (typeof inner !== 'string') return undefined;
  if (fields['log'] === undefined && fields['textPayload'] === undefined && parseJsonLine(inner) === undefined)
    return undefined;
  const { time, level } = readFields(fields);
  return {
    text: inner.replace(/\r?\n$/, ''),
    ...(time === undefined ? {} : { time }),
    ...(level === undefined ? {} : { level }),
  };
}

function readJson(text: string): OwnLine {
  const fields = parseJsonLine(text);
  if (fields === undefined) return cutJson(text);
  const { time, level, message, cause, status } = readFields(fields);
  const stated = level ?? (status !== undefined && status >= 500 ? 'error' : undefined);
  return {
    text,
    message: message === '' ? text : message,
    begins: true,
    ...(cause === undefined ? {} : { cause }),
    ...(time === undefined ? {} : { time }),
    ...(stated === undefined ? {} : { level: stated }),
  };
}

/** A record that is too long to be kept whole still says its level and its message at its beginning. */
function cutJson(text: string): OwnLine {
  const head = text.slice(0, 4000);
  const word = /"(?:log\.)?(?:level|severity|lvl|levelname)"\s*:\s*"?(\w{1,12})/.exec(head)?.[1];
  const stated = word === undefined ? undefined : levelNamed(word);
  const message = /"(?:msg|message|event)"\s*:\s*"((?:[^"\\]|\\.){1,500})/.exec(head)?.[1];
  const stamp = /"(?:@?timestamp|time|ts)"\s*:\s*"?([^",}]{8,40})/.exec(head)?.[1];
  const time = stamp === undefined ? undefined : readTimeAt(stamp);
  return {
    text,
    message: message ?? head,
    begins: stated !== undefined || time !== undefined,
    ...(stated === undefined ? {} : { level: stated }),
    ...(time === undefined ? {} : { time }),
  };
}

/** Monolog and Laravel: `production.ERROR: message {"context":1} []`, behind the time. */
const monolog =
  /^[\w-]{1,60}\.(DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY): (.*?)(?: \{".*)?(?: \[\]){0,2} ?$/;

/**
 * The level before the time: Dropwizard's `WARN  [2026-01-02 …`, an exported event log's `Warning,2026-01-02 …`, and with
 * the thread between them Cassandra's `ERROR [ReadStage-2] 2026-01-02 …`.
 */
const leadingLevel =
  /^\[?(trace|debug|verbose|info(?:rmation)?|notice|warn(?:ing)?|error|err|critical|fatal|severe)\]?(?:\s*[:,;|]\s*|\s+)(?:\[[^\]]{1,100}\] {1,4})?(?=\[?\d{2,4}[-/]\d\d)/i;

/** Whether a letter or a bracket stands first: `leadingLevel` matches nothing else, and most lines begin with a time. */
function mayLead(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === 0x5b || ((first | 0x20) >= 0x61 && (first | 0x20) <= 0x7a);
}

/** Elixir's metadata between time and level: `request_id=F8a [error] `. It is another one for each request. */
const metadata =
  /^(?:[a-z_]{1,40}=[^\s"]{1,200} ){1,20}(?=\[(?:debug|info|notice|warn(?:ing)?|error|critical|alert|emergency)\] )/;

function readText(text: string): OwnLine {
  const access = readAccessRecord(text);
  if (access !== undefined) return readAccess(text, access);
  const levelFirst = mayLead(text) ? leadingLevel.exec(text) : null;
  const time = readTimeAt(text, levelFirst?.[0].length ?? 0);
  const rest = time === undefined ? text : text.slice(time.end).replace(/^[\])"',:|\s-]+/, '');
  const channel = time === undefined ? null : monolog.exec(rest);
  const level = levelNamed(channel?.[1] ?? levelFirst?.[1] ?? '') ?? levelOfText(text, rest, time !== undefined);
  const message = (text.includes('=') ? textMessage.exec(text) : null) ?? klogMessage.exec(text);
  const cause = message === null ? null : textCause.exec(text);
  const said = channel?.[2] ?? (message === null ? undefined : (message[1] ?? message[2]));
  const read: { -readonly [Key in keyof OwnLine]: OwnLine[Key] } = {
    text,
    message: said ?? rest.replace(metadata, ''),
    begins: time !== undefined || level !== undefined,
  };
  if (cause !== null) read.cause = cause[1] ?? cause[2] ?? '';
  if (time !== undefined) read.time = { ms: time.ms, zoned: time.zoned, missing: time.missing };
  if (level !== undefined) read.level = level;
  return read;
}

/** A web server's line for a request: one that was answered with a 5xx is an error of the server. */
function readAccess(text: string, { stamp, method, path, status }: AccessRecord): OwnLine {
  const time = readTimeAt(stamp);
  const bare = path.replace(/\?.*$/, '');
  return {
    text,
    message: `${method} ${bare} answered with HTTP status ${Number(status) >= 500 ? (serverErrors[status] ?? '5xx') : 'below 5xx'}`,
    begins: true,
    level: Number(status) >= 500 ? 'error' : 'other',
    ...(time === undefined ? {} : { time: { ms: time.ms, zoned: time.zoned, missing: time.missing } }),
  };
}

/** In words, since a number would be folded away: which one it was makes another kind of error. */
const serverErrors: Readonly<Record<string, string>> = {
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const stated = /(?<![\w.])(?:level|lvl|severity|loglevel|log\.level)=["']?([A-Za-z]{1,11})/;
const letter = /^(?:([IWEF])\d{4} |([DIWEFA]), \[)/;
const android = /^\d+ +\d+ ([VDIWEF]) |^([VDIWEF])\/[\w.-]{1,60}(?:\(|:)/;
const capitals =
  /(?<![\w./-])(TRACE|DEBUG|INFO(?:RMATION)?|NOTICE|WARN(?:ING)?|ERROR|ERRO?|FATAL?|CRIT(?:ICAL)?|ALERT|EMERG(?:ENCY)?|SEVERE|PANIC?|SUCCESS|INF|DBG|WRN|FTL|LOG|STATEMENT|DETAIL|HINT)(?=[\s\]:|)>,[(/]|$)/;
const bracketed =
  /[[<(|](?:[a-z_]{1,30}:)?(trace\d?|debug|info(?:rmation)?|notice|warn(?:ing)?|error|err|fatal|crit(?:ical)?|alert|emerg(?:ency)?|panic)[\]>)|]/i;
const leading =
  /^[[(]?(trace|debug|dbug|info(?:rmation)?|notice|warn(?:ing)?|error|err|fail|fatal|crit(?:ical)?|alert|emerg|severe|panic)(?=\]?:|[\])|\t]| {2}| - )/i;
/** The same behind a time, where nothing need part it from the rest. */
const leadingBare = /^[[(]?(trace|debug|info|notice|warn(?:ing)?|error|err|fatal|critical)(?=\s)/i;
const php = /^PHP (Fatal|Parse|Warning|Notice|Deprecated|Strict)/;

const phpLevels: Readonly<Record<string, LogLevel>> = { Fatal: 'fatal', Parse: 'fatal', Warning: 'warning' };

/** The level that a line of text states at its head; the first word counts, so that `INFO … ERROR …` is information. */
function levelOfText(text: string, rest: string, hasTime: boolean): LogLevel | undefined {
  const field = text.includes('=') ? stated.exec(text)?.[1] : undefined;
  const fieldLevel = field === undefined ? undefined : levelNamed(field);
  if (fieldLevel !== undefined) return fieldLevel;
  const phpLevel = php.exec(rest)?.[1];
  if (phpLevel !== undefined) return phpLevels[phpLevel] ?? 'other';
  const short = letter.exec(text) ?? android.exec(rest) ?? android.exec(text);
  if (short !== null) return levelNamed(short[1] ?? short[2] ?? '');
  const head = rest.slice(0, headLength);
  const found = firstLevel(head, hasTime);
  // At the beginning of a sentence the word is none of a level, unless something parts it from the rest.
  if (found === undefined || (found[0].length === found[1]?.length && isSentence(head, found))) return undefined;
  return levelNamed((found[1] ?? '').replace(/\d$/, ''));
}

/** The first word at the head of a line that may be a level. */
function firstLevel(head: string, hasTime: boolean): RegExpExecArray | undefined {
  const capital = capitals.exec(head);
  if (capital?.index === 0) return capital;
  return [capital, bracketed.exec(head), (hasTime ? leadingBare.exec(head) : null) ?? leading.exec(head)]
    .filter((match) => match !== null)
    .sort((a, b) => a.index - b.index)[0];
}

function isSentence(head: string, { index, 0: word }: RegExpExecArray): boolean {
  const next = head.slice(index + word.length);
  return word !== word.toUpperCase() && /^ [a-z]/.test(next) && index === 0 && /^[A-Z]/.test(word);
}

/** Whether a line without a level of its own is worth being an error. */
export function isUnstatedError({ level, text, message }: LogLine): boolean {
  return level === undefined && (tellsOfError(message) || tellsOfError(text.slice(0, 2000)));
}
