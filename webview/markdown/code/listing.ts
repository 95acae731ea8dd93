import { codeLanguage } from '../../../src/model/codeLanguage.ts';
import { element, text, type ElementNode, type MarkdownNode } from '../nodes.ts';
import { codeMode, codeTokens, startState } from './modes.ts';
import type { CodeMode } from './modes.ts';
import { classOf, lineClassOf } from './tokenClasses.ts';

/** A longer line is minified or data: it stays plain, as it does in most editors, and bounds the work for a line. */
const longestLine = 1_000;
/** Lines of a listing that get colours; each costs a few elements of the page. */
const mostLines = 5_000;

interface ShownLine {
  readonly text: string;
  readonly node: ElementNode;
}

/**
 * The lines of one listing with their colours, while it grows. Only finished lines are read, each once, in order; what
 * a line looks like depends on it and on those before it, so that the nodes are the same however the text was cut.
 */
export class Listing {
  /** The word after the fence, as it was written. */
  readonly fenceWord: string;
  readonly #mode: CodeMode | undefined;
  #state: unknown;
  #lines: ShownLine[] = [];
  /** Leading lines that are final, and not kept here. */
  #dropped = 0;
  /** What the mode threw ends the colours of the listing, at this line. */
  #plainFrom = Infinity;

  constructor(fenceWord: string) {
    this.fenceWord = fenceWord;
    this.#mode = codeMode(codeLanguage(fenceWord));
    this.#state = this.#mode === undefined ? undefined : startState(this.#mode);
  }

  /** Whether its lines are nodes of their own; where they have no colours they are not. */
  get isColoured(): boolean {
    return this.#mode !== undefined;
  }

  /** Whether this can have been the beginning of that content: what was read of it is what it begins with. */
  isStartOf(content: string): boolean {
    if (this.#dropped > 0) return false;
    let at = 0;
    for (const line of this.#lines) {
      if (!content.startsWith(`${line.text}\n`, at)) return false;
      at += line.text.length + 1;
    }
    return true;
  }

  /**
   * A node for each line of the content, which goes on where the lines that were dropped ended. The last line is plain
   * until it is finished: by its line end, or because the text is over.
   */
  read(content: string, isOver: boolean): readonly ElementNode[] {
    const ended = content.split('\n');
    const last = ended.pop() ?? '';
    const nodes = ended.map((line, index) => this.#endedLine(line, index));
    if (last === '') return nodes;
    nodes.push(isOver ? this.#coloured(last, '', this.#dropped + ended.length) : plainLine(last));
    return nodes;
  }

  /** Leading lines are final, and come no more. */
  drop(lines: number): void {
    this.#lines.splice(0, lines);
    this.#dropped += lines;
  }

  #endedLine(line: string, index: number): ElementNode {
    const known = this.#lines[index];
    if (known?.text === line) return known.node;
    const node = this.#coloured(line, '\n', this.#dropped + index);
    this.#lines[index] = { text: line, node };
    return node;
  }

  #coloured(line: string, end: string, number: number): ElementNode {
    const isPlain = number >= this.#plainFrom || number >= mostLines || line.length > longestLine;
    if (this.#mode === undefined || isPlain) return plainLine(line + end);
    try {
      return lineNode(codeTokens(this.#mode, line, this.#state), end);
    } catch {
      this.#plainFrom = number;
      return plainLine(line + end);
    }
  }
}

function plainLine(code: string): ElementNode {
  return element('span', { class: 'code-line' }, [text(code)]);
}

/** Neighbours of one class become one node, and what has none is text. */
function lineNode(tokens: ReturnType<typeof codeTokens>, end: string): ElementNode {
  const children: MarkdownNode[] = [];
  let run = '';
  let runClass: string | undefined;
  const finish = (): void => {
    if (run === '') return;
    children.push(runClass === undefined ? text(run) : element('span', { class: runClass }, [text(run)]));
    run = '';
  };
  for (const token of [...tokens, { text: end, style: null }]) {
    const tokenClass = classOf(token.style);
    if (tokenClass !== runClass) finish();
    runClass = tokenClass;
    run += token.text;
  }
  finish();
  const kind = tokens[0] === undefined ? undefined : lineClassOf(tokens[0]);
  return element('span', { class: kind === undefined ? 'code-line' : `code-line ${kind}` }, children);
}
