import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

describe('incidents', () => {
  let scene: DemoScene;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    return { folder: scene.folder, env: scene.env, viewport: { width: 1400, height: 1000 } };
  });
  after(() => scene.dispose());
  const panel = (): PanelPage => new PanelPage(workbench());
  const title = (name: string | RegExp) => panel().frame.getByRole('heading', { level: 1, name });
  const journals = async (): Promise<string[]> => {
    const folder = join(workbench().globalStorage, 'incident-panel.incident-panel', 'incidents');
    return (await readdir(folder))
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(folder, name))
      .sort();
  };

  it('say on every reply, above all of them and in what was sent that replies are demo replies', async () => {
    await panel().open();
    await panel().addErrorText('TypeError: Cannot read property stripe_key of undefined');
    await panel().ask(1);
    await panel().untilAnswered(1);
    await panel().followUp(1, 'Since the deploy.');
    await panel().untilAnswered(1, 2);
    await panel().frame.getByRole('note').getByText('Demo replies.', { exact: true }).waitFor();
    for (const reply of await panel().replies(1).all()) {
      assert.equal(await reply.getByText('Demo reply', { exact: true }).isVisible(), true);
    }
    await panel().frame.getByRole('button', { name: 'What was sent (2)' }).click();
    await workbench().tab('What was sent.txt').waitFor();
    assert.equal((await workbench().copyEditorText()).match(/^to .*, demo replies$/gm)?.length, 2);
  });

  it('are renamed from the palette and in the panel; tab and tree follow', async () => {
    await panel().open();
    await workbench().command('Incident: Rename Incident');
    await workbench().quickInput().fill('Checkout answers 500');
    await workbench().page.keyboard.press('Enter');
    await title('Checkout answers 500').waitFor();
    await workbench().tab('Incident: Checkout answers 500').waitFor();
    await panel().frame.getByRole('button', { name: 'Rename the incident' }).click();
    await panel().frame.getByRole('textbox', { name: 'Title of the incident' }).fill('Nobody can pay');
    await panel().frame.getByRole('button', { name: 'Rename', exact: true }).click();
    await title('Nobody can pay').waitFor();
    await workbench().openContainer('Incident');
    await workbench().view('Checklist').getByText('Nobody can pay', { exact: true }).waitFor();
  });

  it('start anew beside the ones before', async () => {
    await workbench().command('Incident: Start New Incident');
    await title('New incident').waitFor();
    await panel().addErrorText('Error: session lost');
    await title(/session lost/).waitFor();
    assert.equal((await journals()).length, 2);
    assert.equal(await panel().replies(1).count(), 0);
  });

  it('are switched, each with all that is its own', async () => {
    await workbench().command('Incident: Switch Incident');
    await workbench().pick('Nobody can pay');
    await title('Nobody can pay').waitFor();
    assert.equal(await (await panel().unfold(1)).getByRole('article').count(), 2);
    await workbench().openContainer('Incident');
    assert.equal(await workbench().view('Evidence').locator('.monaco-list-row').count(), 1);
    await panel().frame.getByRole('button', { name: 'Switch Incident' }).click();
    await workbench()
      .page.locator('.quick-input-list')
      .getByText(/session lost/)
      .first()
      .click();
    await title(/session lost/).waitFor();
    assert.equal(await panel().replies(1).count(), 0);
  });

  it('are resolved and reopened', async () => {
    await workbench().command('Incident: Resolve Incident');
    await panel()
      .frame.getByText(/^Resolved at /)
      .waitFor();
    await workbench().command('Incident: Switch Incident');
    const entry = workbench()
      .page.locator('.quick-input-list')
      .getByRole('option', { name: /session lost.*resolved/ });
    await entry.waitFor();
    await workbench().page.keyboard.press('Escape');
    await workbench().command('Incident: Reopen Incident');
    await panel()
      .frame.getByText(/^Resolved at /)
      .waitFor({ state: 'detached' });
  });

  it('come back to the one that was open when the window is reloaded', async () => {
    await workbench().reload();
    await panel().open();
    await title(/session lost/).waitFor();
  });

  it('have one tab, also where the editor kept theirs in the background across a reload', async () => {
    const tabs = workbench().page.locator('.tabs-container .tab', { hasText: /^Incident/ });
    await workbench().openFile('src/services/payment.js');
    // The command keeps the layout; a page that is reloaded at once may come back with an older one.
    await workbench().reopenedBy(() => workbench().command('Developer: Reload Window'));
    await workbench().tab('payment.js').and(workbench().page.locator('[aria-selected="true"]')).waitFor();
    await until('the tab is kept', async () => (await tabs.count()) === 1);
    await panel().open();
    await title(/session lost/).waitFor();
    await until('there is one tab', async () => (await tabs.count()) === 1);
  });

  it('come back to the one that was switched to, although the window is gone the next moment', async () => {
    await workbench().command('Incident: Switch Incident');
    await workbench().pick('Nobody can pay');
    await title('Nobody can pay').waitFor();
    await workbench().reload();
    await panel().open();
    await title('Nobody can pay').waitFor();
  });

  it('lose only the line that is damaged in a journal, keep it aside, and say so', async () => {
    const [path = ''] = await journals();
    const lines = (await readFile(path, 'utf8')).split('\n');
    const delta = lines.findIndex((line) => line.includes('"replyDelta"'));
    assert.ok(delta > 0, 'the journal has no reply');
    const damaged = (lines[delta] ?? '').slice(0, 20);
    lines[delta] = damaged;
    await writeFile(path, lines.join('\n'));
    await workbench().reload();
    await panel().open();
    await title('Nobody can pay').waitFor();
    await panel().frame.getByText('1 line of this incident’s record could not be read.').waitFor();
    assert.equal(await (await panel().unfold(1)).getByRole('article').count(), 2);
    const aside = await readFile(path.replace(/\.jsonl$/, '.bad-lines.txt'), 'utf8');
    assert.equal(aside, `${damaged}\n`);
  });

  it('go on after a damaged line as if nothing had been', async () => {
    await panel().followUp(1, 'Still the same.');
    await panel().untilAnswered(1, 3);
    await workbench().reload();
    await panel().open();
    await until(
      'all three replies are back',
      async () => (await (await panel().unfold(1)).getByRole('article').count()) === 3,
    );
  });
});
