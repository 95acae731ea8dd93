import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Hypotheses } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';
import { citationLinks, isGrounded } from '../links.ts';
import { restsOn } from './restsOn.ts';

/** The hypotheses, most likely first, each with what would confirm it and what would rule it out. */
export function hypothesisCards(context: PanelContext, data: Hypotheses): TemplateResult {
  return html`<ol class="cards">
    ${data.hypotheses.map((hypothesis, index) => card(context, hypothesis, index + 1))}
  </ol>`;
}

function card(context: PanelContext, hypothesis: Hypotheses['hypotheses'][number], rank: number): TemplateResult {
  return html`<li class="card">
    <div class="row card-head">
      <h3 class="grow" dir="auto">${rank} · ${hypothesis.title}</h3>
      <span class="label">${hypothesis.likelihood} likelihood</span>
      ${
        isGrounded(context, hypothesis.citations)
          ? nothing
          : html`<span class="label warn">${icon('warning')} not grounded: cites nothing that was sent</span>`
      }
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
