import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Failure } from '../../src/model/failure.ts';
import type { Surroundings } from '../../src/protocol.ts';
import { count } from '../format.ts';
import type { PanelContext } from './context.ts';
import { endpointsToAllow } from './endpoints.ts';
import { failureAt, failureText } from './failureBox.ts';
import { icon } from './icon.ts';

/** What holds for the whole incident and must not be overlooked: demo replies, what is missing, what fails. */
export function noticesView(context: PanelContext): TemplateResult {
  const { incident, surroundings } = context;
  const { journal } = surroundings;
  const demo = surroundings.endpoint.demo || incident.runs.at(-1)?.endpoint.demo === true;
  return html`<section class="notices" aria-label="Notices">
    ${
      demo
        ? html`<div class="notice warning demo-banner" role="note">
            ${icon('beaker')}
            <p class="grow">
              <strong>Demo replies.</strong> The answers below are canned examples. They do not come from Claude and
              know nothing of your code. ${incident.demo === undefined ? nothing : 'Nothing goes to the network.'}
            </p>
          </div>`
        : nothing
    }
    ${
      incident.status.kind === 'resolved'
        ? html`<div class="notice info" role="note">
            ${icon('pass-filled')}
            <p class="grow">
              <strong>Resolved at <time data-clock="day" data-since=${incident.status.at}></time>.</strong>
              The record is kept, and the incident can be reopened.
            </p>
          </div>`
        : nothing
    }
    ${surroundings.endpointFailure === undefined ? nothing : obstacle(context, surroundings.endpointFailure)}
    ${surroundings.endpointFailure?.kind === 'endpointNotAgreed' ? nothing : endpointsToAllow(context).map((failure) => quiet(context, failure))}
    ${surroundings.readOnly === undefined ? nothing : quiet(context, surroundings.readOnly)}
    ${journal.failure === undefined ? nothing : obstacle(context, journal.failure)} ${damageNotice(journal)}
    ${
      surroundings.folders.length === 0
        ? quiet(context, { kind: 'noFolder' })
        : surroundings.trusted
          ? nothing
          : quiet(context, { kind: 'restricted', what: 'running anything in this folder' })
    }
    ${failureAt(context, 'notices')}
  </section>`;
}

/** What could not be read of the record, said once for all that was wrong with it. */
function damageNotice({
  badLines,
  missing = 0,
  unknown = 0,
}: Surroundings['journal']): TemplateResult | typeof nothing {
  const kept = badLines === 1 ? 'It was kept aside.' : 'They were kept aside.';
  const parts = [
    ...(badLines === 0 ? [] : [`${count(badLines, 'line')} of this incident’s record could not be read. ${kept}`]),
    ...(missing === 0
      ? []
      : [`${count(missing, 'entry', 'entries')} of this incident’s record ${missing === 1 ? 'is' : 'are'} missing.`]),
    ...(unknown === 0
      ? []
      : [
          `${count(unknown, 'entry', 'entries')} of a kind that this version does not know ${unknown === 1 ? 'was' : 'were'} passed over.`,
        ]),
  ];
  if (parts.length === 0) return nothing;
  return html`<div class="notice warning" role="note">
    ${icon('warning')}
    <p class="grow"><strong>${parts.join(' ')}</strong> Everything else is here.</p>
  </div>`;
}

function obstacle(context: PanelContext, failure: Failure): TemplateResult {
  return html`<div class="notice error" role="alert">${failureText(context, failure, 'notices')}</div>`;
}

/** Something to know that stops nothing. */
export function quiet(context: PanelContext, failure: Failure): TemplateResult {
  return html`<div class="notice info" role="note">${failureText(context, failure, 'notices', 'info')}</div>`;
}
