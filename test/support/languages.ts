import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { texts, useTexts } from '../../src/model/l10n.ts';
import type { Texts } from '../../src/model/l10n.ts';
import { root } from './sources.ts';

/** The texts in German, as they ship. */
export const german: Texts = {
  language: 'de',
  locale: 'de',
  table: JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.de.json'), 'utf8')) as Readonly<Record<string, string>>,
};

/** Each English text within the marks ⟦⟧, so that what is shown without them was never looked up. */
export const marked: Texts = {
  language: 'en',
  locale: 'en',
  table: Object.fromEntries(
    Object.keys(german.table).map((key) => [key, key.replace(/^(\s*)(.*?)(\s*)$/s, '$1⟦$2⟧$3')]),
  ),
};

/** What something gives while these texts are in force. */
export async function inLanguage<T>(language: Texts, make: () => T | Promise<T>): Promise<T> {
  const before = texts();
  useTexts(language);
  try {
    return await make();
  } finally {
    useTexts(before);
  }
}

/** All strings in a value: what evidence, replies and names consist of. */
export function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const child of Object.values(value)) yield* stringsIn(child);
}
