import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/bootstrap.mjs';
import { demoScene, PanelPage } from './incidentWindow.ts';
import { workThroughSevenSteps } from './sevenSteps.ts';
import { openWorkbench } from './workbench.ts';

/** Takes the README's pictures from a real workbench: the demo incident, worked through, in a dark and a light theme. */
const folder = join(projectFolder, 'media', 'readme');
await mkdir(folder, { recursive: true });
const scene = await demoScene();
const workbench = await openWorkbench({
  folder: scene.folder,
  env: scene.env,
  viewport: { width: 1360, height: 1000 },
  settings: { 'workbench.startupEditor': 'none' },
});
try {
  const panel = new PanelPage(workbench);
  await panel.open();
  await workbench.openContainer('Incident');
  await workThroughSevenSteps(panel);
  await take('dark', 3);
  await workbench.setTheme('Light Modern');
  await panel.open();
  await take('light', 6);

  async function take(theme: string, step: number): Promise<void> {
    const section = await panel.unfold(step);
    await section.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await workbench.page.mouse.move(5, 5);
    await workbench.page.screenshot({ path: join(folder, `panel-${theme}.png`) });
    console.log(`Saved media/readme/panel-${theme}.png`);
  }
} finally {
  await workbench.close();
  await scene.dispose();
}
