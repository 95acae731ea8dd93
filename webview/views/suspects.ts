import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { recordOf } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { roleName } from '../../src/model/names.ts';
import { maxSuspects, suspectRoles } from '../../src/model/suspect.ts';
import type { Suspect } from '../../src/model/suspect.ts';
import type { PanelContext } from './context.ts';
import { failureAt } from './failureBox.ts';
import { icon } from './icon.ts';
import { fileLink } from './links.ts';
import { offeredFiles } from './offeredFiles.ts';
import { proposedSuspects } from './traces.ts';
import { suspectSource } from './wants.ts';

/** The files that Claude may read: three at most, each with its role, and where more can be had from. */
export function suspectsView(context: PanelContext): TemplateResult {
  const { incident } = context;
  const room = maxSuspects - incident.suspects.length;
  const askedFor = recordOf(incident, 'orient')?.data.filesToCheck ?? [];
  const next = suspectSource(context, askedFor.length);
  return html`<h3 class="list-title" id="suspects-title">
      ${t('Suspects ({0}/{1})', incident.suspects.length, maxSuspects)}
    </h3>
    ${
      incident.suspects.length === 0
        ? html`<p class="hint">
            ${t('None yet. Tick up to three below, or right-click a file: Add to Incident as Suspect.')}
          </p>`
        : html`<ul class="list" aria-labelledby="suspects-title">
            ${incident.suspects.map((suspect) => suspectRow(context, suspect))}
          </ul>`
    }
    ${proposedSuspects(context)} ${failureAt(context, 'suspects')}
    ${offeredFiles(context, askedFor, room, next === 'askedFor')}
    <div class="row choose-row ${next === 'dialog' ? 'next' : ''}">
      <button
        type="button"
        class="plain-button ${next === 'dialog' ? 'primary' : ''}"
        ?disabled=${room === 0}
        @click=${() => context.actions.send('suspects', { type: 'addSuspect' })}
      >
        ${icon('add')} ${t('Choose a File…')}
      </button>
      ${room === 0 ? html`<span class="hint">${t('Three is the limit: remove one to add another.')}</span>` : nothing}
    </div>`;
}

function suspectRow(context: PanelContext, suspect: Suspect): TemplateResult {
  const { actions } = context;
  const { uri, path } = suspect;
  const change = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const chosen = event.target.value;
    const role = suspectRoles.find((known) => known === chosen);
    if (role !== undefined) void actions.send('suspects', { type: 'setSuspectRole', uri, role });
  };
  return html`<li class="row">
    ${icon('file')}
    <span class="grow cut">${fileLink(context, 'suspects', path)}</span>
    <select aria-label=${t('Role of {0}', path)} .value=${live(suspect.role)} @change=${change}>
      ${suspectRoles.map((role) => html`<option value=${role} ?selected=${role === suspect.role}>${roleName(role)}</option>`)}
    </select>
    <button
      type="button"
      class="icon-button"
      aria-label=${t('Remove {0}', path)}
      title=${t('Remove')}
      @click=${() => actions.send('suspects', { type: 'removeSuspect', uri })}
    >
      ${icon('close')}
    </button>
  </li>`;
}
