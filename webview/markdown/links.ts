import { t } from '../../src/model/l10n.ts';
import { readFileReference, type FileReference } from './fileReferences.ts';
import { element, text, type ElementNode, type MarkdownNode } from './nodes.ts';

const FOLLOWED_SCHEMES = /^(?:https?|mailto):/iu;

/**
 * A link of the reply. Only web and mail addresses can be followed, and their title shows where they lead; a target
 * that is a file reference opens that file; anything else keeps its text and shows its target, but leads nowhere.
 */
export function linkNode(href: string, title: string, isBareAddress: boolean): ElementNode {
  const description = title === '' ? href : `${title} — ${href}`;
  if (FOLLOWED_SCHEMES.test(href)) {
    const kind = isBareAddress ? { class: 'bare-address' } : {};
    return element('a', { ...kind, href, title: description, rel: 'noopener noreferrer' });
  }
  const reference = readFileReference(decodedPath(href));
  if (reference !== undefined) return fileReferenceNode(reference, [], { 'data-target': href, title: description });
  return element('span', { class: 'inert-link', 'data-target': href, title: description });
}

/** An image is never loaded: its description stands for it, as a link to it where one may stand. */
export function imageNode(source: string, title: string, alternative: string, inLink: boolean): ElementNode {
  const kind = alternative === '' ? 'image-link undescribed' : 'image-link';
  const attributes = { class: kind, title: title === '' ? source : `${title} — ${source}` };
  const label = [text(alternative === '' ? t('Image') : alternative)];
  if (inLink || !FOLLOWED_SCHEMES.test(source)) return element('span', { ...attributes, 'data-target': source }, label);
  return element('a', { ...attributes, href: source, rel: 'noopener noreferrer' }, label);
}

/** A button that opens a place in a file; the click is handled where the reply is shown. */
export function fileReferenceNode(
  { path, line, column }: FileReference,
  children: MarkdownNode[],
  attributes: Readonly<Record<string, string>> = {},
): ElementNode {
  return element(
    'button',
    {
      type: 'button',
      class: 'file-reference',
      'data-path': path,
      ...(line === undefined ? {} : { 'data-line': String(line) }),
      ...(column === undefined ? {} : { 'data-column': String(column) }),
      title:
        line === undefined
          ? t('Open {0}', path)
          : column === undefined
            ? t('Open {0}, line {1}', path, line)
            : t('Open {0}, line {1}, column {2}', path, line, column),
      ...attributes,
    },
    children,
  );
}

function decodedPath(href: string): string {
  const path = href.replace(/#L([1-9]\d{0,6})(?:-L?\d{1,7})?$/u, ':$1');
  try {
    return decodeURI(path);
  } catch {
    // A stray percent sign: the path as it stands.
    return path;
  }
}
