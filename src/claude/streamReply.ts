import { endpointId } from '../model/claude.ts';
import type { Endpoint, ReplyEvent } from '../model/claude.ts';
import type { Emitter } from '../model/emitter.ts';
import type { Failure } from '../model/failure.ts';
import type { RateLimit } from '../model/rateLimit.ts';
import type { Usage } from '../model/reply.ts';
import type { Prompt } from '../model/request.ts';
import { totalUsage } from '../model/usage.ts';
import { errorFacts, openStream } from './anthropic.ts';
import { askedToWait, failureOf, isPassing } from './failures.ts';
import { pause } from './clock.ts';
import type { ErrorFacts } from './failures.ts';
import { IdleTimer } from './idleTimer.ts';
import { requestFactsOf } from './models.ts';
import { parameterMemory, rejectedParameter } from './parameters.ts';
import type { Parameter, ParameterMemory } from './parameters.ts';
import { StreamReader } from './streamReader.ts';

export interface ReplyOptions {
  readonly endpoint: Endpoint;
  readonly key: string;
  readonly prompt: Prompt;
  readonly signal: AbortSignal;
  /** Silence after which a stream counts as dead, in milliseconds. Any byte resets it, the server's pings included. */
  readonly idleMs?: number;
  /**
   * The same for words: a stream of nothing but pings and comments is alive, and of no use to anybody, in milliseconds.
   */
  readonly wordlessMs?: number;
  /** How often the request is sent at most, while no word of the reply has come. */
  readonly attempts?: number;
  /** The longest wait that is kept silently within a reply; a longer `retry-after` ends it with the failure. */
  readonly maxWaitMs?: number;
  /** The wait before the second attempt, doubled for each after it, where the server asks for no longer one. */
  readonly retryDelayMs?: number;
  /** Another endpoint can go on: one that went silent is not waited for once more. */
  readonly standby?: boolean;
  /** What endpoints were found not to take. */
  readonly parameters?: ParameterMemory;
  /** Called with what a response says of the endpoint's limits, also where it is an error. */
  readonly onLimits?: (limits: readonly RateLimit[]) => void;
  /** The user does not want to wait any longer: a wait ends at once, a silent stream is given up. */
  readonly onRetry?: Emitter<void>['event'];
}

/** A model that thinks may send pings for minutes: the time is the one that the API's own SDK gives a whole request. */
const defaults = { idleMs: 60_000, wordlessMs: 600_000, attempts: 3, maxWaitMs: 30_000, retryDelayMs: 1_000 };

/**
 * Streams one reply. Never throws: it ends with one `ended`, `failed` or `stopped`. A request that fails before the
 * first word is sent again after a wait that is told (`retrying`); once words have come nothing is sent twice, and
 * what came is kept; what an attempt used before it broke counts as well. A stream that ends without its end counts as cut off, never as done. What a compatible server does
 * not take is left out after one retry, which is told as well, and remembered.
 */
export async function* streamReply(options: ReplyOptions): AsyncGenerator<ReplyEvent, void, undefined> {
  const { signal, endpoint } = options;
  const memory = options.parameters ?? parameterMemory();
  const id = endpointId(endpoint);
  let attempts = options.attempts ?? defaults.attempts;
  let spent: Usage | undefined;
  const counted = <E extends FinalEvent>(event: E): E => {
    const usage = totalUsage([spent, event.usage]);
    return usage === undefined ? event : { ...event, usage };
  };
  for (let attempt = 1; ; attempt += 1) {
    const leftOut = memory.leftOut(id, endpoint.model);
    const outcome = yield* oneAttempt(options, leftOut);
    if (outcome.type === 'rejected') {
      memory.leaveOut(id, endpoint.model, outcome.parameter);
      attempts += 1;
      const { name } = endpoint;
      const failure = {
        kind: 'parameterRejected',
        endpoint: name,
        parameter: outcome.parameter,
        detail: outcome.detail,
      } as const;
      yield { type: 'retrying', attempt: attempt + 1, attempts, delayMs: 0, failure };
      continue;
    }
    if (outcome.type === 'final' || outcome.said || attempt >= attempts || !isPassing(outcome.event.failure)) {
      yield counted(outcome.event);
      return;
    }
    if (options.standby === true && outcome.event.failure.kind === 'silent') {
      yield counted(outcome.event);
      return;
    }
    const delayMs = waitAfter(attempt, outcome.event.failure, options.retryDelayMs ?? defaults.retryDelayMs);
    if (delayMs > (options.maxWaitMs ?? defaults.maxWaitMs)) {
      yield counted(outcome.event);
      return;
    }
    spent = totalUsage([spent, outcome.event.usage]);
    yield { type: 'retrying', attempt: attempt + 1, attempts, delayMs, failure: outcome.event.failure };
    await pause(delayMs, signal, options.onRetry);
    if (signal.aborted) {
      yield counted({ type: 'stopped' });
      return;
    }
  }
}

