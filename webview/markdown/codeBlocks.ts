import { t } from '../../src/model/l10n.ts';
import { element, text, type ElementNode, type MarkdownNode } from './nodes.ts';

/**
 * Lines of code are grouped, each group a block box of its own, so that a line at the end of a long listing makes the
 * browser lay out one group and not the listing.
 */
export const LINES_PER_GROUP = 64;

/** A listing with its language and a button that copies it; `settledGroups` leading groups stand already. */
export function codeBlockNode(content: string, language: string, settledGroups: number): ElementNode {
  const code = element('code', language === '' ? {} : { class: `language-${language}` }, lineGroups(content));
  code.offset = settledGroups;
  const copy = element('button', { type: 'button', class: 'copy-code', 'aria-label': t('Copy code') }, [
    text(t('Copy')),
  ]);
  return element('figure', { class: 'code-block' }, [
    element('figcaption', {}, [element('span', { class: 'code-language' }, [text(language || t('Code'))]), copy]),
    // Focusable so that a wide listing can be scrolled from the keyboard.
    element('pre', { tabindex: '0' }, [code]),
  ]);
}

function lineGroups(content: string): MarkdownNode[] {
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
