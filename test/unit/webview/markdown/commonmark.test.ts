import assert from 'node:assert/strict';
import commonmark from 'commonmark-spec';
import MarkdownIt from 'markdown-it';
import { fromHtml, toCommonMark } from '../../../support/commonmarkHtml.ts';
import { inPiecesOf, streamed } from '../../../support/markdownDom.ts';

const examples = commonmark.tests.map(({ number, markdown, html }) => ({
  number,
  markdown: markdown.replaceAll('→', '\t'),
  html: html.replaceAll('→', '\t'),
}));

/** Raw HTML shows as text here, so an example counts when the parser gives the same with and without it. */
const withHtml = new MarkdownIt('commonmark');
const withoutHtml = new MarkdownIt('commonmark', { html: false });
const counted = examples.filter(({ markdown }) => withHtml.render(markdown) === withoutHtml.render(markdown));

describe('CommonMark', function () {
  this.timeout(20_000);

  it('has examples left when those about raw HTML are put aside', () => {
    assert.ok(examples.length >= 650 && counted.length >= 550, `${counted.length} of ${examples.length}`);
  });

  it('is shown as its specification says, in every example without raw HTML', () => {
    const wrong = counted.flatMap(({ number, markdown, html }) => {
      const actual = toCommonMark(streamed(inPiecesOf(1, markdown), 0)).innerHTML;
      const expected = fromHtml(html).innerHTML;
      return actual === expected ? [] : [{ number, markdown, actual, expected }];
    });
    assert.deepEqual(wrong, []);
  });
});
