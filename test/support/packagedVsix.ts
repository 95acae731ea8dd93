import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../scripts/bootstrap.mjs';
import { vsceArguments } from '../../scripts/vsix.ts';

/** What a VSIX is made of. */
const sources = [
  ...[
    'package.json',
    'package.nls.json',
    'package.nls.de.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    '.vscodeignore',
    'tsconfig.json',
    'esbuild.config.mjs',
  ],
  ...['src', 'webview', 'media', 'demo', 'scripts', 'l10n'],
];

export interface PackagedVsix {
  readonly path: string;
  /** What vsce said, both streams, without npm's own lines. */
  readonly output: string;
  /** Deletes it. */
  readonly dispose: () => Promise<void>;
}

/** Makes the VSIX as `npm run package` does, of a copy: the build that other tests use stays as it is. */
export async function packageVsix(): Promise<PackagedVsix> {
  const folder = await mkdtemp(join(tmpdir(), 'vsix-'));
  const dispose = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    for (const name of sources) await cp(join(projectFolder, name), join(folder, name), { recursive: true });
    await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const path = join(folder, 'incident-panel.vsix');
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...vsceArguments, '--out', path], {
      cwd: folder,
    });
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => !/^npm (warn|notice)/.test(line));
    return { path, output: lines.join('\n'), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
