import assert from 'node:assert/strict';
import { fixtures } from '../support/panelFixtures.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { until } from '../support/until.ts';
import { usePanelBrowser } from '../support/usePanel.ts';

describe('what stays in sight while a long reply is read', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();

  async function open(width: number, height: number, fixture = fixtures.longReply()): Promise<PanelPage> {
    const panel = await browser.open({ width, height, reducedMotion: true });
    await panel.post({ type: 'hydrate', ...fixture });
    await panel.page.evaluate(() => document.fonts.ready);
    await panel.rendered();
    return panel;
  }

  /** The controls called Stop that can be seen and clicked where they stand, from top to bottom. */
  const stops = ({ page }: PanelPage): Promise<readonly string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll('vscode-button')]
        .filter((button) => {
          const { top, bottom, left, right } = button.getBoundingClientRect();
          const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return button.textContent.includes('Stop') && button.contains(hit);
        })
        .map((button) => (button.closest('header') === null ? 'step' : 'head')),
    );

  for (const [width, height, far] of [
    [280, 700, 'step'],
    [520, 900, 'step'],
    [1040, 900, 'head'],
    [1600, 900, 'step'],
  ] as const) {
    it(`is one Stop: the step's own, or the head's where that has scrolled away (${width} px)`, async () => {
      const panel = await open(width, height);
      await until('the step’s own is enough', async () => (await stops(panel)).join() === 'step');
      const before = await panel.page.locator('.tools vscode-button').last().boundingBox();
      await panel.page.evaluate(() => window.scrollTo(0, 1500));
      await until(`the ${far}’s is there`, async () => (await stops(panel)).join() === far);
      await panel.page.evaluate(() => window.scrollTo(0, 0));
      await until('the step’s own is back', async () => (await stops(panel)).join() === 'step');
      assert.deepEqual(await panel.page.locator('.tools vscode-button').last().boundingBox(), before);
    });
  }

  it('is the head’s Stop as well while it has the focus, and alone where the step is closed', async () => {
    const panel = await open(1040, 900);
    await panel.page.evaluate(() => window.scrollTo(0, 1500));
    const head = panel.page.getByRole('button', { name: 'Stop the reply' });
    await head.focus();
    await panel.page.evaluate(() => window.scrollTo(0, 0));
    await until('both are there', async () => (await stops(panel)).join() === 'head,step');
    await panel.page.locator('#step-orient .step-toggle').click();
    await until('the head’s is alone', async () => (await stops(panel)).join() === 'head');
  });

  it('is what was asked with, in a wide panel, unless it is higher than the window', async () => {
    const panel = await open(1600, 900);
    const place = async (): Promise<number> => {
      await panel.rendered();
      return panel.page.locator('#step-orient .inputs').evaluate((it) => it.getBoundingClientRect().top);
    };
    await panel.page.evaluate(() => window.scrollTo(0, 1500));
    const head = await panel.page.locator('.top').evaluate((it) => it.getBoundingClientRect().bottom);
    const top = await place();
    assert.ok(top >= head && top < head + 40, `${top} px, below a head that ends at ${head} px`);
    await panel.page.setViewportSize({ width: 1600, height: 120 });
    await until('it has scrolled away', async () => (await place()) < 0);
  });
});
