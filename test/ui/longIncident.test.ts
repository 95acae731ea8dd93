import assert from 'node:assert/strict';
import { forPanel } from '../../src/protocol.ts';
import { claude, fullSurroundings, harmless } from '../support/incidents.ts';
import { longIncident } from '../support/longIncident.ts';
import { fixtures } from '../support/panelFixtures.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { until } from '../support/until.ts';

describe('panel, a long incident', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;

  it('says at the question what is no longer sent since then, and on each chip how much of it still is', async () => {
    panel = await browser.open({});
    await panel.post({ type: 'hydrate', ...fixtures.cut() });
    await panel.unfold();
    const replies = panel.page.getByRole('article');
    assert.match(
      await replies.nth(0).locator('.chips').innerText(),
      /E1 .* 20 of 50 lines still sent[^]*E2 .* no longer sent/,
    );
    const notice = replies.last().locator('.cut-notice');
    assert.match(
      await notice.innerText(),
      /To stay within what the model reads, 2 pieces of evidence and 1 reply are no longer sent whole\.[^]*E2 \(Error message\): no longer sent/,
    );
    assert.equal(
      await panel.page.locator('.cut-notice').count(),
      1,
      'only the question that came after the cut says so',
    );
  });

  it('is quick after 200 questions with replies of 200 KB: old replies are folded, and a new one streams as ever', async () => {
    panel = await browser.open({});
    const { page } = panel;
    const incident = longIncident(200, 200_000);
    const from = Date.now();
    await panel.post({ type: 'hydrate', incident: forPanel(incident), surroundings: fullSurroundings });
    await panel.unfold();
    assert.ok(Date.now() - from < 20_000, `${Date.now() - from} ms until it was shown`);
    assert.equal(await page.getByRole('article').count(), 6);
    assert.equal(await page.locator('.older').count(), 194);
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(nodes < 60_000, `${nodes} nodes`);
    const runId = 'R201';
    const at = Date.now();
    const ask = { type: 'stepAsked', runId, step: 'orient', kind: 'followUp', evidenceIds: [] } as const;
    const question = harmless('And now?');
    await panel.post({ type: 'events', events: [{ ...ask, question, endpoint: claude, seq: incident.seq + 1, at }] });
    const started = Date.now();
    for (let piece = 0; piece < 20; piece += 1) {
      const delta = { type: 'replyDelta', runId, text: harmless(`word ${piece} `) } as const;
      await panel.post({ type: 'events', events: [{ ...delta, seq: incident.seq + 2 + piece, at }] });
    }
    assert.ok(Date.now() - started < 10_000, `${Date.now() - started} ms for twenty pieces`);
    await page.getByText('word 19').waitFor();
    assert.equal(await page.getByRole('article').count(), 6);
  }).timeout(90_000);

  it('opens a folded reply, says how much of it is not loaded, and has the whole opened in an editor', async () => {
    panel = await browser.open({});
    const { page } = panel;
    await panel.post({
      type: 'hydrate',
      incident: forPanel(longIncident(12, 200_000)),
      surroundings: fullSurroundings,
    });
    await panel.unfold();
    const older = page.getByRole('button', { name: /^Question 2: and then\?/ });
    assert.equal(await older.getAttribute('aria-expanded'), 'false');
    await older.click();
    await page.getByText('Answer 2.').waitFor();
    assert.equal(await page.getByRole('article').count(), 7);
    await page
      .getByText(/^… 199,\d{3} characters of this reply are kept but not loaded\.$/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Show the whole reply' }).first().click();
    assert.deepEqual((await panel.lastMessage())?.intent, { type: 'showReply', runId: 'R2' });
    await older.click();
    await until('it is folded again', async () => (await page.getByRole('article').count()) === 6);
    assert.equal(await older.getAttribute('aria-expanded'), 'false');
  }).timeout(90_000);
});
