import { levelNamed, levelNumbered, type LogLevel } from './levels.ts';
import { epochTime, readTimeAt, type LogTime } from './time.ts';

/** What the fields of a structured record say. */
export interface RecordFields {
  readonly time?: LogTime;
  readonly level?: LogLevel;
  /** The message, or the error's own words where there is no message. */
  readonly message: string;
  /** The error's class and words, where they stand apart from the message. */
  readonly cause?: string;
  /** The HTTP status that was answered. */
  readonly status?: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Names of the fields of pino, winston, bunyan, zap, logrus, structlog, ECS, GELF, journald, MongoDB, Serilog and others. */
const timeNames =
  '@timestamp timestamp time ts t @t eventTime datetime date asctime instant __REALTIME_TIMESTAMP _SOURCE_REALTIME_TIMESTAMP timeUnixNano observedTimeUnixNano'.split(
    ' ',
  );
const levelNames =
  'log.level level severity severityText SeverityText lvl levelname loglevel logLevel LogLevel Level @l PRIORITY s l status'.split(
    ' ',
  );
const messageNames =
  'message msg MESSAGE @m @mt event short_message text Message RenderedMessage body textPayload'.split(' ');
const errorNames =
  'err error exception exc_info stack stack_trace stacktrace StackTrace @x Exception full_message'.split(' ');
const statusNames = 'status statusCode status_code http.response.status_code response_code'.split(' ');

/** Parses a line that begins like a JSON object; undefined where it is none (a cut line, text that begins with a brace). */
export function parseJsonLine(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is known of a structured record. Never throws, whatever its fields hold. */
export function readFields(fields: Fields): RecordFields {
  const time = timeOf(fields);
  const level = levelOf(fields);
  const message = firstText(fields, messageNames);
  const cause = causeOf(fields);
  const status = statusOf(fields);
  return {
    message: message ?? cause ?? '',
    ...(time === undefined ? {} : { time }),
    ...(level === undefined ? {} : { level }),
    ...(cause === undefined || message === undefined || message.includes(cause) ? {} : { cause }),
    ...(status === undefined ? {} : { status }),
  };
}

function timeOf(fields: Fields): LogTime | undefined {
  for (const name of timeNames) {
    const value = valueAt(fields, name);
    const time =
      typeof value === 'number'
        ? epochTime(value)
        : typeof value === 'string'
          ? /^\d+(?:\.\d+)?$/.test(value)
            ? epochTime(Number(value))
            : readTimeAt(value)
          : isFields(value) && typeof value['$date'] === 'string'
            ? readTimeAt(value['$date'])
            : // log4j2
              isFields(value) && typeof value['epochSecond'] === 'number'
              ? epochTime(value['epochSecond'] * 1000 + Math.floor(Number(value['nanoOfSecond'] ?? 0) / 1e6))
              : undefined;
    if (time !== undefined) return time;
  }
  return undefined;
}

/** Application Insights counts from verbose (0) to critical (4). */
const insightLevels: readonly LogLevel[] = ['other', 'other', 'warning', 'error', 'fatal'];

function levelOf(fields: Fields): LogLevel | undefined {
  const insight = fields['severityLevel'];
  if (typeof insight === 'number') return insightLevels[insight];
  for (const name of levelNames) {
    const value = valueAt(fields, name);
    if (typeof value === 'number') return levelNumbered(value);
    if (typeof value !== 'string') continue;
    const level = /^\d{1,2}$/.test(value) ? levelNumbered(Number(value)) : levelNamed(value.trim());
    if (level !== undefined) return level;
  }
  return undefined;
}

function statusOf(fields: Fields): number | undefined {
  for (const holder of [fields, fields['res'], fields['response']]) {
    if (!isFields(holder)) continue;
    for (const name of statusNames) {
      const value = Number(valueAt(holder, name) ?? NaN);
      if (value >= 100 && value < 600) return value;
    }
  }
  return undefined;
}

/** The first line of the error: `TypeError: Cannot read …`. */
function causeOf(fields: Fields): string | undefined {
  for (const name of errorNames) {
    const value = fields[name];
    if (typeof value === 'string' && value.trim() !== '') return exceptionLine(value);
    if (!isFields(value)) continue;
    const type = firstText(value, ['type', 'name', 'class', 'kind', 'code']);
    const words = firstText(value, ['message', 'msg', 'detail']);
    if (words !== undefined) return type === undefined || words.startsWith(type) ? words : `${type}: ${words}`;
    const stack = firstText(value, ['stack', 'stack_trace', 'stackTrace', 'trace']);
    if (stack !== undefined) return exceptionLine(stack);
  }
  return undefined;
}

/** Of a trace, the line that names the exception: the last one of Python's, the first of all others. */
export function exceptionLine(trace: string): string {
  const lines = trace.trim().split('\n', 400);
  const isPython = /^Traceback \(/.test(lines[0] ?? '');
  return (isPython ? lines.findLast((line) => /^\S/.test(line)) : lines[0])?.trim() ?? '';
}

function firstText(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = valueAt(fields, name);
    // OpenTelemetry names the type of each value.
    const text = isFields(value) ? value['stringValue'] : value;
    if (typeof text === 'string' && text.trim() !== '') return text;
  }
  return undefined;
}

/** A field by its name, whether it is written `log.level` or nested. */
function valueAt(fields: Fields, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  if (!name.includes('.')) return undefined;
  let value: unknown = fields;
  for (const part of name.split('.')) {
    if (!isFields(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
