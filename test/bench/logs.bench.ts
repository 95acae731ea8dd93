import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { appendFile, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { digestLog } from '../../src/evidence/logDigest/logDigest.ts';
import { readTail } from '../../src/evidence/logTail.ts';
import { interleaved, median } from './harness.ts';
import type { BenchRow, RunBench } from './harness.ts';

const megabyte = 1024 * 1024;
const { signal } = new AbortController();

/** Log lines of a service, about so many bytes, of which a share are errors with a trace of four lines. */
function logText(bytes: number, kind: 'text' | 'json', errorShare: number): Buffer {
  const parts: string[] = [];
  let time = Date.UTC(2026, 10, 22, 1);
  for (let size = 0, at = 0; size < bytes; at += 1) {
    time += 37;
    const isError = ((at * 7919) % 10_000) / 10_000 < errorShare;
    const line = kind === 'json' ? jsonLine(at, time, isError) : textLine(at, time, isError);
    parts.push(line);
    size += line.length;
  }
  return Buffer.from(parts.join(''));
}

function textLine(at: number, time: number, isError: boolean): string {
  const head = new Date(time).toISOString();
  if (!isError)
    return `${head} INFO  [http-nio-${at % 20}] shop.Access - GET /orders/${at} from 10.0.${at % 255}.${at % 250} took ${at % 300} ms with status 200 for customer ${at * 31}\n`;
  return `${head} ERROR [http-nio-${at % 20}] shop.Checkout - Order ${at} failed after ${at % 900} ms\njava.lang.IllegalStateException: gateway said no to ${at}\n\tat shop.Checkout.charge(Checkout.java:84)\n\tat shop.Checkout.run(Checkout.java:31)\n`;
}

function jsonLine(at: number, time: number, isError: boolean): string {
  const head = `"time":${time},"pid":12,"hostname":"web-1","reqId":"req-${at.toString(36)}"`;
  return isError
    ? `{"level":50,${head},"err":{"type":"TypeError","message":"Cannot read order ${at}","stack":"TypeError: x\\n    at a (b.js:1:2)"},"msg":"request errored"}\n`
    : `{"level":30,${head},"req":{"method":"GET","url":"/orders/${at}"},"res":{"statusCode":200},"responseTime":${at % 300},"msg":"request completed"}\n`;
}

async function writeTimes(path: string, block: Buffer, times: number): Promise<void> {
  const file = await open(path, 'w');
  for (let count = 0; count < times; count += 1) await file.write(block);
  await file.close();
}

/** What most scripts do: every line of the file, keeping the last fifty. */
async function lastLinesByReadline(path: string): Promise<number> {
  const kept: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    kept.push(line);
    if (kept.length > 50) kept.shift();
  }
  return kept.length;
}

/** The floor: the file opened, its last 128 KB read at once, closed. */
async function bareRead(path: string): Promise<void> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const length = Math.min(size, 128 * 1024);
  await file.read(Buffer.allocUnsafe(length), 0, length, size - length);
  await file.close();
}

function tailProgram(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('tail', ['-n', '50', path], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.resume();
    child.on('error', reject);
    child.on('close', () => resolve());
  });
}

