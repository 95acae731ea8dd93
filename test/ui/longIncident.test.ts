import assert from 'node:assert/strict';
import { fixtures } from '../support/panelFixtures.ts';
import { startPanelBrowser } from '../support/panelPage.ts';
import type { PanelBrowser, PanelPage } from '../support/panelPage.ts';

describe('panel, a long incident', function () {
  this.timeout(30_000);
  let browser: PanelBrowser;
  let panel: PanelPage;

  before(async () => (browser = await startPanelBrowser()));
  after(() => browser.close());
  afterEach(async () => {
    const { problems } = panel;
    await panel.close();
    assert.deepEqual(problems, [], 'the page broke no rule of its policy and threw nothing');
  });

  it('says at the question what is no longer sent since then, and on each chip how much of it still is', async () => {
    panel = await browser.open({});
    await panel.post({ type: 'hydrate', ...fixtures.cut() });
    await panel.unfold();
    const replies = panel.page.getByRole('article');
    assert.match(
      await replies.nth(0).locator('.chips').innerText(),
      /E1 .* 20 of 50 lines still sent[^]*E2 .* no longer sent/,
    );
    const notice = replies.last().getByRole('note');
    assert.match(
      await notice.innerText(),
      /To stay within what the model reads, 2 pieces of evidence and 1 reply are no longer sent whole\.[^]*E2 \(Pasted error\): no longer sent/,
    );
    assert.equal(await panel.page.getByRole('note').count(), 1, 'only the question that came after the cut says so');
  });
});
