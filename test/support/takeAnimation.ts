import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectFolder } from '../../scripts/bootstrap.mjs';
import { animatedPng } from './animatedPng.ts';
import { Film } from './film.ts';
import { demoScene, PanelPage } from './incidentWindow.ts';
import { confirmHypothesis, recorded, takeSuspects } from './sevenSteps.ts';
import { openWorkbench } from './workbench.ts';

/**
 * Takes the README's animated picture from a real workbench: a demo incident, from the log to the proved fix, its steps
 * 1, 2, 3 and 6. Waiting is cut, so that it can be read in half a minute.
 */
const folder = join(projectFolder, 'media', 'readme');
/** More is not fit for a README, in bytes. */
const largest = 1_000_000;
await mkdir(folder, { recursive: true });
const scene = await demoScene({ tokensPerSecond: 150 });
const workbench = await openWorkbench({
  folder: scene.folder,
  env: scene.env,
  viewport: { width: 880, height: 600 },
  settings: {
    'workbench.startupEditor': 'none',
    'workbench.activityBar.location': 'hidden',
    'breadcrumbs.enabled': false,
  },
});
try {
  const { page } = workbench;
  const panel = new PanelPage(workbench);
  await panel.open();
  await workbench.command('View: Close Primary Side Bar').catch(() => undefined);
  await page.mouse.move(5, 5);
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  // The palette fades away.
  await delay(1_000);
  const film = new Film(page);
  await film.still(1_500);
  await panel.addFoundLog('error.log');
  await panel.addFoundLog('stack.log');
  await film.still(1_500);
  for (let step = 1; step <= 6; step += 1) {
    const filmed = step <= 3 || step === 6;
    const section = await panel.unfold(step);
    if (step === 2) await takeSuspects(panel);
    await section.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    if (filmed) await film.still(1_000);
    const answered = panel
      .ask(step)
      .then(() => panel.untilAnswered(step))
      .then(() => recorded(panel, step));
    if (filmed) await film.during(answered, 600, 250);
    else await answered;
    const result = section.getByRole('group', { name: 'Recorded result' }).first();
    await result.evaluate((element) => element.scrollIntoView({ block: 'nearest' }));
    if (step === 3) await confirmHypothesis(panel);
    if (filmed) await film.still(2_500);
  }
  const studio = await page.context().browser()?.newPage();
  if (studio === undefined) throw new Error('There is no browser to compare the pictures in.');
  const { width, height, pictures } = await film.pictures(studio);
  const png = animatedPng(width, height, pictures);
  const seconds = pictures.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  console.log(`${pictures.length} pictures, ${seconds.toFixed(1)} s, ${Math.round(png.length / 1000)} kB`);
  if (png.length > largest) throw new Error(`The animation is larger than ${largest / 1000} kB.`);
  await writeFile(join(folder, 'incident.png'), png);
  console.log('Saved media/readme/incident.png');
} finally {
  await workbench.close();
  await scene.dispose();
}
