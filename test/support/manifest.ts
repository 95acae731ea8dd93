import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.ts';

/** `package.json` as its text has it, with the keys of its texts (`%command.openPanel%`) in place. */
export function rawManifest(): unknown {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** The texts of `package.json` by their keys: in English, or of a language. */
export function manifestTexts(language?: string): Readonly<Record<string, string>> {
  const name = language === undefined ? 'package.nls.json' : `package.nls.${language}.json`;
  return JSON.parse(readFileSync(join(root, name), 'utf8')) as Readonly<Record<string, string>>;
}

/** `package.json` as the editor shows it in English: with each key of a text replaced by the text. */
export function manifestInEnglish(): unknown {
  const texts = manifestTexts();
  return JSON.parse(JSON.stringify(rawManifest()), (_, value: unknown) => {
    const key = typeof value === 'string' ? /^%(.+)%$/.exec(value)?.[1] : undefined;
    return key === undefined ? value : (texts[key] ?? value);
  });
}
