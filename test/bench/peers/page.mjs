import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

// What other panels do, in the browser. Each function shows `text` as it grows by `length` characters, at every step
// or only at every `every`-th one with the one before it, and gives the milliseconds of each measured step, layout included.

function freshContainer() {
  const container = document.createElement('main');
  document.body.replaceChildren(container);
  return container;
}

/**
 * @param {string} text
 * @param {number} length
 * @param {number} every
 * @param {HTMLElement} container
 * @param {(shown: string) => void} show
 */
function measured(text, length, every, container, show) {
  const times = [];
  for (let at = length, step = 0; at <= text.length; at += length, step += 1) {
    if (step % every !== 0) continue;
    if (every > 1) {
      show(text.slice(0, at - length));
      container.getBoundingClientRect();
    }
    const started = performance.now();
    show(text.slice(0, at));
    container.getBoundingClientRect();
    times.push(performance.now() - started);
  }
  return times;
}

/** react-markdown with remark-gfm, rendered anew for each chunk: what several editor chats do. */
export function reactMarkdown(text, length, every) {
  const container = freshContainer();
  const root = createRoot(container);
  const plugins = [remarkGfm];
  const times = measured(text, length, every, container, (shown) =>
    flushSync(() => root.render(createElement(ReactMarkdown, { remarkPlugins: plugins }, shown))),
  );
  root.unmount();
  return times;
}

/** marked with DOMPurify, all blocks but those that changed kept: the best of what is commonly done. */
export function markedBlocks(text, length, every) {
  const container = freshContainer();
  let raws = [];
  return measured(text, length, every, container, (shown) => {
    const tokens = marked.lexer(shown);
    let same = 0;
    while (same < raws.length && same < tokens.length && raws[same] === tokens[same].raw) same += 1;
    while (container.childNodes.length > same) container.lastChild.remove();
    for (const token of tokens.slice(same)) {
      const block = document.createElement('div');
      block.innerHTML = DOMPurify.sanitize(marked.parser(Object.assign([token], { links: tokens.links })));
      container.append(block);
    }
    raws = tokens.map(({ raw }) => raw);
  });
}
