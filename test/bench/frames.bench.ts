import { readFileSync, readdirSync } from 'node:fs';
import { resolveFrameFile } from '../../src/evidence/frames/resolveFrame.ts';
import { WorkspaceIndex } from '../../src/evidence/frames/workspaceIndex.ts';
import { parseStackTraces } from '../../src/evidence/stackTrace/parse.ts';
import { measureRecall } from '../support/traceRecall.ts';
import { median } from './harness.ts';
import type { RunBench } from './harness.ts';

const megabyte = 1024 * 1024;
const folder = new URL('../fixtures/stackTraces/', import.meta.url);

/** Lines of the logs that traces stand in: plain, JSON, an access log, logfmt. */
const noise: readonly ((at: number) => string)[] = [
  (at) =>
    `2026-01-01T10:00:${String(at % 60).padStart(2, '0')}.123Z INFO  request id=${at} GET /api/v1/orders/${at} 200 user=ada@example.org`,
  (at) =>
    `{"level":30,"time":${1_700_000_000 + at},"pid":1,"hostname":"web-1","req":{"method":"GET","url":"/cart/${at}"},"msg":"request completed"}`,
  (at) =>
    `10.0.0.${at % 255} - - [01/Jan/2026:10:00:00 +0000] "GET /index.html HTTP/1.1" 200 ${at} "-" "Mozilla/5.0 (X11; Linux)"`,
  (at) => `level=info ts=2026-01-01T10:00:00Z caller=main.go:12 msg="handled" id=${at}`,
];

/** A log with 200 traces of all languages, evenly spread. */
function mixedLog(bytes: number): string {
  const traces = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const parts: string[] = [];
  let size = 0;
  for (let line = 0, trace = 0; size < bytes; line += 1) {
    const isTrace = trace < 200 && size >= (trace * bytes) / 200;
    const part = (isTrace ? traces[trace % traces.length] : noise[line % noise.length]?.(line)) ?? '';
    if (isTrace) trace += 1;
    parts.push(part);
    size += part.length + 1;
  }
  return parts.join('\n');
}

/** Megabytes a second of this process's own time: others may keep the machine busy. */
function speed(text: string, rounds: number): number {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = process.cpuUsage();
    parseStackTraces(text);
    rates.push(text.length / megabyte / (process.cpuUsage(started).user / 1e6));
  }
  return median(rates);
}

function resolving(): number {
  const root = '/w';
  const files = Array.from({ length: 20_000 }, (_, at) => ({
    root,
    path: `packages/p${at % 40}/src/m${at % 500}/file${at}.ts`,
  }));
  const index = new WorkspaceIndex([root], files);
  const started = process.cpuUsage();
  for (let at = 0; at < 1_000; at += 1)
    resolveFrameFile(`/app/dist/p${at % 40}/src/m${at % 500}/file${at}.js`, 'javascript', index, {
      line: 1,
      column: 1,
    });
  return process.cpuUsage(started).user / 1e6;
}

/** Stack traces: how fast they are found, and how often the first proposal of origin and caller is right. */
export const run: RunBench = async ({ smoke }) => {
  speed(mixedLog(megabyte), smoke ? 1 : 8);
  const small = speed(mixedLog(megabyte), smoke ? 1 : 9);
  const large = speed(mixedLog((smoke ? 2 : 64) * megabyte), smoke ? 1 : 3);
  const { fixtures, origins, callers, wrong } = await measureRecall();
  const note = `${fixtures} traces with known answers; wrong: ${wrong.length === 0 ? 'none' : wrong.join('; ')}`;
  return [
    {
      what: 'Stack traces in 1 MB of mixed logs, 200 traces',
      ours: small,
      unit: 'MB/s',
      goal: { kind: 'atLeast', value: 20 },
    },
    { what: 'The same in 64 MB', ours: large, unit: 'MB/s', goal: { kind: 'atLeast', value: 20 } },
    {
      what: '1,000 frames resolved among 20,000 files',
      ours: resolving(),
      unit: 's',
      goal: { kind: 'atMost', value: 1 },
    },
    {
      what: 'Origin right at first proposal',
      ours: (100 * origins.right) / origins.of,
      unit: '%',
      goal: { kind: 'atLeast', value: 95 },
      note,
    },
    {
      what: 'Caller right at first proposal',
      ours: (100 * callers.right) / callers.of,
      unit: '%',
      goal: { kind: 'atLeast', value: 95 },
    },
  ];
};
