import assert from 'node:assert/strict';
import { IncidentBuilder, fullSurroundings } from '../support/incidents.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { usePanelBrowser } from '../support/usePanel.ts';

describe('the place of what is under the pointer', function () {
  const browser = usePanelBrowser();

  /** Evidence and notices that come by themselves; each makes the page longer above the Ask button. */
  async function grow(panel: PanelPage): Promise<void> {
    const { surroundings } = fixtures.failed();
    const { logs } = fixtures.empty().surroundings;
    await panel.post({ type: 'surroundings', surroundings: { ...surroundings, hasKey: true, logs } });
  }

  async function openAt(width: number, height: number): Promise<PanelPage> {
    const panel = await browser.open({ width, height });
    const { incident } = new IncidentBuilder('Checkout fails', Date.now() - 60_000).evidence({ title: 'error.log' });
    await panel.post({ type: 'hydrate', incident, surroundings: { ...fullSurroundings, logs: [] } });
    await panel.page.evaluate(() => document.fonts.ready);
    return panel;
  }

  for (const [width, height] of [
    [1040, 1400],
    [480, 900],
    [280, 700],
  ] as const) {
    it(`holds the Ask button for a click that comes after the page grew above it: ${width} × ${height}`, async () => {
      const panel = await openAt(width, height);
      const ask = panel.page.getByRole('button', { name: 'Ask Claude' });
      await ask.scrollIntoViewIfNeeded();
      await ask.hover();
      const before = await ask.boundingBox();
      assert.ok(before !== null);
      // The button itself may stick to the window's edge: the end of its step tells how much came.
      const above = (): Promise<number> =>
        panel.page.locator('#step-orient').evaluate((it) => it.getBoundingClientRect().bottom + window.scrollY);
      const from = await above();
      await grow(panel);
      assert.ok((await above()) > from + 50, 'the page grew above the button');
      const after = await ask.boundingBox();
      assert.ok(after !== null && Math.abs(after.y - before.y) <= 1, `moved from ${before.y} to ${after?.y}`);
      // The mouse has not moved since: a click goes to what is under it now.
      await panel.page.mouse.down();
      await panel.page.mouse.up();
      assert.deepEqual((await panel.intents()).at(-1), { type: 'ask', step: 'orient' });
    });
  }

  it('scrolls for nobody whose pointer is on no control', async () => {
    const panel = await openAt(480, 700);
    await panel.page.mouse.move(2, 690);
    await grow(panel);
    assert.equal(await panel.page.evaluate(() => window.scrollY), 0);
  });
});
