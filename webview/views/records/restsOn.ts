import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';

/** The line of a list of facts that says what the claim rests on; none where nothing is cited. */
export function restsOn(links: TemplateResult | typeof nothing): TemplateResult | typeof nothing {
  return links === nothing
    ? nothing
    : html`<dt class="rests-on">${t('Rests on')}</dt>
        <dd class="rests-on">${links}</dd>`;
}
