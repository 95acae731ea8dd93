import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { costOfIncident, costOfRun, estimatedCost } from '../../src/model/cost.ts';
import type { Cost, StepEstimate } from '../../src/model/cost.ts';
import { plural, t } from '../../src/model/l10n.ts';
import { priceOf } from '../../src/model/price.ts';
import type { Run } from '../../src/model/reply.ts';
import { dollars } from '../../src/model/shownFigures.ts';
import { stepDefinition } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import { tokensIn, totalUsage } from '../../src/model/usage.ts';
import { tokens } from '../format.ts';
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
    ${t('{0} tokens', tokens(all))}${share === 0 ? nothing : t(', {0} % cached', share)}${
      amount(cost) === ''
        ? nothing
        : html` · <strong>${amount(cost)}</strong>${limit > 0 ? t(' of {0}', dollars(limit)) : ''}`
    }
  </li>`;
}

/** What a reply took, when it has ended: `18.4k tokens in, 16k of them cached, 612 out · $0.02`. */
export function costOfReply({ surroundings }: PanelContext, run: Run): string {
  if (run.usage === undefined) return '';
  const { cacheRead, output } = run.usage;
  const cached = cacheRead === 0 ? '' : t(', {0} of them cached', tokens(cacheRead));
  const cost = amount(costOfRun(run, surroundings.cost?.prices ?? []));
  return t(
    '{0} tokens in{1}, {2} out{3}',
    tokens(tokensIn(run.usage)),
    cached,
    tokens(output),
    cost === '' ? '' : ` · ${cost}`,
  );
}

/** About what the step's question would send and cost, before it is asked. */
export function estimateOf(
  { incident, surroundings, now }: PanelContext,
  step: StepId,
): TemplateResult | typeof nothing {
  const { cost, endpoint } = surroundings;
  const next = cost?.nextTokens[step];
  if (cost === undefined || next === undefined || endpoint.demo) return nothing;
  const estimate = estimatedCost(incident, { tokens: next.tokens, model: endpoint.model, now }, cost.prices);
  const price = priceOf(endpoint.model, cost.prices);
  const by =
    price === undefined
      ? t('Its price is not known.')
      : price.asOf === ''
        ? t('Prices from the settings.')
        : t('Prices as of {0}.', price.asOf);
  const shown = tokens(next.tokens);
  return html`<span class="dim estimate" title=${[by, whatComesOnTop(next)].join(' ').trim()}
    >${next.more === undefined ? t('about {0} tokens', shown) : t('at least {0} tokens', shown)}${
      estimate === undefined ? nothing : `, ${dollars(estimate)}`
    }</span
  >`;
}

/** What the estimate could not count, with its limit. */
function whatComesOnTop({ more }: StepEstimate): string {
  if (more === undefined) return t('What has changed since it was gathered is sent again.');
  const most = tokens(more.most);
  switch (more.what) {
    case 'files':
      return t('Files whose size is not known yet come on top, {0} tokens at most.', most);
    case 'environment':
      return t('The table of environment variables comes on top, {0} tokens at most.', most);
    case 'regression':
      return t('The commits and the diff come on top, {0} tokens at most.', most);
    case 'searches':
      return t(
        'What Claude searches for comes on top, {0} tokens at most; after each search the conversation is sent once more, most of it from the cache.',
        most,
      );
    case 'callers':
      return t('The callers of what the fix changes come on top, {0} tokens at most.', most);
  }
}

/** Empty where nothing is known, or next to nothing; `at least` where a part is not. */
function amount({ dollars: sum, unknown }: Cost): string {
  if (sum === 0 || (unknown > 0 && sum < 0.01)) return '';
  return unknown === 0 ? dollars(sum) : t('at least {0}', dollars(sum));
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
    const all = usage === undefined ? t('tokens not known') : t('{0} tokens', tokens(tokensIn(usage) + usage.output));
    return t('Step {0}, {1}: {2}{3}', number, title, all, cost === '' ? '' : `, ${cost}`);
  });
  const cache = t(
    '{0} read from the cache, {1} written to it',
    plural(used.cacheRead, '{0} token', '{0} tokens'),
    plural(used.cacheWrite, '{0} token', '{0} tokens'),
  );
  return [
    t(
      '{0} in beside {1}; {2} out',
      plural(used.input, '{0} token', '{0} tokens'),
      cache,
      plural(used.output, '{0} token', '{0} tokens'),
    ),
    ...lines,
  ].join('\n');
}
