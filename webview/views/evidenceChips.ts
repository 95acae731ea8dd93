import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { pendingEvidence } from '../../src/model/incident.ts';
import { stillSent } from '../../src/model/cutWords.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { plural, t } from '../../src/model/l10n.ts';
import { evidenceTitle } from '../../src/model/evidenceTitle.ts';
import { evidenceSource, leftOutWords } from '../../src/model/evidenceSource.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';
import { failureAt } from './failureBox.ts';
import { icon } from './icon.ts';
import { suspiciousCount, suspiciousLines } from './suspiciousLines.ts';

/** What goes out with the step's next question; each piece can be looked at and taken out. */
export function evidenceChips(context: PanelContext, step: StepId): TemplateResult {
  const pending = pendingEvidence(context.incident, step);
  return html`${
    pending.length === 0
      ? nothing
      : html`<h3 class="list-title" id="pending-${step}">${t('Sent with the next question')}</h3>
          <ul class="chips" aria-labelledby="pending-${step}">
            ${pending.map((item) => html`<li class="chip">${opener(context, step, item)} ${remover(context, step, item)}</li>`)}
          </ul>
          ${suspiciousLines(context, step, pending)}`
  }
  ${failureAt(context, `evidence:${step}`)}`;
}

/** What went out with a question that has been asked. It stays in the conversation. */
export function sentChips(
  context: PanelContext,
  step: StepId,
  items: readonly Evidence[],
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<ul class="chips sent" aria-label=${t('Sent with this question')}>
      ${items.map((item) => html`<li class="chip">${opener(context, step, item)}</li>`)}
    </ul>
    ${suspiciousLines(context, step, items)}`;
}

/** How long a piece is, where its title does not say so: `error.log, last 50 lines` does. */
function linesOf({ title, lineCount }: Evidence): string {
  const isSaid = new RegExp(`\\b${lineCount} lines?$`).test(title);
  return isSaid ? '' : plural(lineCount, '{0} line', '{0} lines');
}

function opener({ actions, incident }: PanelContext, step: StepId, item: Evidence): TemplateResult {
  const hidden = item.redactions.reduce((sum, { count: found }) => sum + found, 0);
  const left = item.omitted === undefined ? '' : t(' Left out: {0}.', leftOutWords(item.omitted));
  const kept = stillSent(item, incident);
  return html`<button
    type="button"
    class="chip-open"
    title=${t('From {0}.{1} Opens a preview.', evidenceSource(item), left)}
    @click=${() => actions.send(`evidence:${step}`, { type: 'previewEvidence', evidenceId: item.id })}
  >
    <span class="dim">${item.id}</span> <strong><bdi>${evidenceTitle(item)}</bdi></strong>
    <span class="dim chip-length">${kept ?? linesOf(item)}</span>
    ${
      hidden === 0
        ? nothing
        : html`<span
            class="secrets"
            title=${item.redactions.map(({ kind, count: found }) => `${found} × ${kind}`).join(', ')}
            >${icon('shield')} ${plural(hidden, '{0} secret hidden', '{0} secrets hidden')}</span
          >`
    }
    ${suspiciousCount(item)}
  </button>`;
}

function remover({ actions }: PanelContext, step: StepId, item: Evidence): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${t('Remove {0}, {1}', item.id, evidenceTitle(item))}
    title=${t('Remove')}
    @click=${() => actions.send(`evidence:${step}`, { type: 'removeEvidence', evidenceId: item.id })}
  >
    ${icon('close')}
  </button>`;
}
