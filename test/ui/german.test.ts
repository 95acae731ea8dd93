import assert from 'node:assert/strict';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

describe('the extension in a German editor', function () {
  this.timeout(120_000);
  let scene: DemoScene;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    return { folder: scene.folder, env: scene.env, language: 'de' };
  });
  after(() => scene.dispose());

  it('has German commands and views', async () => {
    await workbench().command('Incident: Panel öffnen');
    await workbench().openContainer('Incident');
    for (const view of ['Checkliste', 'Verdächtige Dateien', 'Belege']) await workbench().view(view).waitFor();
    await workbench().treeItem('Checkliste', '1 Überblick').waitFor();
  });

  it('has a German panel, status bar and messages', async () => {
    const { frame } = new PanelPage(workbench());
    await frame.getByRole('heading', { name: '1 Überblick' }).waitFor();
    assert.equal(await frame.locator('html').getAttribute('lang'), 'de');
    const status = workbench().page.locator('.statusbar-item[aria-label*="von 7 Schritten"]');
    await status.first().waitFor();
    await workbench().clipboard('');
    await workbench().command('Incident: Zwischenablage als Beleg hinzufügen');
    await workbench().notifications().filter({ hasText: 'Die Zwischenablage enthält keinen Text.' }).waitFor();
  });

  it('asks Claude in English all the same', async () => {
    const { frame } = new PanelPage(workbench());
    const step = frame.getByRole('region', { name: /^1 / });
    await step.getByLabel('Fügen Sie hier den Fehler ein').fill('TypeError: Cannot read properties of undefined');
    await step.getByRole('button', { name: 'Hinzufügen', exact: true }).click();
    await step.getByRole('button', { name: 'Claude fragen' }).click();
    await until('a question has arrived', async () => scene.claude.requests().length > 0);
    const sent = JSON.stringify(scene.claude.requests()[0]);
    assert.match(sent, /Step 1/);
    assert.doesNotMatch(sent, /Überblick|Fehlermeldung|Beleg/);
  });
});
