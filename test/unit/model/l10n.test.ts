import assert from 'node:assert/strict';
import { inEnglish, listed, plural, t, texts, tParts, useTexts } from '../../../src/model/l10n.ts';

const english = { language: 'en', locale: 'en', table: {} };
const german = {
  language: 'de',
  locale: 'de',
  table: {
    '{0} is empty.': '{0} ist leer.',
    '{0} of {1}': 'von {1} {0}',
    '{0} line': '{0} Zeile',
    '{0} lines': '{0} Zeilen',
    'Press {0} now.': 'Jetzt {0} drücken.',
  },
};

describe('texts in the reader’s language', () => {
  afterEach(() => useTexts(english));

  it('are English until a table is set, and stay English where it has no translation', () => {
    assert.equal(t('{0} is empty.', 'a.log'), 'a.log is empty.');
    useTexts(german);
    assert.equal(t('{0} is empty.', 'a.log'), 'a.log ist leer.');
    assert.equal(t('Nothing else.'), 'Nothing else.');
  });

  it('put values where the translation wants them, as they are, and search nothing in them', () => {
    useTexts(german);
    assert.equal(t('{0} of {1}', '{1}', '$&'), 'von $& {1}');
    assert.equal(t('{0} of {1}', 1204), 'von {1} 1204');
  });

  it('take no word of an object’s own for a translation', () => {
    useTexts(german);
    assert.equal(t('constructor'), 'constructor');
    assert.equal(t('__proto__'), '__proto__');
  });

  it('count by the rules of the language, with numbers as its readers write them', () => {
    assert.equal(plural(1, '{0} line', '{0} lines'), '1 line');
    assert.equal(plural(1204, '{0} line', '{0} lines'), '1,204 lines');
    useTexts(german);
    assert.equal(plural(1, '{0} line', '{0} lines'), '1 Zeile');
    assert.equal(plural(1204, '{0} line', '{0} lines'), '1.204 Zeilen');
    useTexts({
      language: 'pl',
      locale: 'pl',
      table: { '{0} line': '{0} wiersz', '{0} lines': '{0} wierszy', '{0} lines#few': '{0} wiersze' },
    });
    assert.deepEqual(
      [1, 3, 5].map((number) => plural(number, '{0} line', '{0} lines')),
      ['1 wiersz', '3 wiersze', '5 wierszy'],
    );
  });

  it('stand around what is no text', () => {
    useTexts(german);
    const key = { key: 'F5' };
    assert.deepEqual(tParts('Press {0} now.', key), ['Jetzt ', key, ' drücken.']);
    assert.deepEqual(tParts('{0}', key), [key]);
  });

  it('say things in a row', () => {
    assert.deepEqual([listed([]), listed(['a']), listed(['a', 'b', 'c'])], ['', 'a', 'a, b and c']);
    useTexts(german);
    assert.equal(listed(['a', 'b', 'c']), 'a, b und c');
  });

  it('are English for what goes to Claude, also after an error, and in the reader’s language after it', () => {
    useTexts(german);
    assert.equal(
      inEnglish(() => t('{0} is empty.', 'a.log')),
      'a.log is empty.',
    );
    assert.throws(() =>
      inEnglish(() => {
        throw new Error('broken');
      }),
    );
    assert.equal(t('{0} is empty.', 'a.log'), 'a.log ist leer.');
  });

  it('are English where the editor names a language that does not exist', () => {
    useTexts({ ...english, language: 'not a language', locale: '"><script>' });
    assert.deepEqual([texts().language, texts().locale], ['en', 'en-US']);
    assert.equal(plural(1204, '{0} line', '{0} lines'), '1,204 lines');
  });

  it('write out what would turn or hide their own words, in any value', () => {
    const name = 'report\u202egpj.exe\u2066\u200b\u{e0041}';
    const turning = /[\u200b\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/u;
    assert.equal(t('{0} is empty.', 'a\u202eb'), 'a⟨U+202E⟩b is empty.');
    assert.doesNotMatch(t('{0} of {1}', name, t('{0} is empty.', name)), turning);
    assert.doesNotMatch(plural(2, '{0} line', '{0} lines in {1}', name), turning);
    const node = { name };
    const [before, text, , kept] = tParts('{0} of {1}', name, node);
    assert.doesNotMatch(JSON.stringify([before, text]), turning);
    assert.equal(kept ?? tParts('Press {0} now.', node)[1], node);
    assert.equal(t('{0} is empty.', 'مشروع/ملف.py'), 'مشروع/ملف.py is empty.');
  });
});
