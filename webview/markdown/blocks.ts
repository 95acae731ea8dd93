import { t } from '../../src/model/l10n.ts';
import type { Listing } from './code/listing.ts';
import { Listings } from './code/listings.ts';
import { fenceNode, indentedCodeNode } from './codeBlocks.ts';
import { languageOf, type Token } from './engine.ts';
import { element, type ElementNode, type MarkdownNode } from './nodes.ts';
import { outlineAfter, type Outline } from './outline.ts';

/** A block at the top level of a reply. */
export interface Block {
  /** Undefined for a link reference definition, which shows nothing. */
  readonly node: ElementNode | undefined;
  readonly tokens: readonly Token[];
  /** Lines it spans in the source parsed, zero-based, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** The headings that it stands under, and those that what follows stands under. */
  readonly outline: Outline;
  readonly outlineAfter: Outline;
  /** The listings in it, by their `fence` tokens. */
  readonly listings: ReadonlyMap<Token, Listing>;
}

/**
 * What is left out of a source because its nodes stand already (see Settling): which open block, and how many of its
 * DOM children. The block is found again by its first line, which is never left out.
 */
export type Settled =
  | { readonly kind: 'code'; readonly groups: number; readonly listing: Listing }
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'paragraph'; readonly nodes: number }
  | { readonly kind: 'items'; readonly items: number; readonly isLoose: boolean; readonly hasParagraph: boolean };

/** By first line of the block, in the source as it is parsed. */
export type SettledByLine = ReadonlyMap<number, Settled>;

export interface BlockReading {
  readonly blocks: readonly Block[];
  /** False when a settled block is no longer the block it was: then nothing may be left out. */
  readonly fitsSettled: boolean;
}

const TASK = /^\[([ xX])\][ \t\n]+/u;

export interface ReadingOptions {
  /** The level of the heading that the text stands under: its own begin one deeper. */
  readonly headingOffset: number;
  /** The headings before the source that is read. Absent: none. */
  readonly outline?: Outline;
  /** What was read of the listings so far. Absent for a text that is read as a whole. */
  readonly listings?: Listings;
  /** Whether more may follow. Absent: no. */
  readonly isOpen?: boolean;
}

/** Groups tokens into top-level blocks and makes their nodes; inline content stays unparsed until it is shown. */
export function readBlocks(tokens: readonly Token[], settled: SettledByLine, options: ReadingOptions): BlockReading {
  const blocks: Block[] = [];
  const listings = options.listings ?? new Listings();
  let outline = options.outline ?? [];
  listings.begin();
  let fitting = 0;
  let first = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.level !== 0 || token.nesting === 1) continue;
    const own = tokens.slice(first, index + 1);
    const [start, end] = own[0]?.map ?? [0, 0];
    const [opening] = own;
    const isHeading = opening?.type === 'heading_open';
    const after = isHeading ? outlineAfter(outline, Number(opening.tag.slice(1))) : outline;
    const depth = options.headingOffset + (isHeading ? after.length : outline.length + 1);
    const builder = new BlockBuilder(settled, listings, options, depth);
    for (const each of own) builder.take(each);
    const { result: node, listings: found } = builder;
    blocks.push({ node, tokens: own, start, end, outline, outlineAfter: after, listings: found });
    outline = after;
    fitting += builder.fitting;
    first = index + 1;
  }
  return { blocks, fitsSettled: fitting === settled.size };
}

/** An element that is still open, with what its closing needs. */
interface Frame {
  readonly node: ElementNode;
  readonly settled: Settled | undefined;
  /** Of a list: the paragraphs that are direct children of its items, and those of them that show as paragraphs. */
  paragraphs: number;
  looseParagraphs: number;
}

class BlockBuilder {
  /** How many settled blocks were found again. */
  fitting = 0;
  readonly #root = frame(element('div'));
  readonly #open: Frame[] = [this.#root];
  /** The listings, by their tokens. */
  readonly listings = new Map<Token, Listing>();
  readonly #settled: SettledByLine;
  readonly #known: Listings;
  readonly #options: ReadingOptions;
  /** The level of headings here; those in a list or a quote stand under the headings around it and under no other. */
  readonly #headingLevel: number;

  constructor(settled: SettledByLine, known: Listings, options: ReadingOptions, headingLevel: number) {
    this.#settled = settled;
    this.#known = known;
    this.#options = options;
    this.#headingLevel = headingLevel;
  }

  get result(): ElementNode | undefined {
    const [node] = this.#root.node.children;
    return node?.kind === 'element' ? node : undefined;
  }

