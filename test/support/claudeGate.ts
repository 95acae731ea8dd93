import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the gate does with a request instead of passing it on. */
export interface Refusal {
  readonly status: number;
  /** The `error.type` of Claude's API, see https://docs.claude.com/en/api/errors. */
  readonly type: string;
  readonly message: string;
}

/** A server in front of a Claude-compatible one, which sees what a test cannot see from either end. */
export interface ClaudeGate {
  readonly url: string;
  /** How many requests have come in so far, passed on or not. */
  readonly received: () => number;
  /** The key that each of them brought, oldest first; empty where it brought none. */
  readonly keys: () => readonly string[];
  /** How many replies are not at their end and still have a reader. */
  readonly openReplies: () => number;
  /** From now on every request is refused like this; `undefined` lets them through again. */
  readonly refuse: (refusal: Refusal | undefined) => void;
  /** Nobody listens any more, as when the network is down. The address stays reserved for `goUp`. */
  readonly goDown: () => Promise<void>;
  readonly goUp: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a gate in front of `target` on a free port of this machine. */
export async function startClaudeGate(target: string): Promise<ClaudeGate> {
  const keys: string[] = [];
  const open = new Set<ServerResponse>();
  let refusal: Refusal | undefined;
  const server = createServer((incoming, outgoing) => {
    keys.push(incoming.headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (refusal === undefined) passOn(incoming, outgoing, target, open);
    else refuse(outgoing, refusal);
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gate has no port.');
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}`,
    received: () => keys.length,
    keys: () => keys,
    openReplies: () => open.size,
    refuse: (how) => {
      refusal = how;
    },
    goDown: close,
    goUp: () => listen(port),
    stop: close,
  };
}

function refuse(outgoing: ServerResponse, { status, type, message }: Refusal): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_refused_by_the_gate' });
  outgoing.end(JSON.stringify({ type: 'error', error: { type, message } }));
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, target: string, open: Set<ServerResponse>): void {
  open.add(outgoing);
  outgoing.on('close', () => open.delete(outgoing));
  const { method, headers } = incoming;
  const passed = httpRequest(new URL(incoming.url ?? '/', target), { method, headers, agent: false });
  outgoing.on('close', () => passed.destroy());
  passed.on('error', () => outgoing.destroy());
  passed.on('response', (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.on('error', () => outgoing.destroy());
    reply.pipe(outgoing);
  });
  incoming.pipe(passed);
}
