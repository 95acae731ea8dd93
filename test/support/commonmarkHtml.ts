import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');

/** Expected HTML of a CommonMark example, as a DOM to compare with. */
export function fromHtml(html: string): HTMLElement {
  const container = window.document.createElement('div');
  container.innerHTML = html;
  return tidy(container);
}

/**
 * What the panel shows, translated back to the elements that CommonMark names: listings without their header, tight
 * lists without paragraphs, headings of the size that was written, links that lead nowhere here as links again, addresses and places in files as plain text.
 */
export function toCommonMark(shown: HTMLElement): HTMLElement {
  const root = shown.cloneNode(true) as HTMLElement;
  const each = (selector: string, replace: (element: HTMLElement) => void) => {
    for (const element of root.querySelectorAll<HTMLElement>(selector)) replace(element);
  };
  each('figure.code-block', (figure) => {
    const pre = figure.querySelector('pre');
    const code = figure.querySelector('code');
    if (pre === null || code === null) return;
    pre.removeAttribute('tabindex');
    for (const lines of code.querySelectorAll('span')) unwrap(lines);
    figure.replaceWith(pre);
  });
  each('[class^=heading-]', (heading) => {
    const written = heading.ownerDocument.createElement(heading.className.replace('heading-', 'h'));
    written.append(...heading.childNodes);
    heading.replaceWith(written);
  });
  each('ul:not(.loose) > li > p, ol:not(.loose) > li > p', unwrap);
  each('.loose', (list) => list.removeAttribute('class'));
  each('a.bare-address, .citation', unwrap);
  each('.image-link', (link) => {
    const image = link.ownerDocument.createElement('img');
    image.setAttribute('src', target(link));
    image.setAttribute('alt', link.classList.contains('undescribed') ? '' : link.textContent);
    copyTitle(link, image);
    link.replaceWith(image);
  });
  each('a, .inert-link, .file-reference[data-target]', (link) => {
    const anchor = link.ownerDocument.createElement('a');
    anchor.setAttribute('href', target(link));
    copyTitle(link, anchor);
    anchor.append(...link.childNodes);
    link.replaceWith(anchor);
  });
  each('.file-reference', unwrap);
  return tidy(root);
}

function target(link: Element): string {
  return link.getAttribute('href') ?? link.getAttribute('data-target') ?? '';
}

function copyTitle(from: Element, to: Element): void {
  const title = from.getAttribute('title') ?? '';
  const ending = ` — ${target(from)}`;
  if (title.endsWith(ending)) to.setAttribute('title', title.slice(0, -ending.length));
}

function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

/** Line ends beside blocks and after hard breaks mean nothing. */
function tidy(root: HTMLElement): HTMLElement {
  for (const br of root.querySelectorAll('br')) {
    if (br.nextSibling?.nodeType === 3)
      br.nextSibling.textContent = (br.nextSibling.textContent ?? '').replace(/^\n/u, '');
  }
  root.normalize();
  for (const block of [root, ...root.querySelectorAll('blockquote, ul, ol, li')]) {
    for (const child of block.childNodes) {
      if (child.nodeType === 3) child.textContent = (child.textContent ?? '').replace(/^\n|\n$/gu, '');
    }
  }
  for (const paragraph of root.querySelectorAll('li')) paragraph.normalize();
  root.normalize();
  return root;
}
