import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { mayBeApplied } from '../../src/model/fixCheck.ts';
import { isApplied } from '../../src/model/appliedFix.ts';
import { activeRun, runsOf } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { stepDefinition, stepIds } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import { recordedRun } from '../recordedRun.ts';
import { revealStep } from '../reveal.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** The way on from a step that has its answer: checks it off and opens the next one that is not settled. */
export function nextRow(context: PanelContext, step: StepId): TemplateResult | typeof nothing {
  const { incident, actions, view } = context;
  const last = runsOf(incident, step).at(-1);
  if (incident.steps[step].mark.kind !== 'open' || activeRun(incident) !== undefined) return nothing;
  // After a failure the way on is to ask again; the box in the step's head is there for those who will not.
  if (last?.phase.kind !== 'done') return nothing;
  const next = stepIds.find((id) => id !== step && incident.steps[id].mark.kind === 'open');
  const goOn = async (): Promise<void> => {
    if (!(await actions.send(`step:${step}`, { type: 'checkStep', step, checked: true }))) return;
    view.forgetOpen(step);
    if (next !== undefined) revealStep(view, next);
  };
  const label = next === undefined ? t('Check it off') : wayTo(step, next);
  const isNext = step !== 'fix' || !isToBeApplied(context);
  return html`<div class="row next-row ${isNext ? 'next' : ''}">
    <vscode-button appearance=${isNext ? 'primary' : 'secondary'} @click=${goOn}
      >${icon('check')}&nbsp;${label}</vscode-button
    >
  </div>`;
}

/** Whether there is a fix that can still be proved or applied here: that comes before the way on. */
function isToBeApplied({ incident, surroundings }: PanelContext): boolean {
  const fix = recordedRun(incident, 'fix')?.run;
  if (!surroundings.trusted || fix?.record?.step !== 'fix' || !mayBeApplied(fix.record.data)) return false;
  return !isApplied(incident, fix.id);
}

/** `Done: on to 3 Hypotheses first`. A step before this one is gone back to. */
function wayTo(step: StepId, next: StepId): string {
  const { number, title } = stepDefinition(next);
  return number > stepDefinition(step).number
    ? t('Done: on to {0} {1}', number, title)
    : t('Done: back to {0} {1}', number, title);
}
