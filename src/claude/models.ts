import type { Endpoint } from '../model/claude.ts';
import type { Failure } from '../model/failure.ts';
import { errorFacts, fetchModelIds, NotAList } from './anthropic.ts';
import { failureOf } from './failures.ts';
import type { RequestFacts } from './failures.ts';

/** Most models of a list, which is for a person to choose from. */
const mostModels = 200;

/** Milliseconds for a list: somebody waits for it. */
const listTimeout = 10_000;

export type ModelList =
  /** Newest first, as the endpoint gives them. */
  | { readonly kind: 'models'; readonly ids: readonly string[] }
  /** It answers, but has no such list. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The endpoint's own list of models (`GET /v1/models`). Never throws; ends within ten seconds. */
export async function listModels(
  endpoint: Endpoint,
  key: string,
  signal: AbortSignal,
  limit = mostModels,
): Promise<ModelList> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(listTimeout)]);
    const ids = await fetchModelIds(endpoint, key, { limit, signal: within });
    return ids.length === 0 ? { kind: 'none' } : { kind: 'models', ids };
  } catch (error) {
    if (signal.aborted) return { kind: 'failed', failure: { kind: 'cancelled' } };
    const facts = errorFacts(error, key);
    // No such path or method: a plain server. What is no JSON came from a page that some servers show for any path.
    const none = [400, 404, 405, 422, 501].includes(facts.status ?? 0) || error instanceof NotAList;
    if (none || error instanceof SyntaxError) return { kind: 'none' };
    return { kind: 'failed', failure: failureOf(facts, requestFactsOf(endpoint)) };
  }
}

/** Asks whether an endpoint that failed answers again. Costs no tokens. */
export async function probe(endpoint: Endpoint, key: string, signal: AbortSignal): Promise<Failure | undefined> {
  const list = await listModels(endpoint, key, signal, 1);
  return list.kind === 'failed' ? list.failure : undefined;
}

/** Who is asked, for `failureOf`. */
export function requestFactsOf({ name, model, baseUrl }: Endpoint): RequestFacts {
  const port = baseUrl.port !== '' ? baseUrl.port : baseUrl.protocol === 'http:' ? '80' : '443';
  return { endpoint: name, model, now: Date.now(), host: `${baseUrl.hostname}:${port}` };
}
