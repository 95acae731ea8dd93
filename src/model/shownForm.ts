import { inEnglish, texts } from './l10n.ts';

/**
 * A text with parts that vary, as `(folder, branch) => t('Git history of {0}, branch {1}', folder, branch)`: how it is
 * shown, and by its English also what it is known by. A part that is counted comes first and goes through `counted`.
 * Where a part may not be anything, a pattern stands before it.
 */
export type ShownForm = Shown | readonly [pattern: RegExp, shown: Shown];
type Shown = (...parts: readonly (string | undefined)[]) => string;

/** Stands for any number while a form's patterns are made. */
const anyNumber = 7_777;

const patterns = new Map<Shown, readonly RegExp[]>();

/**
 * A text that is kept in English, since Claude reads it, where it is shown: by the first of the forms that it has, in the
 * reader's language. What has none of them, and any text where the reader reads English, is shown as it is.
 */
export function shownByForm(text: string, forms: readonly ShownForm[]): string {
  if (texts().language.startsWith('en')) return text;
  for (const form of forms) {
    const [known, shown] = typeof form === 'function' ? [patternsOf(form), form] : [[form[0]], form[1]];
    for (const pattern of known) {
      const parts = pattern.exec(text);
      if (parts !== null) return shown(...parts.slice(1));
    }
  }
  return text;
}

/** The number that a part is, as texts of evidence write it: `1,204`. */
export function counted(part: string | undefined): number {
  const number = Number(part?.replaceAll(',', ''));
  return Number.isNaN(number) ? anyNumber : number;
}

/** What a form looks like in English; one that counts has a form for one, and one for more. */
function patternsOf(form: Shown): readonly RegExp[] {
  const known = patterns.get(form);
  if (known !== undefined) return known;
  const [one, more] = inEnglish(() => [form('1', '{1}'), form('{0}', '{1}')]);
  const made = /7,?777/.test(more)
    ? [whole(one, /\b(?<!\{)1(?!\})\b/, '(1)'), whole(more, /7,?777/, '([\\d,]+)')]
    : [whole(more, /$/, '')];
  patterns.set(form, made);
  return made;
}

function whole(english: string, count: RegExp, counts: string): RegExp {
  const literal = english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(count, counts);
  return new RegExp(`^${literal.replace(/\{\d\}/g, '(.+)')}$`);
}
