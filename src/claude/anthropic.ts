import Anthropic, { APIError } from '@anthropic-ai/sdk';
import type { Endpoint } from '../model/claude.ts';
import type { Prompt } from '../model/request.ts';
import type { RateLimit } from '../model/rateLimit.ts';
import type { ErrorFacts } from './failures.ts';
import type { Parameter } from './parameters.ts';
import { rateLimitsOf } from './rateLimits.ts';
import { requestBody } from './requestBody.ts';
import { requestIdIn, send } from './transport.ts';
import { causesOf, refusalIn } from './transportErrors.ts';

/** One event of the Messages API's stream, as the SDK types it. */
export type StreamEvent = Anthropic.RawMessageStreamEvent;

export interface OpenedStream {
  readonly events: AsyncIterable<StreamEvent>;
  readonly requestId: string | undefined;
  readonly limits: readonly RateLimit[];
}

/** What a model can be called: an id of one line that is seen as it is, since a person chooses by it. */
const modelId = /^[\x21-\x7e]{1,200}$/;

/** The server answered, with something else than a stream: a page of a proxy, an endpoint of another kind. */
class NotAStream extends Error {
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(status: number, what: string, requestId: string | undefined) {
    super(`it answered with ${what} instead of a stream`);
    this.status = status;
    this.requestId = requestId;
  }
}

export interface StreamOptions {
  readonly signal: AbortSignal;
  /** Called for every chunk of bytes that arrives, pings included: the only sign of life in a long silence. */
  readonly onActivity: () => void;
  /** What the endpoint was found not to take. */
  readonly leftOut: readonly Parameter[];
}

/** A request's body in the SDK's types. */
export type MessageBody = Anthropic.MessageCreateParamsStreaming;

/**
 * Opens the stream of one reply. The one place that knows the SDK.
 *
 * Nothing is taken from the environment but what the caller passes. The SDK would otherwise read keys and profiles on
 * its own; and it adds ANTHROPIC_CUSTOM_HEADERS, which may hold credentials of another endpoint, to each request, so the
 * headers that go out are ours, whole. Retries are the caller's, so that the wait is visible. A redirect is an error,
 * because it would carry the key to another host.
 */
export async function openStream(
  endpoint: Endpoint,
  key: string,
  prompt: Prompt,
  options: StreamOptions,
): Promise<OpenedStream> {
  const { data, response } = await clientOf(endpoint, key, options.onActivity)
    .messages.create(requestBody(endpoint, prompt, options.leftOut), { signal: options.signal })
    .withResponse();
  const requestId = requestIdIn(response.headers);
  if (response.body === null) throw new NotAStream(response.status, 'nothing', requestId);
  const type = response.headers.get('content-type') ?? '';
  if (type !== '' && !/^text\/event-stream\b/i.test(type)) {
    data.controller.abort();
    throw new NotAStream(response.status, type, requestId);
  }
  return {
    events: data,
    requestId,
    limits: rateLimitsOf((name) => response.headers.get(name), Date.now()),
  };
}

/** Ids of the models that an endpoint lists, the newest first, at most `limit`. Throws what the SDK throws. */
export async function fetchModelIds(
  endpoint: Endpoint,
  key: string,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const page = await clientOf(endpoint, key, () => undefined).models.list({ limit }, { signal });
  // A compatible server may answer with anything that is JSON.
  const listed: unknown = page.data;
  if (!Array.isArray(listed)) throw new NotAList();
  const ids = listed.map((model: unknown) => (hasId(model) ? model.id : ''));
  return ids.filter((id) => modelId.test(id)).slice(0, limit);
}

/** The server answered, with something else than a list of models. */
export class NotAList extends Error {
  constructor() {
    super('it has no list of models');
  }
}

function clientOf(endpoint: Endpoint, key: string, onActivity: () => void): Anthropic {
  return new Anthropic({
    apiKey: key,
    baseURL: endpoint.baseUrl.href.replace(/\/$/, ''),
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    fetch: (input, init = {}) =>
      send(new URL(input instanceof Request ? input.url : input), {
        method: init.method ?? 'GET',
        headers: headersWith(key, init.headers),
        body: typeof init.body === 'string' ? init.body : undefined,
        signal: init.signal ?? undefined,
        onActivity,
      }),
  });
}

function hasId(model: unknown): model is { readonly id: string } {
  return typeof model === 'object' && model !== null && 'id' in model && typeof model.id === 'string';
}

/** Longest part of an error's text that is kept, in characters: a proxy may answer with a page of HTML. */
const longestMessage = 500;

/**
 * What is shorter is no key that anybody has to guess, but a word such as `none` that a local server is content with:
 * cutting it out of a message would make it unreadable.
 */
const shortestSecret = 8;

/** Found in no text of one line. */
const noText = '\n\n';

/**
 * Takes an error apart into facts. The key is cut out of its texts: a server may repeat what it was sent, and a key that
 * is not a legal header is quoted in the error that says so.
 */
export function errorFacts(error: unknown, key: string): ErrorFacts {
  const secret = key.length < shortestSecret ? noText : key;
  const clean = (text: unknown): string =>
    String(text).replaceAll(secret, '«api-key»').replace(/\s+/g, ' ').trim().slice(0, longestMessage);
  const causes = causesOf(error).map(clean);
  if (error instanceof APIError) {
    const known = error as APIError; // `instanceof` gives its type parameters as any.
    const header = (name: string): string | null => known.headers?.get(name) ?? null;
    const refusal = refusalIn(error);
    const requestId = known.headers === undefined ? refusal?.requestId : requestIdIn(known.headers);
    return {
      status: known.status,
      type: known.type ?? undefined,
      message: clean(known.apiMessage ?? known.message),
      requestId: requestId === undefined ? undefined : clean(requestId),
      proxyStatus: refusal?.status,
      retryAfter: secondsOf(header('retry-after-ms')) ?? header('retry-after') ?? undefined,
      limits: rateLimitsOf(header, Date.now()),
      causes,
    };
  }
  if (error instanceof NotAStream)
    return { status: error.status, message: clean(error.message), requestId: error.requestId, causes };
  return { message: clean(error instanceof Error ? error.message : error), causes };
}

/** `retry-after-ms`, which the SDK honours as well, in the unit of `retry-after`. */
function secondsOf(milliseconds: string | null): string | undefined {
  return milliseconds !== null && /^\d{1,9}$/.test(milliseconds.trim())
    ? String(Number(milliseconds) / 1000)
    : undefined;
}

/** What the SDK may say of itself and of the request; all else in its headers came from the environment. */
const ownHeaders = /^(accept|content-type|user-agent|anthropic-version|x-stainless-.*)$/i;

/**
 * The SDK's headers without those of `ANTHROPIC_CUSTOM_HEADERS`, which may hold the key of another endpoint, and with
 * the key of this one, as the SDK sends it.
 */
function headersWith(key: string, headers: RequestInit['headers']): Headers {
  const kept = new Headers();
  for (const [name, value] of new Headers(headers)) if (ownHeaders.test(name)) kept.set(name, value);
  kept.set('authorization', `Bearer ${key}`);
  return kept;
}
