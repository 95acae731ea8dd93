import { readBlocks, type Block, type SettledByLine } from './blocks.ts';
import { Listings } from './code/listings.ts';
import { Definitions, type WaitingBlock } from './definitions.ts';
import { parseBlocks, parseInline, type LinkTarget } from './engine.ts';
import { countFinalBlocks } from './finality.ts';
import { inlineNodes, isSelfContained } from './inline.ts';
import { LineReader } from './lineReader.ts';
import { element, unsettledLabels, type ElementNode } from './nodes.ts';
import { OpenTail } from './openTail.ts';
import type { Outline } from './outline.ts';
import { createNode, patchChildren } from './patch.ts';
import { mayExceedTableLimit, settleLastBlock } from './settling.ts';

/**
 * Blocks that stand side by side. The layout of a block passes over all its children, so that in a long reply each word
 * would cost more than the one before: a page that is done is one child, whatever is in it.
 */
const BLOCKS_PER_PAGE = 64;

interface Reading {
  readonly blocks: readonly Block[];
  readonly definitions: ReadonlyMap<string, LinkTarget>;
}

/**
 * Shows Markdown that arrives in pieces. A block that no later text can change is parsed once and not touched again,
 * except when a link definition it waits for arrives. What is still open is parsed again with each piece, without the
 * parts of it that are final (see Settling), and only what differs is changed in the DOM. After `end` the DOM is the
 * one that the whole text gives at once, however it was cut.
 */
export class IncrementalRenderer {
  readonly #reader = new LineReader();
  readonly #tail = new OpenTail();
  readonly #definitions = new Definitions();
  readonly #listings = new Listings();
  readonly #container: Element;
  readonly #headingOffset: number;
  /** The headings that the open blocks stand under. */
  #outline: Outline = [];
  /** Whether more text may come. */
  #isOpen = true;
  /** Where the latest blocks stand: the container, and once that has a page's worth of them, its last page. */
  #page: Element;
  /** What the page shows: `offset` final blocks, then the open ones. */
  #shown = element('div');
  /** Definitions of the open blocks, which may still change, and a text that differs when any answer does. */
  #open: ReadonlyMap<string, LinkTarget> = new Map();
  #openAnswers = '';
  /** Labels without a final answer in parts of the open blocks that are left out of the tail. */
  #settledLabels = new Set<string>();
  /** Inline content that was expanded with the answers of now. */
  #current = new WeakSet<ElementNode>();

  constructor(container: Element, headingOffset: number) {
    this.#container = container;
    this.#page = container;
    this.#headingOffset = headingOffset;
  }

  append(text: string): void {
    const lines = this.#reader.push(text);
    this.#tail.add(lines);
    if (lines.length > 0) this.#finishBlocks(this.#show(''));
    if (this.#reader.partial !== '') this.#show(this.#reader.partial);
  }

  /** The text is over: everything is final. Text appended later starts a new block. */
  end(): void {
    this.#reader.end();
    const { partial } = this.#reader;
    this.#isOpen = false;
    this.#makeFinal(this.#show(partial), Infinity, partial);
    this.#tail.drop(Infinity);
    this.#reader.partial = '';
    this.#isOpen = true;
  }

  /** Parses and shows the open tail. */
  #show(partial: string): Reading {
    const reading = this.#read(partial);
    this.#takeAnswers(reading.definitions);
    const next = element('div');
    next.offset = this.#shown.offset;
    for (const { node } of reading.blocks) if (node !== undefined) next.children.push(node);
    patchChildren(this.#page, this.#shown, next, this.#expand);
    this.#shown = next;
    return reading;
  }

  #read(partial: string): Reading {
    const { tokens, definitions } = parseBlocks(this.#tail.source(partial));
    const { blocks, fitsSettled } = readBlocks(tokens, this.#tail.settled, {
      headingOffset: this.#headingOffset,
      outline: this.#outline,
      listings: this.#listings,
      isOpen: this.#isOpen,
    });
    const answersChanged = this.#settledLabels.size > 0 && this.#openAnswers !== this.#answers(definitions);
    if (this.#tail.settled.size === 0 || (fitsSettled && !answersChanged && !mayExceedTableLimit(this.#tail, blocks))) {
      return { blocks, definitions };
    }
    this.#showOpenBlocksAnew();
    return this.#read(partial);
  }

  #showOpenBlocksAnew(): void {
    this.#tail.unsettle();
    this.#settledLabels.clear();
    const empty = element('div');
    empty.offset = this.#shown.offset;
    patchChildren(this.#page, this.#shown, empty, this.#expand);
    this.#shown = empty;
  }

  /** Lets go of the blocks that are final; all lines of the tail are complete and shown. */
  #finishBlocks(reading: Reading): void {
    const { blocks } = reading;
    const count = countFinalBlocks(blocks, this.#tail.keptLines);
    if (count > 0) this.#makeFinal(reading, count, '');
    if (count === blocks.length) this.#tail.drop(Infinity);
    else if (count > 0) this.#tail.drop(blocks[count]?.start ?? 0);
    else if (blocks.length === 1 && blocks[0] !== undefined) this.#settle(blocks[0]);
  }

