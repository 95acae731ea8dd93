import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { runsOf } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { stepDefinition } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import { recordedRun } from '../recordedRun.ts';
import type { RecordedRun } from '../recordedRun.ts';
import { askRow } from './askRow.ts';
import type { PanelContext } from './context.ts';
import { errorBox } from './errorBox.ts';
import { evidenceChips } from './evidenceChips.ts';
import { failureAt } from './failureBox.ts';
import { nextRow } from './nextRow.ts';
import { huntView } from './proof/hunt.ts';
import { proofView } from './proof/proof.ts';
import { quiet } from './notices.ts';
import { recordCards } from './recordCards.ts';
import { applyFix } from './records/applyFix.ts';
import { localFacts } from './localFacts.ts';
import { houseRules, protocolOffer } from './houseRules.ts';
import { repliesView } from './olderReplies.ts';
import { replyBox } from './replyBox.ts';
import { suspectsView } from './suspects.ts';
import { traceCards } from './traces.ts';

/**
 * What an open step shows, in the order of working: what it is for, what to gather, ask, the result, what was said. In a
 * wide panel what was asked with stands beside what came of it.
 */
export function stepBody(context: PanelContext, step: StepId): TemplateResult {
  const { incident } = context;
  const runs = runsOf(incident, step);
  const recorded = recordedRun(incident, step);
  const { mark } = incident.steps[step];
  return html`<p class="purpose">${stepDefinition(step).purpose}</p>
    ${mark.kind === 'skipped' ? html`<p class="skipped-reason"><strong>${t('Skipped:')}</strong> <bdi>${mark.reason}</bdi></p>` : nothing}
    <div class="inputs">
      ${step === 'orient' ? errorBox(context, runs.length > 0) : nothing}
      ${step === 'orient' ? traceCards(context, step) : nothing}
      ${step === 'files' ? html`${suspectsView(context)} ${traceCards(context, step)}` : nothing}
      ${step === 'regression' ? gitNotice(context) : nothing} ${localFacts(context, step)}
      ${evidenceChips(context, step)} ${houseRules(context, step)} ${askRow(context, step)}
    </div>
    <div class="outputs">
      ${
        recorded === undefined
          ? nothing
          : html`<div class="result" role="group" aria-label=${t('Recorded result')}>
              ${recordCards(context, recorded)}
            </div>`
      }
      ${recorded === undefined ? nothing : provenThenApplied(context, recorded)}
      ${step === 'regression' ? huntView(context) : nothing} ${failureAt(context, `record:${step}`)}
      ${repliesView(context, runs)} ${runs.length === 0 ? nothing : replyBox(context, step)} ${nextRow(context, step)}
    </div>
    ${step === 'orient' ? protocolOffer(context) : nothing}`;
}

/** A fix is proved before it is applied, and stands so. */
function provenThenApplied(context: PanelContext, { run, record }: RecordedRun): TemplateResult | typeof nothing {
  return record.step === 'fix' ? html`${proofView(context, run)} ${applyFix(context, run, record.data)}` : nothing;
}

function gitNotice(context: PanelContext): TemplateResult | typeof nothing {
  const folder = context.surroundings.folders[0] ?? t('This folder');
  switch (context.surroundings.git) {
    case 'missing':
      return quiet(context, { kind: 'noGit' });
    case 'notARepository':
      return quiet(context, { kind: 'notARepository', folder });
    case 'noCommits':
      return quiet(context, { kind: 'noCommits', folder });
    case 'ready':
    case 'unknown':
      return nothing;
  }
}
