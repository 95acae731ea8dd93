import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { smallTemplates, webviewBundle } from '../../scripts/webview-bundle.mjs';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import { hostBundle } from '../../scripts/host-bundle.mjs';
import { startVsCodeServer } from '../../scripts/vscode-server.ts';
import type { VsCodeServer } from '../../scripts/vscode-server.ts';
import { manifestFor } from '../support/manifests.ts';
import { root } from '../support/sources.ts';
import { median } from './harness.ts';
import type { RunBench } from './harness.ts';

type Name = 'ours' | 'empty';

/** Milliseconds until a window must have shown what it opens. */
const limitMs = 120_000;
const openMark = 'opening at ';
/** The extension that is only there so that a window runs the driver. */
const driverName = 'driver';

/**
 * From the command to the first step on screen, in a real workbench, the first time in a window: everything is loaded by
 * it. Beside it, the command of an extension that opens a webview with one word in it.
 */
export const run: RunBench = async ({ smoke }) => {
  const folder = await mkdtemp(join(tmpdir(), 'paint-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await Promise.all([ours(join(folder, 'ours')), extension(join(folder, 'empty'), 'empty', emptyWebview)]);
  await extension(join(folder, driverName), driverName, 'exports.activate = () => undefined;');
  await Promise.all(
    (['ours', 'empty'] as const).map((name) => writeFile(join(folder, `${name}.cjs`), driver(commandOf[name]))),
  );
  const server = await startVsCodeServer({
    dataFolder: join(folder, 'data'),
    workspaceTrust: false,
    extensionTests: true,
    installedExtension: ['ours', 'empty'].map((name) => join(folder, name)),
  });
  cleanup.defer(() => server.stop());
  const browser = await launchChromium();
  cleanup.defer(() => browser.close());
  const times: Record<Name, number[]> = { ours: [], empty: [] };
  for (let round = smoke ? 0 : -1; round < (smoke ? 1 : 7); round += 1) {
    for (const name of ['ours', 'empty'] as const) {
      const workspace = join(folder, `workspace ${name} ${round}`);
      await mkdir(workspace);
      const time = await firstPaint(browser, server, { folder: workspace, at: folder, name });
      if (round >= 0) times[name].push(time);
    }
  }
  return [
    {
      what: 'from the command to the first step on screen, in the workbench',
      ours: median(times.ours),
      unit: 'ms',
      peer: { name: 'an empty webview', value: median(times.empty) },
      goal: { kind: 'timesPeerAtMost', value: 1.5 },
    },
  ];
};

const commandOf: Readonly<Record<Name, string>> = { ours: 'incidentPanel.openPanel', empty: 'empty.do' };
/** What is seen of each when it is there. */
const seenOf: Readonly<Record<Name, string>> = { ours: '#step-orient, [data-step=orient]', empty: '#word' };

async function ours(folder: string): Promise<void> {
  const common = { absWorkingDir: root, minify: true, outdir: join(folder, 'dist'), logLevel: 'silent' as const };
  await build({ ...hostBundle, ...common });
  await build({ ...webviewBundle, ...common, plugins: [smallTemplates] });
  await writeFile(join(folder, 'package.json'), await manifestFor('ours'));
}

const emptyWebview = `const vscode = require('vscode');
  exports.activate = (context) => {
    context.subscriptions.push(vscode.commands.registerCommand('empty.do', () => {
      const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.Beside, { enableScripts: true });
      panel.webview.html = '<!DOCTYPE html><html lang="en"><title>Empty</title><p id="word">Empty</p></html>';
    }));
  };`;

async function extension(folder: string, name: string, main: string): Promise<void> {
  await mkdir(folder);
  const manifest = {
    name,
    publisher: 'incident-panel',
    version: '1.0.0',
    engines: { vscode: '^1.101.0' },
    main: './main.cjs',
    contributes: { commands: [{ command: `${name}.do`, title: name }] },
  };
  await Promise.all([
    writeFile(join(folder, 'package.json'), JSON.stringify(manifest)),
    writeFile(join(folder, 'main.cjs'), main),
  ]);
}

/** What the extension host runs: says when it runs the command, and stays until the window is closed. */
function driver(command: string): string {
  return `const vscode = require('vscode');
    exports.run = async () => {
      // What the workbench does at its start is no part of it.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      console.log('${openMark}' + Date.now());
      await vscode.commands.executeCommand('${command}');
      await new Promise((resolve) => setTimeout(resolve, ${limitMs}));
    };`;
}

interface Window {
  readonly folder: string;
  /** Where the extensions and drivers are. */
  readonly at: string;
  readonly name: Name;
}

async function firstPaint(browser: Browser, server: VsCodeServer, { folder, at, name }: Window): Promise<number> {
  const page = await browser.newPage();
  try {
    const opened = Promise.withResolvers<number>();
    // The workbench calls these two when it runs under automation.
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const text = format(...args);
      if (text.startsWith(openMark)) opened.resolve(Number(text.slice(openMark.length)));
    });
    await page.exposeFunction('codeAutomationExit', (code: number) =>
      opened.reject(new Error(`the extension host ended with ${code}`)),
    );
    const extensionTestsPath = join(at, `${name}.cjs`);
    await page.goto(server.urlFor({ folder, extensionDevelopmentPath: join(at, driverName), extensionTestsPath }));
    const timer = setTimeout(() => opened.reject(new Error('the window did not open it')), limitMs);
    const since = await opened.promise.finally(() => clearTimeout(timer));
    return (await seen(page, seenOf[name])) - since;
  } finally {
    await page.close();
  }
}

/** When a thing was painted in the webview, looked for every few milliseconds: in ms since the epoch. */
async function seen(page: Page, what: string): Promise<number> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    for (const frame of page.frames()) {
      const there = await frame.$(what).catch(() => null);
      // A frame that is thrown away meanwhile is looked for again.
      if (there !== null) return await there.evaluate(painted).catch(() => seen(page, what));
    }
    await delay(2);
  }
  throw new Error(`${what} was never seen`);
}

/** Runs in the webview. The editor hides its page until that has loaded, so being in the document is not being seen. */
async function painted(element: Element): Promise<number> {
  const isSeen = (): boolean => {
    const frame = window.frameElement;
    const { visibility } = frame === null ? { visibility: 'visible' } : getComputedStyle(frame);
    return visibility === 'visible' && element.checkVisibility() && element.getClientRects().length > 0;
  };
  do {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    // The panel itself has taken the first picture's place meanwhile: that is looked for, then.
    if (!element.isConnected) throw new Error('it is gone');
  } while (!isSeen());
  await new Promise((resolve) => setTimeout(resolve));
  return Date.now();
}
