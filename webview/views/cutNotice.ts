import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { cutInWords } from '../../src/model/cutWords.ts';
import type { Incident } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import type { Run } from '../../src/model/reply.ts';
import { icon } from './icon.ts';

/** Says what is no longer sent from this question on, so that the conversation stays within what the model reads. */
export function cutNotice(incident: Incident, run: Run): TemplateResult | typeof nothing {
  const place = incident.runs.indexOf(run);
  const cuts = incident.cuts.filter(({ fromRun }) => fromRun === place);
  if (cuts.length === 0) return nothing;
  return html`${cuts.map((cut) => {
    const { summary, details } = cutInWords(cut, incident);
    return html`<div class="notice info" role="note">
      ${icon('info')}
      <details class="grow cut-notice">
        <summary>${summary}</summary>
        <ul>
          ${details.map((detail) => html`<li><bdi>${detail}</bdi></li>`)}
        </ul>
        <p class="dim">
          ${t('All of it is kept here; only what Claude gets is shorter. Paste a line into your reply if it is needed.')}
        </p>
      </details>
    </div>`;
  })}`;
}
