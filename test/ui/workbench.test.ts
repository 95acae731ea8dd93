import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useWorkbench } from '../support/use-workbench.ts';

describe('workbench', () => {
  let folder = '';
  const workbench = useWorkbench(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-folder-'));
    await writeFile(join(folder, 'readme.txt'), 'A file to see.\n');
    return { folder };
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('shows the files of the folder that it opened', async () => {
    const item = await workbench().explorerItem('readme.txt');
    assert.equal(await item.isVisible(), true);
  });

  it('runs a command from the palette', async () => {
    await workbench().command('View: Toggle Output');
    const panel = workbench().page.getByRole('tab', { name: 'Output' });
    await panel.and(workbench().page.locator('[aria-selected="true"]')).waitFor();
  });

  it('runs a shell in its terminal', async () => {
    const made = join(folder, 'made-by-the-shell.txt');
    await workbench().runInTerminal(`echo said-$((40 + 2)) > '${made}'`);
    // The explorer watches the folder: the file shows up there when the shell has done its work.
    assert.equal(await (await workbench().explorerItem('made-by-the-shell.txt')).isVisible(), true);
  });
});
