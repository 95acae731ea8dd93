import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun, stepsSettled } from '../../src/model/incident.ts';
import { t, tParts } from '../../src/model/l10n.ts';
import { answeringEndpoint } from '../../src/model/reply.ts';
import { stepIds } from '../../src/model/steps.ts';
import type { Intent, Surroundings } from '../../src/protocol.ts';
import type { PanelContext } from './context.ts';
import { costOfAll } from './cost.ts';
import { limitsInWords, lowLimits, restingEndpoints } from './endpoints.ts';
import { failureAt } from './failureBox.ts';
import { icon, spinner } from './icon.ts';
import { titleView } from './title.ts';

type Command = Extract<Intent, { type: 'runCommand' }>['command'];

/** Which incident, since when, how far it is, and who answers. */
export function headerView(context: PanelContext): TemplateResult {
  const { incident, surroundings, actions } = context;
  const running = activeRun(incident);
  const endpoint = running === undefined ? surroundings.endpoint : answeringEndpoint(running);
  const run = (command: Command) => () => void actions.send('header', { type: 'runCommand', command });
  return html`<header class="top">
    <div class="row title-row">
      ${titleView(context)}
      <div class="row tools">
        ${
          running === undefined
            ? nothing
            : html`<vscode-button
                class="head-stop"
                appearance="secondary"
                aria-label=${t('Stop the reply')}
                @click=${() => actions.send('header', { type: 'stop' })}
                >${icon('debug-stop')}&nbsp;${t('Stop')}</vscode-button
              >`
        }
        ${
          incident.status.kind === 'resolved'
            ? tool('issue-reopened', t('Reopen'), t('Reopen the Incident'), run('reopenIncident'))
            : tool('check-all', t('Resolve…'), t('Resolve the Incident'), run('resolveIncident'))
        }
        ${surroundings.otherIncidents === 0 ? nothing : tool('arrow-swap', t('Switch…'), t('Switch Incident'), run('switchIncident'))}
        ${tool('notebook', t('Postmortem'), t('Export Postmortem'), run('exportPostmortem'))}
        ${tool('add', t('New'), t('Start a New Incident'), run('startIncident'))}
      </div>
    </div>
    <ul class="row meta" aria-label=${t('About this incident')}>
      <li>
        ${tParts('Since {0} ·', html`<time data-clock="day" data-since=${incident.startedAt}></time>`)}
        <strong
          ><time data-clock="elapsed" data-since=${incident.startedAt} data-until=${until(context)}></time
        ></strong>
      </li>
      <li>${t('{0} of {1} steps', stepsSettled(incident), stepIds.length)}</li>
      <li>
        <span title=${limitsInWords(surroundings.endpoints ?? [])}
          ><bdi class="cut">${endpoint.name}</bdi> · <bdi class="cut">${endpoint.model}</bdi></span
        >
        ·
        <span class="whole"
          >${running === undefined ? nothing : spinner} ${endpointState(surroundings, running !== undefined)}</span
        >
        ${incident.demo === undefined ? nothing : html`· <span>${t('nothing goes to the network')}</span>`}
        ${
          (surroundings.endpoints ?? []).length < 2
            ? nothing
            : html`·
                <button type="button" class="link quiet" @click=${run('switchEndpoint')}>
                  ${t('Switch endpoint…')}
                </button>`
        }
      </li>
      ${restingEndpoints(context)} ${lowLimits(context)} ${costOfAll(context)}
      ${
        incident.runs.length === 0
          ? nothing
          : html`<li>
              <button type="button" class="link" @click=${run('showWhatWasSent')}>
                ${t('What was sent ({0})', incident.runs.length)}
              </button>
            </li>`
      }
    </ul>
    ${failureAt(context, 'header')}
  </header>`;
}

/** A word, or its icon where the panel is too narrow for the words of all of them. */
function tool(picture: string, word: string, label: string, act: () => void): TemplateResult {
  return html`<vscode-button class="tool" appearance="secondary" aria-label=${label} title=${label} @click=${act}
    >${icon(picture)}<span class="tool-word">${word}</span></vscode-button
  >`;
}

/** A resolved incident's clock stands still; lit leaves the attribute out for `nothing`. */
function until({ incident: { status } }: PanelContext): number | typeof nothing {
  return status.kind === 'resolved' ? status.at : nothing;
}

function endpointState(surroundings: Surroundings, answering: boolean): TemplateResult | string {
  if (answering) return t('answering');
  if (surroundings.endpointFailure !== undefined)
    return html`<strong class="bad">${icon('error')} ${t('cannot be used')}</strong>`;
  if (!surroundings.hasKey) return html`<strong class="warn">${icon('key')} ${t('no API key')}</strong>`;
  if (surroundings.endpoint.demo) return html`<strong class="warn">${icon('beaker')} ${t('demo replies')}</strong>`;
  return t('ready');
}
