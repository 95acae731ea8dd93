import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { accessibilityViolations } from '../support/accessibility.ts';
import { fullSurroundings, IncidentBuilder } from '../support/incidents.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { FixtureName } from '../support/panelFixtures.ts';
import { startPanelBrowser } from '../support/panelPage.ts';
import type { PanelBrowser, PanelPage } from '../support/panelPage.ts';
import { themes } from '../support/themes.ts';
import type { ThemeName } from '../support/themes.ts';

const names = Object.keys(fixtures) as FixtureName[];
const widths = [280, 340, 1040, 1600];

describe('panel accessibility', function () {
  this.timeout(120_000);
  let browser: PanelBrowser;
  let axe: string;

  before(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    browser = await startPanelBrowser();
  });
  after(() => browser.close());

  /** Opens a fixture with every step unfolded. */
  async function opened(name: FixtureName, theme: ThemeName, width: number): Promise<PanelPage> {
    const panel = await browser.open({ theme, width, reducedMotion: true });
    await panel.post({ type: 'hydrate', ...fixtures[name]() });
    await panel.unfold();
    return panel;
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    for (const name of names) {
      it(`finds nothing to object to in “${name}”, theme ${theme}`, async () => {
        const panel = await opened(name, theme, name === 'hostile' ? 1040 : 700);
        try {
          await panel.page.evaluate(axe);
          const found = await panel.page.evaluate(async (options) => {
            const { violations } = await (
              window as unknown as { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } }
            ).axe.run(document, options);
            return violations.map(
              ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
            );
          }, {} satisfies RunOptions);
          assert.deepEqual(found, []);
        } finally {
          await panel.close();
        }
      });
    }
  }

  for (const width of widths) {
    it(`needs no sideways scrolling at ${width} pixels`, async () => {
      for (const name of names) {
        const panel = await opened(name, 'dark', width);
        const overflow = await panel.page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        await panel.page.screenshot({
          path: `.vscode-test/screenshots/panel-${name}-${width}.png`,
          fullPage: !['longReply', 'hostile'].includes(name),
        });
        await panel.close();
        assert.equal(overflow, 0, `${name} is ${overflow} pixels too wide`);
      }
    });
  }

  it('finds nothing to object to at a zoom of 200 %, in a theme of another maker', async () => {
    const panel = await browser.open({ theme: 'thirdParty', width: 320, zoom: 2, reducedMotion: true });
    try {
      for (const name of ['gathered', 'streaming', 'failed', 'watched', 'listings', 'rate'] as const) {
        await panel.post({ type: 'hydrate', ...fixtures[name]() });
        await panel.unfold();
        assert.deepEqual(await accessibilityViolations(panel.page), [], name);
        const overflow = await panel.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, `${name} is ${overflow} pixels too wide`);
      }
    } finally {
      await panel.close();
    }
  });

  it('tells the state of each step by a shape of its own, also where its word has no room', async () => {
    const shapes = new Map<string, string>();
    const panel = await browser.open({ width: 280, reducedMotion: true });
    try {
      for (const name of ['afterTwo', 'streaming', 'failed', 'interrupted', 'allSeven', 'resolved'] as const) {
        await panel.post({ type: 'hydrate', ...fixtures[name]() });
        const seen = await panel.page
          .locator('.step-link')
          .evaluateAll((links) =>
            links.map((link) => [
              link.querySelector('.step-word')?.textContent ?? '',
              [...(link.querySelector('.codicon')?.classList ?? [])].find((it) => it.startsWith('codicon-')) ?? '',
            ]),
          );
        for (const [word = '', shape = ''] of seen) {
          assert.equal(shapes.get(word) ?? shape, shape, word);
          shapes.set(word, shape);
        }
      }
    } finally {
      await panel.close();
    }
    assert.deepEqual([...shapes.keys()].sort(), [
      'answered',
      'answering',
      'done',
      'failed',
      'incomplete',
      'next',
      'open',
      'skipped',
    ]);
    assert.equal(new Set(shapes.values()).size, shapes.size, 'no two states look alike without colour');
  });

  it('says by line and weight what it says by colour, where the system or the theme takes the colours over', async () => {
    const panel = await browser.open({ theme: 'highContrast', width: 480, reducedMotion: true });
    try {
      await panel.page.emulateMedia({ forcedColors: 'active' });
      await panel.post({ type: 'hydrate', ...fixtures.worked() });
      const style = (selector: string, property: string, part?: string): Promise<string> =>
        panel.page
          .locator(selector)
          .first()
          .evaluate(
            (it, [name = '', inner = '']) =>
              getComputedStyle(
                inner === '' ? it : (it.shadowRoot?.querySelector(`[part~=${inner}]`) ?? it),
              ).getPropertyValue(name),
            [property, part ?? ''],
          );
      assert.equal(await style('.step-link[aria-current=step]', 'outline-style'), 'solid');
      assert.equal(await style('.step-link[aria-current=false]', 'outline-style'), 'none');
      assert.equal(await style('.send-summary .link', 'text-decoration-line'), 'underline');
      assert.equal(await style('.next-row vscode-button', 'font-weight', 'control'), '700');
      assert.notEqual(await style('.ask-row vscode-button', 'font-weight', 'control'), '700');
      await panel.page.setViewportSize({ width: 1040, height: 900 });
      await panel.rendered();
      const links = await panel.page.locator('.link:has(> .codicon)').allInnerTexts();
      assert.ok(links.length > 0);
      const underlined = links.filter((words) => words !== words.trimStart());
      assert.deepEqual(underlined, [], 'no space beside an icon is underlined');
    } finally {
      await panel.close();
    }
  });

  it('moves nothing for who wants less motion, while a reply streams', async () => {
    const running: number[] = [];
    for (const reducedMotion of [false, true]) {
      const panel = await browser.open({ reducedMotion });
      try {
        await panel.post({ type: 'hydrate', ...fixtures.streaming() });
        running.push(
          await panel.page.evaluate(() => document.getAnimations().filter((it) => it.playState === 'running').length),
        );
      } finally {
        await panel.close();
      }
    }
    const [usual = 0, reduced] = running;
    assert.ok(usual > 0, 'something moves for everybody else');
    assert.equal(reduced, 0);
  });

  it('has room for a hundred pieces of evidence and a reply of 200 KB in a window of 260 pixels, as at a zoom of 200 %', async () => {
    const builder = new IncidentBuilder('Checkout fails', Date.now() - 60_000);
    for (let index = 0; index < 100; index += 1) builder.evidence({ title: `service-${index}.log, last 50 lines` });
    const run = builder.ask('orient');
    builder.text(run, 'The pool is **exhausted** in `src/db/pool.ts:31`.\n\n'.repeat(4_000)).end(run);
    const panel = await browser.open({ width: 260, zoom: 2, reducedMotion: true });
    try {
      await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      await panel.unfold();
      assert.equal(await panel.page.getByText('service-99.log, last 50 lines').count(), 1);
      const overflow = await panel.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0);
    } finally {
      await panel.close();
    }
  });
});
