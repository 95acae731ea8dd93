import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Arguments that keep Chromium headless, inside a container and away from the network. */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium or Chrome: the one that CHROMIUM_PATH names, one on the PATH, an installed application, one that
 * Playwright has downloaded. Where there is none it is installed, if this is Debian or Ubuntu and we are root.
 * @throws with the command to run, where there is none and it cannot be installed
 */
export async function findChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which cannot be run.`);
  }
  const found = await firstInstalled();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && (await isExecutable('/usr/bin/apt-get'))) {
    await installWithApt();
    const installed = await firstInstalled();
    if (installed !== undefined) return installed;
  }
  const how: Partial<Record<NodeJS.Platform, string>> = {
    linux: 'sudo apt-get update && sudo apt-get install -y chromium',
    darwin: 'brew install --cask chromium',
  };
  const command = how[process.platform] ?? 'npx playwright-core install chromium';
  throw new Error(`No Chromium was found. Install one (${command}) or set CHROMIUM_PATH.`);
}

async function firstInstalled(): Promise<string | undefined> {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...names.flatMap((name) => [...folders, '/usr/bin'].map((folder) => join(folder, name))),
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...(await downloadedByPlaywright()),
  ];
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

/** Where Playwright keeps its browsers, newest first. */
async function downloadedByPlaywright(): Promise<readonly string[]> {
  const cache = process.platform === 'darwin' ? join('Library', 'Caches') : '.cache';
  const home = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), cache, 'ms-playwright');
  const entries = await readdir(home).catch(() => []);
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ];
  return entries
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((name) => inside.map((path) => join(home, name, path)));
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function installWithApt(): Promise<void> {
  console.log("Installing Chromium with the system's package manager …");
  const apt = (...args: string[]) =>
    promisify(execFile)('apt-get', ['-q', '-y', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 2 ** 26,
    });
  // With what it recommends: without its fonts a page has no text to look at.
  const install = () => apt('install', 'chromium');
  try {
    await apt('update');
    // A mirror that was just being updated is the usual reason for a first failure.
    await install().catch(async () => {
      await apt('update');
      await install();
    });
  } catch (error) {
    console.log(`  that failed: ${error instanceof Error ? error.message.slice(0, 2_000) : String(error)}`);
  }
}