  take(token: Token): void {
    switch (token.type) {
      case 'reference_definition':
        return;
      case 'inline': {
        this.#addInline(token.content);
        return;
      }
      case 'hr': {
        this.#add(element('hr'));
        return;
      }
      case 'code_block': {
        this.#add(indentedCodeNode(token.content));
        return;
      }
      case 'fence': {
        this.#addFence(token);
        return;
      }
      case 'paragraph_open':
        this.#countParagraph(token.hidden);
        {
          this.#push(element('p'), this.#claim('paragraph', token));
          return;
        }
      case 'heading_open': {
        this.#push(headingNode(token, this.#headingLevel));
        return;
      }
      case 'bullet_list_open':
      case 'ordered_list_open': {
        const start = token.attrGet('start');
        const attributes = start === null ? {} : { start: String(start) };
        this.#push(element(token.tag, attributes), token.level === 0 ? this.#claim('items', token) : undefined);
        return;
      }
      case 'table_open':
        this.#push(element('div', { class: 'table-scroll', role: 'group', 'aria-label': t('Table'), tabindex: '0' }));
        {
          this.#push(element('table'), this.#claim('rows', token));
          return;
        }
      case 'tbody_open': {
        const table = this.#top.settled;
        this.#push(element('tbody'));
        this.#top.node.offset = table?.kind === 'rows' ? table.rows : 0;
        return;
      }
      case 'th_open': {
        this.#push(element('th', { scope: 'col', ...alignment(token) }));
        return;
      }
      case 'td_open': {
        this.#push(element('td', alignment(token)));
        return;
      }
      default:
        if (token.nesting === 1) this.#push(element(token.tag));
        else if (token.nesting === -1) this.#close(token.type);
    }
  }

  get #top(): Frame {
    return this.#open.at(-1) ?? this.#root;
  }

  #add(node: MarkdownNode): void {
    this.#top.node.children.push(node);
  }

  #push(node: ElementNode, settled?: Settled): void {
    this.#add(node);
    this.#open.push(frame(node, settled));
  }

  #close(type: string): void {
    const closed = this.#open.pop();
    if (type === 'table_close') this.#open.pop();
    if (closed !== undefined && (type === 'bullet_list_close' || type === 'ordered_list_close')) closeList(closed);
  }

  #addFence(token: Token): void {
    const settled = this.#claim('code', token);
    const { content, info } = token;
    const listing = this.#known.find(languageOf(info), content, settled?.listing);
    this.listings.set(token, listing);
    const isOver = this.#options.isOpen !== true;
    this.#add(fenceNode({ content, listing, settledGroups: settled?.groups ?? 0, isOver }));
  }

  #countParagraph(hidden: boolean): void {
    const list = this.#open.at(-2);
    if (this.#top.node.tag !== 'li' || list === undefined) return;
    list.paragraphs++;
    if (!hidden) list.looseParagraphs++;
  }

  #addInline(content: string): void {
    const { node, settled } = this.#top;
    let source = content;
    if (settled?.kind === 'paragraph') {
      const firstLine = content.indexOf('\n');
      // The line kept after the settled ones has gone to a table: what was settled ends too late.
      if (firstLine < 0) this.fitting--;
      source = content.slice(firstLine + 1).replace(/^[ \t]+/u, '');
      node.offset = settled.nodes;
    } else if (node.tag === 'p') {
      source = this.#takeTaskMark(node, content);
    }
    node.inline = { source, unsettledLabels: undefined };
  }

  /** The box of a task list's item; returns the content without it. */
  #takeTaskMark(paragraph: ElementNode, content: string): string {
    const item = this.#open.at(-2)?.node;
    const mark = item?.tag === 'li' && item.children.length === 1 ? TASK.exec(content) : null;
    if (item === undefined || mark === null) return content;
    const isDone = mark[1] !== ' ';
    item.attributes = { class: 'task' };
    const state = isDone ? { checked: '', 'aria-label': t('Done') } : { 'aria-label': t('Not done') };
    paragraph.children.push(element('input', { type: 'checkbox', disabled: '', ...state }));
    return content.slice(mark[0].length);
  }

  #claim<Kind extends Settled['kind']>(kind: Kind, token: Token): Extract<Settled, { kind: Kind }> | undefined {
    const settled = this.#settled.get(token.map?.[0] ?? -1);
    if (!isOfKind(settled, kind)) return undefined;
    this.fitting++;
    return settled;
  }
}

function isOfKind<Kind extends Settled['kind']>(
  settled: Settled | undefined,
  kind: Kind,
): settled is Extract<Settled, { kind: Kind }> {
  return settled?.kind === kind;
}

function frame(node: ElementNode, settled?: Settled): Frame {
  return { node, settled, paragraphs: 0, looseParagraphs: 0 };
}

/** Items keep their paragraphs also in a tight list; a class tells the two apart, so that a list can turn loose late. */
function closeList({ node, settled, paragraphs, looseParagraphs }: Frame): void {
  let isLoose = looseParagraphs > 0;
  if (settled?.kind === 'items') {
    node.children.shift();
    node.offset = settled.items;
    isLoose = (isLoose || settled.isLoose) && (settled.hasParagraph || paragraphs > 1);
  }
  if (isLoose) node.attributes = { ...node.attributes, class: 'loose' };
}

/** Its class is its size as it was written. */
function headingNode(token: Token, level: number): ElementNode {
  const size = { class: `heading-${token.tag.slice(1)}` };
  return level <= 6 ? element(`h${level}`, size) : element('h6', { ...size, 'aria-level': String(level) });
}

function alignment(token: Token): Readonly<Record<string, string>> {
  const style = String(token.attrGet('style') ?? '');
  return style === '' ? {} : { class: style.replace('text-align:', 'align-') };
}
