import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { demoScene, PanelPage, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** The demo's fix changes these two files, and its test is a new one. */
const config = 'config/index.js';
const server = 'src/server.js';
const test = 'test/production-environment.test.js';
const fixedLine = 'process.env.PAYMENTS_STRIPE_KEY || process.env.STRIPE_KEY';

describe('a fix, applied in a window', function () {
  this.timeout(120_000);
  let scene: DemoScene;
  let original = '';
  let head = '';
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    original = await text(config);
    head = git('rev-parse', 'HEAD');
    return {
      folder: scene.folder,
      env: scene.env,
      settings: { 'incidentPanel.watch.minutes': 0.3, 'files.autoSave': 'off' },
    };
  });
  after(() => scene.dispose());

  const panel = (): PanelPage => new PanelPage(workbench());
  const text = (path: string): Promise<string> => readFile(join(scene.folder, path), 'utf8');
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: scene.folder, encoding: 'utf8' }).trim();
  const isThere = (path: string): Promise<boolean> =>
    access(join(scene.folder, path)).then(
      () => true,
      () => false,
    );
  /** The editor's own preview of a refactoring. */
  const preview = (): Locator => workbench().page.locator('.bulk-edit-panel');
  const previewButton = (name: string): Locator => preview().getByRole('button', { name, exact: true });
  const fixStep = async (): Promise<Locator> => {
    await panel().open();
    return panel().unfold(6);
  };

  /** Presses a button of the question beside the diff. */
  const answer = (name: string): Promise<void> =>
    workbench().notifications().getByRole('button', { name, exact: true }).click();

  async function apply(): Promise<void> {
    const step = await fixStep();
    await step.getByLabel('Why the fix is applied without a proof').fill('Production is down; the suite is green.');
    await step.getByRole('button', { name: 'Preview and Apply…' }).click();
  }

  it('is told where it does not fit, changes nothing, and Claude is asked to mend it with the lines as they are', async () => {
    await panel().open();
    await panel().ask(6);
    await panel().untilAnswered(6);
    const changed = original.replace(
      'stripe_key: process.env.PAYMENTS_STRIPE_KEY',
      'stripe_key:  process.env.OTHER_KEY',
    );
    assert.notEqual(changed, original);
    await writeFile(join(scene.folder, config), changed);
    await apply();
    const step = panel().step(6);
    await step.getByText(/replaces a text that is not in the file; nearest to it/).waitFor();
    assert.equal(await text(config), changed);
    assert.equal(await isThere(test), false);
    await step.getByRole('button', { name: 'Ask Claude to Mend the Edits' }).click();
    await panel().untilAnswered(6, 2);
    const sent = sentTexts(scene.claude.requests().at(-1)).slice(-2).join('\n');
    assert.match(sent, /The edits of your fix do not fit the files as they are now/);
    assert.doesNotMatch(sent, /OTHER_KEY/, 'no file beyond the suspects goes out before the hypotheses');
    await writeFile(join(scene.folder, config), original);
  });

  it('changes nothing when the preview of each change is discarded, or applied with nothing ticked', async () => {
    await apply();
    await answer('Confirm Each Change…');
    await previewButton('Discard').click();
    await preview().waitFor({ state: 'hidden' });
    assert.equal(await text(config), original);
    assert.equal(await isThere(test), false);
    assert.equal(git('status', '--porcelain'), '');
  });

  it('is one edit, on top of what is not saved, and commits nothing', async () => {
    await workbench().openFile(server);
    await workbench().page.locator('.editor-instance .view-lines').first().click();
    await workbench().page.keyboard.press('Control+Home');
    await workbench().page.keyboard.type('// Mine, not saved.\n');
    const unsaved = await text(server);
    await apply();
    await workbench()
      .notifications()
      .getByText('Your unsaved changes stay in src/server.js', { exact: false })
      .waitFor();
    await answer('Apply');
    await until('the new test is there', () => isThere(test), 30_000);
    await until('the configuration is saved', async () => (await text(config)).includes(fixedLine), 30_000);
    assert.equal(await text(server), unsaved, 'what the user has not saved is not saved for them');
    await workbench().openFile(server);
    const shown = await workbench().copyEditorText();
    assert.match(shown, /^\/\/ Mine, not saved\./);
    assert.match(shown, /PAYMENTS_STRIPE_KEY is not set: not starting/);
    assert.equal(git('rev-parse', 'HEAD'), head);
    const step = await fixStep();
    await step.getByText('to 3 files, as one edit', { exact: false }).waitFor();
    await step.getByText('Not proved. Production is down; the suite is green.').first().waitFor();
  });

  it('goes onto a branch and has a commit message at a click, still without a commit', async () => {
    const step = await fixStep();
    await step.getByRole('button', { name: /^Create Branch incident\// }).click();
    await until('the branch is there', async () => git('branch', '--show-current').startsWith('incident/'), 30_000);
    assert.equal(git('rev-parse', 'HEAD'), head);
    assert.ok((await text(config)).includes(fixedLine));
    await step.getByRole('button', { name: 'Use Commit Message' }).click();
    await workbench().openContainer('Source Control');
    await workbench().page.locator('.scm-editor').getByText('Fix:', { exact: false }).first().waitFor();
    assert.equal(git('rev-parse', 'HEAD'), head);
  });

  it('is taken back by one undo, and the panel sees it', async () => {
    await workbench().openFile(config);
    await workbench().page.locator('.editor-instance .view-lines').first().click();
    await workbench().page.keyboard.press('Control+z');
    await until('the new test is gone', async () => !(await isThere(test)), 30_000);
    assert.equal((await workbench().copyEditorText()).replaceAll('\r\n', '\n'), original);
    await workbench().openFile(server);
    const shown = await workbench().copyEditorText();
    assert.match(shown, /^\/\/ Mine, not saved\./);
    assert.doesNotMatch(shown, /not starting/);
    const step = await fixStep();
    await step.getByText('It was applied, and undone at', { exact: false }).waitFor();
  });

  it('is watched after the deploy: reminded of in the status bar, and resolved when all is ok', async () => {
    await panel().open();
    await panel().ask(7);
    await panel().untilAnswered(7);
    const step = panel().step(7);
    await step.getByRole('button', { name: 'Start the Watch' }).click();
    const status = workbench().page.locator('.statusbar-item', { hasText: /\d of \d ok/ });
    await status.waitFor();
    await step.getByText(/^0:\d\d left\.$/).waitFor();
    await workbench().reload();
    await panel().open();
    await panel().unfold(7);
    await status.waitFor();
    const monitors = await step.getByRole('group', { name: /^How is / }).count();
    assert.ok(monitors > 0);
    await step
      .getByRole('button', { name: /^Worse: / })
      .first()
      .click();
    await step.getByText('A monitor is worse.').waitFor();
    await step.getByRole('button', { name: 'Type It into a Terminal' }).click();
    const rows = workbench().page.locator('.terminal-wrapper.active .xterm-rows');
    await until('the command is typed', async () => /rollback\.sh/.test(await rows.innerText()), 30_000);
    await panel().open();
    for (let index = 0; index < monitors; index += 1) {
      await step.getByRole('button', { name: /^OK: / }).nth(index).click();
      await step.getByText(new RegExp(`\\(${index + 1} of ${monitors} ok\\)`)).waitFor();
    }
    await step.getByText('The time is up.', { exact: false }).waitFor();
    await step.getByRole('button', { name: 'Resolve Incident' }).click();
    await status.waitFor({ state: 'detached' });
  });
});
