import { execFile, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, projectFolder } from './bootstrap.mjs';
import { endProcessTree, processesWith } from './process-tree.ts';

/** The command that starts the user's own desktop VS Code; `undefined` where there is none or no display for it. */
export async function desktopCommand(): Promise<string | undefined> {
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '';
  if (process.platform === 'linux' && display === '') return undefined;
  for (const command of ['code', 'code-insiders', 'codium']) {
    const works = await promisify(execFile)(command, ['--version'], { shell: process.platform === 'win32' }).then(
      // The `code` inside a VS Code server's terminal opens files there, and cannot start an editor.
      ({ stdout }) => /^\d+\.\d+\.\d+/.test(stdout) && process.env.VSCODE_IPC_HOOK_CLI === undefined,
      () => false,
    );
    if (works) return command;
  }
  return undefined;
}

export interface DesktopWindow {
  readonly command: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly trusted: boolean;
  readonly signal: AbortSignal;
}

/**
 * Opens a folder in the desktop VS Code with our extension, and resolves when the window is closed or `signal` aborts, in
 * which case the window is closed first.
 */
export async function openDesktop({ command, folder, env, trusted, signal }: DesktopWindow): Promise<void> {
  // User data of its own makes it an instance of its own: one that was running already would take the window over and
  // never see this environment.
  const userData = join(cacheFolder, 'start', 'desktop');
  await mkdir(userData, { recursive: true });
  const args = [
    `--extensionDevelopmentPath=${projectFolder}`,
    `--user-data-dir=${userData}`,
    ...['--new-window', '--wait', '--disable-telemetry', '--skip-welcome', '--skip-release-notes'],
    ...(trusted ? ['--disable-workspace-trust'] : []),
    folder,
  ];
  const windows = process.platform === 'win32';
  const child = spawn(windows ? `${command}.cmd` : command, windows ? args.map((each) => `"${each}"`) : args, {
    stdio: 'inherit',
    shell: windows,
    env: { ...process.env, ...env },
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
    signal.addEventListener('abort', () => child.kill());
  });
  if (signal.aborted) await endInstance(userData);
  else if (code !== 0) throw new Error(`${command} ended with ${code ?? 'a signal'}.`);
}

/** The command only asks for a window; the editor is a process apart, known by its user data. */
async function endInstance(userData: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (const { pid } of await processesWith(`--user-data-dir=${userData}`)) await endProcessTree(pid);
}
