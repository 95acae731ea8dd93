import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Hypotheses } from '../../../src/model/records.ts';
import type { Run, Verdict } from '../../../src/model/reply.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';
import { citationLinks } from '../links.ts';
import { groundingBadge } from './grounding.ts';
import { restsOn } from './restsOn.ts';
import { noteBox, openNote, sendVerdict } from './verdictNote.ts';
import type { Judged } from './verdictNote.ts';

type Hypothesis = Hypotheses['hypotheses'][number];

/** The hypotheses, most likely first, each with what would confirm it, what would rule it out, and the user's verdict. */
export function hypothesisCards(context: PanelContext, run: Run, data: Hypotheses): TemplateResult {
  return html`<ol class="cards">
    ${data.hypotheses.map((hypothesis, index) => card(context, run, hypothesis, index))}
  </ol>`;
}

function card(context: PanelContext, run: Run, hypothesis: Hypothesis, index: number): TemplateResult {
  const verdict = run.verdicts?.[index];
  const kind = verdict?.kind ?? 'open';
  const judged: Judged = { runId: run.id, index, rank: index + 1, kind, note: verdict?.note ?? '' };
  const title = `${judged.rank} · ${hypothesis.title}`;
  return html`<li class="card hypothesis ${kind}">
    <div class="row card-head">
      <h3 class="grow" dir="auto">${kind === 'ruledOut' ? html`<s>${title}</s>` : title}</h3>
      ${kind === 'open' ? html`<span class="label">${hypothesis.likelihood} likelihood</span>` : verdictLabel(verdict)}
      ${groundingBadge(run, index)}
    </div>
    ${judged.note === '' ? nothing : html`<p class="verdict-note prose" dir="auto"><strong>Note:</strong> ${judged.note}</p>`}
    ${kind === 'ruledOut' ? folded(context, hypothesis, judged) : tests(context, hypothesis)}
    ${verdictRow(context, judged)} ${noteBox(context, judged)}
  </li>`;
}

function verdictLabel(verdict: Verdict | undefined): TemplateResult {
  return verdict?.kind === 'confirmed'
    ? html`<span class="label ok">${icon('pass-filled')} confirmed</span>`
    : html`<span class="label">${icon('circle-slash')} ruled out</span>`;
}

function tests(context: PanelContext, { confirms, rulesOut, citations }: Hypothesis): TemplateResult {
  return html`<dl>
    <dt>Confirms it</dt>
    <dd dir="auto">${confirms}</dd>
    <dt>Rules it out</dt>
    <dd dir="auto">${rulesOut}</dd>
    ${restsOn(citationLinks(context, 'record:hypotheses', citations))}
  </dl>`;
}

/** What has fallen takes no more room than its line; it stays readable, since the record tells why it fell. */
function folded(context: PanelContext, hypothesis: Hypothesis, { rank }: Judged): TemplateResult {
  return html`<details>
    <summary>What hypothesis ${rank} was tested by</summary>
    ${tests(context, hypothesis)}
  </details>`;
}

function verdictRow(context: PanelContext, judged: Judged): TemplateResult {
  const { kind, rank, note } = judged;
  const button = (word: string, wanted: Verdict['kind'], name: string): TemplateResult =>
    html`<button
      type="button"
      class="plain-button"
      aria-label="${word} hypothesis ${rank}"
      @click=${() => sendVerdict(context, judged, wanted)}
    >
      ${icon(name)} ${word}
    </button>`;
  return html`<div class="row verdict-row">
    ${
      kind === 'open'
        ? html`${button('Confirm', 'confirmed', 'check')} ${button('Rule out', 'ruledOut', 'circle-slash')}`
        : button('Reopen', 'open', 'discard')
    }
    <button
      type="button"
      class="link quiet"
      aria-label="${note === '' ? 'Add a note to' : 'Change the note of'} hypothesis ${rank}"
      @click=${() => openNote(context, judged)}
    >
      ${note === '' ? 'Add a note…' : 'Change the note…'}
    </button>
  </div>`;
}
