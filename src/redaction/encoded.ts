import type { Finding } from './finding.ts';
import { rank } from './finding.ts';
import type { Scan } from './scan.ts';

/** Base64 of 18 bytes or more, in either alphabet. */
const run = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** Longer runs are files; a secret at the head of one is still looked for. */
const longestRun = 64 * 1024;

/**
 * Finds secrets inside base64: Kubernetes secrets, `user:password` pairs, a configuration carried in a variable. A run is
 * decoded only where its head decodes to plain text, so images and hashes cost next to nothing. The whole run is hidden.
 */
export function findEncoded(
  text: string,
  from: number,
  to: number,
  scan: Scan,
  found: (finding: Finding) => void,
  depth = 0,
): void {
  run.lastIndex = from;
  const runs: { start: number; value: string }[] = [];
  for (let match = run.exec(text); match !== null && match.index < to; match = run.exec(text)) {
    const head = Buffer.from(match[0].slice(0, 24), 'base64').toString('latin1');
    if (isPlain(head)) runs.push({ start: match.index, value: match[0] });
  }
  for (const { start, value } of runs) {
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

/** Whether bytes read as printable ASCII with line breaks, the last few aside. */
function isPlain(head: string): boolean {
  for (let at = 0; at < head.length - 2; at += 1) {
    const code = head.charCodeAt(at);
    if ((code < 32 || code > 126) && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}
