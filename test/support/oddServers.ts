import { gzipSync } from 'node:zlib';
import { setTimeout as delay } from 'node:timers/promises';
import { refused, reply, sse, streamed } from './claudeServer.ts';
import type { Answer } from './claudeServer.ts';
import { records } from './records.ts';

/** Something that a server or a machine on the way does, by the book or not, and what must come of it. */
export interface Oddity {
  readonly name: string;
  readonly answer: Answer;
  /** `whole`: the reply is done. Otherwise the failure for which the other endpoint goes on, after `attempts`. */
  readonly becomes: 'whole' | { readonly kind: string; readonly hop?: string; readonly attempts: number };
  /** What was said by then; the whole text where nothing else is given. */
  readonly kept?: string;
}

export const oddText = 'The request to €é😀 fails.';
const call = { name: 'record_orientation', input: records.orient.data };
const plain = reply([{ text: ['The request ', 'to €é😀 ', 'fails.'] }, { tool: call }]);
const started = plain.indexOf('event: content_block_start');
/** The place right after the first words. */
const afterWords = plain.indexOf('\n\n', plain.indexOf('The request ')) + 2;
const said = 'The request ';

const tolerated = (name: string, answer: Answer): Oddity => ({ name, answer, becomes: 'whole' });
const fault = (
  name: string,
  answer: Answer,
  kind: string,
  { kept = '', attempts = kept === '' ? 3 : 1, hop }: { kept?: string; attempts?: number; hop?: string } = {},
): Oddity => ({ name, answer, kept, becomes: { kind, attempts, ...(hop === undefined ? {} : { hop }) } });

/** Puts more events into the reply where its first block begins, or after its first words. */
const withMore = (more: string, at = started): string => plain.slice(0, at) + more + plain.slice(at);

/** Bytes as they are, in the place of what Node would write. */
const raw =
  (head: string, body: string | Uint8Array = '', ending: 'end' | 'reset' | 'hang' = 'end'): Answer =>
  async ({ socket }) => {
    socket?.write(`${head}\r\n\r\n`);
    socket?.write(body);
    await delay(30);
    if (ending === 'reset') socket?.resetAndDestroy();
    else if (ending === 'end') socket?.end();
  };

const streamHead = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close';
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

const tolerable: readonly Oddity[] = [
  tolerated('lines that end with CR LF', streamed(plain.replaceAll('\n', '\r\n'))),
  tolerated('lines that end with CR, cut anywhere', streamed(plain.replaceAll('\n', '\r'), { pieces: [7, 64, 200] })),
  tolerated('a byte order mark', streamed(`\uFEFF${plain}`)),
  tolerated('comments between events', streamed(plain.replaceAll('event: ', ': keep-alive\n\nevent: '))),
  tolerated('ids and retry fields', streamed(plain.replaceAll('event: ', 'id: 7\nretry: 10\nevent: '))),
  tolerated(
    'events of a type that nobody knows',
    streamed(withMore(sse('message_mood', { mood: 'fine' }), afterWords)),
  ),
  tolerated(
    'blocks and deltas of types that nobody knows',
    streamed(
      withMore(
        sse('content_block_start', { index: 40, content_block: { type: 'hologram', data: 'x' } }) +
          sse('content_block_delta', { index: 40, delta: { type: 'hologram_delta', data: 'y' } }) +
          sse('content_block_stop', { index: 40 }),
      ),
    ),
  ),
  tolerated('blocks whose numbers have gaps', streamed(plain.replaceAll('"index":1', '"index":17'))),
  tolerated('a second start of the message', streamed(withMore(plain.slice(0, started), afterWords))),
  tolerated('the end of a block that never began', streamed(withMore(sse('content_block_stop', { index: 9 })))),
  tolerated('a usage that is null', streamed(plain.replace('"usage":{"output_tokens":34}', '"usage":null'))),
  tolerated('no words on usage at all', streamed(plain.replace(/,"usage":\{[^}]*\}/g, ''))),
  tolerated('gzip that nobody asked for', async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
    response.end(gzipSync(plain));
  }),
  tolerated('a few bytes at a time', streamed(plain, { pieces: [40] })),
  tolerated('no content type', raw(streamHead.replace('Content-Type: text/event-stream\r\n', ''), plain)),
  tolerated('an old protocol without chunks or length', raw(streamHead.replace('1.1', '1.0'), plain)),
  tolerated(
    'data over several lines',
    streamed(plain.replaceAll('"type":"content_block_delta",', '"type":"content_block_delta",\ndata: ')),
  ),
];

