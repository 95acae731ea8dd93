import assert from 'node:assert/strict';
import { fullSurroundings, IncidentBuilder } from '../support/incidents.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { PanelFixture } from '../support/panelFixtures.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';

describe('error rate in the panel', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;

  async function open(fixture: PanelFixture, width = 1040): Promise<PanelPage['page']> {
    panel = await browser.open({ width });
    await panel.post({ type: 'hydrate', ...fixture });
    return panel.page;
  }

  it('is a picture with the same in words, shown without Claude in steps 1 and 5', async () => {
    const page = await open(fixtures.rate());
    const picture = page.getByRole('img', { name: /They began at 02:16:04 UTC/ });
    await picture.waitFor();
    assert.equal(await picture.locator('.rate-interval').count(), 55);
    assert.match(await page.locator('.rate-words').innerText(), /^712 errors from .* The last commit before that is/);
    await panel.unfold();
    for (const step of ['orient', 'regression']) await page.locator(`#step-${step} .rate`).waitFor();
    assert.equal(await page.locator('.rate').count(), 2);
  });

  it('names each interval to the mouse, to the keyboard and in a table', async () => {
    const page = await open(fixtures.rate());
    const reader = page.getByRole('slider', { name: 'Read out the errors at a time' });
    await reader.focus();
    await page.keyboard.press('Home');
    await panel.rendered();
    const readout = page.locator('.rate-readout');
    assert.equal(await readout.innerText(), '2026-11-22 01:45:00 UTC, 1 min: 1 error');
    await page.keyboard.press('ArrowRight');
    await panel.rendered();
    assert.equal(await readout.innerText(), '2026-11-22 01:46:00 UTC, 1 min: 0 errors');
    assert.equal(await reader.getAttribute('aria-valuetext'), '2026-11-22 01:46:00 UTC, 1 min: 0 errors');
    await page.locator('.rate-interval').nth(40).hover();
    await panel.rendered();
    assert.match(await readout.innerText(), /^2026-11-22 02:25:00 UTC, 1 min: \d+ errors$/);
    assert.equal(
      await page.locator('.rate-interval title').nth(40).textContent(),
      await readout.innerText(),
      'the tip says the same',
    );
    await page.getByText('The same as a table').click();
    await panel.rendered();
    assert.equal(await page.getByRole('row').count(), 56);
  });

  it('keeps what was read out when something else happens', async () => {
    const fixture = fixtures.rate();
    const page = await open(fixture);
    await page.locator('.rate-interval').nth(40).hover();
    await panel.rendered();
    const before = await page.locator('.rate-readout').innerText();
    await panel.post({ type: 'surroundings', surroundings: { ...fixture.surroundings, otherIncidents: 7 } });
    assert.equal(await page.locator('.rate-readout').innerText(), before);
  });

  it('has the commits on its axis and in a list, with their distance, and shows what one changed', async () => {
    const page = await open(fixtures.rate());
    const list = page.locator('.rate-commits li');
    await list.first().waitFor();
    const second = (await list.nth(1).innerText()).replace(/\s+/g, ' ');
    assert.match(second, /^B a41c9e0 tidy configuration v2\.18\.2 02:12:00 UTC, 4 min 04 s before the errors began$/);
    const shown = { type: 'showCommit', commit: `a41c9e0${'0'.repeat(33)}` };
    await page.getByRole('button', { name: /a41c9e0 tidy configuration/ }).click();
    assert.deepEqual((await panel.intents()).at(-1), shown);
    await page.locator('.rate-commit').nth(1).locator('text').click();
    assert.deepEqual((await panel.intents()).at(-1), shown);
    assert.match(
      (await page.locator('.rate-commit title').nth(1).textContent()) ?? '',
      /^B: a41c9e0 tidy configuration, /,
    );
    await page.getByRole('button', { name: 'Show the digest (E3)' }).click();
    assert.deepEqual((await panel.intents()).at(-1), { type: 'previewEvidence', evidenceId: 'E3' });
  });

  it('fits a narrow panel', async () => {
    const page = await open(fixtures.rate(), 280);
    await page.locator('.rate').waitFor();
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    assert.ok(fits);
  });

  it('says so where the errors carry no time, and goes with its digest', async () => {
    const builder = new IncidentBuilder('a', Date.now()).evidence({ kind: 'logDigest', title: 'app.log, digest' });
    const page = await open({ incident: builder.incident, surroundings: fullSurroundings });
    await page.getByText('The errors in the log carry no time').waitFor();
    const removed = builder.event({ type: 'evidenceRemoved', evidenceId: 'E1' });
    await panel.post({ type: 'events', events: [removed] });
    assert.equal(await page.getByText('The errors in the log carry no time').count(), 0);
  });
});
