import { t } from '../../src/model/l10n.ts';
import type { Listing } from './code/listing.ts';
import { element, text, type ElementNode, type MarkdownNode } from './nodes.ts';

/**
 * Lines of code are grouped, each group a block box of its own, so that a line at the end of a long listing makes the
 * browser lay out one group and not the listing.
 */
export const LINES_PER_GROUP = 64;

/** The lines of a fence that are still parsed, and what is known of those that are not. */
export interface FenceContent {
  readonly content: string;
  readonly listing: Listing;
  /** Leading groups of lines that stand already. */
  readonly settledGroups: number;
  /** Whether the text is over, and with it the last line. */
  readonly isOver: boolean;
}

/** A listing with its language, its colours, and buttons that copy it and open it in an editor. */
export function fenceNode({ content, listing, settledGroups, isOver }: FenceContent): ElementNode {
  const groups = listing.isColoured ? groupsOf(listing.read(content, isOver)) : plainGroups(content);
  return codeBlockNode(groups, listing.fenceWord, settledGroups);
}

/** Code that is only indented, and names no language. */
export function indentedCodeNode(content: string): ElementNode {
  return codeBlockNode(plainGroups(content), '', 0);
}

function codeBlockNode(groups: MarkdownNode[], language: string, settledGroups: number): ElementNode {
  const code = element('code', language === '' ? {} : { class: `language-${language}` }, groups);
  code.offset = settledGroups;
  const copy = element('button', { type: 'button', class: 'copy-code', 'aria-label': t('Copy code') }, [
    text(t('Copy')),
  ]);
  const open = element('button', { type: 'button', class: 'open-code' }, [text(t('Open in Editor'))]);
  const name = element('span', { class: 'code-language' }, [text(language || t('Code'))]);
  return element('figure', { class: 'code-block' }, [
    element('figcaption', {}, [name, copy, open]),
    // Focusable so that a wide listing can be scrolled from the keyboard.
    element('pre', { tabindex: '0' }, [code]),
  ]);
}

function groupsOf(lines: readonly MarkdownNode[]): MarkdownNode[] {
  const groups: MarkdownNode[] = [];
  for (let at = 0; at < lines.length; at += LINES_PER_GROUP) {
    groups.push(element('span', { class: 'code-lines' }, lines.slice(at, at + LINES_PER_GROUP)));
  }
  return groups;
}

function plainGroups(content: string): MarkdownNode[] {
  const groups: MarkdownNode[] = [];
  let start = 0;
  while (start < content.length) {
    let end = start;
    for (let line = 0; line < LINES_PER_GROUP && end < content.length; line++) {
      const lineEnd = content.indexOf('\n', end);
      end = lineEnd < 0 ? content.length : lineEnd + 1;
    }
    groups.push(element('span', { class: 'code-lines' }, [text(content.slice(start, end))]));
    start = end;
  }
  return groups;
}
