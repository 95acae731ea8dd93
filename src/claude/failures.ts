import type { Failure } from '../model/failure.ts';
import { promptTooLong } from './promptTooLong.ts';

/** What the adapter could find out about an error, free of the SDK's classes. */
export interface ErrorFacts {
  /** HTTP status; absent when no response came. */
  readonly status?: number | undefined;
  /** The API's own `error.type`, which is all there is for an error in mid-stream. */
  readonly type?: string | undefined;
  readonly message: string;
  readonly requestId?: string | undefined;
  readonly retryAfter?: string | undefined;
  /** The chain of causes, outermost first: codes such as `ENOTFOUND` are at its end. */
  readonly causes: readonly string[];
}

/** Status codes and error types as documented for the Messages API (errors, and 529 overloaded_error). */
export function failureOf(facts: ErrorFacts, endpoint: string, model: string, now: number): Failure {
  const request = facts.requestId === undefined ? {} : { requestId: facts.requestId };
  const status = facts.status ?? statusOfType(facts.type);
  if (status === undefined) return connectionFailure(facts, endpoint);
  switch (status) {
    case 401:
      return { kind: 'keyRefused', endpoint, ...request };
    case 403:
      return { kind: 'permissionDenied', endpoint, detail: facts.message, ...request };
    case 404:
      return { kind: 'modelNotFound', endpoint, model, ...request };
    case 413:
      return { kind: 'requestTooLarge', endpoint, ...request };
    case 429: {
      const seconds = retryAfterSeconds(facts.retryAfter, now);
      return {
        kind: 'rateLimited',
        endpoint,
        ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
        ...request,
      };
    }
    case 529:
      return { kind: 'overloaded', endpoint, ...request };
    case 400: {
      const tooLong = promptTooLong(facts.message);
      if (tooLong !== undefined) return { kind: 'contextFull', endpoint, ...tooLong, ...request };
      return { kind: 'requestRefused', endpoint, status, detail: facts.message, ...request };
    }
    default:
      if (status >= 500 || status === 408) return { kind: 'serverError', endpoint, status, ...request };
      return { kind: 'requestRefused', endpoint, status, detail: facts.message, ...request };
  }
}

/** Whether the same request may succeed if it is sent once more. */
export function isPassing(failure: Failure): boolean {
  switch (failure.kind) {
    case 'rateLimited':
    case 'overloaded':
    case 'serverError':
    case 'silent':
    case 'cutOff':
      return true;
    case 'unreachable':
      return failure.hop === 'refused' || failure.hop === 'network' || failure.hop === 'dns';
    default:
      return false;
  }
}

/** RFC 9110, 10.2.3: seconds, or an HTTP date. Never negative. */
export function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const text = header.trim();
  if (/^-?\d{1,9}(\.\d+)?$/.test(text)) return Math.max(0, Math.ceil(Number(text)));
  // `Date.parse` takes almost anything that ends in a number for a date, and a date long past for no wait at all.
  if (!/\bGMT$/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

function statusOfType(type: string | undefined): number | undefined {
  switch (type) {
    case 'invalid_request_error':
      return 400;
    case 'authentication_error':
      return 401;
    case 'permission_error':
      return 403;
    case 'not_found_error':
      return 404;
    case 'request_too_large':
      return 413;
    case 'rate_limit_error':
      return 429;
    case 'api_error':
      return 500;
    case 'overloaded_error':
      return 529;
    default:
      return undefined;
  }
}

function connectionFailure(facts: ErrorFacts, endpoint: string): Failure {
  const all = [facts.message, ...facts.causes].join(' ');
  const detail = facts.causes.at(-1) ?? facts.message;
  if (/ENOTFOUND|EAI_AGAIN|getaddrinfo/.test(all)) return { kind: 'unreachable', endpoint, hop: 'dns', detail };
  if (/redirect/i.test(all)) return { kind: 'unreachable', endpoint, hop: 'redirect', detail };
  if (/proxy/i.test(all)) return { kind: 'unreachable', endpoint, hop: 'proxy', detail };
  if (/CERT|TLS|SSL|self[- ]signed|issuer|altname/i.test(all))
    return { kind: 'unreachable', endpoint, hop: 'tls', detail };
  if (/ECONNREFUSED/.test(all)) return { kind: 'unreachable', endpoint, hop: 'refused', detail };
  return { kind: 'unreachable', endpoint, hop: 'network', detail };
}
