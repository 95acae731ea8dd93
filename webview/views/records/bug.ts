import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';
import type { Bug } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { citationLinks, fileLink } from '../links.ts';
import { restsOn } from './restsOn.ts';

/** The bug: the line to open, and why it is one. */
export function bugCard(context: PanelContext, data: Bug): TemplateResult {
  return html`<div class="card">
    <h3>
      ${data.file === undefined ? t('The bug was not found') : html`${t('Bug at')} ${fileLink(context, 'record:files', data.file, data.line)}`}
    </h3>
    <p class="prose" dir="auto">${data.explanation}</p>
    <dl>${restsOn(citationLinks(context, 'record:files', data.citations))}</dl>
  </div>`;
}
