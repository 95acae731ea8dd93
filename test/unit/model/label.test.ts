import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asLabel, asLabels } from '../../../src/model/label.ts';
import { explain, explainInOneLine, withoutLinks } from '../../../src/wording.ts';

const hostile = {
  'a name that turns what follows': 'report\u202egpj.exe',
  'isolates that are never closed': '\u2067\u2068prod',
  'characters without width': 'a\u200bd\u2060min\ufeff',
  'words in tags': `x${String.fromCodePoint(0xe0069, 0xe0067, 0xe006e)}`,
  'line breaks and escapes': 'a\nb\r\n\u2028c\u2029d\u001b[31me\u0085f\0g',
  'ten kilobytes': 'x'.repeat(10_240),
  'ten megabytes': 'long '.repeat(2_000_000),
  'an icon of the editor': '$(error) $(check)',
};

/** What may not stand in a label: controls, breaks of lines, what turns or hides text. */
const forbidden = /[\p{Cc}\u200b\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]|\$\(/u;

describe('labels of other people’s words', () => {
  for (const [what, text] of Object.entries(hostile)) {
    it(`bounds ${what} and shows what would not be seen`, () => {
      const label = asLabel(text);
      assert.doesNotMatch(label, forbidden);
      assert.ok(label.length <= 160, String(label.length));
      assert.equal(asLabel(label), label);
    });

    it(`keeps ${what} from a failure’s sentences and from a notification`, () => {
      for (const failure of [
        { kind: 'fileMissing', path: text } as const,
        { kind: 'endpointNotAgreed', endpoint: text, host: text } as const,
        { kind: 'modelNotFound', endpoint: text, model: text } as const,
        { kind: 'gitFailed', command: 'log', detail: text } as const,
      ]) {
        const { what: said, next } = explain(failure);
        assert.doesNotMatch(said + next, forbidden);
        assert.ok(said.length < 1_000, String(said.length));
        const notice = withoutLinks(explainInOneLine(failure));
        assert.doesNotMatch(notice, forbidden);
        assert.ok(notice.length <= 1_001, String(notice.length));
      }
    });
  }

  it('leaves ordinary names as they are, in any script', () => {
    for (const name of [
      'src/app.ts',
      'feat/größe-50',
      'مشروع/ملف.py',
      'नमस्ते',
      '日本語.md',
      '👩‍💻 on call',
      'a  b'.replace('  ', ' '),
    ])
      assert.equal(asLabel(name), name);
  });

  it('keeps the beginning and the end of a long path', () => {
    const label = asLabel(`services/${'deep/'.repeat(100)}handler.ts`, 60);
    assert.match(label, /^services\/.*….*handler\.ts$/);
    assert.equal(label.length, 60);
  });

  it('is bounded, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 10, max: 200 }), (text, most) => {
        const label = asLabel(text, most);
        assert.ok(label.length <= most);
        assert.doesNotMatch(label, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('reaches every text of a failure’s facts', () => {
    const facts = { kind: 'x', count: 3, list: ['a\u202eb', { path: 'c\nd' }], none: undefined };
    assert.deepEqual(asLabels(facts), { kind: 'x', count: 3, list: ['a⟨U+202E⟩b', { path: 'c d' }], none: undefined });
  });
});
