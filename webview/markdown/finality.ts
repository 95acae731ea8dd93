import type { Block } from './blocks.ts';

/** Blocks that are over once a blank line follows them; lists and indented code may go on after it. */
const ENDED_BY_BLANK_LINE = new Set(['paragraph_close', 'table_close', 'blockquote_close', 'reference_definition']);
/** Blocks that no further line can join. */
const ENDED_AT_ONCE = new Set(['heading_close', 'hr']);

/**
 * How many leading blocks are final: no text that follows `lines` can change where they end or what they are. All of
 * `lines` must be complete, because a block start is decided by its whole first line (a table's by its first two).
 */
export function countFinalBlocks(blocks: readonly Block[], lines: readonly string[]): number {
  let final = 0;
  // A definition's title may begin on the next line and end many lines later: until a blank line or another block cuts
  // in, what looks like paragraphs and headings may yet belong to it. That holds inside containers as well.
  let mayBeTitle = false;
  for (const [index, block] of blocks.entries()) {
    const following = blocks[index + 1];
    const isBlankAfter =
      isBlankLine(lines, block.end) || (following !== undefined && isBlankLine(lines, following.start - 1));
    mayBeTitle ||= mayEndInDefinition(block, following?.start ?? block.end);
    if (isBlankAfter || (following !== undefined && !isText(following))) mayBeTitle = false;
    if (!mayBeTitle && (following !== undefined || isOver(block, isBlankAfter))) final = index + 1;
  }
  return final;
}

function isOver({ tokens, start, end }: Block, isBlankAfter: boolean): boolean {
  const last = tokens.at(-1);
  if (last?.type === 'fence') return end - start - 1 > countLines(last.content);
  const type = last?.type ?? '';
  return ENDED_AT_ONCE.has(type) || (isBlankAfter && ENDED_BY_BLANK_LINE.has(type));
}

/** A paragraph, or a heading that is underlined. */
function isText({ tokens: [first] }: Block): boolean {
  return first?.type === 'paragraph_open' || (first?.type === 'heading_open' && !first.markup.startsWith('#'));
}

/** Whether the last lines of a block are a definition, or an underlined heading that one more quote makes one. */
function mayEndInDefinition({ tokens }: Block, line: number): boolean {
  return tokens.some((token, index) => {
    if ((token.map?.[1] ?? 0) < line) return false;
    if (token.type === 'reference_definition') return true;
    return token.type === 'heading_open' && tokens[index + 1]?.content.startsWith('[') === true;
  });
}

/** Lines of code in a fence's content, each of which ends in a line end. */
export function countLines(content: string): number {
  let lines = 0;
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) lines++;
  return lines;
}

function isBlankLine(lines: readonly string[], index: number): boolean {
  const line = lines[index];
  return line !== undefined && /^[ \t]*$/u.test(line);
}
