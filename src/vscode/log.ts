import * as vscode from 'vscode';
import { errorCode } from '../model/failure.ts';
import type { Disposable } from '../model/emitter.ts';

/**
 * The log: one output channel. It takes ids, counts and kinds, never the text of evidence, questions or replies, and
 * it cuts whatever looks like a key all the same.
 */
export class Log implements Disposable {
  readonly #channel = vscode.window.createOutputChannel('Incident Panel', { log: true });

  info(message: string): void {
    this.#channel.info(withoutKeys(message));
  }

  error(message: string, error?: unknown): void {
    this.#channel.error(withoutKeys(error === undefined ? message : `${message}: ${errorCode(error)}`));
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}

/** The last resort: what is logged has no secret in it by design; this is for what an error's message might carry. */
function withoutKeys(message: string): string {
  // One message is one line: a name that a reply made up cannot write lines of its own.
  return message.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/\b(sk|rk|pk|key|bearer)[-_ ][\w-]{12,}/gi, '…');
}
