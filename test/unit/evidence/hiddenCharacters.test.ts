import assert from 'node:assert/strict';
import fc from 'fast-check';
import { showHidden } from '../../../src/evidence/hiddenCharacters.ts';

describe('hidden characters', () => {
  const tags = (text: string): string =>
    Array.from(text, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');

  it('writes out controls of direction, characters without width and letters without shape', () => {
    assert.equal(showHidden('a\u202eb').text, 'a⟨U+202E⟩b');
    assert.equal(showHidden('\u2066x\u2069').text, '⟨U+2066⟩x⟨U+2069⟩');
    assert.equal(showHidden('pass\u200bword').text, 'pass⟨U+200B⟩word');
    assert.equal(showHidden('a\u3164b\ufeffc\u00ad').text, 'a⟨U+3164⟩b⟨U+FEFF⟩c⟨U+00AD⟩');
    assert.equal(showHidden('a\u{e0100}\u{e0101}').text, 'a⟨U+E0100⟩⟨U+E0101⟩');
    assert.equal(showHidden('a\ufe01\ufe02\ufe03').text, 'a⟨U+FE01⟩⟨U+FE02⟩⟨U+FE03⟩');
  });

  it('shows words in tag characters as the words that they are', () => {
    assert.equal(showHidden(`fine${tags('ignore this')}`).text, 'fine⟨hidden: ignore this⟩');
  });

  it('tells which lines it changed, and keeps their number', () => {
    const { text, lines } = showHidden('a\n\u200bb\nc\n\u202ed\n');
    assert.deepEqual(lines, [1, 3]);
    assert.equal(text.split('\n').length, 5);
  });

  it('leaves what scripts and emoji are written with', () => {
    for (const kept of [
      '👩‍💻 👨‍👩‍👧 ❤️ 1️⃣ ✔︎ 🏳️‍🌈 👍🏽',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      'می‌خواهم',
      'क्‍ष श्री',
      'שלום\u200f (abc)',
      'plain ASCII\tand naïve ünïcode',
      '한국어 日本語 中文',
    ]) {
      assert.equal(showHidden(kept).text, kept);
    }
  });

  it('leaves none of them in any text without scripts that need them', () => {
    const hidden = fc.constantFrom(
      '\u200b',
      '\u202e',
      '\u2067',
      '\u{e0041}',
      '\u{e0150}',
      '\u2060',
      '\u00ad',
      '\u3164',
      '\ufeff',
      '\u180e',
    );
    const piece = fc.oneof(hidden, fc.string({ unit: 'grapheme-ascii' }), fc.constant('\n'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const shown = showHidden(text);
        assert.doesNotMatch(shown.text, /[\u00ad\u200b\u2060\u202e\u2067\u3164\ufeff\u180e\u{e0000}-\u{e0fff}]/u);
        assert.equal(shown.text.split('\n').length, text.split('\n').length);
        assert.equal(showHidden(shown.text).text, shown.text);
      }),
    );
  });
});
