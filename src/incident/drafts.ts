import { longestDraft, mostDrafts } from '../model/draft.ts';
import type { DraftChange, DraftKey, KeptDraft, KeptDrafts } from '../model/draft.ts';
import type { Result } from '../model/failure.ts';
import { draftsPath, readDrafts, writeDrafts } from './draftFile.ts';

/** A text without its secrets, and how many there were. */
export interface HiddenText {
  readonly text: string;
  readonly hidden: number;
}

export interface DraftsOptions {
  readonly journalPath: string;
  /** Leaves the secrets of a text out. What it fails for is not stored. */
  readonly hide: (text: string) => Promise<Result<HiddenText>>;
  /** Whether this window writes the incident; another one's drafts stay in its memory. */
  readonly mayStore: () => boolean;
  readonly log: (message: string) => void;
  /** Milliseconds from a change until it is stored. Default 500: somebody is typing. */
  readonly delay?: number;
}

/**
 * What the user is writing in an open incident. The text itself is in memory alone, for a page that is made anew in this
 * window; on the disk there is only a copy without secrets, for a window that is reloaded or crashes.
 */
export class Drafts {
  readonly #options: DraftsOptions;
  readonly #path: string;
  readonly #texts = new Map<DraftKey, KeptDraft>();
  /** The copies for the disk, `lost` for one that could not be searched. */
  readonly #copies = new Map<DraftKey, KeptDraft | 'lost'>();
  readonly #changed = new Set<DraftKey>();
  /** Of an earlier window, until something new is written. */
  #lost: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #storing: Promise<void> = Promise.resolve();
  #discarded = false;

  constructor(options: DraftsOptions) {
    this.#options = options;
    this.#path = draftsPath(options.journalPath);
    const { drafts, lost } = readDrafts(this.#path);
    this.#lost = lost;
    for (const draft of drafts) {
      this.#texts.set(draft.key, draft);
      this.#copies.set(draft.key, draft);
    }
  }

  /** All of them, for a new page. */
  get kept(): KeptDrafts {
    return { drafts: [...this.#texts.values()], lost: this.#lost };
  }

  /** Takes what has changed. One that is too long, or one too many, is not kept. */
  keep(changes: readonly DraftChange[]): void {
    for (const { key, text } of changes) {
      this.#texts.delete(key);
      if (text !== undefined && text.length <= longestDraft && this.#texts.size < mostDrafts)
        this.#texts.set(key, { key, text, hidden: 0 });
      this.#changed.add(key);
    }
    if (changes.length === 0) return;
    this.#lost = 0;
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.delay ?? 500);
  }

  /** Stores what is not stored yet, without its secrets. Resolves when that is done; never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#storing = this.#storing
      .then(() => this.#store())
      .catch(() => this.#options.log('The drafts were not stored.'));
    return this.#storing;
  }

  /** Stores nothing any more: the incident is being deleted. */
  discard(): void {
    this.#discarded = true;
    clearTimeout(this.#timer);
  }

  /** Stores what is left, and ends. */
  dispose(): void {
    if (!this.#discarded) void this.flush();
  }

  async #store(): Promise<void> {
    const keys = [...this.#changed];
    this.#changed.clear();
    if (keys.length === 0 || !this.#options.mayStore()) return;
    for (const key of keys) {
      const text = this.#texts.get(key)?.text;
      if (text === undefined) {
        this.#copies.delete(key);
        continue;
      }
      const hidden = await this.#options.hide(text);
      this.#copies.set(key, hidden.ok ? { key, ...hidden.value } : 'lost');
    }
    if (this.#discarded || !this.#options.mayStore()) return;
    const copies = [...this.#copies.values()];
    const drafts = copies.filter((copy) => copy !== 'lost');
    writeDrafts(this.#path, { drafts, lost: copies.length - drafts.length + this.#lost });
  }
}
