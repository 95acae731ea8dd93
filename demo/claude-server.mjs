#!/usr/bin/env node
import { LLMock } from '@copilotkit/aimock';
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { incidents } from './catalogue.mjs';
import { ABOUT, MODEL, repliesTo } from './replies/choose.mjs';

/** As Anthropic's API refuses them: https://docs.claude.com/en/api/errors ("request_too_large"). */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Requests are whole conversations: only the last ones are kept. */
const MAX_JOURNAL = 200;

/** A token of English text is about four characters long; usage figures here are that estimate. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * @typedef {object} RecordedRequest
 * @property {string} method
 * @property {string} path with its query
 * @property {import('node:http').IncomingHttpHeaders} headers as they came, keys included
 * @property {unknown} body the parsed JSON; its text when it is not JSON; undefined when there is none
 */

/**
 * @typedef {object} DemoClaude
 * @property {string} url for ANTHROPIC_BASE_URL
 * @property {() => Promise<void>} stop ends open streams and frees the port
 * @property {() => readonly RecordedRequest[]} requests the last 200, oldest first
 */

/**
 * Starts a local server that speaks Claude's Messages API and answers the panel with demo replies, streamed at a human
 * pace. It listens on 127.0.0.1 only. Its model is called `demo-replies`, so that nobody mistakes its replies for
 * Claude's. Streaming is the work of aimock; in front of it stands a small server that keeps what was sent, byte for
 * byte, and picks the reply.
 *
 * @param {object} options
 * @param {string} options.incident one of `incidents`
 * @param {number} [options.port] 0, the default, takes a free one
 * @param {number} [options.tokensPerSecond] Infinity streams without pauses
 * @param {number} [options.timeToFirstToken] milliseconds
 * @returns {Promise<DemoClaude>}
 * @throws {Error} when the incident is unknown or the port is taken
 */
export async function startDemoClaude({ incident, port = 0, tokensPerSecond = 60, timeToFirstToken = 900 }) {
  const replies = repliesTo(incident);
  const mock = new LLMock({ port: 0, journalMaxEntries: 1 });
  for (const [key, reply] of replies.byKey) {
    mock.addFixture({
      match: { context: key },
      response: (request) => withUsage(reply, JSON.stringify(request.messages).length),
      chunkSize: CHARACTERS_PER_TOKEN,
      streamingProfile: { ttft: timeToFirstToken, tps: tokensPerSecond },
    });
  }
  const upstream = new URL(await mock.start());

  /** @type {RecordedRequest[]} */
  const journal = [];
  const front = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, { upstream, keyFor: replies.keyFor, journal }).catch(() => outgoing.destroy());
  });
  front.listen(port, '127.0.0.1');
  try {
    await once(front, 'listening');
  } catch (error) {
    await mock.stop();
    throw error;
  }
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('The demo server has no port.');

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: () => journal,
    async stop() {
      front.close();
      front.closeAllConnections();
      await mock.stop();
    },
  };
}

/**
 * @param {import('node:http').IncomingMessage} incoming
 * @param {import('node:http').ServerResponse} outgoing
 * @param {{ upstream: URL, keyFor: (body: unknown) => string, journal: RecordedRequest[] }} server
 */
async function answer(incoming, outgoing, { upstream, keyFor, journal }) {
  const raw = await readBody(incoming);
  if (raw === undefined) return refuse(outgoing, 413, 'request_too_large', 'The request is larger than 32 MB.');
  const body = parse(raw);
  const path = incoming.url ?? '/';
  journal.push({ method: incoming.method ?? 'GET', path, headers: incoming.headers, body });
  if (journal.length > MAX_JOURNAL) journal.shift();

  const route = `${incoming.method} ${path.split('?')[0]}`;
  if (route === 'GET /v1/models') return sendJson(outgoing, 200, MODELS);
  if (route === 'POST /v1/messages/count_tokens') {
    return sendJson(outgoing, 200, { input_tokens: Math.ceil(raw.length / CHARACTERS_PER_TOKEN) });
  }
  if (route !== 'POST /v1/messages') return refuse(outgoing, 404, 'not_found_error', `The demo server has no ${path}.`);

  const headers = { 'content-type': 'application/json', 'x-aimock-context': keyFor(body) };
  const forwarded = httpRequest(new URL('/v1/messages', upstream), { method: 'POST', headers, agent: false });
  // A reader who leaves ends the stream behind, too.
  outgoing.on('close', () => forwarded.destroy());
  forwarded.on('error', () => outgoing.destroy());
  forwarded.on('response', (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, {
      'content-type': reply.headers['content-type'] ?? 'application/json',
    });
    reply.on('error', () => outgoing.destroy());
    reply.pipe(outgoing);
  });
  forwarded.end(raw);
}

/** The body, or undefined when it is too large. @param {import('node:http').IncomingMessage} incoming */
async function readBody(incoming) {
  const chunks = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @param {Buffer} raw @returns {unknown} */
function parse(raw) {
  const text = raw.toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * @param {import('node:http').ServerResponse} outgoing
 * @param {number} status
 * @param {unknown} body
 */
function sendJson(outgoing, status, body) {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(body));
}

/**
 * @param {import('node:http').ServerResponse} outgoing
 * @param {number} status
 * @param {string} type
 * @param {string} message
 */
function refuse(outgoing, status, type, message) {
  sendJson(outgoing, status, { type: 'error', error: { type, message } });
}

/**
 * @param {import('./replies/choose.mjs').Reply} reply
 * @param {number} requestCharacters
 */
function withUsage({ text, tool }, requestCharacters) {
  const toolCalls = tool === undefined ? [] : [{ name: tool.name, arguments: JSON.stringify(tool.input) }];
  const written = text.length + toolCalls.reduce((sum, call) => sum + call.arguments.length, 0);
  const usage = {
    input_tokens: Math.ceil(requestCharacters / CHARACTERS_PER_TOKEN),
    output_tokens: Math.ceil(written / CHARACTERS_PER_TOKEN),
  };
  return { content: text, model: MODEL, usage, ...(toolCalls.length > 0 && { toolCalls }) };
}

const MODELS = {
  data: [{ type: 'model', id: MODEL, display_name: 'Demo replies (not Claude)', created_at: '2026-11-17T00:00:00Z' }],
  first_id: MODEL,
  last_id: MODEL,
  has_more: false,
};

/** The command line: `claude-server.mjs [INCIDENT] [--port N]`. @param {string[]} args */
async function main(args) {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { port: { type: 'string' } } });
  const incident = positionals[0] ?? incidents[0]?.name ?? '';
  const server = await startDemoClaude({ incident, port: Number(values.port ?? 0) });
  console.log(`${ABOUT}\n\nANTHROPIC_BASE_URL=${server.url}`);
  process.once('SIGINT', () => void server.stop());
  process.once('SIGTERM', () => void server.stop());
}

const started = process.argv[1];
if (started !== undefined && (await realpath(started).catch(() => '')) === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