const headFaults: readonly Oddity[] = [
  fault(
    'a login page in the place of Claude',
    raw('HTTP/1.1 200 OK\r\nContent-Type: text/html', '<h1>Sign in</h1>'),
    'unreachable',
    { attempts: 1, hop: 'stranger' },
  ),
  fault(
    'JSON in the place of a stream',
    raw('HTTP/1.1 200 OK\r\nContent-Type: application/json', '{}'),
    'unreachable',
    { attempts: 1, hop: 'stranger' },
  ),
  fault('204', raw('HTTP/1.1 204 No Content'), 'unreachable', { attempts: 1, hop: 'stranger' }),
  fault('a redirect', raw('HTTP/1.1 302 Found\r\nLocation: /login'), 'unreachable', { attempts: 1, hop: 'redirect' }),
  fault('a redirect without a place', raw('HTTP/1.1 303 See Other'), 'unreachable', { attempts: 1, hop: 'redirect' }),
  fault('headers without end', raw(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(100_000)}`), 'unreachable', {
    hop: 'network',
  }),
  fault('something that is not HTTP', raw('SSH-2.0-OpenSSH_9.6'), 'unreachable', { hop: 'network' }),
  fault('a reset before the head', raw('', '', 'reset'), 'unreachable', { hop: 'network' }),
  fault('429 with a retry-after of garbage', refused(429, 'later', { 'retry-after': 'after lunch' }), 'rateLimited'),
  fault(
    '429 with a retry-after in the past',
    refused(429, 'later', { 'retry-after': 'Sun, 22 Nov 2020 02:00:00 GMT' }),
    'rateLimited',
  ),
  fault(
    '429 with a retry-after in a thousand years',
    refused(429, 'later', { 'retry-after': 'Sun, 22 Nov 3020 02:00:00 GMT' }),
    'rateLimited',
    { attempts: 1 },
  ),
  fault('503 with a page', raw('HTTP/1.1 503 Busy\r\nContent-Type: text/html', '<h1>Busy</h1>'), 'serverError'),
  fault(
    "another vendor's error",
    (response) => {
      response.writeHead(429, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'Quota', type: 'insufficient_quota', param: null, code: 'x' } }));
    },
    'rateLimited',
  ),
];

const streamFaults: readonly Oddity[] = [
  fault('a stream without the names of its events', streamed(plain.replace(/^event: .*\n/gm, '')), 'cutOff'),
  fault('only pings, and an end', streamed(sse('ping', {}).repeat(5)), 'cutOff'),
  fault(
    'data that is no JSON',
    streamed(plain.slice(0, afterWords) + 'event: content_block_delta\ndata: {"type":\n\n'),
    'cutOff',
    { kept: said },
  ),
  fault(
    'data that is null',
    streamed(plain.slice(0, afterWords) + 'event: content_block_delta\ndata: null\n\n'),
    'cutOff',
    { kept: said },
  ),
  fault('an event without its parts', streamed(plain.slice(0, afterWords) + sse('content_block_start', {})), 'cutOff', {
    kept: said,
  }),
  fault(
    'fewer bytes than it promised',
    raw(`${streamHead}\r\nContent-Length: 9000`, plain.slice(0, afterWords)),
    'cutOff',
    { kept: said },
  ),
  fault(
    'chunks of garbage',
    raw(`${streamHead}\r\nTransfer-Encoding: chunked`, `${chunk(plain.slice(0, afterWords))}zz\r\nnonsense`),
    'cutOff',
    { kept: said },
  ),
  fault(
    'a reset in mid-stream',
    raw(`${streamHead}\r\nTransfer-Encoding: chunked`, chunk(plain.slice(0, afterWords)), 'reset'),
    'cutOff',
    { kept: said },
  ),
  fault(
    'a connection that is half open',
    raw(`${streamHead}\r\nTransfer-Encoding: chunked`, chunk(plain.slice(0, afterWords)), 'hang'),
    'silent',
    { kept: said, attempts: 1 },
  ),
  fault(
    'packed bytes that are damaged',
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      response.end('no gzip');
    },
    'cutOff',
  ),
  fault(
    'an error of a type that nobody knows',
    streamed(plain.slice(0, afterWords) + sse('error', { error: { type: 'tired_error', message: 'Tired' } })),
    'cutOff',
    { kept: said },
  ),
  fault(
    "another vendor's error in mid-stream",
    streamed(plain.slice(0, afterWords) + 'event: error\ndata: {"error":{"message":"Overloaded","code":529}}\n\n'),
    'cutOff',
    { kept: said },
  ),
];

/** What servers and the machines before them do, beside the faults of `faults.ts`. */
export const oddities: readonly Oddity[] = [...tolerable, ...headFaults, ...streamFaults];

/** Reasons for which a message may end (Messages API, `stop_reason`), and one that came after this was written. */
export const stopReasons = [
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'pause_turn',
  'model_context_window_exceeded',
  'of_later',
];
