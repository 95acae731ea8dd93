/** How bad a log record says that it is. `other` is information and below. */
export type LogLevel = 'fatal' | 'error' | 'warning' | 'other';

const names: ReadonlyMap<string, LogLevel> = new Map([
  ...'fatal fata ftl fat critical crit crt alert emerg emergency panic pani dpanic f a'
    .split(' ')
    .map((name): [string, LogLevel] => [name, 'fatal']),
  ...'error err erro eror severe fail failure e'.split(' ').map((name): [string, LogLevel] => [name, 'error']),
  ...'warning warn wrn w'.split(' ').map((name): [string, LogLevel] => [name, 'warning']),
  ...'info information inf informational notice note log debug debg dbg dbug trace trc trac verbose vrb fine finer finest config i d t v n ok success http silly statement detail hint'
    .split(' ')
    .map((name): [string, LogLevel] => [name, 'other']),
]);

/** The level that a word names, in any case (`ERROR`, `warn`, `crit`, `E`); undefined for other words. */
export function levelNamed(name: string): LogLevel | undefined {
  return names.get(name.toLowerCase());
}

/**
 * The level that a number means: 10 to 60 as in pino and bunyan (50 error, 60 fatal), 0 to 7 as in syslog, GELF and
 * journald (RFC 5424: 0 to 2 fatal, 3 error, 4 warning).
 */
export function levelNumbered(value: number): LogLevel | undefined {
  if (!Number.isFinite(value) || value < 0) return undefined;
  if (value <= 7) return value <= 2 ? 'fatal' : value < 4 ? 'error' : value < 5 ? 'warning' : 'other';
  if (value < 10 || value > 100) return undefined;
  return value >= 60 ? 'fatal' : value >= 50 ? 'error' : value >= 40 ? 'warning' : 'other';
}

/** The level in a syslog priority such as `<11>` (facility × 8 + severity). */
export function levelOfPriority(priority: number): LogLevel | undefined {
  return priority > 191 ? undefined : levelNumbered(priority % 8);
}

/** Words that make a record without a level one of an error. */
const errorWords =
  /\b(?:[A-Za-z_$][\w.$]*)?(?:Error|Exception)\b|(?<!\b(?:no|0|without|zero|any)\s)\b(?:errors?|fatal|fail(?:ed|ure|s)?|panic(?:ked)?|traceback|segfault|segmentation fault|oom-kill(?:er|ed)?|out of memory|unhandled|uncaught|connection refused|timed out|killed process)\b(?!["']?\s*[:=]\s*["']?(?:0\b|null\b|false\b|none\b|nil\b|\[\]))/i;

/** Whether a text that states no level tells of an error. */
export function tellsOfError(text: string): boolean {
  return errorWords.test(text);
}
