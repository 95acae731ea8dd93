import assert from 'node:assert/strict';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoScene, PanelPage, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

describe('what the steps offer beside asking', () => {
  let scene: DemoScene;
  const ownRules = '# Our service\n\nAlways be kind.\n';
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    await writeFile(join(scene.folder, 'CLAUDE.md'), ownRules);
    return { folder: scene.folder, env: scene.env, viewport: { width: 1400, height: 1000 } };
  });
  after(() => scene.dispose());
  const panel = (): PanelPage => new PanelPage(workbench());
  const requests = () => scene.claude.requests().filter(({ path }) => path.startsWith('/v1/messages'));
  const tab = (name: RegExp) => workbench().page.getByRole('tab', { name });

  it('copies a step with its evidence as a prompt for any other client, without the tools of the panel', async () => {
    await panel().open();
    await panel().addFoundLog('error.log');
    await panel().step(1).getByText('E1', { exact: false }).first().waitFor();
    await workbench().clipboard('');
    await panel()
      .step(1)
      .getByRole('button', { name: /Copy as Prompt/ })
      .click();
    let copied = '';
    await until('the prompt is on the clipboard', async () => {
      copied = await workbench().page.evaluate(() => navigator.clipboard.readText());
      return copied !== '';
    });
    assert.match(copied, /<evidence-[0-9a-f]{24} id="E1" title="error\.log, last 50 lines"/);
    assert.match(copied, /Start by telling me: \(1\) what's actually failing/);
    assert.doesNotMatch(copied, /record_orientation|Bearer [\w.-]{8,}/);
    assert.equal(requests().length, 0);
  });

  it('takes the regression diff from the baseline that is chosen', async () => {
    const file = await workbench().explorerItem('config/index.js');
    await workbench().contextMenu(file, 'Add to Incident as Suspect');
    const step = await panel().unfold(5);
    await step
      .getByRole('button', { name: /Change/ })
      .first()
      .click();
    await workbench()
      .page.locator('.quick-input-list')
      .getByRole('option')
      .filter({ hasText: 'v2.18.1' })
      .first()
      .click();
    await step
      .getByText(/v2\.18\.1/)
      .first()
      .waitFor();
    await panel().ask(5);
    await panel().untilAnswered(5);
    const sent = sentTexts(requests().at(-1)).join('\n');
    assert.match(sent, /title="Changes since v2\.18\.1, 1 file"/);
    assert.match(sent, /-\s+payments: \{ stripe_key: process\.env\.STRIPE_KEY \},/);
  });

  it('opens a culprit commit in the diff editor', async () => {
    await panel()
      .step(5)
      .getByRole('button', { name: /Open Diff/ })
      .first()
      .click();
    await tab(/^Commit f2c706c/).waitFor();
    await panel().open();
  });

  it('opens the proposed fix in the diff editor, and changes no file by it', async () => {
    const before = await readFile(join(scene.folder, 'config/index.js'), 'utf8');
    await panel().ask(6);
    await panel().untilAnswered(6);
    await panel()
      .step(6)
      .getByRole('button', { name: /Open as Diff/ })
      .first()
      .click();
    await tab(/^Proposed fix \(not applied\)/).waitFor();
    assert.equal(await readFile(join(scene.folder, 'config/index.js'), 'utf8'), before);
    await panel().open();
  });

  it('keeps the reason of a step that is skipped', async () => {
    const step = await panel().unfold(4);
    await step.getByRole('button', { name: /Skip/ }).click();
    await step.getByRole('textbox', { name: /skip|reason/i }).fill('Production has no environment of its own.');
    await step.getByRole('button', { name: 'Skip the step' }).click();
    await workbench().openContainer('Incident');
    await workbench()
      .treeItem('Checklist', /^4 Environment check, skipped: Production has no/)
      .waitFor();
  });

  it('adds the debugging protocol to CLAUDE.md after showing the change, and touches no other text', async () => {
    await workbench().command('Incident: Add Debugging Protocol to CLAUDE.md');
    await tab(/CLAUDE\.md: add the debugging protocol/).waitFor();
    assert.equal(await readFile(join(scene.folder, 'CLAUDE.md'), 'utf8'), ownRules);
    await workbench().notifications().getByRole('button', { name: 'Add the Section' }).click();
    const written = async (): Promise<string> => readFile(join(scene.folder, 'CLAUDE.md'), 'utf8');
    await until('CLAUDE.md has the section', async () =>
      (await written()).includes('## Production Debugging Protocol'),
    );
    assert.ok((await written()).startsWith(ownRules));
    assert.match(await written(), /- Rollback command: \.\/scripts\/rollback\.sh \[version\]\n$/);
  });

  it('reads the protocol where Claude Code reads it too: in .claude/CLAUDE.md', async () => {
    await mkdir(join(scene.folder, '.claude'), { recursive: true });
    await rename(join(scene.folder, 'CLAUDE.md'), join(scene.folder, '.claude', 'CLAUDE.md'));
    await workbench().reload();
    await panel().open();
    const step = await panel().unfold(7);
    await step.getByText('./scripts/rollback.sh [version]', { exact: true }).waitFor();
    await workbench().command('Incident: Add Debugging Protocol to CLAUDE.md');
    await workbench()
      .notifications()
      .getByText('.claude/CLAUDE.md has the section “Production Debugging Protocol” already.')
      .waitFor();
  });
});
