import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Failure } from '../../src/model/failure.ts';
import { isLow } from '../../src/model/rateLimit.ts';
import type { RateLimit } from '../../src/model/rateLimit.ts';
import type { ContinuedElsewhere } from '../../src/model/reply.ts';
import type { EndpointState } from '../../src/protocol.ts';
import { explain } from '../../src/wording.ts';
import { count } from '../format.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** Where a reply broke off and who goes on with it: a quiet line between the two. */
export function continuedLine({ endpoint, failure }: ContinuedElsewhere, first: boolean): TemplateResult {
  return html`<p class="continued dim" role="note">
    <strong class="label info">${icon('arrow-swap')} <bdi>${endpoint.name}</bdi></strong>
    <span
      >${first ? 'answers instead' : 'continues from here'}, with <bdi>${endpoint.model}</bdi>.
      ${explain(failure).what}</span
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
            <strong class="warn">${icon('watch')} <bdi class="cut">${name}</bdi> ${why(rests.failure)}</strong> until
            <time data-clock="day" data-since=${rests.until}></time>
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
        <strong class="warn"
          >${icon('dashboard')}
          ${remaining.toLocaleString('en-US')}${limit === undefined ? nothing : ` of ${limit.toLocaleString('en-US')}`}
          ${limitWords[kind]} left</strong
        >
        ${resetsAt === undefined ? nothing : html`until <time data-clock="day" data-since=${resetsAt}></time>`}
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
  return limits.length === 0 ? 'Nothing is known of its limits yet' : `Left: ${limits.map(limitText).join(', ')}`;
}

function answersNext(endpoints: readonly EndpointState[]): EndpointState | undefined {
  return endpoints.find(({ agreed, hasKey }) => agreed && hasKey);
}

function limitText({ kind, remaining, limit }: RateLimit): string {
  const of = limit === undefined ? '' : ` of ${limit.toLocaleString('en-US')}`;
  return kind === 'requests' && limit === undefined
    ? count(remaining, 'request')
    : `${remaining.toLocaleString('en-US')}${of} ${limitWords[kind]}`;
}

const limitWords = {
  requests: 'requests',
  tokens: 'tokens',
  inputTokens: 'input tokens',
  outputTokens: 'output tokens',
} as const;

function why({ kind }: Failure): string {
  if (kind === 'rateLimited') return 'limits requests';
  return kind === 'overloaded' ? 'is overloaded' : 'does not answer';
}
