/** A proxy answered in the place of the endpoint: it wants a password, forbids the address, or cannot reach it. */
export class ProxyRefusal extends Error {
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(status: number, reason: string, requestId: string | undefined) {
    super(`the proxy answered ${status} ${reason}`.trim());
    this.name = 'ProxyRefusal';
    this.status = status;
    this.requestId = requestId;
  }
}

/** The endpoint wants the request, and with it the key, sent to another address. */
export class Redirected extends Error {
  readonly requestId: string | undefined;

  constructor(status: number, origin: string, requestId: string | undefined) {
    super(`${status}, a redirect to ${origin}`);
    this.name = 'Redirected';
    this.requestId = requestId;
  }
}

/** The answer has a status that HTTP does not know. */
export class StrangeStatus extends Error {
  constructor(status: number) {
    super(`it answered with the status ${status}, which HTTP does not know`);
    this.name = 'StrangeStatus';
  }
}

/** No connection stood in time. */
export class UnansweredConnect extends Error {
  readonly code = 'ETIMEDOUT';

  // Without the words "timed out": the SDK would put an error of its own in the place of this one.
  constructor(host: string, milliseconds: number) {
    super(`no connection to ${host} within ${Math.round(milliseconds / 1000)} s`);
    this.name = 'UnansweredConnect';
  }
}

/** Where a redirect leads, without its path and query, which may hold a secret. */
export function originOf(location: string | null, from: URL): string {
  if (location === null || !URL.canParse(location, from.href)) return 'an address that is none';
  const { origin, protocol } = new URL(location, from);
  return origin === 'null' ? protocol : origin;
}

/** What a proxy or a redirecting server said of itself, where the error is one of those or came of one. */
export function refusalIn(error: unknown): { readonly status?: number; readonly requestId?: string } | undefined {
  const found = chainOf(error).find((one) => one instanceof ProxyRefusal || one instanceof Redirected);
  if (found === undefined) return undefined;
  const { requestId } = found;
  return {
    ...(found instanceof ProxyRefusal ? { status: found.status } : {}),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Messages and codes of an error's causes, outermost first. */
export function causesOf(error: unknown): string[] {
  return chainOf(error)
    .slice(1)
    .map((cause) => {
      const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
      const { message } = cause;
      return withoutCredentials(code === '' || message.includes(code) ? message : `${code} ${message}`.trim());
    });
}

/** An error and its causes; of several that happened at once, the first. Bounded, since a cause may be its own cause. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 6;) {
    chain.push(at);
    const first: unknown = at instanceof AggregateError ? at.errors[0] : undefined;
    at = at.cause ?? first;
  }
  return chain;
}

/** A proxy's address may hold its user's name and password. */
function withoutCredentials(text: string): string {
  return text.replace(/(\/\/|\b(?:PROXY|HTTPS?|SOCKS[45]?)\s+)[^\s@/]+@/gi, '$1…@');
}
