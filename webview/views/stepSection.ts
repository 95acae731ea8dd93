import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { runsOf } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { stepDefinition } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import { statusWords, stepInWork, stepStatus } from '../../src/model/stepStatus.ts';
import { checkBox } from './checkBox.ts';
import type { PanelContext } from './context.ts';
import { failureAt } from './failureBox.ts';
import { icon } from './icon.ts';
import { stepBody } from './stepBody.ts';
import { statusIcon } from './stepNavigation.ts';
import { summaryOf } from './summary.ts';

/** One step: its box, its name and state, and, when it is open, all that belongs to it. */
export function stepSection(context: PanelContext, step: StepId): TemplateResult {
  const { incident, view } = context;
  const { number, title } = stepDefinition(step);
  const status = stepStatus(incident, step);
  const open = view.openByHand(step) ?? step === stepInWork(incident);
  const toggle = (): void => view.setOpen(step, !open);
  return html`<section id="step-${step}" class="step ${status}" aria-labelledby="title-${step}">
    <div class="row step-head">
      ${stepBox(context, step)}
      <h2 id="title-${step}" class="grow">
        <button
          type="button"
          class="step-toggle"
          aria-expanded=${open ? 'true' : 'false'}
          aria-controls="body-${step}"
          @click=${toggle}
        >
          ${`${number} ${title}`} ${icon(open ? 'chevron-down' : 'chevron-right')}
        </button>
      </h2>
      <span class="row step-state"
        >${status === 'open' ? nothing : html`${statusIcon(status)} ${statusWords()[status]} ${stepTime(context, step)}`}</span
      >
    </div>
    ${failureAt(context, `step:${step}`)}
    <div id="body-${step}" class="step-body">${open ? stepBody(context, step) : summaryOf(context, step)}</div>
  </section>`;
}

function stepBox({ incident, actions, view }: PanelContext, step: StepId): TemplateResult {
  const { number, title } = stepDefinition(step);
  return checkBox({
    label: t('Step {0}, {1}, is done', number, title),
    checked: incident.steps[step].mark.kind === 'checked',
    onTick: (checked) => {
      view.forgetOpen(step);
      void actions.send(`step:${step}`, { type: 'checkStep', step, checked });
    },
  });
}

/** When it was settled or, else, how long its last reply took or has been taking. */
function stepTime({ incident }: PanelContext, step: StepId): TemplateResult | typeof nothing {
  const { mark } = incident.steps[step];
  if (mark.kind !== 'open')
    return html`<time data-clock="day" data-since=${mark.at} data-day=${incident.startedAt}></time>`;
  const last = runsOf(incident, step).at(-1);
  if (last?.phase.kind !== 'streaming') return nothing;
  return html`<time class="mono" data-clock="stopwatch" data-since=${last.askedAt}></time>`;
}
