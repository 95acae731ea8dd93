import { isDraftKey, longestDraft, noDrafts } from '../src/model/draft.ts';
import type { DraftChange, DraftKey, KeptDrafts } from '../src/model/draft.ts';
import type { RunId } from '../src/model/reply.ts';
import { stepIds } from '../src/model/steps.ts';
import type { StepId } from '../src/model/steps.ts';
import type { EditorApi } from './vscodeApi.ts';

/** What only the screen knows. */
interface Kept {
  readonly incidentId: string;
  readonly open: Readonly<Partial<Record<StepId, boolean | undefined>>>;
  readonly drafts: Readonly<Partial<Record<DraftKey, string | undefined>>>;
  readonly scrollTop: number;
}

/** Tells the host what has changed of the drafts of an incident. */
export type TellDrafts = (incidentId: string, drafts: readonly DraftChange[]) => void;

interface Restored {
  readonly hidden: ReadonlyMap<DraftKey, number>;
  readonly lost: number;
}

/** Milliseconds without a change after which the state is handed to the editor. */
const keepDelay = 200;
const emptyState: Kept = { incidentId: '', open: {}, drafts: {}, scrollTop: 0 };

/**
 * Open sections and scroll: kept with the editor's `setState`, so that a panel that is hidden or reloaded comes back as it
 * was. The editor writes that to the disk as it is, so drafts, which may hold a secret, are told to the host instead, which
 * gives them back. They belong to one incident and never turn up in another.
 */
export class ViewState {
  readonly #editor: Pick<EditorApi, 'getState' | 'setState'>;
  readonly #changed: () => void;
  #kept: Kept;
  readonly #openRuns = new Set<RunId>();
  readonly #tellDrafts: TellDrafts;
  readonly #untold = new Set<DraftKey>();
  /** The drafts came from the host, or there were none: from then on this page knows best. */
  #hasDrafts = false;
  #restored: Restored = { hidden: new Map(), lost: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(editor: Pick<EditorApi, 'getState' | 'setState'>, changed: () => void, tellDrafts: TellDrafts) {
    this.#editor = editor;
    this.#changed = changed;
    this.#tellDrafts = tellDrafts;
    this.#kept = readKept(editor.getState());
  }

  /**
   * Takes over what is kept for this incident, or starts anew, with the drafts that the host kept. Returns whether the
   * rest was kept.
   */
  belongTo(incidentId: string, { drafts, lost }: KeptDrafts = noDrafts): boolean {
    const same = this.#kept.incidentId === incidentId;
    if (same && this.#hasDrafts) return true;
    if (!same) {
      this.keep();
      this.#openRuns.clear();
    }
    this.#hasDrafts = true;
    const before = same ? this.#kept : { ...emptyState, incidentId };
    const given = Object.fromEntries(drafts.map(({ key, text }) => [key, text]));
    this.#restored = {
      hidden: new Map(drafts.flatMap(({ key, hidden }) => (hidden === 0 ? [] : [[key, hidden]]))),
      lost,
    };
    // What an earlier version left with the editor is told, and then no longer there.
    for (const key of Object.keys(before.drafts)) if (isDraftKey(key)) this.#untold.add(key);
    this.#change({ ...before, drafts: { ...given, ...before.drafts } });
    return same;
  }

  /** What was left out of the drafts when they were stored, as far as these have not been changed since. */
  get leftOut(): { readonly secrets: number; readonly lost: number } {
    let secrets = 0;
    for (const hidden of this.#restored.hidden.values()) secrets += hidden;
    return { secrets, lost: this.#restored.lost };
  }

  get scrollTop(): number {
    return this.#kept.scrollTop;
  }

  set scrollTop(scrollTop: number) {
    this.#kept = { ...this.#kept, scrollTop };
    this.#keepSoon();
  }

  /** Whether the user opened or closed this step by hand; undefined where it follows the course of the incident. */
  openByHand(step: StepId): boolean | undefined {
    return this.#kept.open[step];
  }

  setOpen(step: StepId, open: boolean): void {
    this.#change({ ...this.#kept, open: { ...this.#kept.open, [step]: open } });
  }

  /** Lets a step follow the course of the incident again. */
  forgetOpen(step: StepId): void {
    this.#change({ ...this.#kept, open: { ...this.#kept.open, [step]: undefined } });
  }

  /** Whether the user has opened an older reply. Not kept: the panel comes back with them folded. */
  isRunOpen(runId: RunId): boolean {
    return this.#openRuns.has(runId);
  }

  setRunOpen(runId: RunId, open: boolean): void {
    if (open) this.#openRuns.add(runId);
    else this.#openRuns.delete(runId);
    this.#changed();
  }

  /** The text being written; undefined where there is no such box open. */
  draft(key: DraftKey): string | undefined {
    return this.#kept.drafts[key];
  }

  setDraft(key: DraftKey, text: string): void {
    this.#changeDraft(key, text);
  }

  /** Drops a draft that has been sent; one that was changed meanwhile is kept. */
  clearDraft(key: DraftKey, sent?: string): void {
    if (sent !== undefined && this.#kept.drafts[key] !== sent) return;
    this.#changeDraft(key, undefined);
  }

  /** Hands the state over at once, when the page may go away. */
  keep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { incidentId, open, scrollTop } = this.#kept;
    this.#editor.setState({ incidentId, open, scrollTop });
    if (this.#untold.size === 0 || incidentId === '') return;
    const drafts = [...this.#untold].map((key) => ({ key, text: this.#kept.drafts[key]?.slice(0, longestDraft) }));
    this.#untold.clear();
    this.#tellDrafts(incidentId, drafts);
  }

  #changeDraft(key: DraftKey, text: string | undefined): void {
    this.#untold.add(key);
    const hidden = new Map(this.#restored.hidden);
    hidden.delete(key);
    this.#restored = { hidden, lost: 0 };
    this.#change({ ...this.#kept, drafts: { ...this.#kept.drafts, [key]: text } });
  }

  #change(next: Kept): void {
    this.#kept = next;
    this.#keepSoon();
    this.#changed();
  }

  #keepSoon(): void {
    this.#timer ??= setTimeout(() => this.keep(), keepDelay);
  }
}

function readKept(state: unknown): Kept {
  if (!isRecord(state) || typeof state['incidentId'] !== 'string') return emptyState;
  const { incidentId, open, drafts, scrollTop } = state;
  return {
    incidentId,
    open: Object.fromEntries(
      isRecord(open) ? stepIds.filter((id) => typeof open[id] === 'boolean').map((id) => [id, open[id] === true]) : [],
    ),
    drafts: Object.fromEntries(
      isRecord(drafts)
        ? Object.entries(drafts).flatMap(([key, text]) =>
            isDraftKey(key) && typeof text === 'string' ? [[key, text]] : [],
          )
        : [],
    ),
    scrollTop: typeof scrollTop === 'number' && scrollTop >= 0 ? scrollTop : 0,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
