import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageVsix } from '../test/support/packagedVsix.ts';
import { installedVariable } from '../test/support/installedFolder.ts';
import { installVsix } from './vscode-server.ts';
import { installVsCode } from './vscode-install.ts';

/**
 * Makes the VSIX, has VS Code install it once, and runs something with the folder of what was installed in its environment:
 * the UI tests use what people download, not what lies in the project.
 * @throws where it cannot be made or VS Code does not take it
 */
export async function withInstalledVsix<T>(run: (env: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'installed-vsix-'));
  try {
    const { node, folder } = await installVsCode();
    const vsix = await packageVsix();
    try {
      await installVsix(node, join(folder, 'out', 'server-main.js'), dataFolder, vsix.path);
    } finally {
      await vsix.dispose();
    }
    const extensions = join(dataFolder, 'extensions');
    const installed = (await readdir(extensions)).find((name) => /incident-panel-\d/.test(name));
    if (installed === undefined) throw new Error(`VS Code installed the VSIX nowhere in ${extensions}.`);
    return await run({ [installedVariable]: join(extensions, installed) });
  } finally {
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}
