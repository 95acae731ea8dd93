import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun, stepsSettled } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { stepIds } from '../../src/model/steps.ts';
import { watchList } from '../../src/model/watch.ts';
import { revealStep } from '../reveal.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** What is left when no step is: to watch until the time is up, then to resolve the incident. */
export function settledView(context: PanelContext): TemplateResult | typeof nothing {
  const { incident, surroundings, actions, view, now } = context;
  const isLeft = stepsSettled(incident) < stepIds.length || activeRun(incident) !== undefined;
  if (isLeft || incident.status.kind === 'resolved' || surroundings.readOnly !== undefined) return nothing;
  const watched = watchList(incident, now);
  const isToWatch = watched !== undefined && watched.monitors.length > 0 && !watched.allOk;
  return html`<div class="row settled" role="status">
    <p class="grow">
      <strong>${t('All seven steps are settled.')}</strong>
      ${
        isToWatch
          ? t('Not every monitor of step 7 is ok yet: watch them after the deploy.')
          : t('Resolve the incident when it is over: its clock stops, and its record is kept.')
      }
    </p>
    ${
      isToWatch
        ? html`<vscode-button
            appearance=${view.openByHand('blastRadius') === true ? 'secondary' : 'primary'}
            @click=${() => revealStep(view, 'blastRadius')}
            >${icon('eye')}&nbsp;${t('Show the Watch')}</vscode-button
          >`
        : html`<vscode-button @click=${() => actions.send('header', { type: 'runCommand', command: 'resolveIncident' })}
            >${icon('check-all')}&nbsp;${t('Resolve Incident')}</vscode-button
          >`
    }
  </div>`;
}
