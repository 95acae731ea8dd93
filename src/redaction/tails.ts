import type { Finding } from './finding.ts';

/** The rest of a wrapped word: at the start of a line, after a margin, letters with digits, up to a blank or a sign that ends a value. */
const tail =
  /\\?\r?\n[ \t]{0,12}(?:[+|>] ?)?(?=[A-Za-z0-9+/=_.-]*[A-Za-z+/=_-])(?=[A-Za-z0-9+/=_.-]*[0-9+=])(?!\d{4}-\d\d-\d\d|\d\d:\d\d|[IWEF]\d{4} |[A-Z_][A-Z0-9_]*=)([A-Za-z0-9+/=_.-]{2,512})(?=[\s"',;)}\]&]|$)/y;
/** Lines that are shorter were not wrapped by a terminal. */
const narrowest = 40;

/**
 * Lengthens findings that end where their line does by what the next line holds of them. Most tokens have no fixed length, so
 * the first half of one that a terminal wrapped is found as a whole.
 */
export function withTails(text: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding, index) => {
    let { end } = finding;
    const limit = findings[index + 1]?.start ?? text.length;
    for (let lines = 0; lines < 4 && isWrapped(text, end); lines += 1) {
      tail.lastIndex = end;
      const match = tail.exec(text);
      if (match === null || end + match[0].length > limit) break;
      end += match[0].length;
    }
    if (end === finding.end) return finding;
    const secret = text.slice(finding.start, end).replace(/\\?\r?\n[ \t]*(?:[+|>] ?)?/g, '');
    return { ...finding, end, secret };
  });
}

function isWrapped(text: string, end: number): boolean {
  const next = text[end];
  return (next === '\n' || next === '\r' || next === '\\') && end - (text.lastIndexOf('\n', end - 1) + 1) >= narrowest;
}
