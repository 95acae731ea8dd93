import { leakOf } from './leaks.ts';

/** A way in which a text of several lines comes to somebody: in a log, in a quotation, escaped, encoded. */
export interface Carrier {
  readonly carry: (text: string) => string;
  /** How a secret is spelled in it. */
  readonly spell?: (secret: string) => string;
}

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const eachLine = (text: string, change: (line: string, index: number) => string): string =>
  text.split('\n').map(change).join('\n');

export const carriers: Readonly<Record<string, Carrier>> = {
  'as it is': { carry: (text) => text },
  'a JSON line': { carry: (text) => JSON.stringify({ level: 'error', msg: text }), spell: json },
  'JSON in JSON': {
    carry: (text) => JSON.stringify({ m: JSON.stringify({ a: text }) }),
    spell: (secret) => json(json(secret)),
  },
  'a diff': { carry: (text) => `@@ -1,3 +1,9 @@\n${eachLine(text, (line) => `+${line}`)}` },
  'a log, line by line': {
    carry: (text) => eachLine(text, (line) => `2026-05-01T12:00:01.123Z ERROR [orders] ${line}`),
  },
  'a quotation': { carry: (text) => eachLine(text, (line) => `> ${line}`) },
  'an indented block': { carry: (text) => eachLine(text, (line) => `        ${line}`) },
  'numbered lines': { carry: (text) => eachLine(text, (line, index) => `${String(index + 1).padStart(4)} | ${line}`) },
  'lines of Windows': { carry: (text) => text.replace(/\n/g, '\r\n') },
  base64: { carry: (text) => `data: ${Buffer.from(text).toString('base64')}` },
  'a URL': { carry: (text) => `POST /x?body=${encodeURIComponent(text)}`, spell: encodeURIComponent },
  colours: { carry: (text) => eachLine(text, (line) => `\x1b[31m${line}\x1b[0m`) },
};

/** Whether a secret that was carried is still there, also inside what is left of base64. */
export function isLeftOf(secret: string, carrier: Carrier, redacted: string): boolean {
  const decoded = (redacted.match(/[A-Za-z0-9+/=]{8,}/g) ?? []).map((run) => Buffer.from(run, 'base64').toString());
  const spelled = carrier.spell?.(secret) ?? secret;
  return leakOf(spelled, redacted) !== undefined || leakOf(secret, decoded.join('\n')) !== undefined;
}
