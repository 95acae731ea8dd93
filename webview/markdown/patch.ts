import type { ElementNode, MarkdownNode } from './nodes.ts';

/** Fills in a node's inline content: parsed now, or taken over from the node it replaces when that is the same. */
export type ExpandInline = (node: ElementNode, previous: ElementNode | undefined) => void;

/**
 * Changes the children of `parent` from what `previous` lists to what `next` lists, touching only what differs: equal
 * leading nodes stay the same DOM nodes, text that grew is appended to. Elements are made by name and text is set as
 * text, so nothing in a reply is ever read as HTML.
 */
export function patchChildren(parent: Node, previous: ElementNode, next: ElementNode, expand: ExpandInline): void {
  expand(next, previous);
  if (previous.children === next.children && previous.offset === next.offset) return;
  const settledSince = next.offset - previous.offset;
  let dom: ChildNode | null = parent.childNodes.item(next.offset);
  for (const [index, node] of next.children.entries()) {
    const old = previous.children[settledSince + index];
    if (old === undefined || dom === null) {
      parent.appendChild(createNode(node, expand));
      continue;
    }
    const following: ChildNode | null = dom.nextSibling;
    if (!patchNode(dom, old, node, expand)) dom.replaceWith(createNode(node, expand));
    dom = following;
  }
  while (dom !== null) {
    const following: ChildNode | null = dom.nextSibling;
    dom.remove();
    dom = following;
  }
}

/** Makes the DOM of a node, with all that is below it. */
export function createNode(node: MarkdownNode, expand: ExpandInline): Node {
  if (node.kind === 'text') return document.createTextNode(node.text);
  const made = document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) made.setAttribute(name, value);
  expand(node, undefined);
  for (const child of node.children) made.appendChild(createNode(child, expand));
  return made;
}

/** False when the DOM node cannot become the new one. */
function patchNode(dom: Node, previous: MarkdownNode, next: MarkdownNode, expand: ExpandInline): boolean {
  if (previous === next) return true;
  if (previous.kind === 'text' || next.kind === 'text') {
    if (previous.kind !== next.kind || !(dom instanceof Text) || next.kind !== 'text') return false;
    if (previous.kind === 'text') growText(dom, previous.text, next.text);
    return true;
  }
  if (previous.tag !== next.tag || previous.offset > next.offset || !(dom instanceof Element)) return false;
  patchAttributes(dom, previous.attributes, next.attributes);
  patchChildren(dom, previous, next, expand);
  return true;
}

function growText(dom: Text, previous: string, next: string): void {
  if (previous === next) return;
  if (next.startsWith(previous)) dom.appendData(next.slice(previous.length));
  else dom.data = next;
}

function patchAttributes(
  dom: Element,
  previous: Readonly<Record<string, string>>,
  next: Readonly<Record<string, string>>,
): void {
  for (const name of Object.keys(previous)) if (!(name in next)) dom.removeAttribute(name);
  for (const [name, value] of Object.entries(next)) if (previous[name] !== value) dom.setAttribute(name, value);
}
