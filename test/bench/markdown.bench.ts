import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { MarkdownBrowser } from '../support/markdownBrowser.ts';
import * as samples from '../support/markdownSamples.ts';
import { percentile } from '../support/percentile.ts';
import { median } from './harness.ts';
import type { BenchRow, RunBench } from './harness.ts';

/** Characters that a reply grows by at once. */
const chunk = 20;

/** The peers' page as a script that sets `window.peers`. */
async function peerScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('peers/page.mjs', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'peers',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]?.text ?? '';
}

const sum = (times: readonly number[]): number => times.reduce((total, time) => total + time, 0);

/** Streaming a reply into the panel, beside what other panels do; each figure is the p95 of a chunk, layout included. */
export const run: RunBench = async ({ smoke }) => {
  const browser = await MarkdownBrowser.open();
  const hasPeers = !smoke || existsSync(fileURLToPath(new URL('node_modules', import.meta.url)));
  if (hasPeers) await browser.addScript(await peerScript());
  else
    process.stdout.write(
      '      What ours is measured against is not installed (npm run bench does that): ours alone is tried.\n',
    );
  const rounds = smoke ? 1 : 3;
  const size = (bytes: number): number => (smoke ? bytes / 20 : bytes);

  /** The p95 of each contender, as the median of the rounds, taken in turn. */
  async function compare(text: string, every: { react: number; blocks: number }) {
    const p95: Record<'ours' | 'react' | 'blocks' | 'oursTotal', number[]> = {
      ours: [],
      react: [],
      blocks: [],
      oursTotal: [],
    };
    for (let round = 0; round < rounds; round += 1) {
      const ours = await browser.call('stream', text, chunk);
      p95.ours.push(percentile(ours, 0.95));
      p95.oursTotal.push(sum(ours));
      if (!hasPeers) continue;
      if (every.react > 0)
        p95.react.push(percentile(await browser.peer('reactMarkdown', text, chunk, every.react), 0.95));
      p95.blocks.push(percentile(await browser.peer('markedBlocks', text, chunk, every.blocks), 0.95));
    }
    return {
      ours: median(p95.ours),
      react: median(p95.react),
      blocks: median(p95.blocks),
      total: median(p95.oursTotal),
    };
  }

  try {
    // Warm-up, for all alike.
    await compare(samples.mixedReply(size(8_000)), { react: 20, blocks: 1 });
    const small = await compare(samples.mixedReply(size(30_000)), { react: smoke ? 20 : 10, blocks: 1 });
    const large = await compare(samples.mixedReply(size(200_000)), { react: smoke ? 100 : 200, blocks: 20 });
    const oneTable = await compare(samples.oneTable(size(60_000)), { react: 0, blocks: 20 });
    const oneFence = await compare(samples.oneFence(size(60_000)), { react: 0, blocks: 20 });
    const reactNote =
      'react-markdown renders all again at each chunk; of its chunks each 10th (30 KB) or 200th (200 KB) is measured';
    const react = 'react-markdown + remark-gfm';
    const blocks = 'marked + DOMPurify, blocks kept';
    const row = (
      what: string,
      ours: number,
      name: string,
      value: number,
      kind: 'timesPeerAtMost',
      goal: number,
      note?: string,
    ): BenchRow => ({
      what,
      ours,
      unit: 'ms',
      ...(Number.isNaN(value) ? {} : { peer: { name, value } }),
      goal: { kind, value: goal },
      ...(note === undefined ? {} : { note }),
    });
    return [
      row('30 KB reply, a chunk (p95)', small.ours, react, small.react, 'timesPeerAtMost', 1 / 10, reactNote),
      row('200 KB reply, a chunk (p95)', large.ours, react, large.react, 'timesPeerAtMost', 1 / 50),
      row('30 KB reply, a chunk (p95)', small.ours, blocks, small.blocks, 'timesPeerAtMost', 1),
      row('200 KB reply, a chunk (p95)', large.ours, blocks, large.blocks, 'timesPeerAtMost', 1),
      row('200 KB reply in all, against 30 KB in all', large.total, '30 KB', small.total, 'timesPeerAtMost', 10),
      row('one 60 KB table, a chunk (p95)', oneTable.ours, blocks, oneTable.blocks, 'timesPeerAtMost', 1 / 10),
      row('one 60 KB fence, a chunk (p95)', oneFence.ours, blocks, oneFence.blocks, 'timesPeerAtMost', 1 / 3),
    ];
  } finally {
    await browser.close();
  }
};
