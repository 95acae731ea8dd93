import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';

/** How the proxy answers a wish for a tunnel. */
export type ProxyAnswer =
  | 'tunnel'
  /** A tunnel to somebody who calls himself by the same name, with a certificate of an authority that nobody knows. */
  | 'intercept'
  | { readonly status: number; readonly reason: string; readonly headers?: Readonly<Record<string, string>> };

/**
 * A network as companies have them: a name that only their proxy can find, behind TLS with a certificate of their own
 * authority. Everything is on this machine.
 */
export interface CorporateNetwork {
  /** What Claude is called in it. */
  readonly url: string;
  /** The file with the certificate of its authority. */
  readonly authorityFile: string;
  readonly proxyUrl: string;
  /** The port of this machine to which its name leads. */
  readonly port: number;
  /** The tunnels to Claude that were wished for: user name and password as they came, empty where none did. */
  readonly tunnels: () => readonly { readonly credentials: string }[];
  readonly answerWith: (how: ProxyAnswer) => void;
  /** Nobody listens at the proxy any more; its address stays reserved for `proxyUp`. */
  readonly proxyDown: () => Promise<void>;
  readonly proxyUp: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const host = 'claude.example.test';

/** Starts the network in front of `target`, a server on this machine. */
export async function startCorporateNetwork(target: string): Promise<CorporateNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'corporate-network-'));
  const authority = await certificateAuthority('Example Corporation');
  const authorityFile = join(folder, 'corporate-authority.pem');
  await writeFile(authorityFile, authority.cert);
  const sockets = new Set<Socket>();
  const known = await tlsFront(target, await authority.certify(host), sockets);
  const stranger = await tlsFront(target, await (await certificateAuthority('Somebody')).certify(host), sockets);
  const tunnels: { credentials: string }[] = [];
  let answer: ProxyAnswer = 'tunnel';

  const proxy = createServer((_, response) => response.writeHead(502).end());
  proxy.on('connection', (socket) => track(socket, sockets));
  proxy.on('connect', (request, client: Socket) => {
    // The editor and its browser look for updates through the same proxy.
    if (request.url !== `${host}:443`) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const [, given = ''] = /^Basic (.*)$/.exec(request.headers['proxy-authorization'] ?? '') ?? [];
    tunnels.push({ credentials: Buffer.from(given, 'base64').toString('utf8') });
    if (typeof answer === 'object') {
      const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
      client.end(`HTTP/1.1 ${answer.status} ${answer.reason}\r\n${headers.join('')}\r\n`);
      return;
    }
    const way = connect(answer === 'tunnel' ? known.port : stranger.port, '127.0.0.1');
    way.once('connect', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    joinConnections(client, way);
  });
  const listen = async (port: number): Promise<void> => {
    proxy.listen(port, '127.0.0.1');
    await once(proxy, 'listening');
  };
  const close = async (): Promise<void> => {
    if (!proxy.listening) return;
    const closed = once(proxy, 'close');
    proxy.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `https://${host}`,
    authorityFile,
    port: known.port,
    proxyUrl: `http://127.0.0.1:${port}`,
    tunnels: () => tunnels,
    answerWith: (how) => {
      answer = how;
    },
    proxyDown: close,
    proxyUp: () => listen(port),
    stop: async () => {
      await close();
      await known.stop();
      await stranger.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Certified {
  readonly key: string;
  readonly cert: string;
}

async function certificateAuthority(name: string): Promise<{
  readonly cert: string;
  readonly certify: (host: string) => Promise<Certified>;
}> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const certify = async (certified: string): Promise<Certified> => {
    const made = await generate([{ name: 'commonName', value: certified }], {
      ca: { key, cert },
      algorithm: 'sha256',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: certified }] }],
    });
    return { key: made.private, cert: made.cert };
  };
  return { cert, certify };
}

/** Takes TLS off, and passes what is inside on. */
async function tlsFront(
  target: string,
  certified: Certified,
  sockets: Set<Socket>,
): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const { hostname, port } = new URL(target);
  const server = createTlsServer(certified, (client) => joinConnections(client, connect(Number(port), hostname)));
  server.on('connection', (socket: Socket) => track(socket, sockets));
  // A client that does not trust us hangs up in mid-handshake.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Two connections become one; the end of each is the end of both. */
function joinConnections(one: Socket, other: Socket): void {
  one.on('error', () => other.destroy());
  other.on('error', () => one.destroy());
  one.on('close', () => other.destroy());
  other.on('close', () => one.destroy());
  one.pipe(other);
  other.pipe(one);
}

function track(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.on('close', () => sockets.delete(socket));
}
