import { Buffer } from 'node:buffer';
import { setTimeout as delay } from 'node:timers/promises';
import { TextBatch } from '../../src/investigation/textBatch.ts';
import type { IncidentEvent } from '../../src/model/event.ts';
import { eventForPanel } from '../../src/protocol.ts';
import type { ToPanel } from '../../src/protocol.ts';
import { fullSurroundings, harmless, IncidentBuilder } from '../support/incidents.ts';
import { mixedReply } from '../support/markdownSamples.ts';
import { startPanelBrowser } from '../support/panelPage.ts';
import type { PanelBrowser } from '../support/panelPage.ts';
import { median } from './harness.ts';
import type { BenchRow, RunBench } from './harness.ts';

/** Characters a second, and how often a piece of them comes: faster than Claude writes. */
const charactersPerSecond = 600;
const piecesPerSecond = 30;

/** A reply of that many characters that still streams. */
function streaming(length: number): {
  readonly builder: IncidentBuilder;
  readonly delta: (text: string) => IncidentEvent;
} {
  const builder = new IncidentBuilder('Checkout returns 500', Date.now()).evidence({ title: 'error.log' });
  const runId = builder.ask('orient');
  if (length > 0) builder.text(runId, mixedReply(length));
  return { builder, delta: (text) => builder.event({ type: 'replyDelta', runId, text: harmless(text) }) };
}

/** Milliseconds between the frames that a browser draws while a reply grows in the whole panel, or while nothing does. */
async function framesWhile(browser: PanelBrowser, length: number, seconds: number, grows: boolean): Promise<number[]> {
  const panel = await browser.open({ width: 1040, height: 900 });
  try {
    const { builder, delta } = streaming(length);
    await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
    const words = mixedReply(charactersPerSecond * seconds + 100);
    const size = charactersPerSecond / piecesPerSecond;
    const messages: ToPanel[] = Array.from({ length: seconds * piecesPerSecond }, (_, index) => ({
      type: 'events',
      events: [delta(words.slice(index * size, (index + 1) * size))],
    }));
    await panel.page.evaluate(() => document.querySelector('[data-reply-end]')?.scrollIntoView({ block: 'end' }));
    await panel.rendered();
    return await panel.page.evaluate(
      async ([all, milliseconds]) => {
        const gaps: number[] = [];
        const started = performance.now();
        let before = started;
        for (let posted = 0; before - started < milliseconds;) {
          const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
          gaps.push(now - before);
          before = now;
          const due = Math.floor(((now - started) / milliseconds) * all.length);
          for (; posted < Math.min(due, all.length); posted += 1) window.postMessage(all[posted], '*');
        }
        // The first frame may have begun before the clock.
        return gaps.slice(1);
      },
      [grows ? messages : [], seconds * 1000] as const,
    );
  } finally {
    await panel.close();
  }
}

/**
 * What the host posts while a reply of so many seconds streams at 20 KB a second in pieces of 20 characters, and the text
 * in it, in bytes of UTF-8. In real time, since the host gathers small pieces by the clock.
 */
async function postedBytes(seconds: number): Promise<{ readonly posted: number; readonly text: number }> {
  const { delta } = streaming(0);
  const words = mixedReply(20_000 * seconds);
  let posted = 0;
  const batch = new TextBatch((piece) => {
    const message: ToPanel = { type: 'events', events: [eventForPanel(delta(piece))] };
    posted += Buffer.byteLength(JSON.stringify(message));
  });
  const started = performance.now();
  for (let at = 0; at < words.length;) {
    const due = Math.min(words.length, (performance.now() - started) * 20);
    for (; at < due; at += 20) batch.push(words.slice(at, at + 20));
    await delay(1);
  }
  batch.flush();
  return { posted, text: Buffer.byteLength(words) };
}

/** Milliseconds from the page's beginning to its first step on screen; for an empty page, to its one word. */
async function firstPaint(browser: PanelBrowser, empty: boolean): Promise<number> {
  const { builder } = streaming(0);
  const message: ToPanel = { type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings };
  const page = empty ? { empty } : { pictured: builder.incident };
  const panel = await browser.open({ width: 1040, height: 900, ...page, firstScript: stopwatch(message) });
  try {
    await panel.page.waitForFunction(() => document.documentElement.dataset['paintedAt'] !== undefined);
    return Number(await panel.page.evaluate(() => document.documentElement.dataset['paintedAt']));
  } finally {
    await panel.close();
  }
}

/** Plays a host that hydrates the panel as soon as it is ready, and notes when its first step was painted. */
function stopwatch(message: ToPanel): string {
  return `{
    const { postMessage } = window.acquireVsCodeApi();
    const { getState, setState } = window.acquireVsCodeApi();
    window.acquireVsCodeApi = () => ({ getState, setState, postMessage: (posted) => {
      postMessage(posted);
      if (posted.intent?.type === 'ready') window.postMessage(${JSON.stringify(message)}, '*');
    } });
    const look = () => {
      if (document.querySelector('#step-orient, [data-step=orient], body > p') === null) return void requestAnimationFrame(look);
      requestAnimationFrame(() => setTimeout(() => (document.documentElement.dataset.paintedAt = performance.now())));
    };
    requestAnimationFrame(look);
  }`;
}

export const run: RunBench = async ({ smoke }) => {
  const browser = await startPanelBrowser({ minify: true });
  const seconds = smoke ? 1 : 10;
  const length = smoke ? 5_000 : 200_000;
  try {
    const idle = await framesWhile(browser, length, seconds, false);
    const live = await framesWhile(browser, length, seconds, true);
    const rate = (gaps: readonly number[]): number => (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0);
    const paints: Record<'panel' | 'empty', number[]> = { panel: [], empty: [] };
    for (let round = -1; round < (smoke ? 1 : 9); round += 1) {
      for (const which of ['panel', 'empty'] as const) {
        const time = await firstPaint(browser, which === 'empty');
        if (round >= 0) paints[which].push(time);
      }
    }
    const wire = await postedBytes(smoke ? 1 : 60);
    const rows: BenchRow[] = [
      {
        what: 'frames while 600 characters a second join 200 KB, the whole panel around them',
        ours: rate(live),
        unit: 'frames/s',
        peer: { name: 'the same panel at rest', value: rate(idle) },
        goal: { kind: 'timesPeerAtLeast', value: 0.98 },
        note: 'A browser without a screen draws up to 60 frames a second; a busy machine fewer, at rest too.',
      },
      {
        what: 'the longest gap between two of those frames',
        ours: Math.max(...live),
        unit: 'ms',
        goal: { kind: 'atMost', value: 50 },
      },
      {
        what: 'host to panel: bytes posted for a minute of 20 KB/s, as JSON',
        ours: wire.posted,
        unit: 'bytes',
        peer: { name: 'the text', value: wire.text },
        goal: { kind: 'timesPeerAtMost', value: 1.3 },
      },
      {
        what: 'first paint: page to first step',
        ours: median(paints.panel),
        unit: 'ms',
        peer: { name: 'an empty page', value: median(paints.empty) },
        goal: { kind: 'timesPeerAtMost', value: 1.5 },
        note: 'The page alone, in Chromium: what the editor itself takes to make a webview comes on top for both.',
      },
    ];
    return rows;
  } finally {
    await browser.close();
  }
};
