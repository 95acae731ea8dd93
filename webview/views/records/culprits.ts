import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { StepRecord } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';
import { citationLinks } from '../links.ts';
import { groundingBadge } from './grounding.ts';
import { restsOn } from './restsOn.ts';

/** The commits that could have caused it, each with the reason. */
export function culpritCards(
  context: PanelContext,
  record: Extract<StepRecord, { step: 'regression' }>,
): TemplateResult {
  const { data } = record;
  if (data.commits.length === 0) return html`<p class="hint">No commit was found that could have caused this.</p>`;
  return html`<ol class="cards">
    ${data.commits.map(
      ({ commit, reason, citations }, index) =>
        html`<li class="card">
          <h3>${icon('git-commit')} <bdi class="mono">${commit}</bdi></h3>
          ${groundingBadge(context, record, index)}
          <p class="prose" dir="auto">${reason}</p>
          <dl>${restsOn(citationLinks(context, 'record:regression', citations))}</dl>
        </li>`,
    )}
  </ol>`;
}
