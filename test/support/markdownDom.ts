import { JSDOM } from 'jsdom';
import { readBlocks } from '../../webview/markdown/blocks.ts';
import { parseBlocks, parseInline } from '../../webview/markdown/engine.ts';
import { inlineNodes } from '../../webview/markdown/inline.ts';
import type { ElementNode } from '../../webview/markdown/nodes.ts';
import { createNode } from '../../webview/markdown/patch.ts';
import { inPages } from './markdownPages.ts';
import { StreamedMarkdown, type StreamedMarkdownOptions } from '../../webview/markdown/streamedMarkdown.ts';

const { window } = new JSDOM('<!doctype html><body></body>');
const { document, Element, Text } = window;
// The renderer runs in a page: these are all the globals of a page that it uses.
Object.assign(globalThis, { document, Element, Text });

export const silent: StreamedMarkdownOptions = {
  onFileReference: () => undefined,
  onCitation: () => undefined,
  onCopyCode: () => undefined,
  onOpenCode: () => undefined,
};

/** An empty element to show a reply in. */
export function emptyContainer(): HTMLElement {
  const container = document.createElement('div');
  container.className = 'streamed-markdown';
  return container;
}

/** The DOM of a text that arrives in these pieces. */
export function streamed(pieces: readonly string[], headingOffset = 3): HTMLElement {
  const container = emptyContainer();
  const markdown = new StreamedMarkdown(container, { ...silent, headingOffset });
  for (const piece of pieces) markdown.append(piece);
  markdown.end();
  return container;
}

/** The DOM of one parse of the whole text, by way of the parser and the nodes alone: nothing of the streaming part. */
export function parsedAtOnce(text: string, headingOffset = 3): HTMLElement {
  const { tokens, definitions } = parseBlocks(text.replace(/\r\n?/gu, '\n').replaceAll('\0', '\uFFFD'));
  const expand = (node: ElementNode) => {
    if (node.inline === undefined) return;
    const inline = inlineNodes(parseInline(node.inline.source, (label) => definitions.get(label)));
    node.children = [...node.children, ...inline];
  };
  const container = emptyContainer();
  const blocks = readBlocks(tokens, new Map(), { headingOffset }).blocks.flatMap(({ node }) => node ?? []);
  container.append(...inPages(blocks.map((node) => createNode(node, expand))));
  return container;
}

/** Cuts a text at the positions given (any order, any value). */
export function cut(text: string, positions: readonly number[]): string[] {
  const sorted = [...new Set(positions.map((position) => position % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => text.slice(from, sorted[index] ?? text.length));
}

/** Cuts a text into pieces of one length. */
export function inPiecesOf(length: number, text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
  return pieces;
}

/** The same DOM in the browser's sense, text nodes and attributes included; says where it differs. */
export function difference(actual: Node, expected: Node): string | undefined {
  if (actual.isEqualNode(expected)) return undefined;
  const html = (node: Node) => (node as HTMLElement).innerHTML;
  return html(actual) === html(expected)
    ? `same HTML, other text nodes: ${html(actual)}`
    : `actual:   ${JSON.stringify(html(actual))}\nexpected: ${JSON.stringify(html(expected))}`;
}
