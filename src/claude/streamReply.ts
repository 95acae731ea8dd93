import type { Endpoint, ReplyEvent } from '../model/claude.ts';
import type { Failure } from '../model/failure.ts';
import type { Prompt } from '../model/request.ts';
import { errorFacts, openStream } from './anthropic.ts';
import { failureOf, isPassing } from './failures.ts';
import { StreamReader } from './streamReader.ts';

export interface ReplyOptions {
  readonly endpoint: Endpoint;
  readonly key: string;
  readonly prompt: Prompt;
  readonly signal: AbortSignal;
  /** Silence after which a stream counts as dead, in milliseconds. Any byte resets it, the server's pings included. */
  readonly idleMs?: number;
  /** How often the request is sent at most, while no word of the reply has come. */
  readonly attempts?: number;
  /** The longest wait that is kept silently within a reply; a longer `retry-after` ends it with the failure. */
  readonly maxWaitMs?: number;
  /** The wait before the second attempt, doubled for each after it, where the server asks for no longer one. */
  readonly retryDelayMs?: number;
}

const defaults = { idleMs: 60_000, attempts: 3, maxWaitMs: 30_000, retryDelayMs: 1_000 };

/**
 * Streams one reply. Never throws: it ends with one `ended`, `failed` or `stopped`. A request that fails before the
 * first word is sent again after a wait that is told (`retrying`); once words have come nothing is sent twice, and
 * what came is kept. A stream that ends without its end counts as cut off, never as done.
 */
export async function* streamReply(options: ReplyOptions): AsyncGenerator<ReplyEvent, void, undefined> {
  const { signal } = options;
  const attempts = options.attempts ?? defaults.attempts;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = yield* oneAttempt(options);
    if (outcome.type !== 'failed' || outcome.said || attempt >= attempts || !isPassing(outcome.event.failure)) {
      yield outcome.event;
      return;
    }
    const delayMs = waitAfter(attempt, outcome.event.failure, options.retryDelayMs ?? defaults.retryDelayMs);
    if (delayMs > (options.maxWaitMs ?? defaults.maxWaitMs)) {
      yield outcome.event;
      return;
    }
    yield { type: 'retrying', attempt: attempt + 1, attempts, delayMs, failure: outcome.event.failure };
    await pause(delayMs, signal);
    if (signal.aborted) {
      yield { type: 'stopped' };
      return;
    }
  }
}

type Outcome =
  | { readonly type: 'final'; readonly event: ReplyEvent }
  | { readonly type: 'failed'; readonly event: Extract<ReplyEvent, { type: 'failed' }>; readonly said: boolean };

async function* oneAttempt(options: ReplyOptions): AsyncGenerator<ReplyEvent, Outcome, undefined> {
  const { endpoint, signal } = options;
  const idleMs = options.idleMs ?? defaults.idleMs;
  const idle = new IdleTimer(idleMs);
  const reader = new StreamReader();
  let requestId: string | undefined;
  let opened = false;
  let said = false;
  const known = () => ({
    ...(reader.usage === undefined ? {} : { usage: reader.usage }),
    ...(requestId === undefined ? {} : { requestId }),
  });
  const failed = (failure: Failure): Outcome => ({
    type: 'failed',
    event: { type: 'failed', failure, ...known() },
    said,
  });
  try {
    const stream = await openStream(endpoint, options.key, options.prompt, {
      signal: AbortSignal.any([signal, idle.signal]),
      onActivity: () => idle.restart(),
    });
    requestId = stream.requestId;
    opened = true;
    for await (const event of stream.events) {
      for (const meant of reader.push(event)) {
        said = true;
        yield meant;
      }
      // The message is whole: a server that holds the connection open has nothing more to say.
      if (reader.end !== undefined) break;
    }
  } catch (error) {
    if (!signal.aborted && !idle.signal.aborted && reader.end === undefined) {
      const facts = errorFacts(error, options.key);
      requestId ??= facts.requestId;
      const failure = failureOf(facts, endpoint.name, endpoint.model, Date.now());
      // Once the stream was open, a broken connection is a reply cut off, not an endpoint out of reach.
      if (opened && failure.kind === 'unreachable') {
        return failed({ kind: 'cutOff', endpoint: endpoint.name, detail: facts.causes.at(-1) ?? facts.message });
      }
      return failed(failure);
    }
  } finally {
    idle.stop();
  }
  if (reader.end === undefined) {
    if (signal.aborted) return { type: 'final', event: { type: 'stopped', ...known() } };
    if (idle.signal.aborted)
      return failed({ kind: 'silent', endpoint: endpoint.name, seconds: Math.round(idleMs / 1000) });
    return failed({ kind: 'cutOff', endpoint: endpoint.name, detail: 'no end of the message came' });
  }
  if (reader.end.stopReason === 'refusal') return failed({ kind: 'refusal', endpoint: endpoint.name });
  const usage = reader.usage ?? { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  return {
    type: 'final',
    event: {
      type: 'ended',
      stopReason: reader.end.stopReason,
      usage,
      ...(requestId === undefined ? {} : { requestId }),
    },
  };
}

/** What the server asked for, and no less than the usual wait: a server that asks for none is not to be hammered. */
function waitAfter(attempt: number, failure: Failure, firstMs: number): number {
  const usual = firstMs * 2 ** (attempt - 1);
  const asked = failure.kind === 'rateLimited' ? (failure.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(usual, asked);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** Aborts its signal after a time without `restart`, unless it was stopped. */
class IdleTimer {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;
  private stopped = false;
  private readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
    this.timer = this.start();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  restart(): void {
    clearTimeout(this.timer);
    // A last chunk may come after the end: it must not start a timer that nobody stops.
    if (!this.signal.aborted && !this.stopped) this.timer = this.start();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private start(): NodeJS.Timeout {
    return setTimeout(() => this.controller.abort(), this.ms);
  }
}
