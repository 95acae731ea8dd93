import commonmark from 'commonmark-spec';
import MarkdownIt from 'markdown-it';

/** One example of CommonMark's specification: what is written, and the HTML that it means. */
export interface CommonMarkExample {
  readonly number: number;
  readonly markdown: string;
  readonly html: string;
}

/** All examples; the specification prints a tab as an arrow. */
export const allExamples: readonly CommonMarkExample[] = commonmark.tests.map(({ number, markdown, html }) => ({
  number,
  markdown: markdown.replaceAll('→', '\t'),
  html: html.replaceAll('→', '\t'),
}));

/** The parser that most programs of this language use, as it reads CommonMark alone. */
export const commonMarkParser = new MarkdownIt('commonmark');

const withoutHtml = new MarkdownIt('commonmark', { html: false });

/** Those without raw HTML, which the panel shows as text: what the parser makes the same of, with raw HTML and without it. */
export const examplesWithoutHtml: readonly CommonMarkExample[] = allExamples.filter(
  ({ markdown }) => commonMarkParser.render(markdown) === withoutHtml.render(markdown),
);
