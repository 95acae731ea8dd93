import { decodeHTMLStrict } from '../../webview/markdown/browserEntities.ts';
import { readBlocks } from '../../webview/markdown/blocks.ts';
import { parseBlocks, parseInline } from '../../webview/markdown/engine.ts';
import { inlineNodes } from '../../webview/markdown/inline.ts';
import type { ElementNode } from '../../webview/markdown/nodes.ts';
import { createNode } from '../../webview/markdown/patch.ts';
import { inPages } from './markdownPages.ts';
import { StreamedMarkdown } from '../../webview/markdown/streamedMarkdown.ts';

/** What runs inside the browser, in a bundle: tests call it by name. Times are in milliseconds, layout included. */
const ignore = {
  onFileReference: () => undefined,
  onCitation: () => undefined,
  onCopyCode: () => undefined,
  onOpenCode: () => undefined,
};

function freshContainer(): HTMLElement {
  const container = document.createElement('main');
  document.body.replaceChildren(container);
  return container;
}

/** Streams the text and gives the time that each piece took until it was laid out. */
export function stream(text: string, length: number): number[] {
  const container = freshContainer();
  const markdown = new StreamedMarkdown(container, ignore);
  const times: number[] = [];
  for (let at = 0; at < text.length; at += length) {
    const started = performance.now();
    markdown.append(text.slice(at, at + length));
    container.getBoundingClientRect();
    times.push(performance.now() - started);
  }
  markdown.end();
  return times;
}

function showAtOnce(container: HTMLElement, text: string): void {
  const { tokens, definitions } = parseBlocks(text);
  const expand = (node: ElementNode) => {
    if (node.inline === undefined) return;
    const tokens = parseInline(node.inline.source, (label) => definitions.get(label));
    node.children = [...node.children, ...inlineNodes(tokens)];
  };
  const nodes = readBlocks(tokens, new Map(), { headingOffset: 3 }).blocks.flatMap(({ node }) => node ?? []);
  container.replaceChildren(...inPages(nodes.map((node) => createNode(node, expand))));
}

/** Time to parse, build and lay out all of the text again, once for each of these lengths of it. */
export function rerender(text: string, lengths: readonly number[]): number[] {
  const container = freshContainer();
  return lengths.map((length) => {
    const started = performance.now();
    showAtOnce(container, text.slice(0, length));
    container.getBoundingClientRect();
    return performance.now() - started;
  });
}

/** Whether the text shows the same in pieces as at once. */
export function isSameInPieces(text: string, length: number): boolean {
  const container = freshContainer();
  const markdown = new StreamedMarkdown(container, ignore);
  for (let at = 0; at < text.length; at += length) markdown.append(text.slice(at, at + length));
  markdown.end();
  const expected = document.createElement('main');
  expected.className = container.className;
  showAtOnce(expected, text);
  return container.isEqualNode(expected);
}

/** Each text with its character references decoded by what the bundle has in place of the package. */
export function decoded(texts: readonly string[]): string[] {
  return texts.map(decodeHTMLStrict);
}
