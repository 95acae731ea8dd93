import type { Texts } from '../src/model/l10n.ts';

/** The texts that the host put into the page (`panelHtml.ts`); English where there are none. */
export function pageTexts(): Texts {
  const written = document.querySelector('script#texts')?.textContent ?? 'null';
  const read: unknown = JSON.parse(written);
  return isTexts(read) ? read : { language: 'en', locale: 'en', table: {} };
}

function isTexts(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && 'language' in value && 'locale' in value && 'table' in value;
}
