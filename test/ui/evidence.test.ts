import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoScene, PanelPage, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { root } from '../support/sources.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** A piece of evidence as it was sent, without the numbers of its lines. */
function sentLines(block: string): string {
  const lines = block.split('\n').slice(1, -1);
  return lines.map((line) => line.replace(/^\d+\t/, '')).join('\n');
}

describe('evidence', () => {
  let scene: DemoScene;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    return {
      folder: scene.folder,
      env: scene.env,
      viewport: { width: 1400, height: 1000 },
      extensionFolder: [root, join(root, 'test/fixtures/failingTests')],
    };
  });
  after(() => scene.dispose());
  const panel = (): PanelPage => new PanelPage(workbench());
  const inTree = async (label: string): Promise<void> => {
    await workbench().openContainer('Incident');
    await workbench().shownTreeItem('Evidence', label);
  };
  const pending = () => panel().step(1).getByRole('list', { name: 'Sent with the next question' });
  const everywhere = async (title: string): Promise<void> => {
    await inTree(title);
    await pending().getByText(title, { exact: true }).waitFor();
  };
  const inTerminal = () => workbench().page.locator('.terminal-wrapper.active');

  it('comes from the error box', async () => {
    await panel().open();
    await panel().addErrorText('Error: the charge failed\n    at chargeRequest (src/services/payment.js:47:30)\n');
    await everywhere('Error message');
  });

  it('comes from the clipboard', async () => {
    await workbench().clipboard('alert: 500s on POST /checkout');
    await workbench().command('Incident: Add Clipboard as Evidence');
    await everywhere('Clipboard');
  });

  it('is refused in words where the clipboard is empty', async () => {
    await workbench().clipboard('');
    await panel().step(1).getByRole('button', { name: 'Clipboard', exact: true }).click();
    const refused = panel().step(1).getByRole('alert').filter({ hasText: 'The clipboard holds no text.' });
    await refused.getByRole('button', { name: 'Dismiss' }).click();
    await refused.waitFor({ state: 'detached' });
  });

  it('comes from a log and a stack file that are chosen by their path', async () => {
    const log = join(scene.folder, 'var/log/app');
    await workbench().command('Incident: Add Log File as Evidence');
    await workbench().choosePath(join(log, 'error.log'));
    await everywhere('error.log, last 50 lines');
    await workbench().command('Incident: Add Stack File as Evidence');
    await workbench().choosePath(join(log, 'stack.log'));
    await everywhere('stack.log, last 30 lines');
  });

  it('comes from the selection of an editor, by the palette and by the menu', async () => {
    const { page } = workbench();
    const text = page.locator('.editor-instance .view-lines').first();
    const selected = page.locator('.statusbar').getByText(/\(\d+ selected\)/);
    await workbench().openFile('src/services/payment.js');
    await text.click();
    await page.keyboard.press('Control+Home');
    for (let line = 0; line < 3; line += 1) await page.keyboard.press('Shift+ArrowDown');
    await selected.waitFor();
    await workbench().command('Incident: Add Selection as Evidence');
    await inTree('src/services/payment.js, lines 1 to 3');
    await workbench().openFile('src/routes/checkout.js');
    await text.click();
    await page.keyboard.press('Control+a');
    await selected.waitFor();
    await workbench().contextMenu(text, 'Add Selection as Evidence');
    await inTree('src/routes/checkout.js, lines 1 to ');
    await panel().open();
    await everywhere('src/services/payment.js, lines 1 to 3');
  });

  it('comes from the terminal through shell integration, which it says', async () => {
    await workbench().runInTerminal(`printf 'checkout failed: %s\\n' gateway-timeout; (exit 3)`);
    await inTerminal().getByText('checkout failed: gateway-timeout', { exact: true }).waitFor();
    await panel().step(1).getByText('Terminal: the output of its last command can be read.').waitFor();
    await workbench().command('Incident: Add Terminal Output as Evidence');
    await inTree('printf');
    const chip = pending()
      .getByRole('button', { name: /printf .*exit code 3/ })
      .first();
    assert.match(
      (await chip.getAttribute('title')) ?? '',
      /its last command \(exit code 3\), read through shell integration/,
    );
  });

  it('shows the very text in its preview', async () => {
    const { page } = workbench();
    await pending()
      .getByRole('button', { name: /^E\d+ stack\.log/ })
      .click();
    await workbench().tab('stack.log, last 30 lines.log').waitFor();
    assert.equal(await workbench().copyEditorText(), await stackTail());
    await workbench().openContainer('Incident');
    const row = workbench().treeItem('Evidence', 'Error message');
    await row.hover();
    await row.getByRole('button', { name: 'Preview Evidence' }).click();
    await workbench().tab('Error message.log').waitFor();
    await page.locator('.view-lines').getByText('the charge failed').first().waitFor();
    assert.equal(
      await workbench().copyEditorText(),
      'Error: the charge failed\n    at chargeRequest (src/services/payment.js:47:30)',
    );
    await panel().open();
  });

  it('is out of tree and panel once it is removed', async () => {
    await panel()
      .step(1)
      .getByRole('button', { name: /^Remove E\d+, Clipboard$/ })
      .click();
    await workbench().treeItem('Evidence', 'Clipboard').waitFor({ state: 'detached' });
    const row = workbench().treeItem('Evidence', 'src/routes/checkout.js');
    await row.hover();
    await row.getByRole('button', { name: 'Remove Evidence' }).click();
    await row.waitFor({ state: 'detached' });
    await pending().getByText('src/routes/checkout.js, lines').waitFor({ state: 'detached' });
  });

  it('goes out as it was added, in its order, without what was removed', async () => {
    assert.equal(scene.claude.requests().length, 0);
    await panel().ask(1);
    await panel().untilAnswered(1);
    const blocks = sentTexts(scene.claude.requests()[0]).slice(0, -1);
    const titles = blocks.map((block) => / title="([^"]*)"/.exec(block)?.[1]?.replace(/^printf.*, /, 'printf …, '));
    assert.deepEqual(titles, [
      'Error message',
      'error.log, last 50 lines',
      'error.log, digest: 171 errors, 37 warnings',
      'stack.log, last 30 lines',
      'src/services/payment.js, lines 1 to 3',
      'printf …, exit code 3',
    ]);
    assert.equal(sentLines(blocks[3] ?? ''), await stackTail());
    const terminal = sentLines(blocks[5] ?? '').split('\n');
    assert.match(terminal[0] ?? '', /^\$ printf /);
    assert.deepEqual(terminal.slice(1), ['checkout failed: gateway-timeout']);
  });

  it('comes from the selection of a terminal without shell integration, and says why when there is none', async () => {
    await workbench().command('Terminal: Kill the Active Terminal Instance');
    await workbench().changeSettings({ 'terminal.integrated.shellIntegration.enabled': false });
    await workbench().runInTerminal('echo plain-$((40 + 2))');
    await inTerminal().getByText('plain-42', { exact: true }).waitFor();
    await workbench().command('Incident: Add Terminal Output as Evidence');
    const refused = /cannot be read: its shell has no shell integration, and nothing is selected in it/;
    await workbench().notifications().filter({ hasText: refused }).first().waitFor();
    await workbench().command('Notifications: Clear All Notifications');
    await workbench().command('Terminal: Select All');
    await workbench().command('Incident: Add Terminal Output as Evidence');
    await inTree('Selection in bash');
    await workbench().openContainer('Incident');
    await workbench().treeItem('Evidence', 'Selection in bash').click();
    await workbench().tab('Selection in bash.log').waitFor();
    assert.match(await workbench().copyEditorText(), /^plain-42$/m);
  });

  it('comes from the menu of a terminal', async () => {
    await workbench().runInTerminal('echo menu-$((40 + 3))');
    await inTerminal().getByText('menu-43', { exact: true }).waitFor();
    const screen = inTerminal().locator('.xterm-screen');
    const word = { x: 20, y: 8 };
    await screen.dblclick({ position: word, force: true });
    await screen.click({ position: word, force: true, button: 'right' });
    await workbench().page.getByRole('menuitem', { name: 'Add Terminal Selection as Evidence' }).hover();
    await workbench().page.keyboard.press('Enter');
    await workbench().openContainer('Incident');
    const both = workbench().treeItem('Evidence', 'Selection in bash');
    await both.nth(1).waitFor();
    await inTerminal().locator('.xterm-screen').click({ button: 'right' });
    await workbench().page.getByRole('menuitem', { name: 'Add Terminal Output as Evidence' }).waitFor();
    await workbench().page.keyboard.press('Escape');
  });

  it('comes from the menu of a failed test, in the list of tests and in the results', async () => {
    const { page } = workbench();
    await workbench().command('Test: Run All Tests');
    const result = page.locator('.test-output-peek-tree').getByRole('treeitem', { name: /^It did not charge/ });
    await result.waitFor();
    await workbench().contextMenu(result, 'Add to Incident');
    await inTree('Failed test: checkout > charges an order');
    await workbench().command('View: Show Testing');
    const test = page.locator('.test-explorer').getByRole('treeitem', { name: /charges an order/ });
    const suite = page.locator('.test-explorer').getByRole('treeitem', { name: /checkout/ });
    await suite.first().waitFor();
    if (!(await test.isVisible())) await suite.first().locator('.monaco-tl-twistie').click();
    await workbench().contextMenu(test, 'Add to Incident');
    await workbench().openContainer('Incident');
    await workbench().shownTreeItem('Evidence', 'Failed test: checkout > charges an order', 1);
  });

  it('comes from the row of a failed test that shares it with its only message', async () => {
    await workbench().command('Test: Run All Tests');
    await workbench().command('Test Results: Focus on Test Results View');
    const rows = workbench().page.locator('.part.panel').getByRole('treeitem');
    await workbench().contextMenu(rows.filter({ hasText: 'ships an order' }).first(), 'Add to Incident');
    await inTree('Failed test: checkout > ships an order');
  });

  it('comes from a problem, by the palette and at its lightbulb', async () => {
    const { page } = workbench();
    await writeFile(join(scene.folder, 'flags.json'), '{ "charge": tru }\n');
    await workbench().openFile('flags.json');
    await page.locator('.editor-instance .squiggly-error').first().waitFor();
    await page.locator('.editor-instance .view-lines').getByText('tru', { exact: true }).click();
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget').getByText('Add to Incident').click();
    await inTree('Problem in flags.json');
    await workbench().command('Incident: Add Problems as Evidence');
    await page.locator('.quick-input-list').getByText('flags.json:1').waitFor();
    await page.keyboard.press('Enter');
    await workbench().shownTreeItem('Evidence', 'Problem in flags.json', 1);
  });

  it('comes from a program that is debugged, offered at the first error that it prints, once', async () => {
    await writeCharge();
    await workbench().command('Debug: Start Without Debugging');
    const offer = workbench().notifications().filter({ hasText: '“Charge” has printed an error.' });
    await offer.first().waitFor();
    assert.equal(await offer.count(), 1);
    await offer.getByRole('button', { name: 'Add to Incident' }).click();
    await inTree('Debug console: Charge');
    await offer.waitFor({ state: 'detached' });
  });

  it('comes from the exception that the debugger has stopped at, offered in a notification', async () => {
    const { page } = workbench();
    await writeCharge();
    await workbench().command('Run and Debug: Focus on Breakpoints View');
    const uncaught = page.locator('.debug-breakpoints .monaco-list-row').filter({ hasText: 'Uncaught Exceptions' });
    await uncaught.getByRole('checkbox').check();
    await workbench().command('Debug: Start Debugging');
    const offer = workbench().notifications().filter({ hasText: '“Charge” has stopped at an exception.' });
    await offer.getByRole('button', { name: 'Add to Incident' }).click();
    await inTree('Error: no key is set');
    await workbench().command('Debug: Stop');
  });

  /** A program that dies of an error, and the configuration that it is debugged by. */
  async function writeCharge(): Promise<void> {
    const program = 'function charge() {\n  throw new Error("no key is set");\n}\ncharge();\n';
    await writeFile(join(scene.folder, 'charge.js'), program);
    await mkdir(join(scene.folder, '.vscode'), { recursive: true });
    const configurations = [
      { type: 'node', request: 'launch', name: 'Charge', program: '${workspaceFolder}/charge.js' },
    ];
    await writeFile(join(scene.folder, '.vscode/launch.json'), JSON.stringify({ version: '0.2.0', configurations }));
  }

  async function stackTail(): Promise<string> {
    const lines = (await readFile(join(scene.folder, 'var/log/app/stack.log'), 'utf8')).trimEnd().split('\n');
    return lines.slice(-30).join('\n');
  }
});
