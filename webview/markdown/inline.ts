import { t } from '../../src/model/l10n.ts';
import { findCitations, type Citation } from './citations.ts';
import type { Token } from './engine.ts';
import { findFileReferences } from './fileReferences.ts';
import { fileReferenceNode, imageNode, linkNode } from './links.ts';
import { element, text, type ElementNode, type MarkdownNode } from './nodes.ts';

/** Emphasis can be nested thousands deep in hostile text; deeper than this its content is kept and its mark is not. */
const DEEPEST_INLINE = 32;

/** Makes the nodes of inline content. Each node stems from one token or one run of text, so a prefix of the tokens up
 * to a line end makes a prefix of the nodes. */
export function inlineNodes(tokens: readonly Token[]): MarkdownNode[] {
  const root: MarkdownNode[] = [];
  const open: { children: MarkdownNode[]; isLink: boolean }[] = [{ children: root, isLink: false }];
  let links = 0;
  let run = '';
  let flattened = 0;
  const children = () => open.at(-1)?.children ?? root;
  const flush = () => {
    if (run !== '') children().push(...(links > 0 ? [text(run)] : textNodes(run)));
    run = '';
  };
  for (const token of tokens) {
    if (token.type === 'text' || token.type === 'text_special') {
      run += token.content;
      continue;
    }
    flush();
    if (token.nesting === 1) {
      if (open.length > DEEPEST_INLINE) {
        flattened++;
        continue;
      }
      const node = openedNode(token);
      const isLink = token.type === 'link_open';
      if (isLink) links++;
      children().push(node);
      open.push({ children: node.children, isLink });
    } else if (token.nesting === -1) {
      if (flattened > 0) flattened--;
      else if (open.length > 1 && open.pop()?.isLink === true) links--;
    } else {
      children().push(...leafNodes(token, links > 0));
    }
  }
  flush();
  return root;
}

/**
 * Whether inline content that ends in a line end is final whatever follows it: no emphasis, code span or link that
 * began in it can still find its end later. Errs towards no.
 */
export function isSelfContained(tokens: readonly Token[]): boolean {
  let openBrackets = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'text') continue;
    if (token.content.includes('`') || token.content.includes('](')) return false;
    if (mayOpenEmphasis(token.content)) return false;
    // A link's text ends before its own bracket; then `(` would start the next token.
    if (token.content.startsWith('(') && tokens[at - 1]?.type === 'text_special') return false;
    for (const char of token.content) {
      if (char === '[') openBrackets++;
      else if (char === ']' && openBrackets > 0) openBrackets--;
    }
  }
  return openBrackets === 0;
}

function mayOpenEmphasis(content: string): boolean {
  // A mark before white space opens nothing, nor does an underscore or tilde inside a word.
  return (
    /\*+(?![*\s])/u.test(content) ||
    /~~/u.test(content) ||
    /(?<![\p{L}\p{N}_])_+(?![_\s])|_+(?![\p{L}\p{N}_\s])/u.test(content)
  );
}

function openedNode(token: Token): ElementNode {
  if (token.type !== 'link_open') return element(token.tag);
  return linkNode(attribute(token, 'href'), attribute(token, 'title'), token.markup === 'linkify');
}

function leafNodes(token: Token, inLink: boolean): MarkdownNode[] {
  switch (token.type) {
    case 'softbreak':
      return [text('\n')];
    case 'hardbreak':
      return [element('br')];
    case 'code_inline':
      return [element('code', {}, inLink ? [text(token.content)] : withFileReferences(token.content))];
    case 'image': {
      const alternative = plainText(token.children ?? []);
      return [imageNode(attribute(token, 'src'), attribute(token, 'title'), alternative, inLink)];
    }
    default:
      return token.content === '' ? [] : [text(token.content)];
  }
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function plainText(tokens: readonly Token[]): string {
  const parts: string[] = [];
  const waiting = [...tokens].reverse();
  for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) {
    if (token.type === 'image') waiting.push(...(token.children ?? []).toReversed());
    else parts.push(token.type === 'softbreak' || token.type === 'hardbreak' ? '\n' : token.content);
  }
  return parts.join('');
}

function textNodes(content: string): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let done = 0;
  for (const { start, end, citation } of content.includes('[E') ? findCitations(content) : []) {
    nodes.push(...withFileReferences(content.slice(done, start)), citationNode(citation, content.slice(start, end)));
    done = end;
  }
  nodes.push(...withFileReferences(content.slice(done)));
  return nodes;
}

function withFileReferences(content: string): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let done = 0;
  for (const { start, end, reference } of findFileReferences(content)) {
    if (start > done) nodes.push(text(content.slice(done, start)));
    nodes.push(fileReferenceNode(reference, [text(content.slice(start, end))]));
    done = end;
  }
  if (done < content.length) nodes.push(text(content.slice(done)));
  return nodes;
}

function citationNode({ id, line }: Citation, label: string): ElementNode {
  const place = line === undefined ? {} : { 'data-line': String(line) };
  const title = line === undefined ? t('Show evidence {0}', id) : t('Show evidence {0}, line {1}', id, line);
  return element('button', { type: 'button', class: 'citation', 'data-evidence': id, ...place, title }, [text(label)]);
}
