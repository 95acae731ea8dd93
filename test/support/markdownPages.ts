/** The first 64 blocks as they are, and of those that follow each 64 in an element: what the renderer promises. */
export function inPages(blocks: readonly Node[]): Node[] {
  const shown = blocks.slice(0, 64);
  for (let at = 64; at < blocks.length; at += 64) {
    const page = document.createElement('div');
    page.className = 'page';
    page.append(...blocks.slice(at, at + 64));
    shown.push(page);
  }
  return shown;
}
