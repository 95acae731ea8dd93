import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { accessibilityViolations } from '../support/accessibility.ts';
import { startClaudeGate } from '../support/claudeGate.ts';
import type { ClaudeGate } from '../support/claudeGate.ts';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { useWorkbench } from '../support/use-workbench.ts';

const themes = ['Light Modern', 'Default High Contrast', 'Default High Contrast Light', 'Dark Modern'];

describe('the panel, for everybody', () => {
  let scene: DemoScene;
  let gate: ClaudeGate;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    gate = await startClaudeGate(scene.claude.url);
    return {
      folder: scene.folder,
      env: { ...scene.env, ANTHROPIC_BASE_URL: gate.url },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    await gate.stop();
    await scene.dispose();
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const inside = async (): Promise<Frame> => {
    const body = await panel().frame.locator('body').elementHandle();
    const frame = await body.ownerFrame();
    if (frame === null) throw new Error('The panel has no frame.');
    return frame;
  };
  const violations = async (): Promise<readonly string[]> => accessibilityViolations(await inside());
  /** What is wrong in each theme, with every step open that can be. */
  const violationsInAllThemes = async (): Promise<Record<string, readonly string[]>> => {
    for (let step = 1; step <= 7; step += 1) await panel().unfold(step);
    const found: Record<string, readonly string[]> = {};
    for (const theme of themes) {
      await workbench().setTheme(theme);
      const wrong = await violations();
      if (wrong.length > 0) found[theme] = wrong;
    }
    return found;
  };

  it('has no violation at the start, in any theme', async () => {
    await panel().open();
    await panel()
      .step(1)
      .getByRole('button', { name: /^Add last 50 lines of .*error\.log/ })
      .waitFor();
    assert.deepEqual(await violationsInAllThemes(), {});
  });

  it('has none in the middle of an incident', async () => {
    await panel().addFoundLog('error.log');
    await panel().ask(1);
    await panel().untilAnswered(1);
    const file = await workbench().explorerItem('src/services/payment.js');
    await workbench().contextMenu(file, 'Add to Incident as Suspect');
    await panel().ask(2);
    await panel().untilAnswered(2);
    await panel().step(1).getByRole('checkbox').first().click();
    await panel().unfold(3);
    await panel().step(3).getByRole('button', { name: 'Skip…' }).click();
    assert.deepEqual(await violationsInAllThemes(), {});
  });

  it('has none after a failure', async () => {
    gate.refuse({ status: 401, type: 'authentication_error', message: 'invalid x-api-key' });
    await panel().ask(4);
    await panel()
      .replies(4)
      .last()
      .getByText(/ refused the API key /)
      .waitFor();
    assert.deepEqual(await violationsInAllThemes(), {});
  });

  it('has trees whose items say what they show', async () => {
    await workbench().openContainer('Incident');
    await workbench()
      .treeItem('Checklist', /^1 Orient$/)
      .waitFor();
    await workbench().treeItem('Suspects', 'payment.js').waitFor();
    await workbench().treeItem('Evidence', 'error.log, last 50 lines').waitFor();
    const names = async (view: string): Promise<(string | null)[]> => {
      const rows = workbench().view(view).locator('.monaco-list-row');
      return rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')));
    };
    const [orient, files, ...others] = await names('Checklist');
    assert.equal(orient, '1 Orient');
    assert.match(files ?? '', /^2 Three files/);
    assert.equal(others.length, 5);
    assert.deepEqual(await names('Suspects'), ['payment.js, origin · src/services/payment.js']);
    assert.match((await names('Evidence'))[0] ?? '', /^error\.log, last 50 lines, E1 · 50 lines · .*sent$/);
    const box = workbench().treeItem('Checklist', '1 Orient').getByRole('checkbox');
    assert.equal(await box.getAttribute('aria-label'), '1 Orient');
    assert.equal(await box.getAttribute('aria-checked'), 'true');
  });
});
