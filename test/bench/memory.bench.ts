import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import { hostBundle } from '../../scripts/host-bundle.mjs';
import { startVsCodeServer } from '../../scripts/vscode-server.ts';
import { IncidentStore } from '../../src/incident/store.ts';
import { Investigation } from '../../src/investigation/investigation.ts';
import { untitled } from '../../src/model/untitled.ts';
import { ClaudeServer, reply, streamed } from '../support/claudeServer.ts';
import { figuresMark, figuresOfHost } from '../support/hostFigures.ts';
import { log, testWorld } from '../support/investigationWorld.ts';
import { longLine } from '../support/longIncident.ts';
import { manifestFor } from '../support/manifests.ts';
import { root } from '../support/sources.ts';
import type { RunBench } from './harness.ts';

/** What three hours leave in memory, beyond the words that were said in them, and what a panel leaves that was closed. */
export const run: RunBench = async ({ smoke }) => {
  const closed = await panels(smoke ? 3 : 100);
  return [
    {
      what: `memory after ${smoke ? 10 : 200} questions, over the text of the incident`,
      ours: await turns(smoke ? 10 : 200),
      unit: 'MB',
      goal: { kind: 'atMost', value: 30 },
      note: 'of the extension host’s own objects, after a collection; the incident’s text is kept, and counted off',
    },
    {
      what: `memory after the panel was opened and closed ${smoke ? 3 : 100} times, in the extension host`,
      ours: closed.megabytes,
      unit: 'MB',
      goal: { kind: 'atMost', value: 30 },
    },
    {
      what: `timers, terminals and webviews left behind by it`,
      ours: closed.left,
      unit: 'things',
      goal: { kind: 'atMost', value: 0 },
      note: 'of the whole extension host, which has timers of its own; listeners are counted by a test (test/host/panel.test.ts)',
    },
  ];
};

/** A floor for figures that may be below nothing: a collection frees more than was made. */
const least = 0.01;

async function turns(count: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'incident-panel-memory-'));
  const server = await ClaudeServer.start();
  const store = IncidentStore.start({ path: join(folder, 'one.jsonl'), now: Date.now, id: 'one', title: untitled });
  const investigation = new Investigation(store, testWorld(server.url));
  const text = longLine.repeat(160);
  const ask = async (turn: number): Promise<void> => {
    server.answers.push(streamed(reply([{ text: [text] }])));
    const failure = await investigation.ask(
      turn === 0
        ? { step: 'orient', kind: 'step' }
        : { step: 'orient', kind: 'followUp', followUp: `Question ${turn}: and then?` },
    );
    if (failure !== undefined) throw new Error(`question ${turn}: ${failure.kind}`);
    // What the server keeps of each request is not the extension's.
    server.requests.length = 0;
  };
  try {
    await investigation.addEvidence(log);
    await ask(0);
    const before = usedBytes();
    for (let turn = 1; turn <= count; turn += 1) await ask(turn);
    return Math.max(least, (usedBytes() - before - count * text.length) / 1e6);
  } finally {
    await investigation.stop();
    store.dispose();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** What the extension host has more of after a panel was opened and closed so many times. */
async function panels(count: number): Promise<{ readonly megabytes: number; readonly left: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'panels-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await build({ ...hostBundle, absWorkingDir: root, minify: true, outdir: join(folder, 'dist'), logLevel: 'silent' });
  await writeFile(join(folder, 'package.json'), await manifestFor('ours'));
  await writeFile(join(folder, 'driver.cjs'), driver(count));
  const server = await startVsCodeServer({
    dataFolder: join(folder, 'data'),
    workspaceTrust: false,
    extensionTests: true,
  });
  cleanup.defer(() => server.stop());
  const browser = await launchChromium();
  cleanup.defer(() => browser.close());
  const window = { extensionDevelopmentPath: folder, extensionTestsPath: join(folder, 'driver.cjs') };
  const { before = NaN, after = NaN, left = NaN } = await figuresOfHost(browser, server, window, 300_000);
  return { megabytes: Math.max(least, (after - before) / 1e6), left };
}

/** Opens and closes the panel, a few times first, and prints what is used before and after. */
function driver(count: number): string {
  return `const vscode = require('vscode');
    require('node:v8').setFlagsFromString('--expose-gc');
    const collect = require('node:vm').runInNewContext('gc');
    const panels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview).length;
    const until = async (count) => {
      for (let tries = 0; panels() !== count; tries += 1) {
        if (tries > 1000) throw new Error('there are ' + panels() + ' panels');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const openAndClose = async (times) => {
      for (let time = 0; time < times; time += 1) {
        await vscode.commands.executeCommand('incidentPanel.openPanel');
        await until(1);
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await until(0);
      }
    };
    const used = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      collect();
      collect();
      return process.memoryUsage().heapUsed;
    };
    const things = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
      + vscode.window.terminals.length + panels();
    // The least of some looks: the editor's own timers come and go, what leaks stays.
    const staying = async () => {
      let least = Infinity;
      for (let look = 0; look < 40; look += 1) {
        least = Math.min(least, things());
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return least;
    };
    exports.run = async () => {
      await openAndClose(5);
      const before = await used();
      const there = await staying();
      await openAndClose(${count});
      const after = await used();
      const left = Math.max(0, (await staying()) - there);
      console.log('${figuresMark}' + JSON.stringify({ before, after, left }));
    };`;
}
