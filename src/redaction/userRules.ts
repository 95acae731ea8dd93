import { runInNewContext } from 'node:vm';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { rank } from './finding.ts';
import type { Finding } from './finding.ts';

/** A rule of the user's settings. */
export interface UserRule {
  /** What stands in the placeholder: `Order number` becomes `«order-number-1»`. */
  readonly name: string;
  /** A regular expression in JavaScript's syntax; `(?i)` in front ignores case. */
  readonly pattern: string;
}

const mostRules = 50;
const longestPattern = 500;
/** Time for all rules on one text, in milliseconds for each megabyte begun. */
const timeLimit = 1_000;

/** Finds what the user's rules describe. Throws where they take too long: the redaction then fails as a whole. */
export type UserFinder = (text: string) => Finding[];

/**
 * Compiles the regular expressions of the user's settings (flags `gu` or, where the pattern is not valid under `u`, `g`).
 * Refused, with the reason: what does not compile, is longer than 500 characters, matches the empty text, refers back, or
 * repeats a group that repeats or chooses itself, since such a pattern can take exponential time. That is no proof: the
 * rules run where they can be stopped, and share one second for each megabyte begun.
 */
export function compileUserRules(rules: readonly UserRule[]): Result<UserFinder> {
  if (rules.length > mostRules) return refuse('rules', `there are more than ${mostRules}`);
  const compiled: { readonly kind: string; readonly expression: RegExp }[] = [];
  for (const { name, pattern } of rules) {
    const what = `rule “${name.slice(0, 60)}”`;
    const reason = reasonToRefuse(pattern);
    if (reason !== undefined) return refuse(what, reason);
    const expression = compile(pattern);
    if (expression === undefined) return refuse(what, 'its pattern is no regular expression');
    if (new RegExp(expression.source, expression.flags).test(''))
      return refuse(what, 'its pattern matches the empty text');
    compiled.push({ kind: kindOf(name), expression });
  }
  return succeed((text) => {
    const end = performance.now() + timeLimit * Math.max(1, Math.ceil(text.length / 1_000_000));
    return compiled.flatMap(({ kind, expression }) => matches(kind, expression, text, end - performance.now()));
  });
}

/** `Order number` → `order-number`, for a placeholder holds nothing else. */
function kindOf(name: string): string {
  const kind = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  return kind === '' ? 'custom' : kind;
}

function refuse(what: string, detail: string): Result<never> {
  return fail({ kind: 'redactionFailed', what: `The redaction ${what} of your settings`, detail });
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

/** Runs one expression in a context that a timer stops. */
function matches(kind: string, expression: RegExp, text: string, milliseconds: number): Finding[] {
  const script = 'Array.from(text.matchAll(expression), (match) => [match.index, match.index + match[0].length])';
  const timeout = Math.max(1, Math.floor(milliseconds));
  const places: unknown = runInNewContext(script, { text, expression }, { timeout });
  if (!Array.isArray(places)) throw new Error('A rule gave no list of places.');
  return places.map((place: unknown) => {
    const [start, end] = Array.isArray(place) ? place.map(Number) : [];
    if (start === undefined || end === undefined) throw new Error('A rule gave a place that is none.');
    return { start, end, kind, rank: rank.user };
  });
}
