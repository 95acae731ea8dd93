import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Failure } from '../../src/model/failure.ts';
import { demoNotice } from '../../src/model/incidentNotices.ts';
import { plural, t, tParts } from '../../src/model/l10n.ts';
import type { Surroundings } from '../../src/protocol.ts';
import type { PanelContext } from './context.ts';
import { endpointsToAllow } from './endpoints.ts';
import { failureAt, failureText } from './failureBox.ts';
import { icon } from './icon.ts';

/** What holds for the whole incident and must not be overlooked: demo replies, what is missing, what fails. */
export function noticesView(context: PanelContext): TemplateResult {
  const { incident, surroundings } = context;
  const { journal } = surroundings;
  const demo = demoNotice(incident, surroundings.endpoint.demo);
  return html`<section class="notices" aria-label=${t('Notices')}>
    ${
      demo === undefined
        ? nothing
        : html`<div class="notice warning demo-banner" role="note">
            ${icon('beaker')}
            <p class="grow"><strong>${demo.what}</strong> ${demo.means}</p>
          </div>`
    }
    ${
      incident.status.kind === 'resolved'
        ? html`<div class="notice info" role="note">
            ${icon('pass-filled')}
            <p class="grow">
              <strong
                >${tParts('Resolved at {0}.', html`<time data-clock="day" data-since=${incident.status.at}></time>`)}</strong
              >
              ${t('The record is kept, and the incident can be reopened.')}
            </p>
          </div>`
        : nothing
    }
    ${surroundings.endpointFailure === undefined ? nothing : obstacle(context, surroundings.endpointFailure)}
    ${surroundings.endpointFailure?.kind === 'endpointNotAgreed' ? nothing : endpointsToAllow(context).map((failure) => quiet(context, failure))}
    ${surroundings.readOnly === undefined ? nothing : quiet(context, surroundings.readOnly)}
    ${journal.failure === undefined ? nothing : obstacle(context, journal.failure)} ${damageNotice(journal)}
    ${draftsNotice(context)}
    ${
      surroundings.folders.length === 0
        ? quiet(context, { kind: 'noFolder' })
        : surroundings.trusted
          ? nothing
          : quiet(context, { kind: 'restricted', what: t('running anything in this folder') })
    }
    ${failureAt(context, 'notices')}
  </section>`;
}

/** What is no longer in the drafts since they were stored: the disk gets no secret, not even of an unsent text. */
function draftsNotice({ view }: PanelContext): TemplateResult | typeof nothing {
  const { secrets, lost } = view.leftOut;
  if (secrets === 0 && lost === 0) return nothing;
  return html`<div class="notice info" role="note">
    ${icon('info')}
    <p class="grow">
      ${
        secrets === 0
          ? nothing
          : html`<strong>${t('What you were writing is back, without its secrets.')}</strong>
              ${plural(secrets, '{0} of them was not kept: «hidden» stands in its place.', '{0} of them were not kept: «hidden» stands in their place.')}`
      }
      ${
        lost === 0
          ? nothing
          : html`<strong>${t('A draft of yours could not be read back.')}</strong>
              ${t('It could not be searched for secrets, so it was not kept. Please write it again.')}`
      }
    </p>
  </div>`;
}

/** What could not be read of the record, said once for all that was wrong with it. */
function damageNotice({
  badLines,
  missing = 0,
  unknown = 0,
}: Surroundings['journal']): TemplateResult | typeof nothing {
  const kept = badLines === 1 ? t('It was kept aside.') : t('They were kept aside.');
  const parts = [
    ...(badLines === 0
      ? []
      : [
          plural(
            badLines,
            '{0} line of this incident’s record could not be read. {1}',
            '{0} lines of this incident’s record could not be read. {1}',
            kept,
          ),
        ]),
    ...(missing === 0
      ? []
      : [
          plural(
            missing,
            '{0} entry of this incident’s record is missing.',
            '{0} entries of this incident’s record are missing.',
          ),
        ]),
    ...(unknown === 0
      ? []
      : [
          plural(
            unknown,
            '{0} entry of a kind that this version does not know was passed over.',
            '{0} entries of a kind that this version does not know were passed over.',
          ),
        ]),
  ];
  if (parts.length === 0) return nothing;
  return html`<div class="notice warning" role="note">
    ${icon('warning')}
    <p class="grow"><strong>${parts.join(' ')}</strong> ${t('Everything else is here.')}</p>
  </div>`;
}

function obstacle(context: PanelContext, failure: Failure): TemplateResult {
  return html`<div class="notice error" role="alert">${failureText(context, failure, 'notices')}</div>`;
}

/** Something to know that stops nothing. */
export function quiet(context: PanelContext, failure: Failure): TemplateResult {
  return html`<div class="notice info" role="note">${failureText(context, failure, 'notices', 'info')}</div>`;
}
