import type { RateLimit, RateLimitKind } from '../model/rateLimit.ts';

/** Names of the response headers, between `anthropic-ratelimit-` and `-remaining` (API reference, Rate limits). */
const headerNames: readonly (readonly [string, RateLimitKind])[] = [
  ['requests', 'requests'],
  ['tokens', 'tokens'],
  ['input-tokens', 'inputTokens'],
  ['output-tokens', 'outputTokens'],
];

/** A reset that lies further ahead, in milliseconds, is taken for a mistake: the longest documented window is a day. */
const furthestReset = 48 * 60 * 60 * 1000;

/** What a response says of its endpoint's limits; empty where it says nothing, or nothing that can be read. */
export function rateLimitsOf(header: (name: string) => string | null, now: number): readonly RateLimit[] {
  return headerNames.flatMap(([name, kind]): RateLimit[] => {
    const remaining = countOf(header(`anthropic-ratelimit-${name}-remaining`));
    if (remaining === undefined) return [];
    const limit = countOf(header(`anthropic-ratelimit-${name}-limit`));
    const resetsAt = timeOf(header(`anthropic-ratelimit-${name}-reset`), now);
    return [
      { kind, remaining, ...(limit === undefined ? {} : { limit }), ...(resetsAt === undefined ? {} : { resetsAt }) },
    ];
  });
}

/**
 * Seconds until the limits that have run out are whole again; undefined where none has, or where the endpoint does not
 * say when. Said with a 429 that has no `retry-after`.
 */
export function secondsUntilReset(limits: readonly RateLimit[], now: number): number | undefined {
  const times = limits.flatMap(({ remaining, resetsAt }) =>
    remaining > 0 || resetsAt === undefined ? [] : [resetsAt],
  );
  return times.length === 0 ? undefined : Math.max(0, Math.ceil((Math.max(...times) - now) / 1000));
}

function countOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}

/** RFC 3339, as documented. `Date.parse` alone takes almost anything for a date. */
function timeOf(text: string | null, now: number): number | undefined {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text.trim())) return undefined;
  const time = Date.parse(text.trim());
  return Number.isNaN(time) || time > now + furthestReset ? undefined : time;
}
