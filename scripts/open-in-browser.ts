import { spawn } from 'node:child_process';

/** Opens an address in the user's browser where there is a display; elsewhere it does nothing. */
export function openInBrowser(url: string): void {
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '';
  const command = process.platform === 'darwin' ? 'open' : display !== '' ? 'xdg-open' : undefined;
  if (command === undefined) return;
  const opener = spawn(command, [url], { stdio: 'ignore', detached: true });
  // The address stands in the terminal: who has no opener can follow it by hand.
  opener.on('error', () => undefined);
  opener.unref();
}
