import { undeceiving } from './label.ts';

/** The words of one language, as `l10n/bundle.l10n.<language>.json` has them: English text → translated text. */
export interface Texts {
  /** The language of the texts, as BCP 47 names it; `en` where nothing is translated. */
  readonly language: string;
  /** The reader's locale, by which numbers and dates are written; it may differ from `language`. */
  readonly locale: string;
  readonly table: Readonly<Record<string, string>>;
}

/** What stands in a placeholder. Numbers are written as they are: amounts go through `plural` or `src/model/shownFigures.ts`. */
export type TextValue = string | number;

const english: Texts = { language: 'en', locale: 'en-US', table: {} };

/** How a language counts; made when something is counted, since the first of them costs 20 ms (the data of `Intl`). */
class Counting {
  readonly #language: string;
  readonly #locale: string;
  #rules: Intl.PluralRules | undefined;
  #numbers: Intl.NumberFormat | undefined;

  constructor({ language, locale }: Texts) {
    this.#language = language;
    this.#locale = locale;
  }

  category(number: number): Intl.LDMLPluralRule {
    return (this.#rules ??= new Intl.PluralRules(this.#language)).select(number);
  }

  written(number: number): string {
    return (this.#numbers ??= new Intl.NumberFormat(this.#locale)).format(number);
  }
}

const englishCounting = new Counting(english);
let current = english;
let counting = englishCounting;

/**
 * Sets the language of everything that is shown, once, before anything is: in the extension host from what the editor
 * loaded, in the panel from its page. A language that `Intl` does not know counts as English.
 */
export function useTexts(texts: Texts): void {
  const locale = known(texts.locale);
  current = { language: known(texts.language), locale: locale === 'en' ? 'en-US' : locale, table: texts.table };
  counting = new Counting(current);
}

/** The texts in force, to hand them on. */
export function texts(): Texts {
  return current;
}

/**
 * A text in the reader's language: `t('{0} is empty.', path)`. The English text is the key, so it must be written out
 * where it is used; a text without a translation stays English. Values are never searched for placeholders, and
 * put in as they are, but for characters that turn or hide the words behind them: those are written out (`undeceiving`),
 * since a value may be anybody's. Call it when a text is shown, not when a module is loaded: only then is the language set.
 */
export function t(message: string, ...values: readonly TextValue[]): string {
  return filled(translated(message), values);
}

/**
 * A text that counts something: `plural(lines, '{0} line', '{0} lines')`. `{0}` is the number as the reader's locale
 * writes it; further values follow it. A language with more than two forms has them under the second text with `#` and
 * the category of `Intl.PluralRules`, such as `{0} lines#few`.
 */
export function plural(number: number, one: string, other: string, ...values: readonly TextValue[]): string {
  const category = counting.category(number);
  const form = category === 'one' ? translated(one) : (own(`${other}#${category}`) ?? translated(other));
  return filled(form, [counting.written(number), ...values]);
}

/** A text around things that are no text, such as a link in a sentence: `tParts('Press {0} now.', html`<b>…</b>`)`. */
export function tParts<T extends readonly unknown[]>(message: string, ...values: T): readonly (string | T[number])[] {
  return translated(message)
    .split(/(\{\d+\})/)
    .map((part) => {
      const index = /^\{(\d+)\}$/.exec(part)?.[1];
      if (index === undefined) return part;
      const value: T[number] = values[Number(index)] ?? part;
      return typeof value === 'string' ? undeceiving(value) : value;
    })
    .filter((part) => part !== '');
}

/** Things in a row: `a, b and c`. */
export function listed(items: readonly string[]): string {
  // American English would have a comma before the “and”.
  return new Intl.ListFormat(current.language.startsWith('en') ? 'en-GB' : current.language).format(items);
}

/** What is said to Claude or kept as evidence is English, whatever the reader's language: makes a text without a table. */
export function inEnglish<T>(make: () => T): T {
  const kept = { current, counting };
  current = english;
  counting = englishCounting;
  try {
    return make();
  } finally {
    ({ current, counting } = kept);
  }
}

function translated(message: string): string {
  return own(message) ?? message;
}

function own(key: string): string | undefined {
  return Object.hasOwn(current.table, key) ? current.table[key] : undefined;
}

function filled(text: string, values: readonly TextValue[]): string {
  return text.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? placeholder : undeceiving(String(value));
  });
}

function known(name: string): string {
  try {
    return Intl.getCanonicalLocales(name)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
