import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { plural, t } from '../../src/model/l10n.ts';
import type { Run } from '../../src/model/reply.ts';
import type { PanelContext } from './context.ts';

/** Says that the panel has only the beginning of an old reply, and opens the whole of it in an editor. */
export function leftOutNotice({ actions }: PanelContext, run: Run): TemplateResult | typeof nothing {
  if (run.leftOut === undefined) return nothing;
  return html`<p class="row dim">
    <span
      >${plural(run.leftOut, '… {0} character of this reply are kept but not loaded.', '… {0} characters of this reply are kept but not loaded.')}</span
    >
    <button
      type="button"
      class="link"
      @click=${() => actions.send(`step:${run.step}`, { type: 'showReply', runId: run.id })}
    >
      ${t('Show the whole reply')}
    </button>
  </p>`;
}
