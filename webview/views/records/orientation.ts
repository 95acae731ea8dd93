import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';
import type { Orientation } from '../../../src/model/records.ts';
import { maxSuspects } from '../../../src/model/suspect.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';
import { citationLinks, fileLink } from '../links.ts';
import { samePath } from '../offeredFiles.ts';
import { restsOn } from './restsOn.ts';

const place = 'record:orient';

/** What fails, what caused it, and the files to look at first, each a click away from being a suspect. */
export function orientationCard(context: PanelContext, data: Orientation): TemplateResult {
  return html`<div class="card">
    <dl>
      <dt>${t('Failing')}</dt>
      <dd dir="auto">${data.failing}</dd>
      <dt>${t('Likely cause')}</dt>
      <dd dir="auto">${data.cause}</dd>
      ${restsOn(citationLinks(context, place, data.citations))}
    </dl>
    ${
      data.filesToCheck.length === 0
        ? nothing
        : html`<h3 class="list-title">${t('Files to check first')}</h3>
            <ul class="list">
              ${data.filesToCheck.map((file) => fileRow(context, file))}
            </ul>`
    }
  </div>`;
}

function fileRow(context: PanelContext, file: Orientation['filesToCheck'][number]): TemplateResult {
  const { incident, actions } = context;
  const suspect = incident.suspects.find(({ path }) => samePath(path, file.path));
  return html`<li class="row">
    <div class="grow">
      ${fileLink(context, place, file.path, file.line)} <span class="dim"><bdi>${file.reason}</bdi></span>
    </div>
    ${
      suspect !== undefined
        ? html`<span class="ok">${icon('check')} ${t('suspect')}</span>`
        : html`<button
            type="button"
            class="plain-button"
            aria-label=${t('Add as suspect: {0}', file.path)}
            title=${incident.suspects.length >= maxSuspects ? t('There are three already: you are asked which one to replace') : ''}
            @click=${() => actions.send(place, { type: 'addSuspect', path: file.path })}
          >
            ${icon('add')} ${t('Add as suspect')}
          </button>`
    }
  </li>`;
}
