import { commonMarkParser, examplesWithoutHtml } from '../support/commonmarkExamples.ts';
import type { CommonMarkExample } from '../support/commonmarkExamples.ts';
import { fromHtml, toCommonMark } from '../support/commonmarkHtml.ts';
import { inPiecesOf, streamed } from '../support/markdownDom.ts';
import type { RunBench } from './harness.ts';

/** How many of CommonMark's own examples are shown as they should be, beside the parser that most programs use. */
export const run: RunBench = ({ smoke }) => {
  const examples = smoke ? examplesWithoutHtml.filter((_, at) => at % 20 === 0) : examplesWithoutHtml;
  const right = (shown: (example: CommonMarkExample) => string): number =>
    examples.filter((example) => shown(example) === fromHtml(example.html).innerHTML).length;
  const theirs = right(({ markdown }) => fromHtml(commonMarkParser.render(markdown)).innerHTML);
  const note = `of ${examples.length} without raw HTML, which is shown as text`;
  return Promise.resolve(
    [
      { what: 'examples of CommonMark that are right, in one piece', pieces: (text: string) => [text] },
      { what: 'the same, a character at a time', pieces: (text: string) => inPiecesOf(1, text) },
    ].map(({ what, pieces }) => ({
      what,
      ours: right(({ markdown }) => toCommonMark(streamed(pieces(markdown), 0)).innerHTML),
      unit: 'examples',
      peer: { name: "markdown-it, preset 'commonmark'", value: theirs },
      goal: { kind: 'timesPeerAtLeast', value: 1 } as const,
      note,
    })),
  );
};
