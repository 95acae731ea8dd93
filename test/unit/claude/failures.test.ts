import assert from 'node:assert/strict';
import fc from 'fast-check';
import { failureOf, isPassing, retryAfterSeconds } from '../../../src/claude/failures.ts';
import type { ErrorFacts } from '../../../src/claude/failures.ts';
import type { Failure } from '../../../src/model/failure.ts';

const now = Date.UTC(2026, 10, 22, 2, 47);
const failure = (facts: Partial<ErrorFacts>): Failure =>
  failureOf({ message: 'fetch failed', causes: [], ...facts }, { endpoint: 'Anthropic', model: 'm', now });

describe('failures of Claude', () => {
  it('follow from the status', () => {
    const kinds = {
      400: 'requestRefused',
      401: 'keyRefused',
      402: 'requestRefused',
      403: 'permissionDenied',
      404: 'modelNotFound',
      408: 'serverError',
      413: 'requestTooLarge',
      422: 'requestRefused',
      429: 'rateLimited',
      500: 'serverError',
      502: 'serverError',
      503: 'serverError',
      504: 'serverError',
      529: 'overloaded',
    };
    for (const [status, kind] of Object.entries(kinds))
      assert.equal(failure({ status: Number(status) }).kind, kind, status);
  });

  it('follow from the error’s type where it came in mid-stream', () => {
    const kinds = {
      invalid_request_error: 'requestRefused',
      authentication_error: 'keyRefused',
      permission_error: 'permissionDenied',
      not_found_error: 'modelNotFound',
      request_too_large: 'requestTooLarge',
      rate_limit_error: 'rateLimited',
      api_error: 'serverError',
      overloaded_error: 'overloaded',
      error_of_later: 'unreachable',
    };
    for (const [type, kind] of Object.entries(kinds)) assert.equal(failure({ type }).kind, kind, type);
  });

  it('tell where on the way a connection failed', () => {
    const hops: Readonly<Record<string, string>> = {
      'getaddrinfo ENOTFOUND api.anthropic.com': 'dns',
      'getaddrinfo EAI_AGAIN api.anthropic.com': 'dns',
      'getaddrinfo ENOTFOUND proxy.corp': 'dns',
      'connect ECONNREFUSED 127.0.0.1:9': 'refused',
      ECONNREFUSED: 'refused',
      'self-signed certificate in certificate chain': 'tls',
      'DEPTH_ZERO_SELF_SIGNED_CERT self signed certificate': 'tls',
      'unable to get local issuer certificate': 'tls',
      'CERT_HAS_EXPIRED certificate has expired': 'tls',
      "Hostname/IP does not match certificate's altnames": 'tls',
      'Proxy response (407) !== 200 when HTTP Tunneling': 'proxy',
      'unexpected redirect': 'redirect',
      'read ECONNRESET': 'network',
      'UND_ERR_SOCKET other side closed': 'network',
      'bad port': 'network',
    };
    for (const [cause, hop] of Object.entries(hops)) {
      const known = failure({ causes: [cause] });
      assert.deepEqual(known, { kind: 'unreachable', endpoint: 'Anthropic', hop, detail: cause });
    }
  });

  it('keep the request’s id and the wait that was asked for', () => {
    assert.deepEqual(failure({ status: 429, requestId: 'req_1', retryAfter: '7' }), {
      kind: 'rateLimited',
      endpoint: 'Anthropic',
      retryAfterSeconds: 7,
      requestId: 'req_1',
    });
  });

  it('are tried again only where the same request may succeed', () => {
    const passing = [
      { status: 429 },
      { status: 529 },
      { status: 500 },
      { causes: ['ECONNRESET'] },
      { causes: ['ENOTFOUND'] },
    ];
    for (const facts of passing) assert.equal(isPassing(failure(facts)), true, JSON.stringify(facts));
    const lasting = [
      { status: 400 },
      { status: 401 },
      { status: 403 },
      { status: 404 },
      { status: 413 },
      { causes: ['CERT_HAS_EXPIRED'] },
      { causes: ['unexpected redirect'] },
    ];
    for (const facts of lasting) assert.equal(isPassing(failure(facts)), false, JSON.stringify(facts));
  });
});

describe('retry-after', () => {
  const cases: readonly (readonly [string | undefined, number | undefined])[] = [
    ['7', 7],
    [' 7 ', 7],
    ['0', 0],
    ['-5', 0],
    ['1.2', 2],
    ['Sun, 22 Nov 2026 02:48:30 GMT', 90],
    ['Sun, 22 Nov 2026 02:00:00 GMT', 0],
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['soon 5', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
    ['7, 8', undefined],
  ];
  for (const [header, seconds] of cases) {
    it(`reads ${JSON.stringify(header)} as ${String(seconds)}`, () =>
      assert.equal(retryAfterSeconds(header, now), seconds));
  }
  it('is a whole number of seconds, never negative, or nothing, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const seconds = retryAfterSeconds(header, now);
        assert.ok(seconds === undefined || (Number.isInteger(seconds) && seconds >= 0));
      }),
    );
  });
});
