import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How the server answers one request. */
export type Answer = (response: ServerResponse) => void | Promise<void>;

export interface RecordedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A local server that speaks as much of the Messages API as a test has it say, mistakes included. Each request takes the
 * next answer of the list; one that finds none gets a 418, so that a request too many fails its test.
 */
export class ClaudeServer {
  readonly requests: RecordedRequest[] = [];
  readonly answers: Answer[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      this.requests.push({ path, headers, body: Buffer.concat(chunks).toString('utf8') });
      const answer = this.answers.shift() ?? refused(418, 'no answer was prepared');
      void Promise.resolve(answer(response)).catch(() => response.destroy());
    });
  });

  static async start(): Promise<ClaudeServer> {
    const server = new ClaudeServer();
    server.#server.on('connection', (socket) => {
      server.#sockets.add(socket);
      socket.on('close', () => server.#sockets.delete(socket));
    });
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Connections that its clients hold open. */
  get openSockets(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export interface StreamedAnswer {
  /** Sizes of the pieces that it is cut into, used again and again; one piece where there are none. */
  readonly pieces?: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  /** What happens after the last byte: the response ends, the connection breaks, or is reset, or nothing does. */
  readonly ending?: 'end' | 'cut' | 'reset' | 'hang';
}

/** A stream of server-sent events, cut into pieces anywhere. */
export function streamed(
  sse: string | Uint8Array,
  { pieces = [], headers = {}, ending = 'end' }: StreamedAnswer = {},
): Answer {
  return async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_1', ...headers });
    response.flushHeaders();
    const bytes = typeof sse === 'string' ? Buffer.from(sse) : sse;
    for (let at = 0, index = 0; at < bytes.length; index += 1) {
      const size = pieces.length === 0 ? bytes.length : Math.max(1, pieces[index % pieces.length] ?? 1);
      response.write(bytes.subarray(at, at + size));
      at += size;
      // Without a turn of the event loop between them, pieces would arrive as one.
      await delay(0);
    }
    if (ending === 'end') response.end();
    if (ending === 'cut' || ending === 'reset') {
      await delay(20);
      if (ending === 'cut') response.destroy();
      else response.socket?.resetAndDestroy();
    }
  };
}

/** An error as the API words it. */
export function refused(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_refused', ...headers });
    response.end(JSON.stringify({ type: 'error', error: { type: 'some_error', message } }));
  };
}

/** Nothing, for ever. */
export const silence: Answer = () => undefined;

/** The connection breaks before anything is said. */
export const hangUp: Answer = (response) => {
  response.destroy();
};

/** The connection is reset before anything is said. */
export const reset: Answer = (response) => {
  response.socket?.resetAndDestroy();
};

/** One server-sent event. */
export function sse(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

export interface SaidBlock {
  /** A signed block of thinking. */
  readonly thinking?: string;
  /** The pieces in which it comes. */
  readonly text?: readonly string[];
  readonly tool?: { readonly name: string; readonly input: unknown; readonly id?: string };
}

/** The events of a whole reply. */
export function reply(blocks: readonly SaidBlock[], stopReason = 'end_turn'): string {
  const usage = { input_tokens: 12, output_tokens: 1, cache_read_input_tokens: 100, cache_creation_input_tokens: 7 };
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    usage,
  };
  const bodies = blocks.map(({ text, tool, thinking }, index) => {
    const delta = (piece: object): string => sse('content_block_delta', { index, delta: piece });
    if (thinking !== undefined) {
      const start = { type: 'thinking', thinking: '', signature: '' };
      const said = [
        { type: 'thinking_delta', thinking },
        { type: 'signature_delta', signature: 'sig_1' },
      ].map(delta);
      return `${sse('content_block_start', { index, content_block: start })}${said.join('')}${sse('content_block_stop', { index })}`;
    }
    const [start, deltas] =
      tool === undefined
        ? [{ type: 'text', text: '' }, (text ?? []).map((piece) => delta({ type: 'text_delta', text: piece }))]
        : [
            { type: 'tool_use', id: tool.id ?? 'toolu_1', name: tool.name, input: {} },
            (JSON.stringify(tool.input).match(/[^]{1,9}/g) ?? []).map((piece) =>
              delta({ type: 'input_json_delta', partial_json: piece }),
            ),
          ];
    return `${sse('content_block_start', { index, content_block: start })}${sse('ping', {})}${deltas.join('')}${sse('content_block_stop', { index })}`;
  });
  return [
    sse('message_start', { message }),
    ...bodies,
    sse('message_delta', { delta: { stop_reason: stopReason, stop_sequence: null }, usage: { output_tokens: 34 } }),
    sse('message_stop', {}),
  ].join('');
}
