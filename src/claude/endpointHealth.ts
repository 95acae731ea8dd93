import type { Failure } from '../model/failure.ts';
import type { RateLimit } from '../model/rateLimit.ts';
import { askedToWait, movesOn } from './failures.ts';

/** Why an endpoint is left alone for a while. */
export interface Penalty {
  /** Epoch milliseconds: from then on the endpoint is tried again. Every penalty ends. */
  readonly until: number;
  readonly failure: Failure;
  /** Failures in a row. */
  readonly failures: number;
  /** The endpoint itself said until when, so that asking it earlier is of no use. */
  readonly told: boolean;
}

export interface EndpointHealth {
  /** Stays after its end, until the endpoint has answered: then it is tried, and not trusted yet. */
  readonly penalty?: Penalty;
  /** What its last response said of its limits. */
  readonly limits?: readonly RateLimit[];
}

/** What is known of the endpoints, by `endpointId`. */
export type HealthState = Readonly<Record<string, EndpointHealth>>;

export type HealthEvent =
  | { readonly type: 'failed'; readonly endpoint: string; readonly failure: Failure; readonly at: number }
  /** Words of a reply came. */
  | { readonly type: 'answered'; readonly endpoint: string }
  | { readonly type: 'limits'; readonly endpoint: string; readonly limits: readonly RateLimit[] }
  /** The user chose it, or gave it another key: what it did before does not count. */
  | { readonly type: 'forgiven'; readonly endpoint: string };

/** Milliseconds of the first penalty where the endpoint says nothing; doubled by each failure after it. */
export const firstPenalty = 15_000;

/** No penalty is longer, in milliseconds, whatever the endpoint asks for: after that it is looked at again. */
export const longestPenalty = 60 * 60_000;

/** The same for penalties of our own making. */
export const longestOwnPenalty = 5 * 60_000;

/** What is known after one more event. Pure; failures that are no fault of the endpoint change nothing. */
export function reduceHealth(state: HealthState, event: HealthEvent): HealthState {
  const before = state[event.endpoint] ?? {};
  switch (event.type) {
    case 'failed':
      if (!movesOn(event.failure)) return state;
      return { ...state, [event.endpoint]: { ...before, penalty: penaltyAfter(before.penalty, event) } };
    case 'answered':
    case 'forgiven': {
      if (before.penalty === undefined) return state;
      const { limits } = before;
      return { ...state, [event.endpoint]: limits === undefined ? {} : { limits } };
    }
    case 'limits':
      return event.limits.length === 0 ? state : { ...state, [event.endpoint]: { ...before, limits: event.limits } };
  }
}

function penaltyAfter(before: Penalty | undefined, { failure, at }: Extract<HealthEvent, { type: 'failed' }>): Penalty {
  // One that ended long ago is another story.
  const failures = before !== undefined && at < before.until + longestPenalty ? before.failures + 1 : 1;
  const asked = askedToWait(failure);
  const own = Math.min(longestOwnPenalty, firstPenalty * 2 ** Math.min(failures - 1, 20));
  const length = asked === undefined ? own : Math.min(longestPenalty, Math.max(asked * 1000, 1_000));
  return { until: at + length, failure, failures, told: asked !== undefined };
}

/** Whether the endpoint is left alone at this time. */
export function isResting(state: HealthState, endpoint: string, now: number): boolean {
  return restsUntil(state, endpoint, now) > now;
}

/** Its penalty is over, and it has not answered since: it gets one attempt, so that nobody waits on it for long. */
export function isOnTrial(state: HealthState, endpoint: string, now: number): boolean {
  return state[endpoint]?.penalty !== undefined && !isResting(state, endpoint, now);
}

/**
 * The endpoints in the order in which they are asked: as the user has them, those that rest at the end, the one whose
 * rest ends first before the others. None is ever left out.
 */
export function inOrder(state: HealthState, endpoints: readonly string[], now: number): readonly string[] {
  return endpoints.toSorted((one, other) => restsUntil(state, one, now) - restsUntil(state, other, now));
}

/** The same for a reply that goes on elsewhere, without those that were asked in it and those that said to come later. */
export function stillToAsk(
  state: HealthState,
  endpoints: readonly string[],
  asked: ReadonlySet<string>,
  now: number,
): readonly string[] {
  return inOrder(state, endpoints, now).filter(
    (endpoint) => !asked.has(endpoint) && !(isResting(state, endpoint, now) && state[endpoint]?.penalty?.told === true),
  );
}

/** `now` where it does not rest. A penalty that would end later than any may has its end on a clock that was set back. */
function restsUntil(state: HealthState, endpoint: string, now: number): number {
  const until = state[endpoint]?.penalty?.until ?? 0;
  return until > now && until <= now + longestPenalty ? until : now;
}
