/** What the focus can be on. */
const focusable = [
  ...['a[href]', 'button', 'input', 'select', 'textarea', 'summary', '[tabindex="0"]'],
  ...['vscode-button', 'vscode-checkbox', 'vscode-radio'],
].join();

/** An element around the focus, with how many others in it come before the one that has it. */
interface Surrounding {
  readonly element: Element;
  readonly before: number;
}

/**
 * Keeps the focus where the reader works. A control that is gone after a change (Ask becomes Stop, a piece of evidence is
 * removed, a form closes) would leave it nowhere: it goes to what stands in its place, the nearest possible. A control
 * that is disabled for a moment gets it back.
 */
export class FocusKeeper {
  readonly #root: HTMLElement;
  #focused: HTMLElement | undefined;
  #surroundings: readonly Surrounding[] = [];

  constructor(root: HTMLElement) {
    this.#root = root;
    // Who clicks beside all controls wants the focus nowhere.
    root.ownerDocument.addEventListener('pointerdown', () => (this.#focused = undefined), { capture: true });
  }

  /** Runs a change of the page. Nothing is scrolled, and no focus is taken that was elsewhere. */
  during(change: () => void): void {
    this.#remember();
    change();
    this.#restore();
  }

  #remember(): void {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || !this.#root.contains(activeElement)) {
      if (activeElement !== null && activeElement !== document.body) this.#focused = undefined;
      return;
    }
    this.#focused = activeElement;
    const surroundings: Surrounding[] = [];
    for (let at = activeElement.parentElement; at !== null && at !== this.#root; at = at.parentElement) {
      surroundings.push({ element: at, before: [...at.querySelectorAll(focusable)].indexOf(activeElement) });
    }
    this.#surroundings = surroundings;
  }

  #restore(): void {
    const focused = this.#focused;
    const isElsewhere = document.activeElement !== document.body && document.activeElement !== null;
    if (focused === undefined || isElsewhere || !document.hasFocus()) return;
    if (focused.isConnected) {
      if (canTakeFocus(focused)) focused.focus({ preventScroll: true });
      return;
    }
    for (const { element, before } of this.#surroundings) {
      if (!element.isConnected) continue;
      const controls = [...element.querySelectorAll<HTMLElement>(focusable)].filter(canTakeFocus);
      const next = controls[Math.min(Math.max(before, 0), controls.length - 1)];
      if (next === undefined) continue;
      next.focus({ preventScroll: true });
      return;
    }
  }
}

function canTakeFocus(element: HTMLElement): boolean {
  return !element.hasAttribute('disabled') && element.getClientRects().length > 0;
}
