import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { RunId, Verdict } from '../../../src/model/reply.ts';
import type { PanelContext } from '../context.ts';
import { textBox } from '../textBox.ts';

const place = 'record:hypotheses';

/** A hypothesis as the user has judged it so far. `index` counts from 0, as the record does; `rank` from 1. */
export interface Judged {
  readonly runId: RunId;
  readonly index: number;
  readonly rank: number;
  readonly kind: Verdict['kind'];
  readonly note: string;
}

/** Sends a verdict; a note that is being written goes along, and otherwise the one that is there stays. */
export async function sendVerdict(
  { view, actions }: PanelContext,
  judged: Judged,
  verdict: Verdict['kind'],
): Promise<void> {
  const { runId, index } = judged;
  const written = view.draft(keyOf(judged));
  const note = (written ?? judged.note).trim();
  const sent = await actions.send(place, { type: 'judgeHypothesis', runId, index, verdict, note });
  if (sent) view.clearDraft(keyOf(judged), written);
}

/** Opens the box for a note, with the note that is there. */
export function openNote({ view }: PanelContext, judged: Judged): void {
  view.setDraft(keyOf(judged), view.draft(keyOf(judged)) ?? judged.note);
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(idOf(judged))?.focus()));
}

/** The box for a note, where it is open: Ctrl+Enter keeps it, Escape leaves it. */
export function noteBox(context: PanelContext, judged: Judged): TemplateResult | typeof nothing {
  const { view, actions } = context;
  const key = keyOf(judged);
  const text = view.draft(key);
  if (text === undefined) return nothing;
  const keep = (): void => void sendVerdict(context, judged, judged.kind);
  return html`<div
    class="row box-row"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') view.clearDraft(key);
    }}
  >
    <label class="hidden-text" for=${idOf(judged)}>Note on hypothesis ${judged.rank}</label>
    ${textBox({
      id: idOf(judged),
      text,
      rows: 1,
      placeholder: 'What showed it? Goes into the record (Ctrl+Enter keeps it)',
      onInput: (typed) => view.setDraft(key, typed),
      onSubmit: keep,
    })}
    <button type="button" class="plain-button" ?disabled=${actions.isPending(place)} @click=${keep}>
      Keep the note
    </button>
    <button type="button" class="plain-button" @click=${() => view.clearDraft(key)}>Cancel</button>
  </div>`;
}

function keyOf({ runId, index }: Judged): `note:${RunId}:${number}` {
  return `note:${runId}:${index}`;
}

function idOf({ runId, index }: Judged): string {
  return `note-${runId}-${index}`;
}
