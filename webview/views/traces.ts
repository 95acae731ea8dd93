import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { until } from 'lit-html/directives/until.js';
import type { StepId } from '../../src/model/steps.ts';
import { openProposals } from '../../src/model/traceReport.ts';
import type { PanelContext } from './context.ts';
import type * as TraceParts from './traceParts.ts';

let parts: typeof TraceParts | undefined;
let loading: Promise<typeof TraceParts> | undefined;

/** Loaded when the first trace is there: most of the panel's life has none. */
function whenLoaded(draw: (loaded: typeof TraceParts) => TemplateResult): TemplateResult {
  if (parts !== undefined) return draw(parts);
  loading ??= import('./traceParts.ts').then((loaded) => (parts = loaded));
  return html`${until(loading.then(draw), nothing)}`;
}

/** The files that the traces lead to, each with its role and reason, to be accepted with one click. */
export function proposedSuspects(context: PanelContext): TemplateResult | typeof nothing {
  const proposals = openProposals(context.traces, context.incident);
  return proposals.length === 0 ? nothing : whenLoaded((loaded) => loaded.proposalList(context, proposals));
}

/** The stack traces of the evidence, frame by frame, with what was found of them in the open folders. */
export function traceCards(context: PanelContext, step: StepId): TemplateResult | typeof nothing {
  return context.traces.traces.length === 0 ? nothing : whenLoaded((loaded) => loaded.traceList(context, step));
}

/** Who last changed the failing lines, and the commits of the range, the closest to them first. */
export function lineHistory(context: PanelContext): TemplateResult | typeof nothing {
  const { history = [] } = context.traces;
  return history.length === 0 ? nothing : whenLoaded((loaded) => loaded.historyList(context, history));
}
