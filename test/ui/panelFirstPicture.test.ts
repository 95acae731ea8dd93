import assert from 'node:assert/strict';
import { fixtures } from '../support/panelFixtures.ts';
import { harmless } from '../support/incidents.ts';
import { until } from '../support/until.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';

describe("the panel's first picture", function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();

  /** The headings of the page, from top to bottom, without white space that nobody sees. */
  const headings = async ({ page }: PanelPage): Promise<string[]> =>
    (await page.locator('h1, main > section > .step-head h2').allInnerTexts()).map((text) =>
      text.replaceAll(/\s+/g, ' ').trim(),
    );
  const states = async ({ page }: PanelPage): Promise<string[]> =>
    (await page.locator('.step-head .step-state').allInnerTexts()).map((text) => /\p{L}+/u.exec(text)?.[0] ?? '');
  const top = async ({ page }: PanelPage, selector: string): Promise<number> =>
    (await page.locator(selector).boundingBox())?.y ?? NaN;

  for (const width of [1600, 1040, 480, 280]) {
    it(`shows the steps before the incident has come, without a control, and gives way to the same ones (${width} px)`, async () => {
      const { incident, surroundings } = fixtures.afterTwo();
      const panel = await browser.open({ pictured: incident, width });
      const { page } = panel;
      await until('the script has run', async () => (await panel.intents()).length === 1);
      assert.deepEqual(await panel.intents(), [{ type: 'ready' }]);
      const before = { headings: await headings(panel), states: await states(panel) };
      assert.equal(before.headings.length, 8);
      assert.deepEqual(before.states, ['done', 'done', 'next', '', '', '', '']);
      assert.equal(await page.getByRole('button').count(), 0, 'nothing that does not work yet');
      assert.equal(await page.getByRole('main').count(), 1);
      assert.equal(await page.getByText('Loading the incident…').count(), 0);
      const topBefore = await top(panel, '[data-step=orient] h2');
      await panel.post({ type: 'hydrate', incident, surroundings });
      await page.locator('#step-orient').waitFor();
      assert.equal(await page.locator('#first-picture').count(), 0);
      assert.equal(await page.getByRole('main').count(), 1);
      assert.deepEqual({ headings: await headings(panel), states: await states(panel) }, before);
      const moved = (await top(panel, '#step-orient h2')) - topBefore;
      assert.ok(Math.abs(moved) <= 3, `the first step moves by ${moved} px`);
    });
  }

  for (const width of [1040, 480, 280]) {
    it(`has what the incident itself gives notice of, so that it does not move the steps later (${width} px)`, async () => {
      for (const name of ['demo', 'resolved'] as const) {
        const { incident, surroundings } = fixtures[name]();
        const panel = await browser.open({ pictured: incident, width });
        await until('the script has run', async () => (await panel.intents()).length === 1);
        const warned = await panel.page.getByText('Demo replies.').isVisible();
        assert.equal(warned, name === 'demo', 'canned answers are called so from the beginning');
        const topBefore = await top(panel, '[data-step=orient] h2');
        await panel.post({ type: 'hydrate', incident, surroundings });
        await panel.page.locator('#step-orient').waitFor();
        const moved = (await top(panel, '#step-orient h2')) - topBefore;
        assert.ok(Math.abs(moved) <= 3, `${name}: the first step moves by ${moved} px`);
      }
    });
  }

  it('has the theme’s colours, also when the theme changes', async () => {
    const { incident, surroundings } = fixtures.afterTwo();
    const colour = async ({ page }: PanelPage): Promise<string> =>
      page
        .locator('vscode-button[appearance=secondary]:not([disabled])')
        .first()
        .evaluate((button) => getComputedStyle(button).backgroundColor);
    const colours: string[] = [];
    for (const pictured of [undefined, incident]) {
      const panel = await browser.open({ theme: 'light', ...(pictured === undefined ? {} : { pictured }) });
      await until('the script has run', async () => (await panel.intents()).length === 1);
      await panel.post({ type: 'hydrate', incident, surroundings });
      await panel.page.locator('vscode-button[appearance=secondary]').first().waitFor();
      colours.push(await colour(panel));
      await panel.page.evaluate(() => {
        document.body.style.setProperty('--vscode-button-secondaryBackground', 'rgb(1, 2, 3)');
        document.body.classList.add('changed');
      });
      await until('the new theme is there', async () => (await colour(panel)) === 'rgb(1, 2, 3)');
    }
    assert.equal(colours[1], colours[0]);
  });

  it('shows what an incident is called as text', async () => {
    const { incident } = fixtures.afterTwo();
    const title = '<img src=x onerror="window.hacked = 1"></script><h2>&lt;b&gt;';
    const panel = await browser.open({ pictured: { ...incident, title: harmless(title) } });
    await until('the script has run', async () => (await panel.intents()).length === 1);
    assert.equal(await panel.page.locator('h1').innerText(), title);
    assert.equal(await panel.page.locator('img').count(), 0);
    assert.equal(await panel.page.evaluate(() => window.hacked), undefined);
  });
});
