import type { Finding } from './finding.ts';
import { rank } from './finding.ts';
import { findLooseTokens } from './looseTokens.ts';
import { createRuns } from './runs.ts';
import type { Scan } from './scan.ts';

/** The shortest run that is decoded: 18 bytes. */
const shortestRun = 24;
/** Longer runs are files; a secret at the head of one is still looked for. */
const longestRun = 64 * 1024;

/**
 * Looks at the long words of a text: for tokens whose maker is unknown, and for secrets inside base64: Kubernetes secrets, `user:password`
 * pairs, a configuration carried in a variable. A run is decoded only where its head decodes to plain text, so images and hashes cost next to nothing. The whole run is hidden.
 */
export function findEncoded(
  text: string,
  from: number,
  to: number,
  scan: Scan,
  found: (finding: Finding) => void,
  depth = 0,
): void {
  for (const [start, runEnd] of base64Runs(text, from, to)) {
    findLooseTokens(text, [start, runEnd], found);
    if (!isPlain(Buffer.from(text.slice(start, start + shortestRun), 'base64').toString('latin1'))) continue;
    const end = runEnd + (text.startsWith('==', runEnd) ? 2 : text[runEnd] === '=' ? 1 : 0);
    const value = text.slice(start, end);
    const decoded = Buffer.from(value.slice(0, longestRun), 'base64').toString('utf8');
    const inside: Finding[] = [];
    scan(decoded, 0, decoded.length, (finding) => inside.push(finding));
    if (depth < 1) findEncoded(decoded, 0, decoded.length, scan, (finding) => inside.push(finding), depth + 1);
    const best = inside.sort((a, b) => b.rank - a.rank)[0];
    if (best === undefined) continue;
    const whole = decoded.trim() === decoded.slice(best.start, best.end);
    const secret = best.secret ?? (whole ? decoded.trim() : value);
    found({ start, end: start + value.length, kind: best.kind, rank: rank.format, secret });
  }
}

/** Finds tokens of unknown makers alone: see `findLooseTokens`. */
export function findLoose(text: string, from: number, to: number, found: (finding: Finding) => void): void {
  for (const run of base64Runs(text, from, to)) findLooseTokens(text, run, found);
}

/** The runs of base64, in either alphabet, without the padding. */
const base64Runs = createRuns(/[A-Za-z0-9+/_-]/, shortestRun);

/** Whether bytes read as printable ASCII with line breaks, the last few aside. */
function isPlain(head: string): boolean {
  for (let at = 0; at < head.length - 2; at += 1) {
    const code = head.charCodeAt(at);
    if ((code < 32 || code > 126) && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}
