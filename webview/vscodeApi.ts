import type { FromPanel, Intent } from '../src/protocol.ts';
import type { Failure } from '../src/model/failure.ts';
import { t } from '../src/model/l10n.ts';

/** What the editor gives a webview, cut down to what the panel may say with it. */
export interface EditorApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** The one handle on the editor; it may be acquired once in a page's life. */
export function acquireEditor(): EditorApi {
  return acquireVsCodeApi();
}

/** Milliseconds for an answer to an intent that needs no dialog and no network. */
const answerTimeout = 20_000;

/**
 * Intents after which the host may wait for a person (a file dialog, a quick pick) or for Claude: their answer may
 * come much later, and silence is no failure.
 */
const mayTakeLong: ReadonlySet<Intent['type']> = new Set([
  'ask',
  'continueReply',
  'askForRecord',
  'addEvidence',
  'addSuspect',
  'runCommand',
  // These gather evidence or run Git, which may be slow in a large repository.
  'previewQuestion',
  'copyPrompt',
  'chooseBaseline',
  'showCommit',
  'showFix',
  'applyFix',
  'mendFix',
  'fixSimilar',
  'createFixBranch',
]);

/**
 * Sends intents and pairs each with its answer. A promise resolves with the failure, or undefined when it went well;
 * an answer that does not come in time is a failure too, so that no control of the panel waits for ever.
 */
export class IntentPort {
  readonly #editor: Pick<EditorApi, 'postMessage'>;
  readonly #waiting = new Map<number, (failure: Failure | undefined) => void>();
  #lastId = 0;

  constructor(editor: Pick<EditorApi, 'postMessage'>) {
    this.#editor = editor;
  }

  send(intent: Intent): Promise<Failure | undefined> {
    this.#lastId += 1;
    const intentId = this.#lastId;
    return new Promise((resolve) => {
      const timer = mayTakeLong.has(intent.type)
        ? undefined
        : setTimeout(
            () => this.answered(intentId, { kind: 'unexpected', detail: t('the editor did not answer in time') }),
            answerTimeout,
          );
      this.#waiting.set(intentId, (failure) => {
        clearTimeout(timer);
        resolve(failure);
      });
      this.#editor.postMessage({ intentId, intent });
    });
  }

  /** Settles the intent that an `answer` message names; one that is unknown or settled already is ignored. */
  answered(intentId: number, failure: Failure | undefined): void {
    const settle = this.#waiting.get(intentId);
    this.#waiting.delete(intentId);
    settle?.(failure);
  }
}
