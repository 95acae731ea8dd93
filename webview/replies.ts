import type { Incident } from '../src/model/incident.ts';
import type { Run, RunId } from '../src/model/reply.ts';
import type { ReplyText, ReplyTextFactory } from './replyText.ts';

interface Shown {
  readonly element: HTMLElement;
  readonly text: ReplyText;
  length: number;
  ended: boolean;
}

/**
 * The texts of replies, outside of the templates: one growing element for each text part of a run. An element is made
 * when its step is first opened, and from then on gets only what came since.
 */
export class ReplyTexts {
  readonly #make: ReplyTextFactory;
  readonly #shown = new Map<string, Shown>();

  constructor(make: ReplyTextFactory) {
    this.#make = make;
  }

  /** The element of one text part, for a template to put in its place; the same one each time. */
  element(run: Run, partIndex: number): HTMLElement {
    const key = keyOf(run.id, partIndex);
    const known = this.#shown.get(key);
    if (known !== undefined) return known.element;
    const element = document.createElement('div');
    element.className = 'reply-text';
    // An identifier that reads from right to left must not turn its whole paragraph around, and the other way about.
    element.dir = 'auto';
    const shown: Shown = { element, text: this.#make(element, `record:${run.step}`), length: 0, ended: false };
    this.#shown.set(key, shown);
    grow(shown, run, partIndex);
    return element;
  }

  /** Brings the elements that exist up to date. Costs what was added, not what is there. */
  update(incident: Incident): void {
    // Only the last run can have grown; those before it have ended.
    const run = incident.runs.at(-1);
    if (run === undefined) return;
    for (const index of run.parts.keys()) {
      const shown = this.#shown.get(keyOf(run.id, index));
      if (shown !== undefined && !shown.ended) grow(shown, run, index);
    }
  }

  /** Drops those of one run, which is not shown any more. */
  drop(runId: RunId): void {
    for (const [key, { text }] of this.#shown) {
      if (!key.startsWith(`${runId}/`)) continue;
      text.dispose();
      this.#shown.delete(key);
    }
  }

  /** Drops them all, for another incident or a history that was hydrated anew. */
  clear(): void {
    for (const { text } of this.#shown.values()) text.dispose();
    this.#shown.clear();
  }
}

function grow(shown: Shown, run: Run, partIndex: number): void {
  const part = run.parts[partIndex];
  if (part?.type !== 'text') return;
  if (part.text.length > shown.length) {
    if (shown.length === 0) shown.text.replace(part.text);
    else shown.text.append(part.text.slice(shown.length));
    shown.length = part.text.length;
  }
  if (!shown.ended && (partIndex < run.parts.length - 1 || run.phase.kind !== 'streaming')) {
    shown.ended = true;
    shown.text.end();
  }
}

function keyOf(runId: RunId, partIndex: number): string {
  return `${runId}/${partIndex}`;
}
