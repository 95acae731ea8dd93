import assert from 'node:assert/strict';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

const addAsSuspect = 'Add to Incident as Suspect';

describe('suspects', () => {
  let scene: DemoScene;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    await writeFile(join(scene.folder, 'logo.bin'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3]));
    await writeFile(join(scene.folder, 'bundle.js'), 'x');
    await truncate(join(scene.folder, 'bundle.js'), 1024 * 1024 + 1);
    await writeFile(join(scene.folder, '.env'), 'PAYMENTS_STRIPE_KEY=abc\n');
    await writeFile(join(scene.folder, '.env.production'), 'PAYMENTS_STRIPE_KEY=abc\n');
    return { folder: scene.folder, env: scene.env, viewport: { width: 1400, height: 1000 } };
  });
  after(() => scene.dispose());
  const panel = (): PanelPage => new PanelPage(workbench());

  const inTree = async (): Promise<string[]> => {
    await workbench().openContainer('Incident');
    return workbench().view('Suspects').locator('.monaco-list-row .label-name').allInnerTexts();
  };
  const inPanel = async (): Promise<string[]> => {
    const roles = (await panel().unfold(2)).getByRole('combobox', { name: /^Role of / });
    const labels = await roles.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    return labels.map((label) => label.split('/').at(-1)?.replace('Role of ', '') ?? '');
  };
  /** Waits until tree, panel and the tree's count say the same. */
  const untilSuspects = async (expected: readonly string[]): Promise<void> => {
    let tree: readonly string[] = [];
    let inThePanel: readonly string[] = [];
    const agree = async (): Promise<boolean> => {
      [tree, inThePanel] = [await inTree(), await inPanel()];
      return same(tree, expected) && same(inThePanel, expected);
    };
    await until(`the suspects are ${expected.join(', ')}`, agree).catch((error: unknown) => {
      throw new Error(`In the tree: ${tree.join(', ')}. In the panel: ${inThePanel.join(', ')}.`, { cause: error });
    });
    await workbench().view('Suspects').getByText(`${expected.length}/3`, { exact: true }).waitFor();
    await panel()
      .step(2)
      .getByRole('heading', { name: `Suspects (${expected.length}/3)` })
      .waitFor();
  };
  const removeInTree = async (name: string): Promise<void> => {
    await workbench().openContainer('Incident');
    const row = workbench().treeItem('Suspects', name);
    await row.hover();
    await row.getByRole('button', { name: 'Remove Suspect' }).click();
  };
  const refusal = async (target: Locator, words: RegExp): Promise<void> => {
    await workbench().contextMenu(target, addAsSuspect);
    await workbench().notifications().filter({ hasText: words }).first().waitFor();
    await workbench().command('Notifications: Clear All Notifications');
    await until('the notification is gone', async () => (await workbench().notifications().count()) === 0);
  };

  it('are two at once from a multiple selection in the explorer', async () => {
    await panel().open();
    await panel().unfold(2);
    const first = await workbench().explorerItem('src/services/payment.js');
    const second = await workbench().explorerItem('src/routes/checkout.js');
    await first.click();
    await second.click({ modifiers: ['Control'] });
    await workbench().contextMenu(second, addAsSuspect);
    await untilSuspects(['payment.js', 'checkout.js']);
  });

  it('get their role in the panel and in the tree, and both show it', async () => {
    const role = panel().step(2).getByRole('combobox', { name: 'Role of src/routes/checkout.js' });
    assert.equal(await role.inputValue(), 'caller');
    await role.selectOption('configuration');
    await workbench().openContainer('Incident');
    await workbench().treeItem('Suspects', 'checkout.js, configuration').waitFor();
    const row = workbench().treeItem('Suspects', 'checkout.js');
    await row.hover();
    await row.getByRole('button', { name: 'Set Role of Suspect' }).click();
    await workbench().pick('caller');
    await until('the panel shows the role', async () => (await role.inputValue()) === 'caller');
  });

  it('come from the menu of a source control change', async () => {
    await appendFile(join(scene.folder, 'src/server.js'), '\n// looked at\n');
    await workbench().openContainer('Source Control');
    const change = workbench()
      .page.locator('.scm-view')
      .getByRole('treeitem', { name: /server\.js/ });
    await workbench().contextMenu(change, addAsSuspect);
    await untilSuspects(['payment.js', 'checkout.js', 'server.js']);
  });

  it('are three at most: a fourth replaces the one that is chosen', async () => {
    const file = await workbench().explorerItem('config/index.js');
    await workbench().contextMenu(file, addAsSuspect);
    await workbench().page.getByText('There are three suspects. Which one does config/index.js replace?').waitFor();
    await workbench().pick('src/server.js');
    await untilSuspects(['payment.js', 'checkout.js', 'index.js']);
  });

  it('stay as they are when no replacement is chosen', async () => {
    const file = await workbench().explorerItem('src/server.js');
    await workbench().contextMenu(file, addAsSuspect);
    await workbench().page.getByText('Which one does src/server.js replace?').waitFor();
    await workbench().page.keyboard.press('Escape');
    await untilSuspects(['payment.js', 'checkout.js', 'index.js']);
  });

  it('are removed in the tree and in the panel', async () => {
    await removeInTree('index.js');
    await untilSuspects(['payment.js', 'checkout.js']);
    await panel().step(2).getByRole('button', { name: 'Remove src/routes/checkout.js' }).click();
    await untilSuspects(['payment.js']);
  });

  it('refuse a folder, a binary file, one over 1 MB and environment values, each in words', async () => {
    await refusal(await workbench().explorerItem('src/services'), /src\/services is a folder\. Add a file in it/);
    await refusal(await workbench().explorerItem('logo.bin'), /logo\.bin is a binary file\./);
    await refusal(await workbench().explorerItem('bundle.js'), /bundle\.js has 1\.1 MB; a suspect may have 1\.0 MB/);
    await refusal(await workbench().explorerItem('.env'), /\.env holds environment values, which never leave/);
    await untilSuspects(['payment.js']);
  });

  it('come from an editor tab and from within an editor', async () => {
    const tab = await workbench().openFile('src/server.js');
    await workbench().contextMenu(tab, addAsSuspect);
    await workbench().openFile('src/routes/checkout.js');
    await workbench().contextMenu(workbench().page.locator('.editor-instance .view-lines').first(), addAsSuspect);
    await panel().open();
    await untilSuspects(['payment.js', 'server.js', 'checkout.js']);
  });

  it('are offered from the open editors: three at most, never environment values, never one that is a suspect', async () => {
    for (const path of ['.env.production', 'config/index.js', 'package.json', 'README.md', 'CLAUDE.md']) {
      await workbench().openFile(path);
    }
    await panel().open();
    const step = await panel().unfold(2);
    const offered = step.getByRole('heading', { name: 'Open editors' }).locator('xpath=following-sibling::ul[1]/li');
    await until('three editors are offered', async () => (await offered.count()) === 3);
    for (const text of await offered.allInnerTexts()) {
      assert.doesNotMatch(text, /\.env|server\.js|checkout\.js|payment\.js/);
    }
    await removeInTree('server.js');
    await untilSuspects(['payment.js', 'checkout.js']);
    const wanted = offered.filter({ hasText: 'config/index.js' });
    await wanted.getByRole('checkbox').click();
    await untilSuspects(['payment.js', 'checkout.js', 'index.js']);
  });

  it('are chosen in a dialog', async () => {
    await panel().step(2).getByRole('button', { name: 'Remove config/index.js' }).click();
    await untilSuspects(['payment.js', 'checkout.js']);
    await panel().step(2).getByRole('button', { name: 'Choose a File…' }).click();
    await workbench().choosePath(join(scene.folder, 'src/gateway.js'));
    await untilSuspects(['payment.js', 'checkout.js', 'gateway.js']);
  });

  it('have sent nothing so far', () => {
    assert.equal(scene.claude.requests().length, 0);
  });
});

function same(some: readonly string[], expected: readonly string[]): boolean {
  return some.toSorted().join() === expected.toSorted().join();
}
