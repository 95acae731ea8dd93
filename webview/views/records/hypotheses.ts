import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';
import { likelihoodName } from '../../../src/model/names.ts';
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
      ${kind === 'open' ? html`<span class="label">${likelihoodName(hypothesis.likelihood)}</span>` : verdictLabel(verdict)}
      ${groundingBadge(run, index)}
    </div>
    ${judged.note === '' ? nothing : html`<p class="verdict-note prose" dir="auto"><strong>${t('Note:')}</strong> ${judged.note}</p>`}
    ${kind === 'ruledOut' ? folded(context, hypothesis, judged) : tests(context, hypothesis)}
    ${verdictRow(context, judged)} ${noteBox(context, judged)}
  </li>`;
}

function verdictLabel(verdict: Verdict | undefined): TemplateResult {
  return verdict?.kind === 'confirmed'
    ? html`<span class="label ok">${icon('pass-filled')} ${t('confirmed')}</span>`
    : html`<span class="label">${icon('circle-slash')} ${t('ruled out')}</span>`;
}

function tests(context: PanelContext, { confirms, rulesOut, citations }: Hypothesis): TemplateResult {
  return html`<dl>
    <dt>${t('Confirms it')}</dt>
    <dd dir="auto">${confirms}</dd>
    <dt>${t('Rules it out')}</dt>
    <dd dir="auto">${rulesOut}</dd>
    ${restsOn(citationLinks(context, 'record:hypotheses', citations))}
  </dl>`;
}

/** What has fallen takes no more room than its line; it stays readable, since the record tells why it fell. */
function folded(context: PanelContext, hypothesis: Hypothesis, { rank }: Judged): TemplateResult {
  return html`<details>
    <summary>${t('What hypothesis {0} was tested by', rank)}</summary>
    ${tests(context, hypothesis)}
  </details>`;
}

function verdictRow(context: PanelContext, judged: Judged): TemplateResult {
  const { kind, rank, note } = judged;
  const button = (word: string, wanted: Verdict['kind'], name: string): TemplateResult =>
    html`<button
      type="button"
      class="plain-button"
      aria-label=${t('{0} hypothesis {1}', word, rank)}
      @click=${() => sendVerdict(context, judged, wanted)}
    >
      ${icon(name)} ${word}
    </button>`;
  return html`<div class="row verdict-row">
    ${
      kind === 'open'
        ? html`${button(t('Confirm'), 'confirmed', 'check')} ${button(t('Rule out'), 'ruledOut', 'circle-slash')}`
        : button(t('Reopen'), 'open', 'discard')
    }
    <button
      type="button"
      class="link quiet"
      aria-label=${t('{0} hypothesis {1}', note === '' ? t('Add a note to') : t('Change the note of'), rank)}
      @click=${() => openNote(context, judged)}
    >
      ${note === '' ? t('Add a note…') : t('Change the note…')}
    </button>
  </div>`;
}
