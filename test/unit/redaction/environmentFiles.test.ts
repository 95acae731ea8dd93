import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readEnvironmentFiles } from '../../../src/redaction/environmentFiles.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('files of environment values', () => {
  const folder = useTemporaryFolder();
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder(), path)), { recursive: true });
    await writeFile(join(folder(), path), text);
  };

  it('are read in a folder and below it, whatever the editor is told to hide', async () => {
    await write('.env', 'A=1');
    await write('services/api/.env.production', 'B=2');
    await write('deploy/prod.env', 'C=3');
    await write('.envrc', 'D=4');
    await write('.vscode/settings.json', '{"files.exclude":{"**/.env":true},"search.exclude":{"**/*":true}}');
    assert.deepEqual((await readEnvironmentFiles(folder())).sort(), ['A=1', 'B=2', 'C=3', 'D=4']);
  });

  it('are not examples, nor those of dependencies, and follow links to files alone', async () => {
    await write('.env', 'A=1');
    await write('.env.example', 'E=5');
    await write('node_modules/x/.env', 'F=6');
    await write('shared/values.txt', 'G=7');
    await symlink(join(folder(), 'shared/values.txt'), join(folder(), 'shared/.env'));
    await symlink(folder(), join(folder(), 'shared/loop'));
    assert.deepEqual((await readEnvironmentFiles(folder())).sort(), ['A=1', 'G=7']);
  });

  it('are left out where they cannot be read', async () => {
    await write('.env', 'A=1');
    await mkdir(join(folder(), 'odd/.env'), { recursive: true });
    await symlink(join(folder(), 'nowhere'), join(folder(), 'odd/x.env'));
    assert.equal((await readEnvironmentFiles(folder())).length, 1);
    assert.deepEqual(await readEnvironmentFiles(join(folder(), 'missing')), []);
    assert.deepEqual(await readEnvironmentFiles(folder(), AbortSignal.abort()), []);
  });
});
