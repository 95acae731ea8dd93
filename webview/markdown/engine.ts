import MarkdownIt from 'markdown-it';
import type { StateBlock, Token } from 'markdown-it';
import { bareAddress } from './bareAddress.ts';

/** A token of the parser: `paragraph_open`, `inline`, `fence`, `text`, …; only the types are used outside this file. */
export type { StateInline, Token } from 'markdown-it';

/** Where a link reference definition (`[label]: href "title"`) points. */
export interface LinkTarget {
  readonly href: string;
  readonly title: string;
}

/** What one pass over block structure found. Inline content is still plain text, in tokens of type `inline`. */
export interface BlockTokens {
  readonly tokens: readonly Token[];
  /** Definitions by normalised label, the first of each; `reference_definition` tokens say where each stands. */
  readonly definitions: ReadonlyMap<string, LinkTarget>;
}

/**
 * Blocks nested deeper than this (a list counts twice) are shown as the text they were written as. The parser itself
 * would drop them, and thousands of nested elements are more than a browser's layout survives.
 */
const DEEPEST_BLOCK = 60;

const parser = new MarkdownIt({ html: false, maxNesting: DEEPEST_BLOCK + 2 });
parser.inline.ruler.at('linkify', bareAddress);
parser.block.ruler.before('table', 'too_deep', keepDeepLinesAsText);

/**
 * Parses block structure only, in time linear in the text for ordinary input. `source` has `\n` line ends and no NUL
 * (see LineReader). Block structure does not depend on definitions, so a piece that starts at a top-level block can be
 * parsed alone.
 */
export function parseBlocks(source: string): BlockTokens {
  const tokens: Token[] = [];
  const references = Object.create(null) as Record<string, LinkTarget>;
  parser.block.parse(source, parser, { references }, tokens);
  return { tokens, definitions: new Map(Object.entries(references)) };
}

/** Parses the content of an `inline` token; `lookUp` is asked for each label that might name a link. */
export function parseInline(content: string, lookUp: (label: string) => LinkTarget | undefined): readonly Token[] {
  const tokens: Token[] = [];
  const references = new Proxy<Record<string, LinkTarget>>(
    {},
    { get: (_, label) => (typeof label === 'string' ? lookUp(label) : undefined) },
  );
  parser.inline.parse(content, parser, { references }, tokens);
  return tokens;
}

/** The language named after a fence's opening marker, decoded; empty when none is named. */
export function languageOf(info: string): string {
  return parser.utils.unescapeAll(info).trim().split(/\s+/u, 1)[0] ?? '';
}

function keepDeepLinesAsText(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || state.level < DEEPEST_BLOCK) return false;
  let line = startLine + 1;
  while (line < endLine && !state.isEmpty(line) && (state.sCount[line] ?? 0) >= state.blkIndent) line++;
  state.line = line;
  state.push('paragraph_open', 'p', 1).map = [startLine, line];
  const inline = state.push('inline', '', 0);
  inline.content = parser.utils.asciiTrim(state.getLines(startLine, line, state.blkIndent, false));
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  return true;
}
