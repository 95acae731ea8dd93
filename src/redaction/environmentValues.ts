import { isPlaceholderValue } from './rules/value.ts';

/** Shorter values turn up in other text by chance. */
const shortest = 6;
/** What says how a program runs, and would blank out half of a log. */
const ordinary =
  /^(?:true|false|yes|no|on|off|null|none|localhost|production|prod|development|dev|staging|stage|test|testing|local|debug|info|warn|warning|error|trace|verbose|silent|json|text|utf-?8|enabled|disabled|default|postgres|postgresql|mysql|mariadb|sqlite3?|mongodb|redis|memory|smtp|http|https|node|npm|yarn|public|private|master|main|latest|application|service|server|client|admin|root|user|password|username|en[-_]us|us-(?:east|west)-[12]|eu-(?:west|central|north)-[123]|[a-z]{2}-[a-z]+-\d)$/i;

/**
 * The values of an environment file (`KEY=value`, as the dotenv package reads it: `export`, quotes, comments, values of
 * several lines) that are worth hiding wherever they turn up. Left out are values shorter than six characters, numbers, switches,
 * names of environments and levels, plain words, host names and addresses without credentials, paths, and references to other variables.
 */
export function environmentValues(text: string): string[] {
  const values = new Set<string>();
  const line =
    /^[ \t]*(?:export[ \t]+)?[\w.-]{1,200}[ \t]*[=:][ \t]*(?:"((?:\\[^]|[^"\\]){0,20000})"|'([^']{0,20000})'|`([^`]{0,20000})`|([^\n\r#]*))/gm;
  for (const match of text.matchAll(line)) {
    const quoted = match[1]?.replace(/\\n/g, '\n').replace(/\\(["\\$])/g, '$1') ?? match[2] ?? match[3];
    // A "#" inside a bare value opens a comment only after a space.
    const bare = match[4] === undefined ? '' : bareValue(text, match.index + match[0].length - match[4].length);
    for (const value of [quoted ?? bare, passwordOf(quoted ?? bare)]) {
      if (value !== undefined && isWorthHiding(value)) values.add(value.trim());
    }
  }
  return [...values];
}

function bareValue(text: string, at: number): string {
  const end = /[\r\n]|$/g;
  end.lastIndex = at;
  const line = text.slice(at, end.exec(text)?.index ?? text.length);
  return line.replace(/\s+#.*$/, '').trim();
}

/** The password of an address: logs show it without the rest. */
function passwordOf(value: string): string | undefined {
  return /:\/\/[^\s:@/]*:([^\s@]{6,})@/.exec(value)?.[1];
}

function isWorthHiding(value: string): boolean {
  const trimmed = value.trim();
  if (trimmed.length < shortest || ordinary.test(trimmed) || isPlaceholderValue(trimmed)) return false;
  if (/^[\d.,:_+-]+(?:ms|s|m|h|d|kb|mb|gb|%)?$/i.test(trimmed)) return /^\d{12,}$/.test(trimmed);
  if (/^[A-Za-z][a-z]*(?:[-_ ][A-Za-z]?[a-z]*)*$/.test(trimmed) && trimmed.length < 24) return false;
  if (
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::\d+)?(?:\/[\w./~-]*)?(?:,[\w.:/-]+)*$/i.test(trimmed) &&
    /[.:/]/.test(trimmed)
  ) {
    return !/^[a-z][a-z0-9+.-]*:\/\/|^[a-z0-9.-]+\.[a-z]{2,}(?:[:/]|$)|^[a-z0-9-]+:\d+|^\.{0,2}\//i.test(trimmed);
  }
  return !/^(?:\.{0,2}|~)\/[\w./-]*$/.test(trimmed);
}
