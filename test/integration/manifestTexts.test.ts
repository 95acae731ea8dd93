import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { manifestTexts, rawManifest } from '../support/manifest.ts';
import { root } from '../support/sources.ts';

/** Properties whose text a person reads, wherever they stand in what the extension contributes. */
const shownProperties =
  /^(title|shortTitle|description|markdownDescription|displayName|category|contents|contextualTitle|label|altText|deprecationMessage|markdownDeprecationMessage|patternErrorMessage)$/;
/** Lists of texts that a person reads. */
const shownLists = /^(enumDescriptions|markdownEnumDescriptions|enumItemLabels)$/;

/** All strings of the manifest with the way to them. */
function* strings(value: unknown, path: readonly string[] = []): Generator<{ text: string; path: readonly string[] }> {
  if (typeof value === 'string') yield { text: value, path };
  else if (typeof value === 'object' && value !== null)
    for (const [key, child] of Object.entries(value)) yield* strings(child, [...path, key]);
}

const isShown = (path: readonly string[]): boolean => {
  const [name = '', before = ''] = path.toReversed();
  if (shownLists.test(before)) return true;
  // The name of a view and of a walkthrough's contribution are read; the name of the package and of a file are not.
  return shownProperties.test(name) || (name === 'name' && path[0] === 'contributes' && path[1] === 'views');
};

describe('texts of the manifest', () => {
  const languages = readdirSync(root).flatMap((name) => /^package\.nls\.([\w-]+)\.json$/.exec(name)?.[1] ?? []);
  const all = [...strings(rawManifest())];
  const keys = all.flatMap(({ text }) => /^%(.+)%$/.exec(text)?.[1] ?? []);
  const english = manifestTexts();

  it('are keys, wherever a person reads them', () => {
    const literal = all.filter(({ path, text }) => isShown(path) && text !== '' && !/^%.+%$/.test(text));
    assert.deepEqual(
      literal.map(({ path, text }) => `${path.join('.')}: ${text}`),
      [],
    );
    assert.ok(keys.length > 100);
  });

  it('are all there, in English and in each language, and none is left that nothing uses', () => {
    // Each has its other texts too; `texts.test.ts` reads them.
    const bundled = readdirSync(join(root, 'l10n')).map((name) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(name)?.[1]);
    assert.deepEqual(bundled.sort(), [...languages].sort());
    assert.ok(languages.includes('de'));
    const wanted = [...new Set(keys)].sort();
    assert.deepEqual(Object.keys(english).sort(), wanted);
    for (const language of languages) assert.deepEqual(Object.keys(manifestTexts(language)).sort(), wanted, language);
  });

  it('ship, with the bundles of all other texts', async function () {
    this.timeout(120_000);
    const shipped = await listFiles({ cwd: root, packageManager: PackageManager.None });
    const wanted = [
      'package.nls.json',
      ...languages.flatMap((language) => [`package.nls.${language}.json`, `l10n/bundle.l10n.${language}.json`]),
    ];
    assert.deepEqual(
      wanted.filter((path) => !shipped.includes(path)),
      [],
    );
  });

  it('link to the same commands and name the same code in each language', () => {
    const fixed = (text: string): readonly string[] =>
      text.match(/\(command:[^)]*\)|\(https?:[^)]*\)|`[^`]*`|\$\([\w-]+\)/g) ?? [];
    for (const language of languages)
      for (const [key, text] of Object.entries(manifestTexts(language)))
        assert.deepEqual(fixed(text), fixed(english[key] ?? ''), `${language}: ${key}`);
  });

  it('are translated, where they have more than one word', () => {
    for (const language of languages) {
      const same = Object.entries(manifestTexts(language)).filter(
        ([key, text]) => text === english[key] && /\p{L}{2,} \p{L}{2,}/u.test(text) && text !== 'Incident Panel',
      );
      assert.deepEqual(same, []);
    }
  });
});
