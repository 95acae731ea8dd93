import assert from 'node:assert/strict';
import fc from 'fast-check';
import commonmark from 'commonmark-spec';
import { cut, difference, inPiecesOf, parsedAtOnce, streamed } from '../../../support/markdownDom.ts';

const examples = commonmark.tests.map(({ markdown }) => markdown.replaceAll('→', '\t'));

/** Lines that begin, end, join or cut off each kind of block, alone and in containers. */
const lines = fc.constantFrom(
  ...['', '', ' ', 'foo', 'foo bar', '  foo', '    foo', '\tfoo', '# foo', '#', '===', '---', '***', '- - -'],
  ...['- foo', '-', '- ', '* a', '+ b', '1. a', '2. b', '7) c', '10. d', '- [ ] task', '- [x] done', '  - nested'],
  ...[
    '   1. nested',
    '      - deep',
    '> foo',
    '>',
    '> > a',
    '> - a',
    '- > a',
    '```',
    '```js',
    '```py',
    '"""',
    '/*',
    '~~~',
    '````',
    '  ```',
  ],
  ...['> ```', '- ```', '|a|b|', '|-|-|', '|:-|-:|', 'a | b', '-|-', '  |-|', '|x|', '- a | b', '> |a|b|', '> |-|-|'],
  ...[
    '[foo]: /url',
    '[foo]:',
    '[foo]: /url "title',
    'title"',
    "'title",
    "more'",
    '[bar]: <https://b.example> (t)',
    '/url',
  ],
  ...[
    '- [foo]: /list',
    '> [foo]: /quote',
    '> [bar]:',
    '[foo]',
    '[foo][bar]',
    '![foo]',
    'see [foo] and [bar]',
    '[E1:38]',
  ],
  ...['**bold', 'bold**', '*a', 'b*', '`code', 'code`', '_a_ snake_case', '~~x~~', '<div>', '<https://a.example>'],
  ...['https://a.example/x', 'src/a.js:12', '[a](b', '"t")', 'a  ', 'a\\', '&amp; &#0; \\*', '😀 👩‍🔧', '\0', '<!-- x'],
);
const lineEnds = fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '\r', '\n\n');
const documents = fc
  .array(fc.tuple(lines, lineEnds), { minLength: 1, maxLength: 14 })
  .map((parts) => parts.map(([line, end]) => line + end).join(''));
const untidy = fc
  .array(fc.constantFrom(...Array.from('\n\n\r\t  #>-*_+=~`|[]()!:<&;\\"\'019.ax\0/😀')), { maxLength: 60 })
  .map((characters) => characters.join(''));

/** Blocks so long that parts of them are left out of what is parsed again, with anything between and inside. */
const longBlocks = fc
  .tuple(
    fc.constantFrom('', '', '> ', '- ', '1. ', '> - '),
    fc.constantFrom(
      ['```js', 'const a = 1;'],
      ['```ts', '/* `${'],
      ['```diff', '+ a'],
      ['~~~', ''],
      ['| a | b |', '|---|--:|', '| 1 | [foo] |'],
      ['Some words, a `name`, *stress* and [foo], which go on'],
      ['A loose * star and snake_case in a paragraph that goes on  '],
      ['An open **mark in a paragraph that goes on'],
      ['- an item with [foo]', '- an item with [foo]'],
      ['7) an item', '7) an item\n\n   with a paragraph'],
      ['- # a heading', '- # a heading'],
      ['- first\n  - nested', '- another'],
      ['    indented'],
    ),
    fc.integer({ min: 1, max: 140 }),
  )
  .map(([container, head, count]) => {
    const rest = container.replaceAll(/[-1.]/gu, ' ');
    const all = [...head, ...Array.from({ length: count }, () => head.at(-1) ?? '')].join('\n').split('\n');
    return all.map((line, index) => (index === 0 ? container : rest) + line).join('\n');
  });
const longDocuments = fc
  .array(fc.oneof(longBlocks, documents, lines), { minLength: 1, maxLength: 6 })
  .chain((blocks) =>
    fc
      .array(fc.constantFrom('\n', '\n\n', '\n  '), { minLength: blocks.length, maxLength: blocks.length })
      .map((ends) => blocks.map((block, index) => block + (ends[index] ?? '')).join('')),
  );
const cuts = fc.array(fc.nat(), { maxLength: 12 });

function assertSameDom(text: string, pieces: readonly string[]): void {
  const found = difference(streamed(pieces), parsedAtOnce(text));
  if (found !== undefined) assert.fail(`cut as ${JSON.stringify(pieces)}\n${found}`);
}

describe('streamed markdown', function () {
  this.timeout(20_000);

  it('shows every CommonMark example the same whole and character by character', () => {
    for (const markdown of examples) {
      assertSameDom(markdown, [markdown]);
      assertSameDom(markdown, markdown.split(''));
    }
  });

  it('waits for the title of a definition that looks like other blocks so far', () => {
    for (const text of [
      '[foo]: /url "title\n===\ntitle"\n',
      '[foo]: /url "a\n---\nb\nc"\n\n[foo]\n',
      "> [foo]: /u\n'a\nb'\n",
      '[foo]: /u "a\n===\nb\n---\nc\n===\nd"\n',
    ]) {
      assertSameDom(text, inPiecesOf(1, text));
      assertSameDom(text, text.split(/(?<=\n)/u));
    }
  });

  it('shows any document the same however it is cut', () => {
    fc.assert(
      fc.property(documents, cuts, (text, positions) => assertSameDom(text, cut(text, positions))),
      { numRuns: 250 },
    );
  });

  it('shows any document the same character by character', () => {
    fc.assert(
      fc.property(documents, (text) => assertSameDom(text, text.split(''))),
      { numRuns: 150 },
    );
  });

  it('shows long blocks the same, whatever stands before, in and after them', () => {
    fc.assert(
      fc.property(longDocuments, fc.integer({ min: 15, max: 400 }), (text, length) =>
        assertSameDom(text, inPiecesOf(length, text)),
      ),
      { numRuns: 25 },
    );
  });

  it('shows any characters the same however they are cut', () => {
    fc.assert(
      fc.property(untidy, cuts, (text, positions) => assertSameDom(text, cut(text, positions))),
      { numRuns: 250 },
    );
  });

  it('is the same over many pages of blocks, with a link whose definition comes pages later', () => {
    const block = fc.constantFrom(
      '# h',
      'para [foo] graph',
      '- item\n- [bar]',
      '> quote',
      '---',
      '```\ncode\n```',
      '[bar]: /url',
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 60, maxLength: 210 }), cuts, (blocks, positions) => {
        const text = `${blocks.join('\n\n')}\n\n[foo]: /late`;
        assertSameDom(text, cut(text, positions));
      }),
      { numRuns: 60 },
    );
  });

  it('puts each 64 blocks after the first 64 into a page, and leaves no empty one', () => {
    for (const count of [1, 63, 64, 65, 128, 129, 300]) {
      const shown = streamed(inPiecesOf(7, 'a\n\n'.repeat(count)));
      const pages = [...shown.children].filter(({ className }) => className === 'page');
      assert.equal(shown.querySelectorAll('p').length, count);
      assert.equal(pages.length, Math.max(0, Math.ceil(count / 64) - 1));
      assert.ok(pages.every((page) => page.childElementCount > 0 && page.childElementCount <= 64));
    }
  });
});
