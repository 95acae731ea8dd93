import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { projectFolder } from './bootstrap.mjs';
import { errorText } from './error-text.ts';

// Runs the built host tests inside an editor: in our server build, or with --desktop in a VS Code that test-electron
// downloads. What they are to know comes with the environment.

const { values } = parseArgs({ options: { desktop: { type: 'boolean', default: false } } });
const extensionTestsPath = join(projectFolder, 'dist-test', 'host', 'index.cjs');

async function main(): Promise<void> {
  if (!existsSync(extensionTestsPath)) throw new Error('The host tests are not built: npm run build -- --tests');
  // Folders of its own for each run: no test sees what an earlier one left. Short paths, too: sockets lie inside.
  const home = await mkdtemp(join(tmpdir(), 'host-tests-'));
  try {
    await runTests({
      ...(values.desktop ? {} : { vscodeExecutablePath: join(projectFolder, 'scripts', 'vscode-test-executable.mjs') }),
      extensionDevelopmentPath: projectFolder,
      extensionTestsPath,
      launchArgs: [
        `--user-data-dir=${join(home, 'user-data')}`,
        `--extensions-dir=${join(home, 'extensions')}`,
        '--disable-extensions',
      ],
    });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

try {
  await main();
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
