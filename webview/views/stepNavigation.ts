import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../src/model/l10n.ts';
import { stepDefinition, stepIds } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import { revealStep } from '../reveal.ts';
import { statusWords, stepInWork, stepStatus } from '../../src/model/stepStatus.ts';
import type { StepStatus } from '../../src/model/stepStatus.ts';
import type { PanelContext } from './context.ts';
import { icon, spinner } from './icon.ts';

/** All seven steps at a glance: a list at the left, or a strip at the top where the panel is narrow. */
export function stepNavigation(context: PanelContext): TemplateResult {
  const inWork = stepInWork(context.incident);
  return html`<nav class="steps" aria-label=${t('Steps')}>
    <ol>
      ${stepIds.map((step) => navigationItem(context, step, step === inWork))}
    </ol>
  </nav>`;
}

function navigationItem({ incident, view }: PanelContext, step: StepId, inWork: boolean): TemplateResult {
  const { number, title } = stepDefinition(step);
  const status = stepStatus(incident, step);
  return html`<li>
    <button
      type="button"
      class="step-link ${status}"
      title=${`${number} ${title}: ${statusWords()[status]}`}
      aria-current=${inWork ? 'step' : 'false'}
      @click=${() => revealStep(view, step)}
    >
      ${statusIcon(status)} <span class="step-number">${number}</span> <span class="step-name">${title}</span>
      <span class="step-word ${status}">${statusWords()[status]}</span>
    </button>
  </li>`;
}

const icons: Readonly<Record<Exclude<StepStatus, 'streaming'>, string>> = {
  failed: 'error',
  interrupted: 'warning',
  checked: 'pass-filled',
  skipped: 'circle-slash',
  current: 'arrow-circle-right',
  answered: 'comment',
  open: 'circle-large',
};

/** The state of a step as a picture; its word is always beside it. */
export function statusIcon(status: StepStatus): TemplateResult {
  return html`<span class="status-icon ${status}">${status === 'streaming' ? spinner : icon(icons[status])}</span>`;
}
