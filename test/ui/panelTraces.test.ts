import assert from 'node:assert/strict';
import type { Fact } from '../../src/model/event.ts';
import type { TraceReport } from '../../src/model/traceReport.ts';
import { fixtures } from '../support/panelFixtures.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { fullReport, hostileReport } from '../support/traceFixtures.ts';

describe('panel, stack traces', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;

  async function open(report: TraceReport, width = 1040): Promise<PanelPage['page']> {
    panel = await browser.open({ width });
    await panel.post({ type: 'hydrate', ...fixtures.gathered() });
    await panel.post({ type: 'traces', report });
    await panel.unfold();
    await panel.page.getByText('stack trace').first().waitFor();
    await panel.unfold();
    return panel.page;
  }

  it('proposes files with role and reason; one click accepts one in its role', async () => {
    const page = await open(fullReport);
    const list = page.getByRole('list', { name: 'Proposed from the evidence, without Claude' });
    const rows = list.getByRole('listitem');
    assert.equal(await rows.count(), 3);
    assert.match(
      await rows.first().innerText(),
      /origin\s+src\/services\/payment\.js:47\s+the topmost frame of your own code of “TypeError: .*” \(charge, line 47\); one frame above it is not in the open folders/,
    );
    assert.match(await rows.nth(2).innerText(), /src\/services\/payment\.js:1 leads to it; it concerns STRIPE_KEY/);
    await list.getByRole('button', { name: 'Accept src/routes/checkout.js as caller' }).click();
    assert.deepEqual((await panel.intents()).at(-1), {
      type: 'addSuspect',
      uri: 'file:///w/checkout/src/routes/checkout.js',
      role: 'caller',
    });
  });

  it('accepts all, one after the other, and drops a proposal when the host has added it', async () => {
    const page = await open(fullReport);
    await page.getByRole('button', { name: 'Accept all' }).click();
    const { incident } = fixtures.gathered();
    for (const [index, { file, role }] of fullReport.proposals.entries()) {
      const message = await panel.lastMessage();
      assert.deepEqual(message?.intent, { type: 'addSuspect', uri: file.uri, role });
      const fact: Fact = { type: 'suspectAdded', suspect: { ...file, role } };
      await panel.post({ type: 'events', events: [{ ...fact, seq: incident.seq + 1 + index, at: Date.now() }] });
      await panel.post({ type: 'answer', intentId: message.intentId });
      await panel.post({ type: 'traces', report: fullReport });
    }
    await page.getByRole('heading', { name: 'Suspects (3/3)' }).waitFor();
    assert.equal(await page.getByText('Proposed from the evidence').count(), 0);
  });

  it('shows own frames as links, library frames folded, and what could not be found with why', async () => {
    const page = await open(fullReport);
    const step = page.locator('#step-files');
    const text = (await step.locator('.traces').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /TypeError 214 times/);
    assert.match(text, /src\/services\/payment\.js:47 charge/);
    assert.match(text, /3 library frames/);
    assert.match(text, /Caused by Error/);
    assert.match(text, /src\/config\.ts:4 n from \/app\/dist\/main\.js:1:48213 by the source map main\.js\.map/);
    assert.match(text, /\/home\/ci\/shared\/log\.ts:3, which is outside the open folders and is not opened/);
    assert.match(text, /its source map worker\.js\.map cannot be read: Unexpected end of JSON input/);
    assert.match(text, /2 files fit equally well: a\/src\/index\.js:2, b\/src\/index\.js:2/);
    assert.match(text, /\/app\/src\/gone\.js:2 gone \(not in the open folders\)/);
    assert.match(text, /9,?800 further frames left out/);
    assert.match(text, /2 more traces are not listed/);
    assert.equal(await step.getByRole('button', { name: /log\.ts|gone\.js/ }).count(), 0, 'what is outside is no link');
    await step.getByRole('button', { name: 'b/src/index.js:2' }).click();
    assert.deepEqual((await panel.intents()).at(-1), {
      type: 'openPlace',
      uri: 'file:///w/checkout/b/src/index.js',
      line: 2,
    });
    await step.getByRole('button', { name: '[E1:12]' }).click();
    assert.deepEqual((await panel.intents()).at(-1), { type: 'previewEvidence', evidenceId: 'E1', line: 12 });
  });

  it('shows the history of the failing lines, and opens the diff of a commit that touched them', async () => {
    for (const width of [1040, 280]) {
      const page = await open(fullReport, width);
      const history = page.getByRole('list', { name: 'History of the failing lines' });
      await history.waitFor();
      assert.match(
        await history.innerText(),
        /payment\.js:47 \(charge\): last changed 3 days ago by Ada in 1a2b3c4d5e/,
      );
      assert.equal(await history.getByRole('button').count(), 2, 'only a ranked commit has a diff');
      await history.getByRole('button', { name: 'Open Diff of 9f8e7d6c5b' }).click();
      assert.deepEqual((await panel.intents()).at(-1), { type: 'showCommit', commit: '9f8e7d6c5b' });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(overflow <= 0, `${overflow} px at ${width}`);
    }
  });

  it('shows hostile text as text, and is no wider than a narrow panel', async () => {
    const page = await open(hostileReport, 280);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.equal(await page.locator('.traces img, .traces b').count(), 0);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `${overflow} px`);
  });
});
