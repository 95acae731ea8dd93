import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { PanelPage } from '../support/incidentWindow.ts';
import { installedFolder } from '../support/installedFolder.ts';
import { packageVsix } from '../support/packagedVsix.ts';
import type { PackagedVsix } from '../support/packagedVsix.ts';
import { workThroughSevenSteps } from '../support/sevenSteps.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** Bytes of the VSIX: what everybody downloads. */
const largestVsix = 1_000_000;

describe('the VSIX, installed where there is no key', function () {
  this.timeout(300_000);
  let vsix: PackagedVsix;
  /** Who would hear of it if anything were asked after all. */
  let heard = 0;
  const listener = createServer((_, response) => {
    heard += 1;
    response.writeHead(500).end();
  });
  const workbench = useWorkbench(async () => {
    vsix = await packageVsix();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    assert.ok(address !== null && typeof address === 'object');
    const proxy = `http://127.0.0.1:${address.port}`;
    return {
      vsix: vsix.path,
      env: {
        ANTHROPIC_API_KEY: undefined,
        INCIDENT_PANEL_DEMO_REPLIES: undefined,
        ANTHROPIC_BASE_URL: proxy,
        HTTP_PROXY: proxy,
        HTTPS_PROXY: proxy,
      },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    listener.close();
    await vsix.dispose();
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const proof = () => panel().step(6).getByRole('group', { name: 'Proof' });

  it('is made without a warning, and is no larger than it has to be', async () => {
    assert.match(vsix.output, /Packaged: /);
    assert.doesNotMatch(vsix.output, /warn/i);
    const { size } = await stat(vsix.path);
    assert.ok(size <= largestVsix, `it has ${size} bytes`);
  });

  it('is what all other tests in this folder have installed: nothing of the project but what ships', async () => {
    const folder = installedFolder();
    const shipped = await readdir(folder);
    assert.ok(shipped.includes('dist') && shipped.includes('package.json'), shipped.join(', '));
    for (const name of ['src', 'test', 'webview', 'node_modules', 'scripts'])
      assert.ok(!shipped.includes(name), `${name} is in ${folder}`);
  });

  it('is introduced on its page among the extensions, without a picture that is broken', async () => {
    await workbench().command('Extensions: Show Installed Extensions');
    await workbench().page.locator('.extensions-list').getByText('Incident Panel', { exact: true }).first().click();
    const page = workbench().panelFrame();
    await page.getByText('Production is down and it is 02:47').waitFor();
    assert.equal(await page.locator('img').count(), 0);
    await workbench().command('View: Close All Editors');
  });

  it('has a welcome with buttons where nothing is there yet', async () => {
    await workbench().openContainer('Incident');
    const buttons: readonly (readonly [string, readonly string[]])[] = [
      ['Checklist', ['Open Incident Panel', 'Open an Earlier Incident', 'Start Demo Incident', 'Get Started']],
      ['Suspects', ['Add the Active Editor']],
      ['Evidence', ['Add Log File', 'Add Terminal Output', 'Add Clipboard']],
    ];
    for (const [view, names] of buttons)
      for (const name of names) await workbench().view(view).getByRole('button', { name }).waitFor();
  });

  it('introduces itself in four steps with pictures, and leads to where a key is made', async () => {
    const { page } = workbench();
    await workbench().view('Checklist').getByRole('button', { name: 'Get Started' }).click();
    const guide = page.locator('.gettingStartedContainer');
    for (const title of [
      'Give it the error first',
      'Know what leaves your machine',
      'Set your API key',
      'Try a demo incident',
    ])
      await guide.getByText(title, { exact: true }).first().waitFor();
    await guide.getByText('Try a demo incident', { exact: true }).first().click();
    await guide.getByRole('button', { name: 'Start Demo Incident' }).first().waitFor();
    await guide.getByText('Set your API key', { exact: true }).first().click();
    await guide.getByText('Anthropic’s console').first().waitFor();
  });

  it('starts the demo from the last step: asks before it writes and opens it, and begins its incident there', async () => {
    const guide = workbench().page.locator('.gettingStartedContainer');
    await guide.getByText('Try a demo incident', { exact: true }).first().click();
    await guide.getByRole('button', { name: 'Start Demo Incident' }).first().click();
    await workbench().pick('Every checkout fails after a release');
    const dialog = workbench().page.getByRole('dialog');
    await dialog.getByText(/nothing goes to the network/).waitFor();
    await workbench().reopenedBy(() => dialog.getByRole('button', { name: 'Open in This Window' }).click());
    await panel().step(1).waitFor();
    await panel().frame.getByText('Demo: Every checkout fails after a release').first().waitFor();
    assert.equal(await (await workbench().explorerItem('CLAUDE.md')).isVisible(), true);
  });

  it('says that it is a demo, and that nothing goes to the network, before anything is asked', async () => {
    const banner = panel().frame.locator('.demo-banner');
    await banner.getByText(/canned examples.*Nothing goes to the network\./s).waitFor();
    await panel().frame.getByText('nothing goes to the network', { exact: true }).waitFor();
  });

  it('is worked by the keyboard: the next step, asking, and its state in the status bar', async () => {
    const { page } = workbench();
    const status = page.locator('.statusbar-item', { hasText: /0\/7 · demo/ });
    await status.waitFor();
    await status.hover();
    const hover = page.locator('.workbench-hover-container');
    for (const words of ['1 Orient', '7 Blast radius', 'nothing goes to the network'])
      await hover.getByText(words).first().waitFor();
    await hover.getByRole('link', { name: '4 Environment check' }).click();
    await panel().step(4).locator('.step-toggle[aria-expanded=true]').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('g');
    await panel().step(1).locator('.step-toggle[aria-expanded=true]').waitFor();
  });

  it('is worked through all seven steps, each reply marked as a demo reply', async () => {
    await workThroughSevenSteps(panel());
    await panel().frame.getByText('7 of 7 steps').first().waitFor();
    for (let step = 1; step <= 7; step += 1) {
      await panel().unfold(step);
      await panel().replies(step).last().getByText('Demo reply').waitFor();
    }
  });

  it('says in the preview of a question, too, that nothing goes to the network', async () => {
    const step = await panel().unfold(7);
    await step.getByRole('button', { name: 'Preview what is sent', exact: true }).click();
    await workbench().tab('Step 7 Blast radius, what is sent.txt').waitFor();
    assert.match(await workbench().copyEditorText(), /recorded replies answer, and nothing goes to the network/);
    await workbench().command('View: Close Editor');
    await panel().step(1).waitFor();
  });

  it('proves the fix with the project’s own tests', async () => {
    await panel().unfold(6);
    await proof().getByRole('button', { name: 'Prove…' }).click();
    await proof().getByRole('button', { name: 'Run', exact: true }).click();
    await proof()
      .getByRole('heading', { name: 'Proved: red without the fix, green with it' })
      .waitFor({ timeout: 240_000 });
  });

  it('says in the record that no model has answered', async () => {
    await workbench().command('Incident: Export Postmortem');
    await workbench()
      .page.getByRole('tab', { name: /Untitled|Postmortem/ })
      .first()
      .waitFor();
    assert.match(await workbench().copyEditorText(), /Every reply in this incident is a canned demo reply/);
  });

  it('is there again after a reload, still answered by the demo', async () => {
    await workbench().reload();
    await workbench().command('Incident: Open Panel');
    await panel().frame.getByText('7 of 7 steps').first().waitFor();
    await panel().followUp(1, 'Would a roll back help?');
    await panel().untilAnswered(1, 2);
    await panel().replies(1).last().getByText('v2.18.1').first().waitFor();
  });

  it('has asked nobody', () => {
    assert.equal(heard, 0);
  });
});