type FinalEvent = Extract<ReplyEvent, { type: 'ended' | 'failed' | 'stopped' }>;

type Outcome =
  | { readonly type: 'final'; readonly event: FinalEvent }
  | { readonly type: 'failed'; readonly event: Extract<ReplyEvent, { type: 'failed' }>; readonly said: boolean }
  | { readonly type: 'rejected'; readonly parameter: Parameter; readonly detail: string };

async function* oneAttempt(
  options: ReplyOptions,
  leftOut: readonly Parameter[],
): AsyncGenerator<ReplyEvent, Outcome, undefined> {
  const { endpoint, signal } = options;
  const idle = new IdleTimer(options.idleMs ?? defaults.idleMs);
  const wordless = new IdleTimer(options.wordlessMs ?? defaults.wordlessMs);
  const givenUp = options.onRetry?.(() => idle.giveUp());
  const reader = new StreamReader();
  let requestId: string | undefined;
  let opened = false;
  let said = false;
  const known = () => ({
    ...(reader.usage === undefined ? {} : { usage: reader.usage }),
    ...requestOf(requestId),
  });
  const failed = (failure: Failure): Outcome => ({
    type: 'failed',
    event: { type: 'failed', failure, ...known(), ...(idle.givenUp ? { retryAsked: true } : {}) },
    said,
  });
  try {
    const stream = await openStream(endpoint, options.key, options.prompt, {
      signal: AbortSignal.any([signal, idle.signal, wordless.signal]),
      onActivity: () => idle.restart(),
      leftOut,
    });
    requestId = stream.requestId;
    opened = true;
    options.onLimits?.(stream.limits);
    for await (const event of stream.events) {
      // Pings and comments are not among them.
      wordless.restart();
      for (const meant of reader.push(event)) {
        said = true;
        yield meant;
      }
      // The message is whole: a server that holds the connection open has nothing more to say.
      if (reader.end !== undefined) break;
    }
  } catch (error) {
    if (!signal.aborted && !idle.signal.aborted && !wordless.signal.aborted && reader.end === undefined) {
      const facts = errorFacts(error, options.key);
      requestId ??= facts.requestId;
      options.onLimits?.(facts.limits ?? []);
      const parameter = opened ? undefined : rejectedParameter(facts, leftOut);
      if (parameter !== undefined) return { type: 'rejected', parameter, detail: facts.message };
      return failed(failureOfError({ ...facts, requestId: facts.requestId ?? requestId }, options, opened));
    }
  } finally {
    givenUp?.dispose();
    idle.stop();
    wordless.stop();
  }
  if (reader.end === undefined) {
    if (signal.aborted) return { type: 'final', event: { type: 'stopped', ...known() } };
    if (idle.signal.aborted)
      return failed({ kind: 'silent', endpoint: endpoint.name, seconds: idle.silentSeconds, ...requestOf(requestId) });
    if (wordless.signal.aborted) {
      const seconds = wordless.silentSeconds;
      return failed({ kind: 'silent', endpoint: endpoint.name, seconds, wordless: true, ...requestOf(requestId) });
    }
    const detail = 'no end of the message came';
    return failed({ kind: 'cutOff', endpoint: endpoint.name, detail, ...requestOf(requestId) });
  }
  if (reader.end.stopReason === 'refusal')
    return failed({ kind: 'refusal', endpoint: endpoint.name, ...requestOf(requestId) });
  const usage = reader.usage ?? { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  return {
    type: 'final',
    event: {
      type: 'ended',
      stopReason: reader.end.stopReason,
      usage,
      ...requestOf(requestId),
    },
  };
}

function failureOfError(facts: ErrorFacts, { endpoint }: ReplyOptions, opened: boolean): Failure {
  const failure = failureOf(facts, requestFactsOf(endpoint));
  // Once the stream was open, a broken connection is a reply cut off, not an endpoint out of reach.
  if (!opened || failure.kind !== 'unreachable') return failure;
  const detail = facts.causes.at(-1) ?? facts.message;
  return { kind: 'cutOff', endpoint: endpoint.name, detail, ...requestOf(facts.requestId) };
}

function requestOf(requestId: string | undefined): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

/** What the server asked for, and no less than the usual wait: a server that asks for none is not to be hammered. */
function waitAfter(attempt: number, failure: Failure, firstMs: number): number {
  const usual = firstMs * 2 ** (attempt - 1);
  return Math.max(usual, (askedToWait(failure) ?? 0) * 1000);
}
