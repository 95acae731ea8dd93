import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNoCollision } from '../support/defaultKeybindings.ts';
import type { Keybinding } from '../support/defaultKeybindings.ts';
import { rawManifest } from '../support/manifest.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

describe('workbench', () => {
  let folder = '';
  const workbench = useWorkbench(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-folder-'));
    await writeFile(join(folder, 'readme.txt'), 'A file to see.\n');
    return { folder, env: { ANTHROPIC_API_KEY: undefined, ANTHROPIC_BASE_URL: undefined } };
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

  it('leads from the box for an API key to the page where one is made', async () => {
    const { page } = workbench();
    await workbench().command('Incident: Set API Key');
    await workbench().quickInput().waitFor();
    await page.locator('.quick-input-titlebar').getByRole('button', { name: 'Get an API key' }).click();
    const dialog = page.getByRole('dialog').filter({ hasText: 'https://console.anthropic.com/settings/keys' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await workbench().quickInput().press('Escape');
    await workbench().quickInput().waitFor({ state: 'hidden' });
  });

  const { contributes } = rawManifest() as { readonly contributes: { readonly keybindings: readonly Keybinding[] } };
  for (const [platform, userAgent] of [
    ['Linux', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'],
    ['Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'],
    ['macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'],
  ] as const) {
    it(`gives the extension shortcuts that it has for nothing itself: ${platform}`, async function () {
      this.timeout(120_000);
      const window = await workbench().another(folder, { userAgent });
      try {
        const isMac = platform === 'macOS';
        await window.command('Preferences: Open Default Keyboard Shortcuts (JSON)');
        const lines = window.page.locator('.editor-instance .view-lines').first();
        await lines.click();
        await window.clipboard('');
        await window.page.keyboard.press(isMac ? 'Meta+a' : 'Control+a');
        // Copying is the browser's own, which runs on this machine whatever it says.
        await window.page.keyboard.press('Control+c');
        let text = '';
        await until('the list is copied', async () => {
          text = await window.page.evaluate(() => navigator.clipboard.readText());
          return text !== '';
        });
        assert.match(text, isMac ? /"cmd\+k cmd\+s"/ : /"ctrl\+k ctrl\+s"/);
        assertNoCollision(contributes.keybindings, text, isMac);
      } finally {
        await window.close();
      }
    });
  }
});
