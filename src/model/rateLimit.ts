/** What a limit counts, as the Messages API names its limits. */
export type RateLimitKind = 'requests' | 'tokens' | 'inputTokens' | 'outputTokens';

/** What is left of one of an endpoint's limits, as its last response said. */
export interface RateLimit {
  readonly kind: RateLimitKind;
  readonly remaining: number;
  /** How many there are in a whole window; absent where the endpoint did not say. */
  readonly limit?: number;
  /** Epoch milliseconds: from then on the limit is whole again. */
  readonly resetsAt?: number;
}

/** A limit counts as low when less than this part of it is left. */
const lowShare = 0.1;

/** Whether this limit may run out soon: little is left of it, or less than the next request needs (in tokens). */
export function isLow({ kind, remaining, limit }: RateLimit, nextTokens = 0): boolean {
  if (remaining <= 0) return true;
  if (limit !== undefined && remaining < limit * lowShare) return true;
  return (kind === 'tokens' || kind === 'inputTokens') && remaining < nextTokens;
}
