import { ClientRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestByTls } from 'node:https';
import type { Socket } from 'node:net';
import { pipeline, Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { originOf, ProxyRefusal, Redirected, StrangeStatus, UnansweredConnect } from './transportErrors.ts';

export interface SentRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called for the head of the response and for every chunk of bytes after it. */
  readonly onActivity: () => void;
}

/** Milliseconds until a connection must stand: as long as a phone call across the world, not as long as a reply. */
const connectTimeout = 15_000;

/**
 * Sends one request and gives the response once its head is there; its body streams. Rejects with what ended it.
 *
 * Node's own `https` and not `fetch`: both are patched by the editor to follow its proxy settings, `HTTPS_PROXY`,
 * `NO_PROXY`, proxies of the system and their passwords. But its patched `fetch` passes a list of certificate authorities
 * of its own, in which those of `NODE_EXTRA_CA_CERTS` are not, and goes straight to the network where
 * `http.fetchAdditionalSupport` is off; and only here can be seen that it was a proxy who answered.
 *
 * A redirect is an error, since it would carry the key to another host. What is not encrypted stays on this machine:
 * such a request passes the editor's patches by, which would give addresses such as 127.0.0.2 to a proxy.
 */
export function send(url: URL, sent: SentRequest, timeout = connectTimeout): Promise<Response> {
  const { method, headers, body, signal } = sent;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(reasonOf(signal));
      return;
    }
    const options: RequestOptions = {
      method,
      headers: { ...Object.fromEntries(headers), 'accept-encoding': 'identity', connection: 'close' },
    };
    const request =
      url.protocol === 'https:' ? requestByTls(url, options) : new ClientRequest({ ...options, ...addressOf(url) });
    const abort = (): void => void request.destroy(reasonOf(signal));
    const timer = setTimeout(() => request.destroy(new UnansweredConnect(url.host, timeout)), timeout);
    signal?.addEventListener('abort', abort, { once: true });
    let proxyFailure: unknown;
    // Told by the editor, of each way that it tried.
    request.on('proxy', ({ error }: { readonly error?: unknown }) => (proxyFailure = error));
    request.once('socket', (socket) => whenConnected(socket, () => clearTimeout(timer)));
    request.once('close', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      if (proxyFailure !== undefined) error.cause ??= proxyFailure;
      reject(error);
    });
    request.once('response', (response) => {
      clearTimeout(timer);
      sent.onActivity();
      try {
        resolve(answered(url, response, sent.onActivity));
      } catch (error) {
        request.destroy();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    request.end(body);
  });
}

/** The response as `fetch` would give it. Throws where it is none that a caller should see. */
function answered(url: URL, response: IncomingMessage, onActivity: () => void): Response {
  const { statusCode: status = 0, statusMessage = '', socket } = response;
  const headers = headersOf(response);
  // A proxy that refuses to connect is given to us as a response that came without encryption.
  if (url.protocol === 'https:' && !('encrypted' in socket))
    throw new ProxyRefusal(status, statusMessage, requestIdIn(headers));
  if (status >= 300 && status < 400 && status !== 304)
    throw new Redirected(status, originOf(headers.get('location'), url), requestIdIn(headers));
  if (status < 200 || status > 599) throw new StrangeStatus(status);
  if (status === 204 || status === 205 || status === 304) {
    response.resume();
    return new Response(null, { status, headers });
  }
  const watched = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onActivity();
      done(null, chunk);
    },
  });
  const decoding = decodersFor(headers.get('content-encoding') ?? '');
  const body = decoding.at(-1) ?? watched;
  // The error is the body's, where whoever reads it meets it.
  pipeline([response, watched, ...decoding], () => undefined);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(webStream(body), { status, headers });
}

function webStream(body: Transform): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: () => void body.destroy(),
  });
}

const atOnce = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH };

/** By the names of RFC 9110, 8.4.1. What has come is given at once, and an end that is cut is no error of the decoder. */
const decoders: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', (): Transform => zlib.createGunzip(atOnce)],
  ['x-gzip', (): Transform => zlib.createGunzip(atOnce)],
  ['deflate', (): Transform => zlib.createInflate(atOnce)],
  ['br', (): Transform => zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH })],
]);

/** Undoes a compression that was not asked for, the last one first. */
function decodersFor(encodings: string): Transform[] {
  const names = encodings.toLowerCase().split(',').reverse();
  return names.flatMap((name) => decoders.get(name.trim())?.() ?? []);
}

/** The id by which the maintainers of a server find a request: Claude's API, and gateways before it. */
export function requestIdIn(headers: Headers): string | undefined {
  const names = ['request-id', 'x-request-id', 'x-amzn-requestid', 'cf-ray'];
  return names.map((name) => headers.get(name) ?? '').find((id) => id.trim() !== '');
}

/** Where a part of it is no legal header value to `Headers`, that part is left out. */
function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    try {
      headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
    } catch {
      // Node's parser is more tolerant than the standard.
    }
  }
  return headers;
}

function addressOf({ hostname, port, pathname, search }: URL): RequestOptions {
  return {
    protocol: 'http:',
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 80 : Number(port),
    path: `${pathname}${search}`,
  };
}

function whenConnected(socket: Socket, done: () => void): void {
  if (!socket.connecting) done();
  else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', done);
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new DOMException('It was stopped.', 'AbortError');
}
