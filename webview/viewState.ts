import type { RunId } from '../src/model/reply.ts';
import { stepIds } from '../src/model/steps.ts';
import type { StepId } from '../src/model/steps.ts';
import type { EditorApi } from './vscodeApi.ts';

/**
 * A text that the user is writing: the error box, the new title, the reply in a step, the reason to skip it, the note
 * on a hypothesis or a monitor (its run and its place in the record), the reason to apply a fix that nothing proved.
 */
export type DraftKey =
  | 'error'
  | 'title'
  | `reply:${StepId}`
  | `skip:${StepId}`
  | `note:${RunId}:${number}`
  | `monitor:${RunId}:${number}`
  | `reason:${RunId}`;

/** What only the screen knows. */
interface Kept {
  readonly incidentId: string;
  readonly open: Readonly<Partial<Record<StepId, boolean | undefined>>>;
  readonly drafts: Readonly<Partial<Record<DraftKey, string | undefined>>>;
  readonly scrollTop: number;
}

/** Milliseconds without a change after which the state is handed to the editor. */
const keepDelay = 200;
const emptyState: Kept = { incidentId: '', open: {}, drafts: {}, scrollTop: 0 };

/**
 * Open sections, drafts and scroll: kept with the editor's `setState`, so that a panel that is closed, hidden or
 * reloaded comes back as it was. Drafts belong to one incident and never turn up in another.
 */
export class ViewState {
  readonly #editor: Pick<EditorApi, 'getState' | 'setState'>;
  readonly #changed: () => void;
  #kept: Kept;
  readonly #openRuns = new Set<RunId>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(editor: Pick<EditorApi, 'getState' | 'setState'>, changed: () => void) {
    this.#editor = editor;
    this.#changed = changed;
    this.#kept = readKept(editor.getState());
  }

  /** Takes over what is kept for this incident, or starts anew. Returns whether it was kept. */
  belongTo(incidentId: string): boolean {
    if (this.#kept.incidentId === incidentId) return true;
    this.#openRuns.clear();
    this.#change({ ...emptyState, incidentId });
    return false;
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
    this.#change({ ...this.#kept, drafts: { ...this.#kept.drafts, [key]: text } });
  }

  /** Drops a draft that has been sent; one that was changed meanwhile is kept. */
  clearDraft(key: DraftKey, sent?: string): void {
    if (sent !== undefined && this.#kept.drafts[key] !== sent) return;
    this.#change({ ...this.#kept, drafts: { ...this.#kept.drafts, [key]: undefined } });
  }

  /** Hands the state over at once, when the page may go away. */
  keep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#editor.setState(this.#kept);
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

function isDraftKey(key: string): key is DraftKey {
  if (
    key === 'error' ||
    key === 'title' ||
    /^(?:(?:note|monitor):R[1-9]\d{0,5}:\d{1,3}|reason:R[1-9]\d{0,5})$/.test(key)
  )
    return true;
  return stepIds.some((id) => key === `reply:${id}` || key === `skip:${id}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
