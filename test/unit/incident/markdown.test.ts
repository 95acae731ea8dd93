import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { codeSpan, fenced, inline, table } from '../../../src/incident/markdown.ts';

const markdown = new MarkdownIt({ html: true });
const marks = fc
  .array(fc.constantFrom(...'#-+=*_`~|<>[]()!&;\\$1. ax\n'), { minLength: 1, maxLength: 30 })
  .map((chosen) => chosen.join(''));
const text = fc.oneof(
  marks,
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('&amp;', '1. a', '2) a', '# a #', 'www.a.example'),
);

function shown(source: string): string {
  return markdown
    .parse(source, {})
    .flatMap(({ children }) => children ?? [])
    .map(({ content, type }) => (type === 'softbreak' ? ' ' : content))
    .join('');
}

function onOneLine(raw: string): string {
  // eslint-disable-next-line no-control-regex -- what is shown as U+FFFD
  return raw
    .replace(/[\s\u0085]+/g, ' ')
    .replace(/[\0-\x1f\x7f]/g, '\ufffd')
    .trim();
}

describe('text in Markdown', () => {
  it('reads as it was given, in a paragraph, a list item, a heading and a cell', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const expected = onOneLine(raw);
        if (expected === '') return;
        const escaped = inline(raw);
        assert.equal(shown(escaped), expected);
        assert.equal(shown(`- ${escaped}`), expected);
        assert.equal(shown(`## ${escaped}`), expected);
        assert.equal(shown(table(['a'], [[escaped]])), `a${expected}`);
      }),
    );
  });

  it('reads as it was given within code', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const expected = onOneLine(raw);
        if (expected !== '') assert.equal(shown(`a ${codeSpan(raw)}`), `a ${expected}`);
      }),
    );
  });

  it('stays within a fence, whatever fences are in it', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const tokens = markdown.parse(`${fenced(raw)}\n\nafter`, {});
        assert.deepEqual(
          tokens.map(({ type }) => type),
          ['fence', 'paragraph_open', 'inline', 'paragraph_close'],
        );
      }),
    );
  });
});
