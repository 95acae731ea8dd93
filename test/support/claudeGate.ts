import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StringDecoder } from 'node:string_decoder';

/** What the gate does with a request instead of passing it on. */
export interface Refusal {
  readonly status: number;
  /** The `error.type` of Claude's API, see https://docs.claude.com/en/api/errors. */
  readonly type: string;
  readonly message: string;
}

/** A piece of a reply's text. */
export interface SaidPiece {
  readonly at: number;
  readonly text: string;
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
  /** What the latest reply has said so far, with when each piece was passed on, in epoch milliseconds. */
  readonly said: () => readonly SaidPiece[];
  /** From now on every request is refused like this; `undefined` lets them through again. */
  readonly refuse: (refusal: Refusal | undefined) => void;
  /** The next reply ends after so many bytes, between two events, with the API's error for a limit. */
  readonly limitAfter: (bytes: number) => void;
  /** Nobody listens any more, as when the network is down. The address stays reserved for `goUp`. */
  readonly goDown: () => Promise<void>;
  readonly goUp: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a gate in front of `target` on a free port of this machine. */
export async function startClaudeGate(target: string): Promise<ClaudeGate> {
  const keys: string[] = [];
  const open = new Set<ServerResponse>();
  let said: SaidPiece[] = [];
  let refusal: Refusal | undefined;
  let limit: number | undefined;
  const server = createServer((incoming, outgoing) => {
    keys.push(incoming.headers.authorization?.replace(/^Bearer /, '') ?? '');
    const isReply = incoming.url?.includes('/messages') === true;
    const bytes = isReply ? limit : undefined;
    if (isReply) {
      limit = undefined;
      said = [];
    }
    const pieces = said;
    if (refusal === undefined) passOn(incoming, outgoing, { target, open, limit: bytes, hear: hearing(pieces) });
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
    said: () => said,
    refuse: (how) => {
      refusal = how;
    },
    limitAfter: (bytes) => {
      limit = bytes;
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

interface Passage {
  readonly target: string;
  readonly open: Set<ServerResponse>;
  readonly limit: number | undefined;
  readonly hear: (chunk: Buffer | string) => void;
}

/** Notes the text in the events of a stream. */
function hearing(pieces: SaidPiece[]): Passage['hear'] {
  const decoder = new StringDecoder('utf8');
  let held = '';
  return (chunk) => {
    held += typeof chunk === 'string' ? chunk : decoder.write(chunk);
    for (let end = held.indexOf('\n\n'); end !== -1; end = held.indexOf('\n\n')) {
      const data = /^data: (.*)$/m.exec(held.slice(0, end))?.[1] ?? '{}';
      held = held.slice(end + 2);
      const { delta } = JSON.parse(data) as { readonly delta?: { readonly text?: unknown } };
      if (typeof delta?.text === 'string') pieces.push({ at: Date.now(), text: delta.text });
    }
  };
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, { target, open, limit, hear }: Passage): void {
  open.add(outgoing);
  outgoing.on('close', () => open.delete(outgoing));
  const { method, headers } = incoming;
  const passed = httpRequest(new URL(incoming.url ?? '/', target), { method, headers, agent: false });
  outgoing.on('close', () => passed.destroy());
  passed.on('error', () => outgoing.destroy());
  passed.on('response', (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.on('error', () => outgoing.destroy());
    reply.on('data', hear);
    if (limit === undefined) reply.pipe(outgoing);
    else passSome(reply, outgoing, limit);
  });
  incoming.pipe(passed);
}

/** Passes whole events on until there were so many bytes of them, then the error of a limit, and the end. */
function passSome(reply: IncomingMessage, outgoing: ServerResponse, limit: number): void {
  let held = '';
  let passed = 0;
  reply.setEncoding('utf8');
  reply.on('data', (piece: string) => {
    held += piece;
    for (let end = held.indexOf('\n\n'); end !== -1 && passed < limit; end = held.indexOf('\n\n')) {
      outgoing.write(held.slice(0, end + 2));
      passed += end + 2;
      held = held.slice(end + 2);
    }
    if (passed < limit || outgoing.writableEnded) return;
    const error = { type: 'error', error: { type: 'rate_limit_error', message: 'This would exceed your limit' } };
    outgoing.end(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
    reply.destroy();
  });
}
