import * as vscode from 'vscode';
import type { FixPlan } from '../investigation/planFix.ts';
import { stateOf } from './applyPlan.ts';

/** Changes come in bursts; one look after a burst is enough. Milliseconds. */
const settleMs = 150;

/** Sees when the files of an applied fix are again as they were before it, by whatever undid it. One fix at a time. */
export class UndoWatch implements vscode.Disposable {
  #watched: { readonly plan: FixPlan; readonly onUndone: () => void } | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #listening: vscode.Disposable;

  constructor() {
    const soon = (uris: readonly vscode.Uri[]): void => this.#lookSoon(uris);
    this.#listening = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => soon([document.uri])),
      vscode.workspace.onDidDeleteFiles(({ files }) => soon(files)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => soon([uri])),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => soon([uri])),
    );
  }

  watch(plan: FixPlan, onUndone: () => void): void {
    this.#watched = { plan, onUndone };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
  }

  #lookSoon(uris: readonly vscode.Uri[]): void {
    const watched = this.#watched;
    if (watched === undefined) return;
    const places = new Set(watched.plan.files.map(({ place }) => vscode.Uri.file(place).toString()));
    if (!uris.some((uri) => places.has(uri.toString()))) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#look();
    }, settleMs);
  }

  async #look(): Promise<void> {
    const watched = this.#watched;
    if (watched === undefined) return;
    const states = await Promise.all(watched.plan.files.map((file) => stateOf(file)));
    if (this.#watched !== watched || states.some((state) => state !== 'before')) return;
    this.#watched = undefined;
    watched.onUndone();
  }
}
