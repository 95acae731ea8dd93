import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { until } from 'lit-html/directives/until.js';
import { presentEvidence } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';
import type * as Plot from './errorRate.ts';

type PlotModule = typeof Plot;

/** Plots at once: of the logs that were added last. */
const maxPlots = 2;

let loaded: PlotModule | undefined;
let loading: Promise<PlotModule> | undefined;

/** The error rates of the digests that are among the evidence. Their plot comes on demand; its words are there before it. */
export function errorRates(context: PanelContext, step: StepId): TemplateResult | typeof nothing {
  const digests = presentEvidence(context.incident).filter(({ kind }) => kind === 'logDigest');
  if (digests.length === 0) return nothing;
  const plotted = digests.flatMap((digest): Plot.PlottedDigest[] => {
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

function onDemand(context: PanelContext, step: StepId, digest: Plot.PlottedDigest): unknown {
  if (loaded !== undefined) return loaded.errorRatePlot(context, step, digest);
  const words = html`<p class="rate-words" dir="auto">${digest.errorRate.words}</p>`;
  loading ??= import('./errorRate.ts');
  const plot = loading.then(
    (module) => {
      loaded = module;
      return module.errorRatePlot(context, step, digest);
    },
    // The extension was updated under an open panel: the words say the same.
    () => words,
  );
  return until(plot, words);
}
