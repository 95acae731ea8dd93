import type { Failure } from '../model/failure.ts';
import type { ErrorFacts, RequestFacts } from './failures.ts';

type Hop = Extract<Failure, { kind: 'unreachable' }>['hop'];

/**
 * Where the way to the endpoint ends, told by the codes and words of Node's system errors, of its TLS and of the editor. A
 * name that is not found, or a port where nobody listens, is the proxy's where it is not the endpoint's own.
 */
export function connectionFailure(facts: ErrorFacts, { endpoint, host }: RequestFacts): Failure {
  const all = [facts.message, ...facts.causes].join(' ');
  const detail = (facts.causes.at(-1) ?? facts.message).replace(/;? if the root CA is installed.*$/, '');
  const request = facts.requestId === undefined ? {} : { requestId: facts.requestId };
  if (facts.proxyStatus !== undefined)
    return { kind: 'unreachable', endpoint, hop: 'proxy', detail, status: facts.proxyStatus, ...request };
  return { kind: 'unreachable', endpoint, hop: hopOf(all, host), detail, ...request };
}

function hopOf(all: string, host: string | undefined): Hop {
  if (/redirect/i.test(all)) return 'redirect';
  if (isElsewhere(all, host)) return 'proxy';
  if (/ENOTFOUND|EAI_AGAIN|getaddrinfo|EAI_NODATA/.test(all)) return 'dns';
  if (/proxy|tunnel/i.test(all)) return 'proxy';
  if (/CERT|\bTLS|SSL|self[- ]signed|issuer|altname|EPROTO/i.test(all)) return 'tls';
  if (/ECONNREFUSED/.test(all)) return 'refused';
  if (/ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|timed out|Connect Timeout/i.test(all))
    return 'timeout';
  return 'network';
}

/** Whether the error names another host or port than the endpoint's: the connection was one to a proxy. */
function isElsewhere(all: string, host: string | undefined): boolean {
  if (host === undefined) return false;
  const { hostname, port } = new URL(`https://${host}`);
  const named = /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) ([^\s:,]+)/.exec(all)?.[1];
  if (named !== undefined) return named.toLowerCase() !== hostname.toLowerCase();
  const ports = [...all.matchAll(/connect E[A-Z]+ \S*:(\d{1,5})\b/g)].map(([, number]) => number);
  return ports.length > 0 && !ports.includes(port === '' ? '443' : port);
}
