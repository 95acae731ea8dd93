import assert from 'node:assert/strict';
import { allExamples, examplesWithoutHtml } from '../../../support/commonmarkExamples.ts';
import { fromHtml, toCommonMark } from '../../../support/commonmarkHtml.ts';
import { inPiecesOf, streamed } from '../../../support/markdownDom.ts';

describe('CommonMark', function () {
  this.timeout(20_000);

  it('has examples left when those about raw HTML are put aside', () => {
    const [all, counted] = [allExamples.length, examplesWithoutHtml.length];
    assert.ok(all >= 650 && counted >= 550, `${counted} of ${all}`);
  });

  it('is shown as its specification says, in every example without raw HTML', () => {
    const wrong = examplesWithoutHtml.flatMap(({ number, markdown, html }) => {
      const actual = toCommonMark(streamed(inPiecesOf(1, markdown), 0)).innerHTML;
      const expected = fromHtml(html).innerHTML;
      return actual === expected ? [] : [{ number, markdown, actual, expected }];
    });
    assert.deepEqual(wrong, []);
  });
});
