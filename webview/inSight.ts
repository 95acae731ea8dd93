/** Pixels between what stays in sight and the edge of the window. */
const margin = 16;

/**
 * Watches what of a step is in sight, and tells the style sheets by classes: `stop-in-sight` on the body while the step's
 * own Stop is, which makes the head's needless; `fits` on inputs that may stay beside a long reply, since all of them
 * fits below the head. Nothing is measured while the page renders.
 */
export class InSight {
  readonly #root: HTMLElement;
  readonly #inputs = new ResizeObserver((changes) => changes.forEach(({ target }) => this.#measure(target)));
  readonly #stop = new IntersectionObserver(
    (changes) => {
      for (const { intersectionRatio } of changes) say(document.body, 'stop-in-sight', intersectionRatio > 0.9);
    },
    // A wide panel's head covers what is above.
    { rootMargin: '-60px 0px 0px 0px', threshold: [0, 0.95] },
  );
  #watchedStop: Element | null = null;

  /** `root` is what the panel is rendered into. */
  constructor(root: HTMLElement) {
    this.#root = root;
    window.addEventListener('resize', () => this.#allInputs().forEach((inputs) => this.#measure(inputs)));
  }

  /** The panel was rendered: looks for what is new in it. */
  rendered(): void {
    for (const inputs of this.#allInputs()) this.#inputs.observe(inputs);
    const stop = this.#root.querySelector('.ask-row.asked');
    if (stop === this.#watchedStop) return;
    this.#stop.disconnect();
    this.#watchedStop = stop;
    // Until it is known: who has just asked sees it.
    say(document.body, 'stop-in-sight', stop !== null);
    if (stop !== null) this.#stop.observe(stop);
  }

  #allInputs(): readonly Element[] {
    return [...this.#root.querySelectorAll('.inputs')];
  }

  #measure(inputs: Element): void {
    const head = this.#root.querySelector('.top')?.clientHeight ?? 0;
    say(inputs, 'fits', head + inputs.clientHeight + 2 * margin <= window.innerHeight);
  }
}

function say(element: Element, name: string, holds: boolean): void {
  element.classList.toggle(name, holds);
}
