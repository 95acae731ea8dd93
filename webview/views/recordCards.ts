import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../src/model/l10n.ts';
import type { RecordedRun } from '../recordedRun.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';
import { blastRadiusCards } from './records/blastRadius.ts';
import { bugCard } from './records/bug.ts';
import { culpritCards } from './records/culprits.ts';
import { environmentTable } from './records/environment.ts';
import { fixCards } from './records/fix.ts';
import { groundingBadge } from './records/grounding.ts';
import { hypothesisCards } from './records/hypotheses.ts';
import { orientationCard } from './records/orientation.ts';

/** The recorded result of a step. One that could not be concluded says first what is missing. */
export function recordCards(context: PanelContext, recorded: RecordedRun): TemplateResult {
  const { inconclusive } = recorded.record.data;
  return html`${
    inconclusive === undefined
      ? nothing
      : html`<div class="notice warning" role="note">
          ${icon('question')}
          <p class="grow"><strong>${t('Inconclusive.')}</strong> <bdi>${inconclusive}</bdi></p>
        </div>`
  }
  ${groundingBadge(recorded.run)} ${cards(context, recorded)}`;
}

function cards(context: PanelContext, { run, record }: RecordedRun): TemplateResult {
  switch (record.step) {
    case 'orient':
      return orientationCard(context, record.data);
    case 'files':
      return bugCard(context, record.data);
    case 'hypotheses':
      return hypothesisCards(context, run, record.data);
    case 'environment':
      return environmentTable(context, record.data);
    case 'regression':
      return culpritCards(context, run, record.data);
    case 'fix':
      return fixCards(context, run, record.data);
    case 'blastRadius':
      return blastRadiusCards(context, record.data);
  }
}
