import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { t } from '../../src/model/l10n.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** Longest title that can be typed. */
const maxTitle = 300;

/** The incident's title; a pencil, or a double click on it, makes it a text box: Enter takes the text, Escape leaves it. */
export function titleView(context: PanelContext): TemplateResult {
  const { incident, view } = context;
  const draft = view.draft('title');
  if (draft !== undefined) return titleBox(context, draft);
  const edit = (): void => {
    view.setDraft('title', incident.title);
    requestAnimationFrame(() => requestAnimationFrame(() => titleInput()?.select()));
  };
  return html`<div class="row title grow">
    <h1 title=${incident.title} @dblclick=${edit}>
      <bdi>${incident.title === '' ? t('Untitled incident') : incident.title}</bdi>
    </h1>
    <button
      type="button"
      class="icon-button"
      aria-label=${t('Rename the incident')}
      title=${t('Rename')}
      @click=${edit}
    >
      ${icon('edit')}
    </button>
  </div>`;
}

function titleBox({ view, actions }: PanelContext, draft: string): TemplateResult {
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    // What was typed last may not be rendered yet.
    const title = (view.draft('title') ?? '').trim();
    if (title === '' || (await actions.send('header', { type: 'renameIncident', title }))) view.clearDraft('title');
  };
  return html`<form class="row title grow" @submit=${submit}>
    <h1 class="hidden-text">${t('Rename the incident')}</h1>
    <input
      id="incident-title"
      class="grow"
      aria-label=${t('Title of the incident')}
      maxlength=${maxTitle}
      .value=${live(draft)}
      @input=${(event: Event) => view.setDraft('title', event.target instanceof HTMLInputElement ? event.target.value : '')}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') view.clearDraft('title');
      }}
    />
    <button type="submit" class="plain-button">${t('Rename')}</button>
    <button type="button" class="plain-button" @click=${() => view.clearDraft('title')}>${t('Cancel')}</button>
  </form>`;
}

function titleInput(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('#incident-title');
}
