import { MarkdownBrowser, percentile } from '../support/markdownBrowser.ts';
import * as samples from '../support/markdownSamples.ts';

/* eslint-disable no-console -- a bench prints what it measures */

/** Streaming in pieces of 20 characters, layout included, against showing the whole text again. Run: node <this file>. */
const browser = await MarkdownBrowser.open();
const cases: [string, string][] = [
  ['mixed 30 KB', samples.mixedReply(30_000)],
  ['mixed 200 KB', samples.mixedReply(200_000)],
  ['fence 60 KB', samples.oneFence(60_000)],
  ['table 60 KB', samples.oneTable(60_000)],
  ['paragraph 60 KB', samples.oneParagraph(60_000)],
  ['list 60 KB', samples.oneList(60_000)],
  ['quote 60 KB', samples.oneQuote(60_000)],
];
for (const [name, text] of cases) {
  const times = await browser.call('stream', text, 20);
  const lengths = Array.from({ length: 20 }, (_, step) => Math.floor((text.length * (step + 1)) / 20));
  const again = await browser.call('rerender', text, lengths);
  const total = times.reduce((sum, time) => sum + time, 0);
  const figures = [percentile(times, 0.5), percentile(times, 0.95), Math.max(...times)].map((ms) => ms.toFixed(2));
  console.log(`${name}: total ${total.toFixed(0)} ms; a piece p50/p95/max ${figures.join(' / ')} ms`);
  console.log(
    `  late pieces p95 ${percentile(times.slice(-times.length / 10), 0.95).toFixed(2)} ms; again p95 ${percentile(again, 0.95).toFixed(1)} ms`,
  );
}
await browser.close();
