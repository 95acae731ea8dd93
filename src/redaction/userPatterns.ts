import { runInNewContext } from 'node:vm';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { rank } from './finding.ts';
import type { Finding } from './finding.ts';

const mostPatterns = 50;
const longestPattern = 500;
/** Time for one pattern on one text, in milliseconds for each megabyte begun. */
const timeLimit = 1_000;

/** Finds what the user's patterns describe. Throws where one takes too long: the redaction then fails as a whole. */
export type UserPatterns = (text: string) => Finding[];

/**
 * Compiles the regular expressions of the user's settings (JavaScript's syntax, flags `gu` or, where the pattern is not valid
 * under `u`, `g`; `(?i)` in front ignores case). Refused, with the reason: what does not compile, is longer than 500 characters, matches
 * the empty text, refers back, or repeats a group that repeats itself, since such a pattern can take exponential time.
 */
export function compileUserPatterns(patterns: readonly string[]): Result<UserPatterns> {
  if (patterns.length > mostPatterns) return refuse('patterns', `there are more than ${mostPatterns}`);
  const compiled: RegExp[] = [];
  for (const pattern of patterns) {
    const reason = reasonToRefuse(pattern);
    if (reason !== undefined) return refuse(`pattern ${pattern.slice(0, 80)}`, reason);
    const expression = compile(pattern);
    if (expression === undefined) return refuse(`pattern ${pattern.slice(0, 80)}`, 'it is no regular expression');
    if (new RegExp(expression.source, expression.flags).test('')) {
      return refuse(`pattern ${pattern.slice(0, 80)}`, 'it matches the empty text');
    }
    compiled.push(expression);
  }
  return succeed((text) => compiled.flatMap((expression) => matches(expression, text)));
}

function refuse(what: string, detail: string): Result<never> {
  return fail({ kind: 'redactionFailed', what: `The redaction ${what}`, detail });
}

function reasonToRefuse(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'it is empty';
  if (pattern.length > longestPattern) return `it is longer than ${longestPattern} characters`;
  const plain = pattern
    .replace(/\\[^]/g, (escaped) => (/\\[1-9k]/.test(escaped) ? escaped : '_'))
    .replace(/\[[^\]]*\]/g, '_');
  if (/\\[1-9k]/.test(plain)) return 'it refers back to a group';
  // A repeated group must hold no repetition and no choice: (a+)+, (a|ab)*, (?:x*y?){2,}
  const open: number[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    if (plain[at] === '(') open.push(at);
    if (plain[at] !== ')') continue;
    const inside = plain.slice((open.pop() ?? 0) + 1, at).replace(/^\?(?:<?[=!:]|<\w+>|:)/, '');
    if (/^(?:[*+]|\{\d+,)/.test(plain.slice(at + 1)) && /[*+|]|\{\d+,/.test(inside))
      return 'it repeats a group that repeats or chooses itself';
  }
  return undefined;
}

function compile(pattern: string): RegExp | undefined {
  const ignoreCase = pattern.startsWith('(?i)');
  const source = ignoreCase ? pattern.slice(4) : pattern;
  for (const flags of ['gu', 'g']) {
    try {
      return new RegExp(source, ignoreCase ? `${flags}i` : flags);
    } catch {
      // Not valid under this flag: the next is more lenient.
    }
  }
  return undefined;
}

/** The check above is no proof: a pattern runs where it can be stopped. */
function matches(expression: RegExp, text: string): Finding[] {
  const timeout = timeLimit * Math.max(1, Math.ceil(text.length / 1_000_000));
  const script = 'Array.from(text.matchAll(expression), (match) => [match.index, match.index + match[0].length])';
  const places: unknown = runInNewContext(script, { text, expression }, { timeout });
  if (!Array.isArray(places)) throw new Error('A pattern gave no list of places.');
  return places.map((place: unknown) => {
    const [start, end] = Array.isArray(place) ? place.map(Number) : [];
    if (start === undefined || end === undefined) throw new Error('A pattern gave a place that is none.');
    return { start, end, kind: 'custom', rank: rank.user };
  });
}
