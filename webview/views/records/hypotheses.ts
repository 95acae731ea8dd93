import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Hypotheses, StepRecord } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { citationLinks } from '../links.ts';
import { groundingBadge } from './grounding.ts';
import { restsOn } from './restsOn.ts';

/** The hypotheses, most likely first, each with what would confirm it and what would rule it out. */
export function hypothesisCards(
  context: PanelContext,
  record: Extract<StepRecord, { step: 'hypotheses' }>,
): TemplateResult {
  return html`<ol class="cards">
    ${record.data.hypotheses.map((hypothesis, index) =>
      card(context, hypothesis, index + 1, groundingBadge(context, record, index)),
    )}
  </ol>`;
}

function card(
  context: PanelContext,
  hypothesis: Hypotheses['hypotheses'][number],
  rank: number,
  badge: ReturnType<typeof groundingBadge>,
): TemplateResult {
  return html`<li class="card">
    <div class="row card-head">
      <h3 class="grow" dir="auto">${rank} · ${hypothesis.title}</h3>
      <span class="label">${hypothesis.likelihood} likelihood</span>
      ${badge}
    </div>
    <dl>
      <dt>Confirms it</dt>
      <dd dir="auto">${hypothesis.confirms}</dd>
      <dt>Rules it out</dt>
      <dd dir="auto">${hypothesis.rulesOut}</dd>
      ${restsOn(citationLinks(context, 'record:hypotheses', hypothesis.citations))}
    </dl>
  </li>`;
}
