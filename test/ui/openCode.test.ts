import assert from 'node:assert/strict';
import { accessibilityViolations } from '../support/accessibility.ts';
import { ClaudeServer, reply, streamed } from '../support/claudeServer.ts';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { richReply } from '../support/replyFixtures.ts';
import { useWorkbench } from '../support/use-workbench.ts';

describe('listings of a reply, in the editor', () => {
  let scene: DemoScene;
  let server: ClaudeServer;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    server = await ClaudeServer.start();
    return {
      folder: scene.folder,
      env: { ...scene.env, ANTHROPIC_BASE_URL: server.url },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    await server.stop();
    await scene.dispose();
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const listing = (index: number) => panel().step(1).locator('figure.code-block').nth(index);

  it('have the colours of each theme, with enough contrast in all of them', async () => {
    server.answers.push(streamed(reply([{ text: [richReply] }])));
    await panel().open();
    await panel().addFoundLog('error.log');
    await panel().ask(1);
    await panel().untilAnswered(1);
    await listing(0).locator('.code-keyword').first().waitFor();
    const body = await panel().frame.locator('body').elementHandle();
    const frame = await body.ownerFrame();
    assert.ok(frame);
    for (const theme of ['Light Modern', 'Default High Contrast', 'Default High Contrast Light', 'Dark Modern']) {
      await workbench().setTheme(theme);
      assert.deepEqual(await accessibilityViolations(frame), [], theme);
      const colours = await listing(0).evaluate((figure) =>
        ['keyword', 'string', 'comment'].map((kind) => {
          const piece = figure.querySelector(`.code-${kind}`);
          return piece === null ? '' : getComputedStyle(piece).color;
        }),
      );
      assert.equal(new Set(colours).size, 3, `${theme}: ${colours.join(', ')}`);
    }
  });

  it('open as new documents in their language, unsaved, with the code as it was written', async () => {
    const { page } = workbench();
    await listing(1).getByRole('button', { name: 'Open in Editor' }).click();
    await page.getByRole('tab', { name: /Untitled-1/ }).waitFor();
    await page.locator('.view-line').filter({ hasText: 'payments: loadPayments()' }).first().waitFor();
    await page.getByRole('button', { name: 'Diff', exact: true }).waitFor();
    await panel().open();
    await listing(2).getByRole('button', { name: 'Open in Editor' }).click();
    await page.getByRole('tab', { name: /Untitled-2/ }).waitFor();
    await page.getByRole('button', { name: /^Shell Script/ }).waitFor();
  });
});
