import assert from 'node:assert/strict';
import { fullSurroundings, IncidentBuilder } from '../support/incidents.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';

describe('names that are set in production', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;

  async function open(builder = new IncidentBuilder('a', Date.now())): Promise<PanelPage['page']> {
    panel = await browser.open({ width: 700 });
    await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
    await panel.unfold();
    return panel.page;
  }
  const paste = (page: PanelPage['page'], text: string): Promise<void> =>
    page.getByLabel('Names that are set in production').evaluate((box, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);

  it('come with a command for each platform, to be copied', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Copy the command for Kubernetes' }).click();
    const copied = (await panel.intents()).at(-1);
    assert.ok(copied?.type === 'copyText');
    assert.match(copied.text, /^kubectl exec .* \| grep -oE /);
  });

  it('lose their values before they are in the box, and are sent as names', async () => {
    const page = await open();
    await paste(page, 'API_URL=https://user:hunter2@example.org\nSTRIPE_KEY=hunter2\n');
    const box = page.getByLabel('Names that are set in production');
    assert.equal(await box.inputValue(), 'API_URL\nSTRIPE_KEY\n');
    await box.pressSequentially('MODE=hunter2\n');
    await page.getByRole('button', { name: 'Compare' }).click();
    const sent = (await panel.intents()).at(-1);
    assert.ok(sent?.type === 'compareProduction');
    assert.deepEqual(sent.names, ['API_URL', 'STRIPE_KEY', 'MODE']);
    const everything = JSON.stringify([await panel.intents(), await panel.kept()]);
    assert.doesNotMatch(everything, /hunter2@|=hunter2/);
    assert.doesNotMatch(everything, /API_URL.*STRIPE_KEY.*API_URL/s, 'the panel keeps nothing of it');
  });

  it('say what production lacks', async () => {
    const builder = new IncidentBuilder('a', Date.now()).evidence({
      kind: 'productionEnvironment',
      title: 'Production lacks STRIPE_KEY',
      step: 'environment',
    });
    const page = await open(builder);
    await page.locator('#step-environment .local-fact').getByText('Production lacks STRIPE_KEY').waitFor();
    await page.getByRole('button', { name: 'Show what is set (E1)' }).click();
    assert.deepEqual((await panel.intents()).at(-1), { type: 'previewEvidence', evidenceId: 'E1' });
  });
});
