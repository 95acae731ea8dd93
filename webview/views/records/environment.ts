import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';
import { variableStatusName } from '../../../src/model/names.ts';
import type { EnvironmentFindings } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { copyButton } from '../copyButton.ts';
import { icon } from '../icon.ts';
import { citationLinks } from '../links.ts';

type Variable = EnvironmentFindings['variables'][number];

const place = 'record:environment';

const statuses: Readonly<Record<Variable['status'], { readonly icon: string; readonly tone: string }>> = {
  missing: { icon: 'error', tone: 'bad' },
  suspect: { icon: 'warning', tone: 'warn' },
  fine: { icon: 'check', tone: 'ok' },
  unknown: { icon: 'question', tone: 'dim' },
};

/** The variables with what is wrong with each, and a command that shows presence without showing the value. */
export function environmentTable(context: PanelContext, data: EnvironmentFindings): TemplateResult {
  return html`<div class="table-scroll" role="group" aria-label=${t('Environment variables')} tabindex="0">
      <table class="variables">
        <thead>
          <tr>
            <th scope="col">${t('Variable')}</th>
            <th scope="col">${t('Status')}</th>
            <th scope="col">${t('Needed by')}</th>
            <th scope="col">${t('Verify without showing it')}</th>
          </tr>
        </thead>
        <tbody>
          ${data.variables.map((variable) => row(context, variable))}
        </tbody>
      </table>
    </div>
    ${
      data.citations.length === 0
        ? nothing
        : html`<p class="dim">${t('Rests on')} ${citationLinks(context, place, data.citations)}</p>`
    }`;
}

function row(context: PanelContext, variable: Variable): TemplateResult {
  const { name, neededBy, status, reason, verifyCommand } = variable;
  return html`<tr>
    <th scope="row" class="mono"><bdi>${name}</bdi></th>
    <td>
      <span class=${statuses[status].tone}>${icon(statuses[status].icon)} ${variableStatusName(status)}</span>
      <span class="dim block" dir="auto">${reason}</span>
    </td>
    <td data-column=${t('Needed by')}><bdi>${neededBy}</bdi></td>
    <td class="command">
      <div class="command-line">
        <code>${verifyCommand}</code> ${copyButton(context, place, verifyCommand, t('the command for {0}', name))}
      </div>
    </td>
  </tr>`;
}
