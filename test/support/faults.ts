import type { Answer } from './claudeServer.ts';
import { hangUp, refused, reply, reset, silence, sse, streamed } from './claudeServer.ts';
import { records } from './records.ts';

/** A fault of a server, and what must be known of a reply that meets it. */
export interface Fault {
  readonly name: string;
  readonly answer: Answer;
  /** The kind of failure that the user is told as the reason. */
  readonly kind: string;
  /** The words that came before it; empty where none did. */
  readonly kept: string;
  /** The step's result had come whole. */
  readonly recorded: boolean;
  /** How often the same endpoint is asked before another one is. */
  readonly attempts: number;
}

const text = ['The request ', 'to €é😀 ', 'fails.'];
const call = { name: 'record_orientation', input: records.orient.data };

/** The reply that a fault breaks off: thinking, words with characters of two to four bytes, the record of step 1. */
export const wholeReply = reply([{ thinking: 'Let me see.' }, { text }, { tool: call }]);
const bytes = Buffer.from(wholeReply);

const after = (mark: string, more = 0): number => bytes.indexOf(mark) + Buffer.byteLength(mark) + more;
const eventAfter = (mark: string): number => bytes.indexOf('\n\n', bytes.indexOf(mark)) + 2;
const said = text[0] ?? '';
const saidAll = text.join('');

/** Where a stream can break: the place in its bytes, what was said by then, and whether it is between two events. */
const points: readonly {
  readonly name: string;
  readonly at: number;
  readonly kept: string;
  readonly recorded: boolean;
  readonly between: boolean;
}[] = [
  { name: 'after the headers', at: 0, kept: '', recorded: false, between: true },
  { name: 'after the first event', at: eventAfter('message_start'), kept: '', recorded: false, between: true },
  { name: 'inside an event', at: after('"text":"to'), kept: said, recorded: false, between: false },
  { name: 'inside a UTF-8 character', at: after('"text":"to ', 1), kept: said, recorded: false, between: false },
  { name: 'between two words', at: eventAfter(said), kept: said, recorded: false, between: true },
  { name: 'inside a tool call', at: eventAfter('input_json_delta'), kept: saidAll, recorded: false, between: true },
  {
    name: 'inside a piece of a tool call',
    at: after('"partial_json":"', 2),
    kept: saidAll,
    recorded: false,
    between: false,
  },
  {
    name: 'before the last events',
    at: bytes.indexOf('event: message_delta'),
    kept: saidAll,
    recorded: true,
    between: true,
  },
  {
    name: 'before the last event',
    at: bytes.indexOf('event: message_stop'),
    kept: saidAll,
    recorded: true,
    between: true,
  },
];

const broken = { cut: 'cutOff', end: 'cutOff', reset: 'cutOff', hang: 'silent' } as const;

/** Every way to break at every point of a stream, with a cookie that must not go anywhere. */
function inStream(): readonly Fault[] {
  const headers = { 'set-cookie': 'session=of-this-server' };
  return points.flatMap(({ name, at, kept, recorded, between }) => {
    const attempts = kept === '' ? 3 : 1;
    const cuts = (['cut', 'end', 'reset', 'hang'] as const).map((ending): Fault => ({
      name: `${words[ending]} ${name}`,
      answer: streamed(bytes.subarray(0, at), { ending, headers }),
      kind: broken[ending],
      kept,
      recorded,
      // Another endpoint stands by: silence is not waited for again.
      attempts: ending === 'hang' ? 1 : attempts,
    }));
    if (!between) return cuts;
    const errors = (['overloaded_error', 'rate_limit_error', 'api_error'] as const).map((type): Fault => ({
      name: `${type} ${name}`,
      answer: streamed(Buffer.concat([bytes.subarray(0, at), errorEvent(type)]), { headers }),
      kind: { overloaded_error: 'overloaded', rate_limit_error: 'rateLimited', api_error: 'serverError' }[type],
      kept,
      recorded,
      attempts,
    }));
    return [...cuts, ...errors];
  });
}

const words = {
  cut: 'connection broken',
  end: 'stream ended',
  reset: 'connection reset',
  hang: 'silence',
} as const;

function errorEvent(type: string): Buffer {
  return Buffer.from(sse('error', { error: { type, message: 'from this server' } }));
}

const beforeHeaders: readonly Fault[] = [
  { name: '429 without a word on when', answer: refused(429, 'later'), kind: 'rateLimited', attempts: 3 },
  {
    name: '429 for a minute',
    answer: refused(429, 'later', { 'retry-after': '60' }),
    kind: 'rateLimited',
    attempts: 1,
  },
  { name: '500', answer: refused(500, 'oh'), kind: 'serverError', attempts: 3 },
  { name: '408', answer: refused(408, 'slow'), kind: 'serverError', attempts: 3 },
  { name: '502', answer: refused(502, 'oh'), kind: 'serverError', attempts: 3 },
  { name: '503 for a minute', answer: refused(503, 'oh', { 'retry-after': '60' }), kind: 'serverError', attempts: 1 },
  { name: '529', answer: refused(529, 'oh'), kind: 'overloaded', attempts: 3 },
  { name: '529 for a minute', answer: refused(529, 'oh', { 'retry-after': '60' }), kind: 'overloaded', attempts: 1 },
  { name: 'connection broken before the headers', answer: hangUp, kind: 'unreachable', attempts: 3 },
  {
    name: 'connection reset before the headers',
    answer: reset,
    kind: 'unreachable',
    attempts: 3,
  },
  { name: 'silence before the headers', answer: silence, kind: 'silent', attempts: 1 },
].map((fault) => ({ ...fault, kept: '', recorded: false }));

/** Every fault that passes, at every point of a reply. */
export const faults: readonly Fault[] = [...beforeHeaders, ...inStream()];
