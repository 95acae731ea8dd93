import type * as vscode from 'vscode';

/** Calls something once after a burst of wishes for it: a while after the first one, however many follow. */
export class SettledCall implements vscode.Disposable {
  readonly #afterMs: number;
  readonly #call: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(afterMs: number, call: () => void) {
    this.#afterMs = afterMs;
    this.#call = call;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#call();
    }, this.#afterMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
