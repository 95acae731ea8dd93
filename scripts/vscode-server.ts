import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { endProcessTree } from './process-tree.ts';
import { installVsCode } from './vscode-install.ts';
import { quietSettings } from './vscode-settings.ts';

export interface VsCodeServerOptions {
  /** Where the server keeps settings, logs and state; made when missing. */
  readonly dataFolder: string;
  /** Settings over the quiet ones (see vscode-settings.ts), where `dataFolder` has none yet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `true`: folders open in Restricted Mode until they are trusted; `false`: everything is trusted. */
  readonly workspaceTrust: boolean;
  /** What the extension host finds in its environment over this process's own; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder of an extension that is installed in it, in place: built, with its package.json; or several. */
  readonly installedExtension?: string | readonly string[];
  /** A VSIX that is installed in it, as a person installs one. */
  readonly installedVsix?: string;
  /**
   * Whether windows may take extensions to develop and tests to run from their address, as an editor under automation.
   * Such an editor shows no notifications as toasts and does not restart an extension host that crashed.
   */
  readonly extensionTests?: boolean;
}

/** What to open in a window; the paths are absolute. */
export interface WindowToOpen {
  readonly folder?: string | undefined;
  readonly extensionDevelopmentPath?: string | undefined;
  /** a CommonJS module that exports `run(): Promise<void>` */
  readonly extensionTestsPath?: string | undefined;
}

export interface VsCodeServer {
  /** where it listens, on 127.0.0.1 */
  readonly port: number;
  /** the server's own process; the extension host descends from it */
  readonly pid: number;
  /** the folder with one folder of logs for each window, the extension host's among them */
  readonly logsFolder: string;
  /** the user's settings.json, which open windows watch */
  readonly settingsFile: string;
  urlFor(window: WindowToOpen): string;
  /** Ends the server and all it started; resolves when they are gone. Calling it again does nothing. */
  stop(): Promise<void>;
}

const startLimit = 60_000;
const tokenFile = 'connection-token';

/**
 * Starts a real VS Code server on a free port of this machine, installing it first when it is missing.
 * @throws with the server's last words, when it does not come up within a minute
 */
