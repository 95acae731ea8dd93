import assert from 'node:assert/strict';
import type { Intent } from '../../src/protocol.ts';
import { focusIn, tabTo as tabOn, untilFocused } from '../support/focus.ts';
import type { FocusStop } from '../support/focus.ts';
import { fullSurroundings, harmless, IncidentBuilder } from '../support/incidents.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { FixtureName } from '../support/panelFixtures.ts';
import type { PanelPage, PanelPageOptions } from '../support/panelPage.ts';
import { records } from '../support/records.ts';
import { themes } from '../support/themes.ts';
import type { ThemeName } from '../support/themes.ts';
import { until } from '../support/until.ts';
import { usePanelBrowser } from '../support/usePanel.ts';

describe('panel by keyboard', function () {
  this.timeout(120_000);
  const browser = usePanelBrowser();
  let panel: PanelPage | undefined;

  async function open(fixture?: FixtureName, options: PanelPageOptions = {}): Promise<PanelPage> {
    panel = await browser.open(options);
    if (fixture !== undefined) await panel.post({ type: 'hydrate', ...fixtures[fixture]() });
    return panel;
  }

  const focused = ({ page }: PanelPage): Promise<FocusStop> => focusIn(page.locator('body'));
  const tabTo = ({ page }: PanelPage, name: RegExp): Promise<void> => tabOn(page.locator('body'), name);

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`reaches every control once, in the order of the page, and shows where it is: ${theme}`, async () => {
      const opened = await open('worked', { theme });
      await opened.unfold();
      const count = await opened.page.evaluate(() => {
        const all = 'a[href], button, input, select, textarea, summary, [tabindex="0"], vscode-button, vscode-checkbox';
        return [...document.querySelectorAll<HTMLElement>(all)].filter(
          (each) => !each.hasAttribute('disabled') && each.getClientRects().length > 0,
        ).length;
      });
      const stops: FocusStop[] = [];
      await opened.page.keyboard.press('Tab');
      for (let at = await focused(opened); at.index >= 0 && stops.length <= count; at = await focused(opened)) {
        stops.push(at);
        await opened.page.keyboard.press('Tab');
      }
      assert.deepEqual(
        stops.filter(({ isSeen }) => !isSeen).map(({ name }) => name),
        [],
      );
      const places = stops.map(({ index }) => index);
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      );
      assert.equal(new Set(places).size, count);
    });
  }

  it('works a step from the pasted error to the next step, and the focus is never nowhere', async () => {
    const builder = new IncidentBuilder('Checkout returns 500', Date.now());
    const opened = await open();
    const { page, post, intents } = opened;
    const events = async (add: () => void): Promise<void> => {
      const before = builder.incident.seq;
      add();
      await post({ type: 'events', events: builder.events.filter(({ seq }) => seq > before) });
    };
    const answered = async (type: Intent['type']): Promise<void> => {
      await until(`${type} is asked for`, async () => (await intents()).at(-1)?.type === type);
      const last = await opened.lastMessage();
      await post({ type: 'answer', intentId: last?.intentId ?? -1 });
    };
    const isOn = (name: RegExp, when: string): Promise<void> => untilFocused(page.locator('body'), name, when);
    await post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });

    await tabTo(opened, /^Rename the incident/);
    await page.keyboard.press('Enter');
    await until('the title can be typed', () => page.evaluate(() => document.activeElement?.id === 'incident-title'));
    await page.keyboard.press('Escape');
    await isOn(/Rename/, 'after the title was left');

    await page.getByLabel('Paste the error here').focus();
    await page.keyboard.type('TypeError: x');
    await page.keyboard.press('Control+Enter');
    await events(() => builder.evidence({ title: 'Pasted error' }));
    await answered('addErrorText');
    await events(() => builder.evidence({ title: 'error.log' }));

    await tabTo(opened, /^Remove E1/);
    await page.keyboard.press('Enter');
    await events(() => builder.add({ type: 'evidenceRemoved', evidenceId: 'E1' }));
    await answered('removeEvidence');
    await isOn(/./, 'after evidence was removed');

    await tabTo(opened, /Ask Claude/);
    await page.keyboard.press('Enter');
    const run = builder.incident.runs.length;
    await events(() => void builder.text(builder.ask('orient'), 'It fails in `payment.js:47`.'));
    await answered('ask');
    await isOn(/Stop/, 'once Claude answers');
    const runId = builder.incident.runs[run]?.id;
    assert.ok(runId);
    await events(() => builder.record(runId, records.orient).end(runId));
    await isOn(/Ask Again/, 'once the reply has ended');

    await tabTo(opened, /on to 2 Three files/);
    await page.keyboard.press('Enter');
    await events(() => builder.check('orient'));
    await answered('checkStep');
    await until('the next step has the focus', async () => /2 Three files/.test((await focused(opened)).name));

    await tabTo(opened, /Skip…/);
    await page.keyboard.press('Enter');
    await until('the reason can be typed', () => page.evaluate(() => document.activeElement?.id === 'skip-files'));
    await page.keyboard.type('Known cause');
    await page.keyboard.press('Enter');
    await events(() => builder.add({ type: 'stepSkipped', step: 'files', reason: harmless('Known cause') }));
    await answered('skipStep');
    await isOn(/./, 'after the step was skipped');
  });

  it('takes no focus from who has none, or who has it elsewhere', async () => {
    const opened = await open('gathered');
    await opened.page.mouse.click(5, 500);
    await opened.post({ type: 'hydrate', ...fixtures.afterTwo() });
    assert.equal((await focused(opened)).index, -1);
  });
});
