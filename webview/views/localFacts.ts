import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { evidenceSource } from '../../src/model/evidenceSource.ts';
import { evidenceTitle } from '../../src/model/evidenceTitle.ts';
import { presentEvidence } from '../../src/model/incident.ts';
import { t, tParts } from '../../src/model/l10n.ts';
import type { StepId } from '../../src/model/steps.ts';
import { baselineWords } from '../baselineWords.ts';
import { errorRates } from './errorRates.ts';
import { commandLine } from './copyButton.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';
import { productionNames } from './production.ts';
import { lineHistory } from './traces.ts';

/** What a step knows without Claude, before it asks. */
export function localFacts(context: PanelContext, step: StepId): TemplateResult | typeof nothing {
  switch (step) {
    case 'environment':
      return html`${environmentFound(context)} ${productionNames(context)}`;
    case 'regression':
      return html`${errorRates(context, step)} ${baseline(context)} ${lineHistory(context)}`;
    case 'blastRadius':
      return html`${callersFound(context)} ${wayBack(context)}`;
    case 'orient':
      return errorRates(context, step);
    case 'files':
    case 'hypotheses':
    case 'fix':
      return nothing;
  }
}

/** The table of the variables that the suspects read. Its text is not in the panel: the preview shows it. */
function environmentFound({ incident, actions }: PanelContext): TemplateResult {
  const found = presentEvidence(incident).findLast(({ kind }) => kind === 'environment');
  if (found === undefined) {
    return html`<p class="hint">
      ${t('The environment variables that the suspects read, and where each is declared, are found here without Claude when the step is asked or previewed. Names only, never a value.')}
    </p>`;
  }
  return html`<p class="row local-fact">
    ${icon('symbol-variable')}
    <span
      >${t('Found in the suspects, without Claude:')} <strong><bdi>${evidenceTitle(found)}</bdi></strong></span
    >
    <button
      type="button"
      class="link"
      title=${evidenceSource(found)}
      @click=${() => actions.send('step:environment', { type: 'previewEvidence', evidenceId: found.id })}
    >
      ${t('Show the table ({0})', found.id)}
    </button>
  </p>`;
}

/** Who calls what the fix changes; the list itself opens as a preview. */
function callersFound({ incident, actions }: PanelContext): TemplateResult | typeof nothing {
  const found = presentEvidence(incident).findLast(({ kind }) => kind === 'callers');
  if (found === undefined) return nothing;
  return html`<p class="row local-fact">
    ${icon('call-incoming')}
    <span
      ><strong><bdi>${evidenceTitle(found)}</bdi></strong></span
    >
    <button
      type="button"
      class="link"
      title=${evidenceSource(found)}
      @click=${() => actions.send('step:blastRadius', { type: 'previewEvidence', evidenceId: found.id })}
    >
      ${t('Show the list ({0})', found.id)}
    </button>
  </p>`;
}

function baseline({ incident, actions, now }: PanelContext): TemplateResult {
  return html`<p class="row local-fact">
    ${icon('git-compare')}
    <span
      >${t('Compared with')} <strong><bdi>${baselineWords(incident.baseline, now)}</bdi></strong></span
    >
    <button
      type="button"
      class="plain-button"
      aria-label=${t('Change the baseline…')}
      @click=${() => actions.send('step:regression', { type: 'chooseBaseline' })}
    >
      ${t('Change…')}
    </button>
  </p>`;
}

/** Where to try it and how to go back, as the debugging protocol says: needed most when nothing else answers. */
function wayBack(context: PanelContext): TemplateResult | typeof nothing {
  const rules = context.surroundings.houseRules;
  if (rules === undefined) return nothing;
  const { stagingEnvironment, rollbackCommand, path } = rules;
  return html`${
    stagingEnvironment === undefined
      ? nothing
      : html`<h3 class="list-title">${tParts('Staging environment, from {0}', html`<bdi>${path}</bdi>`)}</h3>
          ${commandLine(context, 'step:blastRadius', stagingEnvironment, t('the staging environment'))}`
  }
  ${
    rollbackCommand === undefined
      ? nothing
      : html`<h3 class="list-title">${tParts('To roll back, from {0}', html`<bdi>${path}</bdi>`)}</h3>
          ${commandLine(context, 'step:blastRadius', rollbackCommand, t('the rollback command'))}`
  }`;
}
