import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { costOfIncident, costOfRun, dollars, estimatedCost } from '../../src/model/cost.ts';
import type { Cost } from '../../src/model/cost.ts';
import { priceOf } from '../../src/model/price.ts';
import type { Run } from '../../src/model/reply.ts';
import { stepDefinition } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import { tokensIn, totalUsage } from '../../src/model/usage.ts';
import { count, tokens } from '../format.ts';
import type { PanelContext } from './context.ts';

/** Tokens and dollars of the incident so far; what the cache saved and each step's part are in the tooltip. */
export function costOfAll({ incident, surroundings }: PanelContext): TemplateResult | typeof nothing {
  const used = totalUsage(incident.runs.map(({ usage }) => usage));
  if (used === undefined) return nothing;
  const all = tokensIn(used) + used.output;
  const share = Math.round((100 * used.cacheRead) / Math.max(1, all));
  const { prices = [], limit = 0 } = surroundings.cost ?? {};
  const cost = costOfIncident(incident, prices);
  return html`<li title=${details(used, incident.runs, prices)}>
    ${tokens(all)}
    tokens${share === 0 ? nothing : html`, ${share} % cached`}${
      amount(cost) === ''
        ? nothing
        : html` · <strong>${amount(cost)}</strong>${limit > 0 ? ` of ${dollars(limit)}` : ''}`
    }
  </li>`;
}

/** What a reply took, when it has ended: `18.4k tokens in, 16k of them cached, 612 out · $0.02`. */
export function costOfReply({ surroundings }: PanelContext, run: Run): string {
  if (run.usage === undefined) return '';
  const { cacheRead, output } = run.usage;
  const cached = cacheRead === 0 ? '' : `, ${tokens(cacheRead)} of them cached`;
  const cost = amount(costOfRun(run, surroundings.cost?.prices ?? []));
  return `${tokens(tokensIn(run.usage))} tokens in${cached}, ${tokens(output)} out${cost === '' ? '' : ` · ${cost}`}`;
}

/** About what the step's question would send and cost, before it is asked. */
export function estimateOf(
  { incident, surroundings, now }: PanelContext,
  step: StepId,
): TemplateResult | typeof nothing {
  const { cost, endpoint } = surroundings;
  const next = cost?.nextTokens[step];
  if (cost === undefined || next === undefined || endpoint.demo) return nothing;
  const estimate = estimatedCost(incident, { tokens: next, model: endpoint.model, now }, cost.prices);
  const price = priceOf(endpoint.model, cost.prices);
  const by =
    price === undefined ? 'Its price is not known' : `By prices of ${price.asOf === '' ? 'the settings' : price.asOf}`;
  return html`<span class="dim estimate" title=${`${by}. What the step gathers by itself comes on top.`}
    >about ${tokens(next)} tokens${estimate === undefined ? nothing : `, ${dollars(estimate)}`}</span
  >`;
}

/** Empty where nothing is known; `at least` where a part is not. */
function amount({ dollars: sum, unknown }: Cost): string {
  if (sum === 0) return '';
  return unknown === 0 ? dollars(sum) : `at least ${dollars(sum)}`;
}

function details(
  used: NonNullable<Run['usage']>,
  runs: readonly Run[],
  prices: Parameters<typeof costOfRun>[1],
): string {
  const steps = new Map<StepId, Run[]>();
  for (const run of runs) steps.set(run.step, [...(steps.get(run.step) ?? []), run]);
  const lines = [...steps].map(([step, own]) => {
    const { number, title } = stepDefinition(step);
    const usage = totalUsage(own.map((run) => run.usage));
    const cost = amount(costOfIncident({ runs: own }, prices));
    const all = usage === undefined ? 'tokens not known' : `${tokens(tokensIn(usage) + usage.output)} tokens`;
    return `Step ${number}, ${title}: ${all}${cost === '' ? '' : `, ${cost}`}`;
  });
  const cache = `${count(used.cacheRead, 'token')} read from the cache, ${count(used.cacheWrite, 'token')} written to it`;
  return [`${count(used.input, 'token')} in beside ${cache}; ${count(used.output, 'token')} out`, ...lines].join('\n');
}
