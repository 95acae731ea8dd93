import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { startDemoClaude } from '../demo/claude-server.mjs';
import { incidents, makeIncident } from '../demo/make-incident.mjs';
import { cacheFolder } from './bootstrap.mjs';
import { desktopCommand, openDesktop } from './desktop.ts';
import { errorText } from './error-text.ts';
import { openInBrowser } from './open-in-browser.ts';
import { runTool } from './stages.ts';
import { startVsCodeServer } from './vscode-server.ts';

// `npm start [-- FOLDER] [--incident NAME] [--server]`: VS Code with the extension, on a demo incident or on FOLDER. Without
// ANTHROPIC_API_KEY a local demo Claude answers. Ctrl+C ends all that was started.

interface Session {
  readonly folder: string;
  /** what the extension host gets over our own environment */
  readonly env: Readonly<Record<string, string>>;
  /** whose code lies in the folder: our demo is trusted, the user's is for the user to trust */
  readonly trusted: boolean;
  readonly signal: AbortSignal;
}

const { values, positionals } = parseArgs({
  options: { incident: { type: 'string' }, server: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const given = positionals[0] === undefined ? undefined : resolve(positionals[0]);

async function chooseIncident(signal: AbortSignal): Promise<string> {
  const first = incidents[0];
  if (first === undefined) throw new Error('There is no demo incident.');
  if (values.incident !== undefined) return values.incident;
  if (given !== undefined || incidents.length === 1 || !process.stdin.isTTY) return first.name;
  for (const [index, { title, description }] of incidents.entries()) {
    console.log(`  ${index + 1}  ${title}\n     ${description}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`Which incident? [1] `, { signal });
    return (incidents[Number(answer.trim()) - 1] ?? first).name;
  } finally {
    terminal.close();
  }
}

/** The folder of a demo incident; what an earlier session has done in it stays. */
async function demoFolder(name: string): Promise<string> {
  const folder = join(cacheFolder, 'demo', name);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length === 0) await makeIncident(name, folder);
  else console.log(`The demo incident is as you left it; delete ${folder} to start it afresh.`);
  return folder;
}

async function useDesktop(command: string, { folder, env, trusted, signal }: Session): Promise<void> {
  console.log(`VS Code opens on ${folder}. Closing its window or Ctrl+C here ends this.`);
  tellWhatNext();
  await openDesktop({ command, folder, env, trusted, signal });
}

async function useServer({ folder, env, trusted, signal }: Session): Promise<void> {
  const server = await startVsCodeServer({
    dataFolder: join(cacheFolder, 'start', 'server'),
    workspaceTrust: !trusted,
    installedExtension: resolve(import.meta.dirname, '..'),
    env,
  });
  try {
    signal.throwIfAborted();
    const url = server.urlFor({ folder });
    console.log(`VS Code is at ${url}\nCtrl+C here ends it.`);
    tellWhatNext();
    openInBrowser(url);
    await new Promise((ended) => signal.addEventListener('abort', ended));
  } finally {
    await server.stop();
  }
}

function tellWhatNext(): void {
  console.log('\nIn VS Code: press F1 and run "Incident: Open Panel".');
  console.log('Right-click a file and choose "Add to Incident as Suspect" to look into it.\n');
}

async function main(signal: AbortSignal): Promise<void> {
  const incident = await chooseIncident(signal);
  if ((await runTool(['esbuild.config.mjs'], signal)) !== 0) throw new Error('The extension could not be built.');
  const folder = given ?? (await demoFolder(incident));
  await using started = new AsyncDisposableStack();
  const env: Record<string, string> = {};
  if ((process.env.ANTHROPIC_API_KEY ?? '') === '') {
    const claude = await startDemoClaude({ incident });
    started.defer(() => claude.stop());
    console.log('Without ANTHROPIC_API_KEY a demo Claude on this machine answers, with recorded replies.');
    env.ANTHROPIC_BASE_URL = claude.url;
    env.ANTHROPIC_API_KEY = 'demo-key-not-secret';
    env.INCIDENT_PANEL_DEMO_REPLIES = '1';
  }
  const session: Session = { folder, env, trusted: given === undefined, signal };
  const command = values.server ? undefined : await desktopCommand();
  await (command === undefined ? useServer(session) : useDesktop(command, session));
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => stop.abort(new Error(`Ended by ${name}.`)));
}
try {
  await main(stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}
