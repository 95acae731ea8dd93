import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/bootstrap.mjs';
import { launchChromium } from '../../scripts/chromium-launch.ts';

/** Makes the extension's icon, a PNG as the editor and the gallery want it, from its drawing. */
const folder = join(projectFolder, 'media');
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  // As part of a page, without its margins: a drawing that is opened by itself has scroll bars.
  const drawing = await readFile(join(folder, 'icon.svg'), 'utf8');
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await writeFile(join(folder, 'icon.png'), await page.screenshot({ omitBackground: true }));
  console.log('Saved media/icon.png');
} finally {
  await browser.close();
}
