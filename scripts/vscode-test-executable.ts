import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium-launch.ts';
import { errorText } from './error-text.ts';
import { installVsCode } from './vscode-install.ts';
import { startVsCodeServer, type VsCodeServer } from './vscode-server.ts';

// Takes the arguments that @vscode/test-electron gives to a desktop VS Code and does the same in the server build, with
// Chromium for the window: runs the tests in its extension host, prints what they print, ends with their exit code.

interface TestRun {
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  readonly folder: string | undefined;
  readonly userDataFolder: string | undefined;
  readonly workspaceTrust: boolean;
}

/** Seconds after which a run that has not ended is ended; another limit by INCIDENT_PANEL_TEST_LIMIT. */
const usualLimit = 300;

function parseTestRun(args: readonly string[]): TestRun {
  // Not strict: a desktop VS Code takes many more switches, which have no meaning here.
  const { values, positionals } = parseArgs({ args: [...args], strict: false, allowPositionals: true });
  const path = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? resolve(value.replace(/^file:\/\//, '')) : undefined;
  };
  const extensionDevelopmentPath = path('extensionDevelopmentPath');
  const extensionTestsPath = path('extensionTestsPath');
  if (extensionDevelopmentPath === undefined || extensionTestsPath === undefined) {
    throw new Error('Both --extensionDevelopmentPath=FOLDER and --extensionTestsPath=FILE are needed.');
  }
  return {
    extensionDevelopmentPath,
    extensionTestsPath,
    folder: positionals[0] === undefined ? undefined : resolve(positionals[0]),
    userDataFolder: path('user-data-dir'),
    workspaceTrust: values['disable-workspace-trust'] !== true,
  };
}

/** How the workbench's own log begins: it arrives like what the tests print, on the same level. */
const workbenchTalk = [
  /^(Resolv(ing|ed) connection token|Creating a socket|Creation of workbench contribution) /,
  /^(Ignoring fetching|Updating) additional builtin extensions/,
  /^\[(Service Worker|reconnection-grace-time|AgentHost:\w+|AccountPolicyGate)\]/,
  /\/static\/out\/vs\/code\/browser\//,
];

/** Runs the tests in a window of the server; resolves with their exit code. */
async function runInWindow(page: Page, server: VsCodeServer, run: TestRun, signal: AbortSignal): Promise<number> {
  const ended = Promise.withResolvers<number>();
  // Opening the page may fail first; what the end then says is of no interest.
  ended.promise.catch(() => undefined);
  signal.addEventListener('abort', () => ended.reject(signal.reason));
  // The workbench calls these two, and no others, when it runs under automation.
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    const text = format(...args);
    if (workbenchTalk.some((pattern) => pattern.test(text))) return;
    (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));
  page.on('crash', () => ended.reject(new Error("The window's page crashed.")));
  page.on('close', () => ended.reject(new Error('The window was closed before the tests ended.')));
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await page.goto(server.urlFor(run));
  return ended.promise;
}

async function main(): Promise<number> {
  const run = parseTestRun(process.argv.slice(2));
  // What is fetched the first time does not count against the tests' time.
  await installVsCode();
  const seconds = Number(process.env.INCIDENT_PANEL_TEST_LIMIT) || usualLimit;
  const stopped = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => stopped.abort(new Error(`Ended by ${name}.`)));
  }
  const late = () => stopped.abort(new Error(`The tests had not ended after ${seconds} s and were stopped.`));
  const timer = setTimeout(late, seconds * 1_000);
  const ownData = run.userDataFolder === undefined ? await mkdtemp(join(tmpdir(), 'vscode-test-')) : undefined;
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(async () => {
    clearTimeout(timer);
    if (ownData !== undefined) await rm(ownData, { recursive: true, force: true });
  });
  const server = await startVsCodeServer({
    dataFolder: run.userDataFolder ?? ownData ?? '',
    workspaceTrust: run.workspaceTrust,
    extensionTests: true,
  });
  cleanup.defer(() => server.stop());
  stopped.signal.throwIfAborted();
  const browser = await launchChromium();
  cleanup.defer(() => browser.close());
  return await runInWindow(await browser.newPage(), server, run, stopped.signal);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
