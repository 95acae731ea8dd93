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
    if (!beginsPlain(text, start)) continue;
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

/** What each character of base64 stands for, in either alphabet. */
const sextets = new Uint8Array(128);
Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/').forEach((character, value) => {
  sextets[character.charCodeAt(0)] = value;
});
sextets['-'.charCodeAt(0)] = 62;
sextets['_'.charCodeAt(0)] = 63;

/** How many bytes at the head of a run tell whether it is decoded. */
const headBytes = 16;

/** Whether the first bytes of a run read as printable ASCII with line breaks. Most runs show by the first that they are no text. */
function beginsPlain(text: string, start: number): boolean {
  let bits = 0;
  for (let at = 0, bytes = 0; bytes < headBytes; at += 1) {
    bits = ((bits << 6) | (sextets[text.charCodeAt(start + at)] ?? 0)) & 0xffffff;
    if ((at & 3) !== 3) continue;
    for (let shift = 16; shift >= 0 && bytes < headBytes; shift -= 8, bytes += 1) {
      const code = (bits >> shift) & 0xff;
      if ((code < 32 || code > 126) && code !== 10 && code !== 13 && code !== 9) return false;
    }
  }
  return true;
}
