import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { PersonalData } from './scan.ts';
import { compileUserRules } from './userRules.ts';
import type { UserFinder, UserRule } from './userRules.ts';

/** What the user's settings say about redaction, as they were read: checked by `parseRedactionSettings`. */
export interface RawRedactionSettings {
  /** By the name of each kind; what is no boolean has its default. */
  readonly personalData?: Readonly<Record<string, unknown>>;
  /** A list of `{ name, pattern }`. */
  readonly rules?: unknown;
  /** A list of texts. */
  readonly allow?: unknown;
}

export interface RedactionSettings {
  readonly personalData: PersonalData;
  readonly user: UserFinder;
  /** Exact values that are never hidden. */
  readonly allow: ReadonlySet<string>;
}

/** What is hidden of personal data unless the user says otherwise. */
export const defaultPersonalData: PersonalData = {
  email: true,
  cards: true,
  ip: false,
  nationalIds: false,
  phones: false,
};

/**
 * Checks the settings. One that is wrong is a failure that names it, and redaction then fails as a whole: a rule that is left out
 * without a word would let out what the user believes to be hidden.
 */
export function parseRedactionSettings({
  personalData = {},
  rules = [],
  allow = [],
}: RawRedactionSettings): Result<RedactionSettings> {
  if (!Array.isArray(rules)) return refuse('The redaction rules of your settings', 'they are no list');
  const parsed: UserRule[] = [];
  for (const [index, rule] of rules.entries()) {
    if (!isRule(rule))
      return refuse(`The redaction rule ${index + 1} of your settings`, 'it needs a name and a pattern, both texts');
    parsed.push(rule);
  }
  const user = compileUserRules(parsed);
  if (!user.ok) return user;
  if (!Array.isArray(allow) || !allow.every((value) => typeof value === 'string'))
    return refuse('The values that your settings allow', 'they are no list of texts');
  const chosen = Object.fromEntries(
    Object.entries(defaultPersonalData).map(([kind, byDefault]) => {
      const value = personalData[kind];
      return [kind, typeof value === 'boolean' ? value : byDefault];
    }),
  );
  return succeed({ personalData: { ...defaultPersonalData, ...chosen }, user: user.value, allow: new Set(allow) });
}

function isRule(rule: unknown): rule is UserRule {
  if (typeof rule !== 'object' || rule === null) return false;
  return 'name' in rule && typeof rule.name === 'string' && 'pattern' in rule && typeof rule.pattern === 'string';
}

function refuse(what: string, detail: string): Result<never> {
  return fail({ kind: 'redactionFailed', what, detail });
}
