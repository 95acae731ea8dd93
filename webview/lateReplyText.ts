import type { ReplyText } from './replyText.ts';

/**
 * A reply's text whose renderer is still on its way: keeps what comes until it is there, then hands all of it over. A
 * renderer that never comes (the extension was updated under an open panel) leaves the text readable as it was written.
 */
export class LateReplyText<Module> implements ReplyText {
  readonly #container: HTMLElement;
  #renderer: ReplyText | undefined;
  #plain = false;
  #text = '';
  #ended = false;
  #disposed = false;

  constructor(container: HTMLElement, module: Promise<Module>, make: (module: Module) => ReplyText) {
    this.#container = container;
    module.then(
      (loaded) => this.#takeOver(make, loaded),
      () => this.#showPlain(),
    );
  }

  append(text: string): void {
    if (this.#renderer !== undefined) {
      this.#renderer.append(text);
      return;
    }
    this.#text += text;
    if (this.#plain) this.#showPlain();
  }

  replace(text: string): void {
    if (this.#renderer !== undefined) {
      this.#renderer.replace(text);
      return;
    }
    this.#text = text;
    if (this.#plain) this.#showPlain();
  }

  end(): void {
    this.#ended = true;
    this.#renderer?.end();
  }

  dispose(): void {
    this.#disposed = true;
    this.#renderer?.dispose();
  }

  #takeOver(make: (module: Module) => ReplyText, module: Module): void {
    if (this.#disposed) return;
    this.#renderer = make(module);
    if (this.#text !== '') this.#renderer.replace(this.#text);
    if (this.#ended) this.#renderer.end();
    this.#text = '';
  }

  #showPlain(): void {
    if (this.#disposed) return;
    this.#plain = true;
    this.#container.style.whiteSpace = 'pre-wrap';
    this.#container.textContent = this.#text;
  }
}
