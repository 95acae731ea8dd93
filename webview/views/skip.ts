import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { t } from '../../src/model/l10n.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';

/** Asks why a step is skipped, since the reason goes into the record. Escape leaves it. */
export function skipForm({ view, actions }: PanelContext, step: StepId): TemplateResult {
  const reason = view.draft(`skip:${step}`) ?? '';
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    // What was typed last may not be rendered yet.
    const given = (view.draft(`skip:${step}`) ?? '').trim();
    if (given === '') return;
    if (await actions.send(`skip:${step}`, { type: 'skipStep', step, reason: given })) {
      view.clearDraft(`skip:${step}`);
      view.forgetOpen(step);
    }
  };
  return html`<form class="row skip-form" @submit=${submit}>
    <label for="skip-${step}">${t('Why is it skipped?')}</label>
    <input
      id="skip-${step}"
      class="grow"
      maxlength="2000"
      required
      placeholder=${t('Goes into the record')}
      .value=${live(reason)}
      @input=${(event: Event) =>
        view.setDraft(`skip:${step}`, event.target instanceof HTMLInputElement ? event.target.value : '')}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') view.clearDraft(`skip:${step}`);
      }}
    />
    <button type="submit" class="plain-button">${t('Skip the step')}</button>
    <button type="button" class="plain-button" @click=${() => view.clearDraft(`skip:${step}`)}>${t('Cancel')}</button>
  </form>`;
}
