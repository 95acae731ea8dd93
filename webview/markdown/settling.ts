import type { Block, Settled } from './blocks.ts';
import { LINES_PER_GROUP } from './codeBlocks.ts';
import type { Listing } from './code/listing.ts';
import type { Token } from './engine.ts';
import { countLines } from './finality.ts';
import type { OpenTail } from './openTail.ts';

/** A table stops at this many missing cells (the parser's limit), so rows may be left out only while it is out of reach. */
const TABLE_CELL_LIMIT = 65_536;
const ROWS_AT_ONCE = 16;
const ITEMS_AT_ONCE = 8;
const PARAGRAPH_LENGTH_AT_ONCE = 1500;

/** Counts the nodes that inline content makes, or undefined when what follows it may still change them. */
export type CountFinalNodes = (source: string) => number | undefined;

/**
 * Leaves out of the tail what is final inside its last, still open block: whole groups of lines of a listing, rows of a
 * table, items of a list, lines of a paragraph. `lines` are all complete, and their nodes are shown. The last line or
 * item always stays, because what follows may depend on it.
 */
export function settleLastBlock(tail: OpenTail, block: Block, countFinalNodes: CountFinalNodes): void {
  if (settleItems(tail, block)) return;
  const leaf = block.tokens.findLast(
    (token) => token.nesting !== -1 && token.type !== 'inline' && !isPartOfTable(token),
  );
  if (leaf?.map?.[1] !== tail.keptLines.length) return;
  if (leaf.type === 'fence') settleCode(tail, leaf, block.listings.get(leaf));
  else if (leaf.type === 'table_open') settleRows(tail, block, leaf);
  else if (leaf.type === 'paragraph_open') settleParagraph(tail, block, leaf, countFinalNodes);
}

/** Whether the table that is left out in part may have reached the parser's limit, which counts all its rows. */
export function mayExceedTableLimit(tail: OpenTail, blocks: readonly Block[]): boolean {
  for (const [line, settled] of tail.settled) {
    if (settled.kind !== 'rows') continue;
    const rows = settled.rows + tail.keptLines.length - line;
    const tokens = blocks.find((block) => block.start <= line && line < block.end)?.tokens ?? [];
    if (rows * countColumns(tokens, line) > TABLE_CELL_LIMIT) return true;
  }
  return false;
}

function settleItems(tail: OpenTail, { tokens, start }: Block): boolean {
  const list = tokens[0];
  // A definition counts wherever it stands, so it must stay in the source.
  if (tokens.some((token) => token.type === 'reference_definition')) return false;
  if (list?.type !== 'bullet_list_open' && list?.type !== 'ordered_list_open') return false;
  const items = tokens.filter((token) => token.type === 'list_item_open' && token.level === 1);
  const [first] = items;
  const last = items.at(-1)?.map?.[0];
  if (first === undefined || last === undefined || items.length <= ITEMS_AT_ONCE) return false;
  const before = tail.settled.get(start);
  const settled = before?.kind === 'items' ? before : undefined;
  // Indented like the item after it, which would be nested in an item indented less.
  const indent = /^ */u.exec(tail.keptLines[last] ?? '')?.[0] ?? '';
  const paragraphs = tokens.filter((token) => token.type === 'paragraph_open' && token.level === 2);
  // Only a paragraph tells whether the list is loose so far.
  if (paragraphs.length === 0) return false;
  // The stand-in of what was left out before is an item with a paragraph, too.
  const own = paragraphs.filter(({ map }) => map !== null && map[0] < last && !(settled && map[0] === start));
  tail.settle(
    start,
    {
      kind: 'items',
      items: (settled?.items ?? 0) + items.length - (settled ? 2 : 1),
      isLoose: settled?.isLoose === true || paragraphs.some((token) => !token.hidden),
      hasParagraph: settled?.hasParagraph === true || own.length > 0,
    },
    start,
    last,
    `${indent}${first.info}${first.markup} x`,
  );
  return true;
}

function settleCode(tail: OpenTail, { map, content }: Token, listing: Listing | undefined): void {
  const start = map?.[0] ?? 0;
  const body = tail.keptLines.length - start - 1;
  if (listing === undefined || countLines(content) !== body) return;
  const groups = Math.floor((body - 1) / LINES_PER_GROUP);
  if (groups <= 0) return;
  const before = tail.settled.get(start);
  listing.drop(groups * LINES_PER_GROUP);
  const settled: Settled = { kind: 'code', groups: groups + (before?.kind === 'code' ? before.groups : 0), listing };
  tail.settle(start, settled, start + 1, start + 1 + groups * LINES_PER_GROUP);
}

function settleRows(tail: OpenTail, block: Block, { map }: Token): void {
  const start = map?.[0] ?? 0;
  const rows = tail.keptLines.length - start - 3;
  if (rows < ROWS_AT_ONCE) return;
  const before = tail.settled.get(start);
  const total = rows + (before?.kind === 'rows' ? before.rows : 0);
  if ((total + 2 * ROWS_AT_ONCE) * countColumns(block.tokens, start) > TABLE_CELL_LIMIT) return;
  tail.settle(start, { kind: 'rows', rows: total }, start + 2, start + 2 + rows);
}

function settleParagraph(tail: OpenTail, block: Block, { map }: Token, countFinalNodes: CountFinalNodes): void {
  const start = map?.[0] ?? 0;
  const content = block.tokens.findLast((token) => token.type === 'inline')?.content ?? '';
  // What starts with a bracket may become a definition or a task, which read the lines as a whole.
  if (content.length < PARAGRAPH_LENGTH_AT_ONCE || content.startsWith('[')) return;
  if (block.tokens.some((token) => token.type === 'reference_definition')) return;
  const before = tail.settled.get(start);
  const settled = before?.kind === 'paragraph' ? before : undefined;
  const firstLine = content.indexOf('\n');
  const from = settled === undefined ? 0 : firstLine + 1;
  const to = content.lastIndexOf('\n') + 1;
  if (firstLine < 0 || to <= from) return;
  // The first line stands for all that is left out; before a row of dashes it must not look like a table's head.
  if (content.slice(0, firstLine).includes('|')) return;
  const nodes = countFinalNodes(content.slice(from, to).replace(/^[ \t]+/u, ''));
  if (nodes === undefined) return;
  const total = nodes + (settled?.nodes ?? 0);
  tail.settle(start, { kind: 'paragraph', nodes: total }, start + 1, tail.keptLines.length - 1);
}

function isPartOfTable(token: Token): boolean {
  return /^(?:thead|tbody|tr|th|td)_/u.test(token.type);
}

function countColumns(tokens: readonly Token[], tableLine: number): number {
  const table = tokens.findIndex((token) => token.type === 'table_open' && token.map?.[0] === tableLine);
  let columns = 0;
  for (const token of tokens.slice(table + 1)) {
    if (token.type === 'th_open') columns++;
    else if (token.type === 'thead_close') break;
  }
  return columns;
}
