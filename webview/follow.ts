/** How far below the window's edge, in pixels, the end of a reply still counts as being read. */
const slack = 24;

/**
 * Runs a change of the page that may move `end` down, and scrolls after it only when the reader had it in view: who
 * reads further up, or has text selected, is left alone. Focus is never touched.
 */
export function following(end: Element | null, change: () => void): void {
  const wasInView = end !== null && isInView(end) && getSelection()?.isCollapsed !== false;
  change();
  if (!wasInView || !end.isConnected) return;
  const below = end.getBoundingClientRect().bottom + slack - window.innerHeight;
  if (below > 0) window.scrollBy({ top: below, behavior: 'instant' });
}

function isInView(element: Element): boolean {
  const { bottom, top } = element.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight + slack;
}
