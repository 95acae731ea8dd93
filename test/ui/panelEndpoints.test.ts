import assert from 'node:assert/strict';
import { parseFromPanel } from '../../src/protocol.ts';
import { continuedElsewhere, estimated, followed, notAllowedYet, waitsToRetry } from '../support/endpointFixtures.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { PanelFixture } from '../support/panelFixtures.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';

describe('panel, endpoints', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;

  async function open(fixture: PanelFixture, width = 1040): Promise<PanelPage['page']> {
    panel = await browser.open({ width });
    await panel.post({ type: 'hydrate', ...fixture });
    return panel.page;
  }
  const text = async (selector: string): Promise<string> =>
    (await panel.page.locator(selector).first().innerText()).replace(/\s+/g, ' ').trim();

  it('says where a reply continues elsewhere, and why, between the words of the two', async () => {
    const page = await open(continuedElsewhere());
    const article = page.getByRole('article', { name: 'The step’s question, answered by Backup gateway' });
    const said = (await article.innerText()).replace(/\s+/g, ' ');
    const order = ['of the configuration', 'Backup gateway continues from here', 'limits the rate', 'is read before'];
    const places = order.map((words) => said.indexOf(words));
    assert.ok(!places.includes(-1), said);
    assert.deepEqual(
      places,
      places.toSorted((one, other) => one - other),
    );
  });

  it('shows who answers, who rests until when, and that a limit is nearly used up', async () => {
    await open(continuedElsewhere(true));
    const about = await text('.meta');
    assert.match(about, /Backup gateway · claude-sonnet-5-5 · ready/);
    assert.match(about, /Anthropic limits requests until \d\d:\d\d/);
    assert.match(about, /3 of 50 requests left until \d\d:\d\d/);
    assert.ok(!about.includes('input tokens'), 'what is not low is not shown');
    assert.match(
      (await panel.page.locator('.meta [title^="Left:"]').getAttribute('title')) ?? '',
      /61,000 of 80,000 input/,
    );
  });

  it('leads to the setting of an endpoint that cannot be used', async () => {
    const page = await open(fixtures.offline());
    await page.getByText('The endpoint http://gateway.example cannot be used').waitFor();
    await page.getByRole('button', { name: 'Open Settings' }).click();
    const intent = (await panel.lastMessage())?.intent;
    assert.deepEqual(intent, { type: 'runCommand', command: 'openEndpointSettings' });
    assert.equal(parseFromPanel({ intentId: 1, intent })?.intent.type, 'runCommand', 'the host takes it');
  });

  it('counts a wait down, and ends it when asked to', async () => {
    const page = await open(waitsToRetry());
    assert.match(await text('.streaming-line'), /is overloaded \(529.*Trying again in [789] s, attempt 2 of 3\./);
    await page.getByRole('button', { name: 'Retry Now' }).click();
    assert.deepEqual((await panel.lastMessage())?.intent, { type: 'retry' });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    assert.deepEqual((await panel.lastMessage())?.intent, { type: 'stop' });
  });

  it('offers to give up a reply that hangs, while it is live', async () => {
    const page = await open(continuedElsewhere());
    await page.locator('.streaming-line').getByRole('button', { name: 'Retry' }).click();
    assert.deepEqual((await panel.lastMessage())?.intent, { type: 'retry' });
  });

  it('says of an endpoint that was not agreed to that nothing goes to it', async () => {
    const page = await open(notAllowedYet());
    const note = page.getByRole('note').filter({ hasText: 'Backup gateway (claude.example.com) may not answer yet' });
    await note.getByRole('button', { name: 'Review' }).click();
    assert.deepEqual((await panel.lastMessage())?.intent, { type: 'runCommand', command: 'allowEndpoint' });
    await page.getByRole('button', { name: 'Switch endpoint…' }).click();
    assert.deepEqual((await panel.lastMessage())?.intent, { type: 'runCommand', command: 'switchEndpoint' });
  });

  it('says what a question would send and cost, by dated prices, and what comes on top of it at most', async () => {
    await open(estimated({ tokens: 9_000 }));
    assert.match(await text('.estimate'), /^about 9k tokens, \$0\.0\d$/);
    const title = async (): Promise<string> =>
      (await panel.page.locator('.estimate').first().getAttribute('title')) ?? '';
    assert.match(await title(), /^Prices as of \d{4}-\d\d-\d\d\. What has changed since/);
    for (const [what, words] of [
      ['files', /^Prices .*\. Files whose size is not known yet come on top, 57k tokens at most\.$/],
      ['environment', /^Prices .*\. The table of environment variables comes on top, 57k tokens at most\.$/],
      ['regression', /^Prices .*\. The commits and the diff come on top, 57k tokens at most\.$/],
      ['searches', /^Prices .*\. What Claude searches for comes on top, 57k tokens at most; after each search/],
      ['callers', /^Prices .*\. The callers of what the fix changes come on top, 57k tokens at most\.$/],
    ] as const) {
      await panel.post({ type: 'hydrate', ...estimated({ tokens: 9_000, more: { what, most: 57_000 } }) });
      await panel.page.locator('.estimate').getByText('at least 9k tokens').first().waitFor();
      await panel.rendered();
      assert.match(await title(), words);
    }
  });

  it('cannot ask where another window writes the incident: it says so, and offers to take it over', async () => {
    const page = await open(followed());
    const ask = page.getByRole('button', { name: 'Ask Claude' }).first();
    await ask.waitFor();
    assert.equal(await ask.isDisabled(), true);
    await page.getByText('Another window works on this incident. Take it over, above, to ask here.').first().waitFor();
    await page.getByRole('button', { name: 'Take Over' }).click();
    assert.deepEqual((await panel.lastMessage())?.intent, { type: 'runCommand', command: 'takeOverIncident' });
  });

  for (const [name, fixture] of Object.entries({
    continuedElsewhere,
    waitsToRetry,
    notAllowedYet,
    followed,
    estimated: () => estimated({ tokens: 123_456, more: { what: 'searches', most: 57_000 } }),
  })) {
    it(`fits into a narrow side: ${name}`, async () => {
      const page = await open(fixture(), 280);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(wide, false);
    });
  }
});
