/** What is to be shown, as plain values: built from tokens, compared with what was shown before, then made into DOM. */
export type MarkdownNode = TextNode | ElementNode;

export interface TextNode {
  readonly kind: 'text';
  readonly text: string;
}

export interface ElementNode {
  readonly kind: 'element';
  readonly tag: string;
  attributes: Readonly<Record<string, string>>;
  /** How many leading DOM children are final and no longer listed in `children`. */
  offset: number;
  /** The children after those. For a node with `inline`, those before the inline content until it is expanded. */
  children: MarkdownNode[];
  /** Inline Markdown that is parsed only when this node differs from the one shown before. */
  inline: InlineContent | undefined;
}

export interface InlineContent {
  readonly source: string;
  /** Set once expanded: the labels that were looked up without a final answer. */
  unsettledLabels: ReadonlySet<string> | undefined;
}

export function text(value: string): TextNode {
  return { kind: 'text', text: value };
}

export function element(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  children: MarkdownNode[] = [],
): ElementNode {
  return { kind: 'element', tag, attributes, offset: 0, children, inline: undefined };
}

/** Every label without a final answer below the nodes given, each at most once. */
export function unsettledLabels(nodes: readonly MarkdownNode[], into = new Set<string>()): Set<string> {
  for (const node of nodes) {
    if (node.kind === 'text') continue;
    for (const label of node.inline?.unsettledLabels ?? []) into.add(label);
    unsettledLabels(node.children, into);
  }
  return into;
}
