import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Failure } from '../../src/model/failure.ts';
import { plural, t, tParts } from '../../src/model/l10n.ts';
import { isLow } from '../../src/model/rateLimit.ts';
import type { RateLimit } from '../../src/model/rateLimit.ts';
import type { ContinuedElsewhere } from '../../src/model/reply.ts';
import { amount } from '../../src/model/shownFigures.ts';
import type { EndpointState } from '../../src/protocol.ts';
import { explain } from '../../src/wording.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** Where a reply broke off and who goes on with it: a quiet line between the two. */
export function continuedLine({ endpoint, failure }: ContinuedElsewhere, first: boolean): TemplateResult {
  return html`<p class="continued dim" role="note">
    <strong class="label info">${icon('arrow-swap')} <bdi>${endpoint.name}</bdi></strong>
    <span
      >${tParts('{0}, with {1}. {2}', first ? t('answers instead') : t('continues from here'), html`<bdi>${endpoint.model}</bdi>`, explain(failure).what)}</span
    >
  </p>`;
}

/** Which endpoints rest, and until when: why somebody else answers. */
export function restingEndpoints({ surroundings }: PanelContext): readonly TemplateResult[] {
  return (surroundings.endpoints ?? []).flatMap(({ name, rests }) =>
    rests === undefined
      ? []
      : [
          html`<li class="resting" title=${explain(rests.failure).what}>
            <strong class="warn">${icon('watch')} <bdi class="cut">${name}</bdi> ${why(rests.failure)}</strong>
            ${tParts('until {0}', html`<time data-clock="day" data-since=${rests.until}></time>`)}
          </li>`,
        ],
  );
}

/** What is left of the limits of the endpoint that answers next, where that is little. */
export function lowLimits({ surroundings }: PanelContext): readonly TemplateResult[] {
  const answering = answersNext(surroundings.endpoints ?? []);
  const low = (answering?.limits ?? []).filter((limit) => isLow(limit));
  return low.map(
    ({ kind, remaining, limit, resetsAt }) =>
      html`<li class="low-limit">
        <strong class="warn">${icon('dashboard')} ${t('{0} left', limitText({ kind, remaining, limit }))}</strong>
        ${resetsAt === undefined ? nothing : tParts('until {0}', html`<time data-clock="day" data-since=${resetsAt}></time>`)}
      </li>`,
  );
}

/** Endpoints of the settings that the user has not allowed to answer yet. */
export function endpointsToAllow({ surroundings }: PanelContext): readonly Failure[] {
  return (surroundings.endpoints ?? [])
    .filter(({ agreed }) => !agreed)
    .map(({ name, host }) => ({ kind: 'endpointNotAgreed', endpoint: name, host }));
}

/** All that the endpoints' last responses said of their limits, for a tooltip. */
export function limitsInWords(endpoints: readonly EndpointState[]): string {
  const limits = answersNext(endpoints)?.limits ?? [];
  return limits.length === 0
    ? t('Nothing is known of its limits yet')
    : t('Left: {0}', limits.map(limitText).join(', '));
}

function answersNext(endpoints: readonly EndpointState[]): EndpointState | undefined {
  return endpoints.find(({ agreed, hasKey }) => agreed && hasKey);
}

/** `12 of 50 requests`, `1,200 of 40,000 input tokens`; of what is not known, only what is left. */
function limitText({
  kind,
  remaining,
  limit,
}: Pick<RateLimit, 'kind' | 'remaining'> & { readonly limit?: number | undefined }): string {
  const left = limit === undefined ? amount(remaining) : t('{0} of {1}', amount(remaining), amount(limit));
  switch (kind) {
    case 'requests':
      return limit === undefined ? plural(remaining, '{0} request', '{0} requests') : t('{0} requests', left);
    case 'tokens':
      return t('{0} tokens', left);
    case 'inputTokens':
      return t('{0} input tokens', left);
    case 'outputTokens':
      return t('{0} output tokens', left);
  }
}

function why({ kind }: Failure): string {
  if (kind === 'rateLimited') return t('limits requests');
  return kind === 'overloaded' ? t('is overloaded') : t('does not answer');
}