  #settle(block: Block): void {
    const before = this.#tail.settled;
    settleLastBlock(this.#tail, block, (source) => {
      const tokens = parseInline(source, this.#lookUp);
      return isSelfContained(tokens) ? inlineNodes(tokens).length : undefined;
    });
    if (this.#tail.settled !== before) unsettledLabels(this.#shown.children, this.#settledLabels);
  }

  /** The first `count` blocks are over: their definitions count, and their nodes are not looked at again. */
  #makeFinal({ blocks, definitions }: Reading, count: number, partial: string): void {
    const final = blocks.slice(0, count);
    this.#addDefinitions(final, definitions);
    let shown = 0;
    for (const [index, { node, start, outline }] of final.entries()) {
      if (node === undefined) continue;
      const dom = this.#page.childNodes.item(this.#shown.offset + shown++);
      const labels = unsettledLabels([node], index === 0 ? this.#settledLabels : new Set());
      if (labels.size === 0 || !(dom instanceof Element)) continue;
      const end = blocks[index + 1]?.start ?? Infinity;
      const block = { source: this.#tail.fullSource(start, end, partial), element: dom, outline };
      // A block that shows the answer of a definition that may yet become something else must not keep it.
      const isDoubtful = [...labels].some((label) => definitions.has(label) && !this.#definitions.has(label));
      if (isDoubtful) this.#showAnew(block);
      else this.#definitions.wait(block, labels);
    }
    this.#outline = final.at(-1)?.outlineAfter ?? this.#outline;
    this.#settledLabels = new Set();
    const rest = element('div');
    rest.offset = this.#shown.offset + shown;
    rest.children = this.#shown.children.slice(shown);
    this.#shown = rest;
    this.#takeAnswers(this.#open);
    this.#turnPage();
  }

  /** Begins a page with what follows a full one: where that is depends on the text alone, not on its pieces. */
  #turnPage(): void {
    while (
      this.#shown.offset > BLOCKS_PER_PAGE ||
      (this.#shown.offset === BLOCKS_PER_PAGE && this.#shown.children.length > 0)
    ) {
      const page = document.createElement('div');
      page.className = 'page';
      page.append(...[...this.#page.childNodes].slice(BLOCKS_PER_PAGE));
      this.#container.appendChild(page);
      this.#page = page;
      const rest = element('div');
      rest.offset = this.#shown.offset - BLOCKS_PER_PAGE;
      rest.children = this.#shown.children;
      this.#shown = rest;
    }
  }

  #addDefinitions(blocks: readonly Block[], definitions: ReadonlyMap<string, LinkTarget>): void {
    const changed = new Set<WaitingBlock>();
    for (const token of blocks.flatMap((block) => block.tokens)) {
      const label = token.type === 'reference_definition' ? String(token.meta?.['label']) : '';
      const target = definitions.get(label);
      if (target !== undefined) for (const block of this.#definitions.add(label, target)) changed.add(block);
    }
    for (const block of changed) this.#showAnew(block);
  }

  /** Shows a final block again, with final definitions only. */
  #showAnew(block: WaitingBlock): void {
    this.#takeAnswers(new Map());
    const { tokens } = parseBlocks(block.source);
    const [read] = readBlocks(tokens, NOTHING_SETTLED, {
      headingOffset: this.#headingOffset,
      outline: block.outline,
    }).blocks;
    if (read?.node === undefined) return;
    const made = createNode(read.node, this.#expand);
    block.element.replaceWith(made);
    if (made instanceof Element) block.element = made;
    this.#definitions.wait(block, unsettledLabels([read.node]));
  }

  #takeAnswers(definitions: ReadonlyMap<string, LinkTarget>): void {
    this.#open = definitions;
    const answers = this.#answers(definitions);
    if (answers !== this.#openAnswers) this.#current = new WeakSet();
    this.#openAnswers = answers;
  }

  #answers(definitions: ReadonlyMap<string, LinkTarget>): string {
    return `${this.#definitions.size} ${definitions.size === 0 ? '' : JSON.stringify([...definitions])}`;
  }

  readonly #lookUp = (label: string): LinkTarget | undefined => this.#definitions.get(label) ?? this.#open.get(label);

  readonly #expand = (node: ElementNode, previous: ElementNode | undefined): void => {
    const { inline } = node;
    if (inline === undefined || inline.unsettledLabels !== undefined) return;
    const old = previous?.inline;
    if (old?.source === inline.source && previous !== undefined && this.#isReusable(node, previous)) {
      node.children = previous.children;
      node.inline = old;
    } else {
      const labels = new Set<string>();
      const tokens = parseInline(inline.source, (label) => {
        if (this.#definitions.get(label) === undefined) labels.add(label);
        return this.#lookUp(label);
      });
      node.children = [...node.children, ...inlineNodes(tokens)];
      node.inline = { source: inline.source, unsettledLabels: labels };
    }
    this.#current.add(node);
  };

  #isReusable(node: ElementNode, previous: ElementNode): boolean {
    const hasAnswers = previous.inline?.unsettledLabels?.size === 0 || this.#current.has(previous);
    return node.children.length === 0 && node.offset === previous.offset && hasAnswers;
  }
}

const NOTHING_SETTLED: SettledByLine = new Map();
