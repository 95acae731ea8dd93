import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../src/model/l10n.ts';
import type { Place } from '../actions.ts';
import type { DraftKey } from '../../src/model/draft.ts';
import type { PanelContext } from './context.ts';
import { textBox } from './textBox.ts';

/** A note that is being written: where its draft is kept, and what it is called. */
export interface NoteBox {
  readonly key: DraftKey;
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly place: Place;
  readonly onKeep: () => void;
}

/** Opens the box for a note, with the note that is there. */
export function openNoteBox({ view }: PanelContext, { key, id }: Pick<NoteBox, 'key' | 'id'>, note: string): void {
  view.setDraft(key, view.draft(key) ?? note);
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus()));
}

/** The box for a note, where it is open: Ctrl+Enter keeps it, Escape leaves it. */
export function noteBoxView({ view, actions }: PanelContext, box: NoteBox): TemplateResult | typeof nothing {
  const { key, id, label, placeholder, place, onKeep } = box;
  const text = view.draft(key);
  if (text === undefined) return nothing;
  return html`<div
    class="row box-row"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') view.clearDraft(key);
    }}
  >
    <label class="hidden-text" for=${id}>${label}</label>
    ${textBox({ id, text, rows: 1, placeholder, onInput: (typed) => view.setDraft(key, typed), onSubmit: onKeep })}
    <button type="button" class="plain-button" ?disabled=${actions.isPending(place)} @click=${onKeep}>
      ${t('Keep the note')}
    </button>
    <button type="button" class="plain-button" @click=${() => view.clearDraft(key)}>${t('Cancel')}</button>
  </div>`;
}
