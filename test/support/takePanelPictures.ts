import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import { cacheFolder } from '../../scripts/bootstrap.mjs';
import { stepIds } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import { continuedElsewhere, followed, notAllowedYet, waitsToRetry } from './endpointFixtures.ts';
import { german } from './languages.ts';
import { fixtures } from './panelFixtures.ts';
import type { PanelFixture } from './panelFixtures.ts';
import { startPanelBrowser } from './panelPage.ts';
import type { PanelBrowser, PanelPageOptions } from './panelPage.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

// Takes a picture of the panel in each state, theme and width, and a contact sheet for each theme and width: what is seen
// is looked at, one by one. Arguments name the states, themes and widths to take; none takes them all.

/** A state to take, with the steps that are opened beside the current one, and the language. */
interface Scene {
  readonly fixture: () => PanelFixture;
  readonly open?: readonly StepId[];
  readonly texts?: PanelPageOptions['texts'];
}

const scenes: Readonly<Record<string, Scene>> = {
  ...Object.fromEntries(Object.entries(fixtures).map(([name, fixture]) => [name, { fixture }])),
  // What the later steps hold is folded in these states, or several steps are: here it is open.
  ...Object.fromEntries(
    stepIds.map((step) => [`worked-${step}`, { fixture: fixtures.worked, open: [step] } satisfies Scene]),
  ),
  'watched-open': { fixture: fixtures.watched, open: ['fix', 'blastRadius'] },
  'notProved-open': { fixture: fixtures.notProved, open: ['fix'] },
  'proving-open': { fixture: fixtures.proving, open: ['fix'] },
  'hunting-open': { fixture: fixtures.hunting, open: ['fix'] },
  continued: { fixture: continuedElsewhere },
  countdown: { fixture: waitsToRetry },
  notAllowed: { fixture: notAllowedYet },
  readOnly: { fixture: followed },
  'german-gathered': { fixture: fixtures.gathered, texts: german },
  'german-demo': { fixture: fixtures.demo, texts: german },
  'german-failed': { fixture: fixtures.failed, texts: german },
  'german-worked': { fixture: fixtures.worked, texts: german, open: ['hypotheses', 'fix', 'blastRadius'] },
};

/** How wide the panel is, in CSS pixels; `zoom` is the editor's, which makes the same window hold less. */
const views = [
  { name: '280', width: 280, zoom: 1 },
  { name: '480', width: 480, zoom: 1 },
  { name: '1040', width: 1040, zoom: 1 },
  { name: '1600', width: 1600, zoom: 1 },
  { name: 'zoom200', width: 520, zoom: 2 },
] as const;
type View = (typeof views)[number];

/** As much of a long page as is looked at, in CSS pixels. */
const highest = 2_400;

const folder = join(cacheFolder, 'panel-pictures');
const wanted = new Set(process.argv.slice(2));
const chosen = <Name extends string>(all: readonly Name[]): readonly Name[] => {
  const some = all.filter((name) => wanted.has(name));
  return some.length === 0 ? all : some;
};
const states = chosen(Object.keys(scenes));
const themeNames = chosen(Object.keys(themes) as ThemeName[]);
const viewNames = chosen(views.map(({ name }) => name));
const unknown = [...wanted].filter((name) => ![...states, ...themeNames, ...viewNames].some((each) => each === name));
if (unknown.length > 0) throw new Error(`There is no state, theme or width ${unknown.join(', ')}.`);

async function take(browser: PanelBrowser, state: string, theme: ThemeName, view: View): Promise<string> {
  const { width, zoom } = view;
  const scene = scenes[state];
  if (scene === undefined) throw new Error(`There is no state ${state}.`);
  const { fixture, open = [], texts } = scene;
  const panel = await browser.open({
    theme,
    width,
    height: 900,
    zoom,
    reducedMotion: true,
    ...(texts === undefined ? {} : { texts }),
  });
  try {
    await panel.post({ type: 'hydrate', ...fixture() });
    for (const step of open) {
      const toggle = panel.page.locator(`#step-${step} .step-toggle[aria-expanded="false"]`);
      if ((await toggle.count()) > 0) await toggle.click();
    }
    await panel.page.evaluate(() => window.scrollTo(0, 0));
    await panel.rendered();
    await panel.page.evaluate(() => document.fonts.ready);
    const height = await panel.page.evaluate(() => document.documentElement.scrollHeight);
    const path = join(folder, `${state}-${theme}-${view.name}.png`);
    await panel.page.setViewportSize({ width, height: Math.min(highest, Math.max(400, height)) });
    await panel.rendered();
    await panel.page.screenshot({ path });
    return path;
  } finally {
    await panel.close();
  }
}

/** The pictures side by side, each with its name. */
async function contactSheet(pictures: readonly string[], path: string): Promise<void> {
  const figures = await Promise.all(
    pictures.map(async (picture) => {
      const data = (await readFile(picture)).toString('base64');
      const name = picture.slice(folder.length + 1, -'.png'.length);
      return `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${data}"></figure>`;
    }),
  );
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 2_000, height: 1_000 } });
    await page.setContent(`<!doctype html><style>body { columns: 5; font: 14px sans-serif; background: #888 }
      figure { margin: 0 0 12px; break-inside: avoid } img { width: 100% }</style>${figures.join('')}`);
    await page.screenshot({ path, fullPage: true });
  } finally {
    await browser.close();
  }
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await startPanelBrowser();
try {
  for (const theme of themeNames) {
    for (const view of views.filter(({ name }) => viewNames.includes(name))) {
      const pictures: string[] = [];
      for (const state of states) pictures.push(await take(browser, state, theme, view));
      const sheet = join(folder, `sheet-${theme}-${view.name}.png`);
      await contactSheet(pictures, sheet);
      console.log(`Saved ${sheet} of ${pictures.length} pictures`);
    }
  }
} finally {
  await browser.close();
}
