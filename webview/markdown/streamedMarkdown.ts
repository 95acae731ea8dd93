import type { Citation } from './citations.ts';
import type { FileReference } from './fileReferences.ts';
import { IncrementalRenderer } from './incrementalRenderer.ts';

export interface StreamedMarkdownOptions {
  /** A click on a place in a file, such as `payment.js:47`. The path is as the reply has it: resolve and confine it. */
  readonly onFileReference: (reference: FileReference) => void;
  /** A click on a citation of evidence, such as `[E1:38]`. */
  readonly onCitation: (citation: Citation) => void;
  /** A click on a listing's copy button; `button` is given so that the caller can say there that it worked. */
  readonly onCopyCode: (code: string, button: HTMLButtonElement) => void;
  /** A click on a listing's button that opens it in an editor; the word after its fence as it was written, or empty. */
  readonly onOpenCode: (code: string, fenceWord: string) => void;
  /** The level of the panel's heading above the reply, whose own begin one deeper. Default 3. */
  readonly headingOffset?: number;
}

/**
 * Shows a reply while it streams. The text is untrusted: raw HTML shows as text, nothing is loaded, and only web and
 * mail addresses become links. However the text is cut, the DOM after `end` is the same.
 */
export class StreamedMarkdown {
  readonly #container: HTMLElement;
  readonly #options: StreamedMarkdownOptions;
  #renderer: IncrementalRenderer;
  #textLength = 0;

  /** Takes over the container: what is in it is removed. */
  constructor(container: HTMLElement, options: StreamedMarkdownOptions) {
    this.#container = container;
    this.#options = options;
    this.#renderer = this.#emptyRenderer();
    container.classList.add('streamed-markdown');
    container.addEventListener('click', this.#onClick);
  }

  /** Length of the text so far, in UTF-16 units as they arrived. */
  get length(): number {
    return this.#textLength;
  }

  /** Shows the next piece of the reply, of any length and cut anywhere. */
  append(text: string): void {
    this.#textLength += text.length;
    this.#renderer.append(text);
  }

  /** Shows this text instead of all that came so far, for example after the panel was hidden; `append` goes on from it. */
  replace(text: string): void {
    this.#renderer = this.#emptyRenderer();
    this.#textLength = 0;
    this.append(text);
  }

  /** The reply is complete: what the open end could still have become is settled. Text appended later starts anew below. */
  end(): void {
    this.#renderer.end();
  }

  /** Stops listening to clicks; the reply stays shown. */
  dispose(): void {
    this.#container.removeEventListener('click', this.#onClick);
  }

  #emptyRenderer(): IncrementalRenderer {
    this.#container.replaceChildren();
    return new IncrementalRenderer(this.#container, this.#options.headingOffset ?? 3);
  }

  readonly #onClick = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button === null || !this.#container.contains(button)) return;
    const { path, line, column, evidence } = button.dataset;
    const place = line === undefined ? {} : { line: Number(line) };
    if (button.classList.contains('file-reference') && path !== undefined) {
      this.#options.onFileReference({ path, ...place, ...(column === undefined ? {} : { column: Number(column) }) });
    } else if (button.classList.contains('citation') && evidence !== undefined) {
      this.#options.onCitation({ id: evidence, ...place });
    } else if (button.classList.contains('copy-code')) {
      this.#options.onCopyCode(codeAt(button)?.textContent ?? '', button);
    } else if (button.classList.contains('open-code')) {
      const code = codeAt(button);
      this.#options.onOpenCode(code?.textContent ?? '', code?.className.replace(/^language-/u, '') ?? '');
    }
  };
}

/** The listing that a button above it belongs to. */
function codeAt(button: HTMLButtonElement): HTMLElement | null {
  return button.closest('figure')?.querySelector('code') ?? null;
}
