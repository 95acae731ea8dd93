import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { until } from 'lit-html/directives/until.js';
import { presentEvidence } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { shownRate } from '../../src/model/rateWords.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';
import type { errorRatePlot, PlottedDigest } from './errorRate.ts';

/** Plots at once: of the logs that were added last. */
const maxPlots = 2;

let loaded: typeof errorRatePlot | undefined;
let loading: Promise<typeof errorRatePlot> | undefined;

/** The error rates of the digests that are among the evidence. Their plot comes on demand; its words are there before it. */
export function errorRates(context: PanelContext, step: StepId): TemplateResult | typeof nothing {
  const digests = presentEvidence(context.incident).filter(({ kind }) => kind === 'logDigest');
  if (digests.length === 0) return nothing;
  const plotted = digests.flatMap((digest): PlottedDigest[] => {
    const { errorRate } = digest;
    return errorRate === undefined ? [] : [{ ...digest, errorRate }];
  });
  if (plotted.length === 0) {
    return html`<p class="row local-fact">
      ${icon('graph')} <span>${t('The errors in the log carry no time, so their rate cannot be shown.')}</span>
    </p>`;
  }
  return html`${plotted.slice(-maxPlots).map((digest) => onDemand(context, step, digest))}`;
}

function onDemand(context: PanelContext, step: StepId, digest: PlottedDigest): unknown {
  if (loaded !== undefined) return loaded(context, step, digest);
  const words = html`<p class="rate-words" dir="auto">${shownRate(digest.errorRate)}</p>`;
  loading ??= import('./errorRate.ts').then(({ errorRatePlot }) => errorRatePlot);
  const plot = loading.then(
    (show) => {
      loaded = show;
      return show(context, step, digest);
    },
    // The extension was updated under an open panel: the words say the same.
    () => words,
  );
  return until(plot, words);
}
