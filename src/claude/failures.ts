import type { Failure } from '../model/failure.ts';
import type { RateLimit } from '../model/rateLimit.ts';
import { connectionFailure } from './connection.ts';
import { secondsUntilReset } from './rateLimits.ts';
import { promptTooLong } from './promptTooLong.ts';

/** What the adapter could find out about an error, free of the SDK's classes. */
export interface ErrorFacts {
  /** HTTP status; absent when no response came. */
  readonly status?: number | undefined;
  /** The API's own `error.type`, which is all there is for an error in mid-stream. */
  readonly type?: string | undefined;
  readonly message: string;
  readonly requestId?: string | undefined;
  /** With which a proxy refused to connect. */
  readonly proxyStatus?: number | undefined;
  readonly retryAfter?: string | undefined;
  /** What the response said of the endpoint's limits. */
  readonly limits?: readonly RateLimit[] | undefined;
  /** The chain of causes, outermost first: codes such as `ENOTFOUND` are at its end. */
  readonly causes: readonly string[];
}

/** Who was asked, with what, and when. */
export interface RequestFacts {
  readonly endpoint: string;
  readonly model: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Host and port of the endpoint, by which an error of a proxy is told from one of the endpoint. */
  readonly host?: string;
}

/** Status codes and error types as documented for the Messages API (errors, and 529 overloaded_error). */
export function failureOf(facts: ErrorFacts, sent: RequestFacts): Failure {
  const { endpoint, model, now } = sent;
  const request = facts.requestId === undefined ? {} : { requestId: facts.requestId };
  const status = facts.status ?? statusOfType(facts.type);
  if (status === undefined) return connectionFailure(facts, sent);
  const seconds = retryAfterSeconds(facts.retryAfter, now);
  const retryAfter = seconds === undefined ? {} : { retryAfterSeconds: seconds };
  switch (status) {
    case 401:
      return { kind: 'keyRefused', endpoint, ...request };
    case 403:
      return { kind: 'permissionDenied', endpoint, detail: facts.message, ...request };
    case 404:
      return { kind: 'modelNotFound', endpoint, model, ...request };
    case 407:
      return { kind: 'unreachable', endpoint, hop: 'proxy', detail: `407 ${facts.message}`.trim(), ...request };
    case 413:
      return { kind: 'requestTooLarge', endpoint, ...request };
    case 429: {
      const reset = seconds ?? secondsUntilReset(facts.limits ?? [], now);
      return {
        kind: 'rateLimited',
        endpoint,
        ...(reset === undefined ? {} : { retryAfterSeconds: reset }),
        ...request,
      };
    }
    case 529:
      return { kind: 'overloaded', endpoint, ...retryAfter, ...request };
    case 400: {
      const tooLong = promptTooLong(facts.message);
      if (tooLong !== undefined) return { kind: 'contextFull', endpoint, ...tooLong, ...request };
      return { kind: 'requestRefused', endpoint, status, detail: facts.message, ...request };
    }
    default:
      // An answer, and not one of Claude's API.
      if (status < 300) return { kind: 'unreachable', endpoint, hop: 'stranger', detail: facts.message, ...request };
      if (status >= 500 || status === 408) return { kind: 'serverError', endpoint, status, ...retryAfter, ...request };
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
      if (failure.hop === 'proxy') return failure.status !== undefined && failure.status >= 500;
      return failure.hop !== 'tls' && failure.hop !== 'redirect' && failure.hop !== 'stranger';
    default:
      return false;
  }
}

/**
 * Whether another endpoint may answer where this one did not. Not so for what is wrong with the request, the key or the
 * model: that is to be told and mended, and a refusal is an answer.
 */
export function movesOn(failure: Failure): boolean {
  return isPassing(failure) || failure.kind === 'unreachable';
}

/** How long the server wants to be left alone, in seconds; undefined where it did not say. */
export function askedToWait(failure: Failure): number | undefined {
  switch (failure.kind) {
    case 'rateLimited':
    case 'overloaded':
    case 'serverError':
      return failure.retryAfterSeconds;
    default:
      return undefined;
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
    case 'timeout_error':
      return 504;
    case 'api_error':
      return 500;
    case 'overloaded_error':
      return 529;
    default:
      return undefined;
  }
}
