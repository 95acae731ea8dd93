import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import { hostBundle } from '../../scripts/host-bundle.mjs';
import { startVsCodeServer } from '../../scripts/vscode-server.ts';
import { figuresMark, figuresOfHost } from '../support/hostFigures.ts';
import { manifestFor } from '../support/manifests.ts';
import { root } from '../support/sources.ts';
import { median } from './harness.ts';
import type { RunBench } from './harness.ts';

type Name = 'ours' | 'minimal';

/**
 * What `activate()` costs, loading the script included, in real extension hosts: ours beside an extension with one
 * command, in a window each time, one first and then the other. A third extension goes before both, since the first
 * one of a host pays for what all share.
 */
export const run: RunBench = async ({ smoke }) => {
  const folder = await mkdtemp(join(tmpdir(), 'activation-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await Promise.all([
    ours(join(folder, 'ours')),
    oneCommand(join(folder, 'minimal'), 'minimal'),
    oneCommand(join(folder, 'first'), 'first'),
    writeFile(join(folder, 'ours-minimal.cjs'), driver(['ours', 'minimal'])),
    writeFile(join(folder, 'minimal-ours.cjs'), driver(['minimal', 'ours'])),
  ]);
  const server = await startVsCodeServer({
    dataFolder: join(folder, 'data'),
    workspaceTrust: false,
    extensionTests: true,
    installedExtension: ['ours', 'minimal'].map((name) => join(folder, name)),
  });
  cleanup.defer(() => server.stop());
  const browser = await launchChromium();
  cleanup.defer(() => browser.close());
  const times: Record<Name, number[]> = { ours: [], minimal: [] };
  for (let round = 0; round < (smoke ? 1 : 9); round += 1) {
    const order = round % 2 === 0 ? 'ours-minimal' : 'minimal-ours';
    const { ours: own = NaN, minimal = NaN } = await figuresOfHost(browser, server, {
      extensionDevelopmentPath: join(folder, 'first'),
      extensionTestsPath: join(folder, `${order}.cjs`),
    });
    times.ours.push(own);
    times.minimal.push(minimal);
  }
  return [
    {
      what: 'activate() in the extension host, its script loaded',
      ours: median(times.ours),
      unit: 'ms',
      peer: { name: 'an extension with one command', value: median(times.minimal) },
      goal: { kind: 'timesPeerAtMost', value: 2 },
    },
  ];
};

/** The extension as it is shipped, but not activated by the start of a window. */
async function ours(folder: string): Promise<void> {
  const outdir = join(folder, 'dist');
  await build({ ...hostBundle, absWorkingDir: root, minify: true, outdir, logLevel: 'silent' });
  await writeFile(join(folder, 'package.json'), await manifestFor('ours'));
}

async function oneCommand(folder: string, name: string): Promise<void> {
  await mkdir(folder);
  const command = `${name}.do`;
  await Promise.all([
    writeFile(
      join(folder, 'package.json'),
      JSON.stringify({
        name,
        publisher: 'incident-panel',
        version: '1.0.0',
        engines: { vscode: '^1.101.0' },
        main: './main.cjs',
        contributes: { commands: [{ command, title: name }] },
      }),
    ),
    writeFile(
      join(folder, 'main.cjs'),
      `const vscode = require('vscode');
       exports.activate = (context) => {
         context.subscriptions.push(vscode.commands.registerCommand('${command}', () => undefined));
       };`,
    ),
  ]);
}

/** What the extension host runs: activates the extensions in this order and prints how long each took. */
function driver(order: readonly Name[]): string {
  return `const vscode = require('vscode');
    const activate = async (name) => {
      const extension = vscode.extensions.getExtension('incident-panel.' + name);
      const started = performance.now();
      await extension.activate();
      return performance.now() - started;
    };
    exports.run = async () => {
      await activate('first');
      const times = {};
      for (const name of ${JSON.stringify(order)}) times[name] = await activate(name);
      console.log('${figuresMark}' + JSON.stringify(times));
    };`;
}
