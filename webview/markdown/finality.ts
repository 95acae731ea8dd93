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
  for (let count = blocks.length; count > 0; count--) {
    const block = blocks[count - 1];
    if (block !== undefined && isOver(block, blocks[count], lines)) return count;
  }
  return 0;
}

function isOver(block: Block, following: Block | undefined, lines: readonly string[]): boolean {
  const isBlankAfter = block.end < lines.length && isBlank(lines[block.end] ?? '');
  if (following !== undefined) {
    // A definition's title may begin on the next line and end many lines later: until a blank line or another block
    // cuts in, what looks like the paragraph after it may yet belong to it. That holds inside containers as well.
    const isSeparate = isBlankAfter || isBlank(lines[following.start - 1] ?? '') || !isText(following);
    return isSeparate || !endsInDefinition(block, following.start);
  }
  const last = block.tokens.at(-1)?.type ?? '';
  if (last === 'fence') return isClosedFence(block);
  return ENDED_AT_ONCE.has(last) || (isBlankAfter && ENDED_BY_BLANK_LINE.has(last));
}

/** A paragraph, or a heading that is underlined. */
function isText({ tokens: [first] }: Block): boolean {
  return first?.type === 'paragraph_open' || (first?.type === 'heading_open' && !first.markup.startsWith('#'));
}

function endsInDefinition(block: Block, line: number): boolean {
  return block.tokens.some((token) => token.type === 'reference_definition' && (token.map?.[1] ?? 0) >= line);
}

function isClosedFence(block: Block): boolean {
  const [fence] = block.tokens;
  return fence !== undefined && block.end - block.start - 1 > countLines(fence.content);
}

/** Lines of code in a fence's content, each of which ends in a line end. */
export function countLines(content: string): number {
  let lines = 0;
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) lines++;
  return lines;
}

function isBlank(line: string): boolean {
  return /^[ \t]*$/u.test(line);
}
