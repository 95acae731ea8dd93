import { t } from '../../src/model/l10n.ts';
import { codeBlockNode } from './codeBlocks.ts';
import { languageOf, type Token } from './engine.ts';
import { element, type ElementNode, type MarkdownNode } from './nodes.ts';

/** A block at the top level of a reply. */
export interface Block {
  /** Undefined for a link reference definition, which shows nothing. */
  readonly node: ElementNode | undefined;
  readonly tokens: readonly Token[];
  /** Lines it spans in the source parsed, zero-based, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/**
 * What is left out of a source because its nodes stand already (see Settling): which open block, and how many of its
 * DOM children. The block is found again by its first line, which is never left out.
 */
export type Settled =
  | { readonly kind: 'code'; readonly groups: number }
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

/** Groups tokens into top-level blocks and makes their nodes; inline content stays unparsed until it is shown. */
export function readBlocks(tokens: readonly Token[], settled: SettledByLine, headingOffset: number): BlockReading {
  const blocks: Block[] = [];
  let fitting = 0;
  let first = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.level !== 0 || token.nesting === 1) continue;
    const own = tokens.slice(first, index + 1);
    const [start, end] = own[0]?.map ?? [0, 0];
    const builder = new BlockBuilder(settled, headingOffset);
    for (const each of own) builder.take(each);
    blocks.push({ node: builder.result, tokens: own, start, end });
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
  private readonly root = frame(element('div'));
  private readonly open: Frame[] = [this.root];
  private readonly settled: SettledByLine;
  private readonly headingOffset: number;

  constructor(settled: SettledByLine, headingOffset: number) {
    this.settled = settled;
    this.headingOffset = headingOffset;
  }

  get result(): ElementNode | undefined {
    const [node] = this.root.node.children;
    return node?.kind === 'element' ? node : undefined;
  }

  take(token: Token): void {
    switch (token.type) {
      case 'reference_definition':
        return;
      case 'inline': {
        this.addInline(token.content);
        return;
      }
      case 'hr': {
        this.add(element('hr'));
        return;
      }
      case 'code_block': {
        this.add(codeBlockNode(token.content, '', 0));
        return;
      }
      case 'fence': {
        this.add(codeBlockNode(token.content, languageOf(token.info), this.claim('code', token)?.groups ?? 0));
        return;
      }
      case 'paragraph_open':
        this.countParagraph(token.hidden);
        {
          this.push(element('p'), this.claim('paragraph', token));
          return;
        }
      case 'heading_open': {
        this.push(headingNode(token, this.headingOffset));
        return;
      }
      case 'bullet_list_open':
      case 'ordered_list_open': {
        const start = token.attrGet('start');
        const attributes = start === null ? {} : { start: String(start) };
        this.push(element(token.tag, attributes), token.level === 0 ? this.claim('items', token) : undefined);
        return;
      }
      case 'table_open':
        this.push(element('div', { class: 'table-scroll', role: 'group', 'aria-label': t('Table'), tabindex: '0' }));
        {
          this.push(element('table'), this.claim('rows', token));
          return;
        }
      case 'tbody_open': {
        const table = this.top.settled;
        this.push(element('tbody'));
        this.top.node.offset = table?.kind === 'rows' ? table.rows : 0;
        return;
      }
      case 'th_open': {
        this.push(element('th', { scope: 'col', ...alignment(token) }));
        return;
      }
      case 'td_open': {
        this.push(element('td', alignment(token)));
        return;
      }
      default:
        if (token.nesting === 1) this.push(element(token.tag));
        else if (token.nesting === -1) this.close(token.type);
    }
  }

  private get top(): Frame {
    return this.open.at(-1) ?? this.root;
  }

  private add(node: MarkdownNode): void {
    this.top.node.children.push(node);
  }

  private push(node: ElementNode, settled?: Settled): void {
    this.add(node);
    this.open.push(frame(node, settled));
  }

  private close(type: string): void {
    const closed = this.open.pop();
    if (type === 'table_close') this.open.pop();
    if (closed !== undefined && (type === 'bullet_list_close' || type === 'ordered_list_close')) closeList(closed);
  }

  private countParagraph(hidden: boolean): void {
    const list = this.open.at(-2);
    if (this.top.node.tag !== 'li' || list === undefined) return;
    list.paragraphs++;
    if (!hidden) list.looseParagraphs++;
  }

  private addInline(content: string): void {
    const { node, settled } = this.top;
    let source = content;
    if (settled?.kind === 'paragraph') {
      const firstLine = content.indexOf('\n');
      // The line kept after the settled ones has gone to a table: what was settled ends too late.
      if (firstLine < 0) this.fitting--;
      source = content.slice(firstLine + 1).replace(/^[ \t]+/u, '');
      node.offset = settled.nodes;
    } else if (node.tag === 'p') {
      source = this.takeTaskMark(node, content);
    }
    node.inline = { source, unsettledLabels: undefined };
  }

  /** The box of a task list's item; returns the content without it. */
  private takeTaskMark(paragraph: ElementNode, content: string): string {
    const item = this.open.at(-2)?.node;
    const mark = item?.tag === 'li' && item.children.length === 1 ? TASK.exec(content) : null;
    if (item === undefined || mark === null) return content;
    const isDone = mark[1] !== ' ';
    item.attributes = { class: 'task' };
    const state = isDone ? { checked: '', 'aria-label': t('Done') } : { 'aria-label': t('Not done') };
    paragraph.children.push(element('input', { type: 'checkbox', disabled: '', ...state }));
    return content.slice(mark[0].length);
  }

  private claim<Kind extends Settled['kind']>(kind: Kind, token: Token): Extract<Settled, { kind: Kind }> | undefined {
    const settled = this.settled.get(token.map?.[0] ?? -1);
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

function headingNode(token: Token, offset: number): ElementNode {
  const level = Number(token.tag.slice(1)) + offset;
  return level <= 6 ? element(`h${level}`) : element('h6', { 'aria-level': String(level) });
}

function alignment(token: Token): Readonly<Record<string, string>> {
  const style = String(token.attrGet('style') ?? '');
  return style === '' ? {} : { class: style.replace('text-align:', 'align-') };
}
