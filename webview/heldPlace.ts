/**
 * Keeps the control under the pointer where it is while the page grows above it: what is found in the evidence arrives
 * by itself, and must not put another control under a click that is on its way. It scrolls, and makes room at the end of
 * a page that is too short to scroll. A page that shrinks is followed as far as its top allows.
 */
export class HeldPlace {
  readonly #content: HTMLElement;
  #held: Element | undefined;
  #top = 0;
  #scrolled = 0;

  /** Watches `content`, which makes the height of the page. */
  constructor(content: HTMLElement) {
    this.#content = content;
    document.addEventListener('pointermove', ({ target }) => this.#hold(target), { passive: true });
    document.addEventListener('pointerdown', ({ target }) => this.#hold(target), { passive: true });
    document.documentElement.addEventListener('pointerleave', () => this.forget());
    window.addEventListener('scroll', () => this.#scrolledTo(), { passive: true });
    // After layout and before painting: whatever made the page grow, nobody sees the control elsewhere.
    new ResizeObserver(() => this.#restore()).observe(content);
  }

  /** Lets go, for a change that is meant to move the page. */
  forget(): void {
    this.#held = undefined;
  }

  #hold(target: EventTarget | null): void {
    this.#held =
      target instanceof Element
        ? (target.closest('button, vscode-button, vscode-checkbox, a, summary, select, input, textarea') ?? undefined)
        : undefined;
    this.#measure();
  }

  #measure(): void {
    if (this.#held === undefined) return;
    this.#top = this.#held.getBoundingClientRect().top;
    this.#scrolled = window.scrollY;
  }

  #scrolledTo(): void {
    this.#measure();
    if (window.scrollY + window.innerHeight <= this.#content.offsetHeight) document.body.style.minHeight = '';
  }

  #restore(): void {
    const held = this.#held;
    if (held?.isConnected !== true) return;
    const { top } = held.getBoundingClientRect();
    // What only scrolled has its place in the page still: a reader who follows a reply is not pulled back.
    const movedInPage = top + window.scrollY - this.#top - this.#scrolled;
    if (Math.abs(movedInPage) >= 1 && Math.abs(top - this.#top) >= 1) {
      // What sticks to the edge of the window would not follow: its place in the page does.
      document.body.classList.add('in-flow');
      const movedOnScreen = held.getBoundingClientRect().top - this.#top;
      const wanted = window.scrollY + movedOnScreen;
      const needed = wanted + window.innerHeight;
      if (needed > document.documentElement.scrollHeight) document.body.style.minHeight = `${Math.ceil(needed)}px`;
      window.scrollTo({ top: wanted, behavior: 'instant' });
      document.body.classList.remove('in-flow');
    }
    this.#measure();
  }
}
