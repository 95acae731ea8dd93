import type { LinkTarget } from './engine.ts';
import type { Outline } from './outline.ts';

/** A final block that shows a bracketed label as text, because nothing has defined it so far. */
export interface WaitingBlock {
  readonly source: string;
  readonly outline: Outline;
  element: Element;
}

/** The link reference definitions of a reply that are final, and the blocks that a later one would change. */
export class Definitions {
  readonly #targets = new Map<string, LinkTarget>();
  readonly #waiting = new Map<string, Set<WaitingBlock>>();

  get(label: string): LinkTarget | undefined {
    return this.#targets.get(label);
  }

  has(label: string): boolean {
    return this.#targets.has(label);
  }

  get size(): number {
    return this.#targets.size;
  }

  /** Adds a definition unless the label has one: the first counts. Returns the blocks that must be shown anew. */
  add(label: string, target: LinkTarget): ReadonlySet<WaitingBlock> {
    if (this.#targets.has(label)) return new Set();
    this.#targets.set(label, target);
    const blocks = this.#waiting.get(label);
    this.#waiting.delete(label);
    return blocks ?? new Set();
  }

  /** Remembers that a block depends on labels; those that are defined by now are ignored. */
  wait(block: WaitingBlock, labels: Iterable<string>): void {
    for (const label of labels) {
      if (this.#targets.has(label)) continue;
      const blocks = this.#waiting.get(label);
      if (blocks === undefined) this.#waiting.set(label, new Set([block]));
      else blocks.add(block);
    }
  }
}
