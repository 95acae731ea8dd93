/** A time as a log line gives it. */
export interface LogTime {
  /**
   * Milliseconds since 1970: the moment itself where `zoned`, otherwise what the clock showed, as if it were UTC. Of a
   * time without a date, milliseconds since midnight; of one without a year, in 1972, a leap year.
   */
  readonly ms: number;
  readonly zoned: boolean;
  readonly missing: 'nothing' | 'year' | 'date';
}

/** A time that was found, and where in the text it ends. */
export interface FoundTime extends LogTime {
  readonly end: number;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month = '(?<monthName>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';
const clock = '(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)?';
const zone = '(?:\\s?(?<zone>Z|UTC|GMT|[+-]\\d\\d:?\\d\\d|[+-]\\d\\d)(?![\\w:]))?';
const weekday = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?';

/** Times as loggers write them, at a place in a line; the more complete first. */
const forms: readonly RegExp[] = [
  // ISO 8601 and its relatives: Java, Python, .NET, Go (with slashes), containers, PostgreSQL, MySQL.
  new RegExp(`(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d\\d)\\k<mark>(?<day>\\d\\d)[T _:]{1,2}${clock}${zone}`, 'y'),
  new RegExp(`(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)[T ]${clock}${zone}`, 'y'),
  // Spark: 24/01/02 03:04:05 WARN
  new RegExp(
    `(?<shortYear>\\d\\d)/(?<month>\\d\\d)/(?<day>\\d\\d) ${clock}(?= (?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL) )`,
    'y',
  ),
  // Common log format, PHP, Tomcat, Redis, RFC 2822: 02/Jan/2024:03:04:05 +0000, 02-Jan-2024 03:04:05, 02 Jan 2024 03:04.
  new RegExp(`${weekday}(?<day>\\d{1,2})[-/ ]${month}[-/ ](?<year>\\d{4})[: ]${clock}${zone}`, 'yi'),
  // java.util.logging: Jan 02, 2024 3:04:05 AM
  new RegExp(`${month} (?<day>\\d{1,2}), (?<year>\\d{4}),? ${clock}(?:\\s(?<half>[AP]M))?${zone}`, 'yi'),
  // NestJS, and what else prints a time as America does: 01/02/2024, 3:04:05 AM
  new RegExp(`(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4}),? ${clock}\\s(?<half>[AP]M)${zone}`, 'y'),
  // asctime, Apache: Tue Jan 02 03:04:05.678901 2024
  new RegExp(`${weekday}${month} {1,2}(?<day>\\d{1,2}) ${clock} (?<year>\\d{4})(?!\\d|:)`, 'yi'),
  // Syslog (RFC 3164): Jan  2 03:04:05
  new RegExp(`${month} {1,2}(?<day>\\d{1,2}) ${clock}`, 'yi'),
  // klog, Android: E0102 03:04:05.678901, 01-02 03:04:05.678
  new RegExp(`(?:[IWEF](?=\\d{4} )|(?=\\d\\d-))(?<month>\\d\\d)-?(?<day>\\d\\d) +${clock}(?=[. ])`, 'y'),
  new RegExp(`${clock}${zone}(?![\\w:])`, 'y'),
];

const textBefore =
  /(?:[DIWEFAU], |\d{1,7}:[CMSX] |\[Nest\] {1,2}\d{1,7} {1,4}- )?[\s[({"'|]*(?:(?:time|ts|timestamp|date|datetime|t|at|asctime)=["'[]?)?/y;

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, by their size: from 2001 to 2286. */
export function epochTime(value: number): LogTime | undefined {
  for (const unit of [1e-3, 1, 1e3, 1e6]) {
    const ms = value / unit;
    if (ms >= 1e12 && ms < 1e13) return { ms: Math.round(ms), zoned: true, missing: 'nothing' };
  }
  return undefined;
}

const timeWords = new Set([...months, ...'mon tue wed thu fri sat sun'.split(' ')]);

/** Whether a name of a month or a day, or klog's letter stands there: a time begins with one of them, if not with a digit. */
function isTimeWordAt(text: string, at: number): boolean {
  const first = text.charCodeAt(at) | 0x20;
  if (!(first >= 0x61 && first <= 0x7a)) return false;
  return timeWords.has(text.slice(at, at + 3).toLowerCase()) || isDigitAt(text, at + 1);
}

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** The number that so many digits at a place make; NaN where they are none. */
function digitsAt(text: string, at: number, count: number): number {
  let number = 0;
  for (let next = at; next < at + count; next += 1)
    number = isDigitAt(text, next) ? number * 10 + text.charCodeAt(next) - 0x30 : NaN;
  return number;
}

/** What a fraction of three digits, as nearly all logs have it, comes to when it is rounded down as a longer one is. */
const thousandthsOf = Array.from({ length: 1_000 }, (_, digits) =>
  Math.floor(Number(`0.${String(digits).padStart(3, '0')}`) * 1000),
);

/**
 * `2024-01-02T03:04:05.678Z` and the same with a blank or without a zone, as most logs have it: the first of `forms`, without
 * what a pattern costs. Undefined for all else.
 */
function readPlainTime(text: string, at: number): FoundTime | undefined {
  if (text[at + 4] !== '-' || text[at + 7] !== '-' || text[at + 13] !== ':' || text[at + 16] !== ':') return undefined;
  if (text[at + 10] !== 'T' && text[at + 10] !== ' ') return undefined;
  const year = digitsAt(text, at, 4);
  const monthNumber = digitsAt(text, at + 5, 2);
  const day = digitsAt(text, at + 8, 2);
  const hour = digitsAt(text, at + 11, 2);
  const minute = digitsAt(text, at + 14, 2);
  const second = digitsAt(text, at + 17, 2);
  const isDate = year >= 0 && monthNumber >= 1 && monthNumber <= 12 && day >= 1 && day <= 31;
  if (!isDate || !(hour <= 24 && minute <= 59 && second <= 60)) return undefined;
  let end = at + 19;
  let thousandths = 0;
  if ((text[end] === '.' || text[end] === ',') && isDigitAt(text, end + 1)) {
    const start = end + 1;
    for (end = start + 1; isDigitAt(text, end);) end += 1;
    if (end - start > 9) return undefined;
    thousandths =
      end - start === 3
        ? (thousandthsOf[digitsAt(text, start, 3)] ?? 0)
        : Math.floor(Number(`0.${text.slice(start, end)}`) * 1000);
  }
  const isUtc = text.charCodeAt(end) === 0x5a && (end + 1 === text.length || !/^[\w:]/.test(text.charAt(end + 1)));
  if (!isUtc && /^\s?[ZUG+-]/.test(text.slice(end, end + 2))) return undefined;
  const ofDay = (((hour % 24) * 60 + minute) * 60 + second) * 1000 + thousandths;
  const ms = Date.UTC(year, monthNumber - 1, day) + ofDay;
  return { ms, zoned: isUtc, missing: 'nothing', end: isUtc ? end + 1 : end };
}

/** The time that stands at a place of a text, after brackets, quotes, Ruby's `E, ` or `time=`; undefined where none does. */
export function readTimeAt(text: string, place = 0): FoundTime | undefined {
  // What stands before a line and the line itself ask the same of it, one after the other.
  if (text !== lastText || place !== lastPlace) {
    lastFound = findTimeAt(text, place);
    lastText = text;
    lastPlace = place;
  }
  return lastFound;
}

/** Whether a time stands at the beginning of a text that is no line of its own: what is remembered of the line stays. */
export function beginsWithTime(text: string): boolean {
  return findTimeAt(text, 0) !== undefined;
}

let lastText = '';
let lastPlace = 0;
let lastFound: FoundTime | undefined;

function findTimeAt(text: string, place: number): FoundTime | undefined {
  textBefore.lastIndex = place;
  const at = textBefore.test(text) ? textBefore.lastIndex : place;
  const isDigit = isDigitAt(text, at);
  if (!isDigit && !isTimeWordAt(text, at)) return undefined;
  const plain = isDigit ? readPlainTime(text, at) : undefined;
  if (plain !== undefined) return plain;
  for (const form of forms) {
    form.lastIndex = at;
    const groups = form.exec(text)?.groups;
    if (groups === undefined) continue;
    const time = fromParts(groups);
    if (time !== undefined) return { ...time, end: form.lastIndex };
  }
  if (!isDigit) return undefined;
  epochForm.lastIndex = at;
  const number = epochForm.exec(text)?.[0];
  const epoch = number === undefined ? undefined : epochTime(Number(number));
  return epoch === undefined ? undefined : { ...epoch, end: epochForm.lastIndex };
}

const epochForm = /\d{10}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?(?![\w.])/y;

function fromParts(parts: Readonly<Record<string, string | undefined>>): LogTime | undefined {
  const { monthName, half, zone: offset } = parts;
  const hour = (Number(parts['hour']) % (half === undefined ? 24 : 12)) + (half?.toUpperCase() === 'PM' ? 12 : 0);
  const fraction = Number(`0.${parts['fraction'] ?? '0'}`);
  const [minute, second] = [Number(parts['minute']), Number(parts['second'] ?? 0)];
  if (Number(parts['hour']) > 24 || minute > 59 || second > 60) return undefined;
  const ofDay = ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(fraction * 1000);
  if (parts['day'] === undefined) return { ms: ofDay, zoned: false, missing: 'date' };
  const number = monthName === undefined ? Number(parts['month']) : months.indexOf(monthName.toLowerCase()) + 1;
  const day = Number(parts['day']);
  if (number < 1 || number > 12 || day < 1 || day > 31) return undefined;
  const year = parts['year'] ?? (parts['shortYear'] === undefined ? undefined : `20${parts['shortYear']}`);
  const wall = Date.UTC(Number(year ?? 1972), number - 1, day) + ofDay;
  const missing = year === undefined ? 'year' : 'nothing';
  if (offset === undefined) return { ms: wall, zoned: false, missing };
  return { ms: wall - minutesEast(offset) * 60_000, zoned: true, missing };
}

/** `Z`, `UTC`, `+02:00`, `-0700`, `+02` as minutes. */
function minutesEast(zoneText: string): number {
  const match = /([+-])(\d\d):?(\d\d)?/.exec(zoneText);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0));
}