export async function startVsCodeServer(options: VsCodeServerOptions): Promise<VsCodeServer> {
  const { node, folder } = await installVsCode();
  const data = join(options.dataFolder, 'data');
  const settingsFile = join(data, 'User', 'settings.json');
  await mkdir(join(data, 'User'), { recursive: true });
  const settings = JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2);
  await writeUnlessThere(settingsFile, settings);
  // A window that talks to a server takes settings of the scope "machine" from here, and never from the user's file.
  const ofMachine = Object.entries(options.settings ?? {}).filter(([name]) => name.startsWith('incidentPanel.'));
  await mkdir(join(data, 'Machine'), { recursive: true });
  await writeUnlessThere(
    join(data, 'Machine', 'settings.json'),
    JSON.stringify(Object.fromEntries(ofMachine), undefined, 2),
  );
  // Without it every program and every web page on this machine could run commands through the server.
  const token = randomBytes(24).toString('hex');
  await writeFile(join(options.dataFolder, tokenFile), token, { mode: 0o600 });
  const main = join(folder, 'out', 'server-main.js');
  await writeFile(await extensionsIndex(options.dataFolder), JSON.stringify(await installedExtensions(options)));
  if (options.installedVsix !== undefined) await installVsix(node, main, options.dataFolder, options.installedVsix);
  const args = [main, ...argumentsFor(options)];
  // A group of its own, so that a Ctrl+C in the terminal reaches us alone and we end it in order.
  const server = spawn(node, args, {
    cwd: folder,
    env: environmentFor(node, options),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = server;
  if (pid === undefined) throw new Error(`VS Code could not be started with ${node}.`);
  const stop = onceStopped(pid);
  try {
    const port = await portOf(server);
    const urlFor = (window: WindowToOpen) => windowUrl(port, token, window);
    return { port, pid, logsFolder: join(data, 'logs'), settingsFile, urlFor, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function argumentsFor({ dataFolder, extensionTests, workspaceTrust }: VsCodeServerOptions): readonly string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms'],
    ...['--connection-token-file', join(dataFolder, tokenFile)],
    // Without it a built VS Code ignores the extension development paths in the address.
    ...(extensionTests === true ? ['--enable-smoke-test-driver'] : []),
    ...['--server-data-dir', dataFolder, '--extensions-dir', join(dataFolder, 'extensions')],
    ...['--telemetry-level', 'off', '--disable-telemetry'],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
  ];
}

/** What the user has changed in an earlier session stays. */
async function writeUnlessThere(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}

/**
 * Installs a VSIX for a server with this data folder, as a person does.
 * @throws with what VS Code says of it, when it does not take the VSIX
 */
export async function installVsix(node: string, main: string, dataFolder: string, vsix: string): Promise<void> {
  const folders = ['--server-data-dir', dataFolder, '--extensions-dir', join(dataFolder, 'extensions')];
  const args = [main, '--accept-server-license-terms', ...folders, '--install-extension', vsix];
  const { stdout, stderr } = await promisify(execFile)(node, args, { timeout: startLimit });
  if (!stdout.includes('successfully installed')) throw new Error(`VS Code did not install it: ${stdout}${stderr}`);
}

async function extensionsIndex(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, 'extensions');
  await mkdir(folder, { recursive: true });
  return join(folder, 'extensions.json');
}

/** What extensions.json, VS Code's list of what is installed, has to say. */
async function installedExtensions({ installedExtension = [] }: VsCodeServerOptions): Promise<readonly unknown[]> {
  return Promise.all(
    [installedExtension].flat().map(async (path) => {
      const manifest: unknown = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
      const { publisher, name, version } = manifest as Record<'publisher' | 'name' | 'version', string>;
      return { identifier: { id: `${publisher}.${name}` }, version, location: { $mid: 1, path, scheme: 'file' } };
    }),
  );
}

function environmentFor(node: string, { env = {} }: VsCodeServerOptions): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = { ...process.env, SHELL: '/bin/bash', ...env };
  // Read by code-server's build: no gallery, no look for updates.
  merged.EXTENSIONS_GALLERY = '{}';
  merged.PATH = [dirname(node), merged.PATH].filter((part) => part !== undefined).join(delimiter);
  for (const [name, value] of Object.entries(merged)) {
    // An outer VS Code's variables would make this one believe that it runs inside that one.
    if (value === undefined || /^(VSCODE_|ELECTRON_|CODE_SERVER_|NODE_OPTIONS$)/.test(name))
      Reflect.deleteProperty(merged, name);
  }
  return merged;
}

/** Reads the port from the line that the server prints when it listens. */
function portOf(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => fail('is not up after a minute'), startLimit);
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ${what}. Its last words:\n${said.trim()}`));
    };
    const read = (chunk: Buffer) => {
      said = (said + stripVTControlCharacters(chunk.toString())).slice(-8_000);
      const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', (error) => fail(`could not be started (${error.message})`));
    server.once('exit', (code, signal) => fail(`ended with ${signal ?? code ?? 'nothing'} while starting`));
  });
}

function onceStopped(pid: number): () => Promise<void> {
  const group = () => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  };
  // The last net, for when this process ends without having stopped it.
  process.once('exit', group);
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= endProcessTree(pid).finally(() => process.off('exit', group)));
}

function windowUrl(port: number, token: string, window: WindowToOpen): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${String(port)}${path}`;
  const { folder, extensionDevelopmentPath: development, extensionTestsPath: tests } = window;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  if (development !== undefined) payload.push(['extensionDevelopmentPath', remote(development)]);
  if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
  const url = new URL(`http://127.0.0.1:${String(port)}/`);
  url.searchParams.set('tkn', token);
  // Several folders are opened by the file that lists them.
  if (folder !== undefined) url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