async function lastLines(path: string): Promise<void> {
  const tail = await readTail({ path, displayPath: path, lines: 50, signal });
  if (!tail.ok) throw new Error(JSON.stringify(tail.failure));
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function hugeLog(path: string, smoke: boolean): Promise<BenchRow[]> {
  await writeTimes(path, logText(16 * megabyte, 'text', 0.01), smoke ? 1 : 128);
  const name = smoke ? '16 MB log' : '2 GB log';
  const times = await interleaved(smoke ? 3 : 31, { ours: () => lastLines(path), bare: () => bareRead(path) });
  const before = process.memoryUsage().rss;
  for (let count = 0; count < 20; count += 1) await lastLines(path);
  const growth = process.memoryUsage().rss - before;
  const readline = await timeOf(() => lastLinesByReadline(path));
  const ours = median(times.ours);
  return [
    {
      what: `last 50 lines of a ${name}`,
      ours,
      unit: 'ms',
      peer: { name: 'readline through it (once)', value: readline },
      goal: { kind: 'timesPeerAtMost', value: 1 / 1000 },
    },
    {
      what: `last 50 lines of a ${name}`,
      ours,
      unit: 'ms',
      peer: { name: 'bare read of its last 128 KB', value: median(times.bare) },
      goal: { kind: 'timesPeerAtMost', value: 2 },
      note: 'Ours also looks at the kind of file, splits lines, decodes them and takes control characters off.',
    },
    {
      what: 'memory growth of 20 such tails',
      ours: Math.max(0.1, growth / megabyte),
      unit: 'MB',
      goal: { kind: 'atMost', value: 16 },
    },
  ];
}

async function singleLine(path: string, smoke: boolean): Promise<BenchRow> {
  await writeTimes(path, Buffer.alloc(megabyte, 'x'), smoke ? 4 : 200);
  const times = await interleaved(smoke ? 2 : 7, { ours: () => lastLines(path), tail: () => tailProgram(path) });
  return {
    what: `last 50 lines of a single line of ${smoke ? 4 : 200} MB`,
    ours: median(times.ours),
    unit: 'ms',
    peer: { name: 'tail -n 50', value: median(times.tail) },
    goal: { kind: 'timesPeerAtMost', value: 1 / 50 },
  };
}

/** Reads a log's last lines while something appends ten megabytes a second to it. */
async function growingLog(path: string, smoke: boolean): Promise<BenchRow> {
  const block = logText(megabyte, 'text', 0.01);
  await writeTimes(path, block, 8);
  const seconds = smoke ? 0.3 : 4;
  const end = performance.now() + seconds * 1000;
  const writer = (async () => {
    while (performance.now() < end) {
      const took = await timeOf(() => appendFile(path, block));
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, 100 - took)));
    }
  })();
  const times: number[] = [];
  while (performance.now() < end) {
    times.push(await timeOf(() => lastLines(path)));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await writer;
  const grown = (await stat(path)).size / megabyte - 8;
  return {
    what: 'last 50 lines of a log that grows by 10 MB/s',
    ours: median(times),
    unit: 'ms',
    goal: { kind: 'atMost', value: 20 },
    note: `${times.length} readings while it grew by ${grown.toFixed(0)} MB.`,
  };
}

async function digestOf(path: string, kind: 'text' | 'json', errorShare: number, smoke: boolean): Promise<BenchRow[]> {
  const blocks = smoke ? 1 : 8;
  await writeTimes(path, logText(8 * megabyte, kind, errorShare), blocks + 2);
  const maxBytes = blocks * 8 * megabyte;
  const rates: number[] = [];
  let memory = 0;
  for (let round = -1; round < (smoke ? 1 : 5); round += 1) {
    globalThis.gc?.();
    const before = process.memoryUsage();
    const spentBefore = process.cpuUsage();
    const result = await digestLog({ path, displayPath: path, maxBytes, signal });
    if (!result.ok || result.value.digest.errorCount === 0) throw new Error('nothing was digested');
    const { user, system } = process.cpuUsage(spentBefore);
    globalThis.gc?.();
    const after = process.memoryUsage();
    memory = Math.max(memory, after.heapUsed + after.external - before.heapUsed - before.external);
    if (round >= 0) rates.push(maxBytes / (user + system));
  }
  const note = 'Per second of processor time, all threads together, so that what else the machine does counts little.';
  const what = `digest of the last ${blocks * 8} MB, ${kind === 'json' ? 'JSON lines' : 'plain text'}, ${errorShare * 100} % of the records errors`;
  return [
    { what, ours: median(rates), unit: 'MB/s', goal: { kind: 'atLeast', value: 100 }, note },
    {
      what: `memory kept after it, ${kind}`,
      ours: Math.max(0.1, memory / megabyte),
      unit: 'MB',
      goal: { kind: 'atMost', value: 16 },
    },
  ];
}

/** The tail and the digest of logs, beside what people use and beside what the disk allows. */
export const run: RunBench = async ({ smoke }) => {
  const folder = await mkdtemp(join(tmpdir(), 'incident-panel-logs-'));
  try {
    const path = join(folder, 'app.log');
    return [
      ...(await hugeLog(path, smoke)),
      await singleLine(path, smoke),
      await growingLog(path, smoke),
      ...(await digestOf(path, 'text', 0.01, smoke)),
      ...(await digestOf(path, 'json', 0.01, smoke)),
      ...(await digestOf(path, 'text', 0.1, smoke)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
