import assert from 'node:assert/strict';
import type { Incident } from '../../src/model/incident.ts';
import { continuedElsewhere, followed, notAllowedYet, waitsToRetry } from '../support/endpointFixtures.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { PanelFixture } from '../support/panelFixtures.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { fullReport } from '../support/traceFixtures.ts';
import { usePanelBrowser } from '../support/usePanel.ts';

const states: Readonly<Record<string, () => PanelFixture>> = {
  ...fixtures,
  continuedElsewhere,
  notAllowedYet,
  waitsToRetry,
};
/** The step in work, in the state of that name, with the one thing to do next. */
const next: Readonly<Record<string, string>> = {
  empty: 'Add last 50 lines',
  bare: 'Set API Key',
  gathered: 'Ask Claude',
  streaming: 'Stop',
  longReply: 'Stop',
  waitsToRetry: 'Stop',
  continuedElsewhere: 'Stop',
  afterTwo: 'Ask Claude',
  noSuspects: 'Accept all',
  files: 'Ask Claude',
  allSeven: 'Check it off',
  settled: 'Show the Watch',
  failed: 'Continue',
  interrupted: 'Continue',
  offline: 'Ask Again',
  demo: 'Done: on to 2 Three files',
  listings: 'Done: on to 2 Three files',
  cut: 'Done: on to 2 Three files',
  rate: 'Ask Claude',
  notAllowedYet: 'Ask Claude',
  hostile: 'Done: on to 3 Hypotheses first',
  worked: 'Done: on to 6 Fix + test',
  watched: 'Done: on to 6 Fix + test',
  notProved: 'Done: on to 6 Fix + test',
  proving: 'Done: on to 6 Fix + test',
  hunting: 'Done: on to 6 Fix + test',
};

function withoutFilesToCheck(incident: Incident): Incident {
  const runs = incident.runs.map((run) =>
    run.record?.step === 'orient'
      ? { ...run, record: { ...run.record, data: { ...run.record.data, filesToCheck: [] } } }
      : run,
  );
  return { ...incident, runs };
}

interface Primary {
  readonly words: string;
  readonly isInView: boolean;
}

/** The enabled primary buttons of the step in work, or of what follows the last one, by default once it is scrolled to. */
function primaries(panel: PanelPage, fromTop = true): Promise<readonly Primary[]> {
  return panel.page.evaluate((scroll) => {
    const toggle = document.querySelector('.step-toggle[aria-expanded="true"]');
    const step = toggle?.closest('section') ?? document.querySelector('.settled');
    if (scroll) step?.scrollIntoView({ block: 'start' });
    return [...(step?.querySelectorAll('vscode-button, .plain-button.primary') ?? [])]
      .filter((it) => it.getAttribute('appearance') !== 'secondary' && !it.hasAttribute('disabled'))
      .map((it) => {
        const { top, bottom, left, right } = it.getBoundingClientRect();
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        const words = it.textContent.replaceAll(/\s+/g, ' ').trim();
        return { words, isInView: top >= 0 && bottom <= window.innerHeight && it.contains(hit) };
      });
  }, fromTop);
}

describe('what to do next', function () {
  this.timeout(300_000);
  const browser = usePanelBrowser();

  async function open(fixture: PanelFixture, width: number, height: number): Promise<PanelPage> {
    const panel = await browser.open({ width, height, reducedMotion: true });
    await show(panel, fixture);
    return panel;
  }

  async function show(panel: PanelPage, fixture: PanelFixture): Promise<void> {
    await panel.post({ type: 'hydrate', ...fixture });
    await panel.page.evaluate(() => document.fonts.ready);
    await panel.rendered();
  }

  it('is one thing in each state, the only primary button of the step in work', async () => {
    const panel = await browser.open({ width: 1040, height: 900, reducedMotion: true });
    for (const [name, words] of Object.entries(next)) {
      await show(panel, (states[name] ?? fixtures.empty)());
      const found = await primaries(panel);
      assert.deepEqual(
        found.map((button) => button.words),
        [words],
        name,
      );
    }
    const untold = Object.keys(states).filter((name) => !(name in next));
    assert.deepEqual(untold, ['resolved'], 'only who has nothing left to do is told nothing');
  });

  for (const [width, height] of [
    [280, 700],
    [520, 480],
    [1040, 800],
    [1600, 900],
  ] as const) {
    it(`is in view where the step begins, however much stands above it: ${width} × ${height}`, async () => {
      // What broke is read up to where it broke, and goes on there.
      const inTheReply = ['failed', 'interrupted'];
      const panel = await browser.open({ width, height, reducedMotion: true });
      for (const name of Object.keys(next).filter((it) => !inTheReply.includes(it))) {
        await show(panel, (states[name] ?? fixtures.empty)());
        const found = await primaries(panel);
        assert.deepEqual(
          found.map(({ isInView }) => isInView),
          [true],
          name,
        );
      }
    });
  }

  it('is to give something to send where there is nothing: the newest log, else the clipboard, else to ask', async () => {
    const empty = fixtures.empty();
    const withoutLogs = { ...empty, surroundings: { ...empty.surroundings, logs: [] } };
    const panel = await open(withoutLogs, 1040, 900);
    const words = async (): Promise<readonly string[]> => (await primaries(panel)).map((button) => button.words);
    assert.deepEqual(await words(), ['Clipboard']);
    await panel.page.getByLabel('Paste the error here').fill('Error: the charge failed');
    await panel.rendered();
    assert.deepEqual(await words(), ['Ask Claude']);
    await panel.page.getByLabel('Paste the error here').fill('');
    await show(panel, empty);
    assert.deepEqual(await words(), ['Add last 50 lines']);
  });

  it('is to choose files where step 2 has none: those that a trace names, else what Claude asked for, else a dialog', async () => {
    const { incident, surroundings } = fixtures.noSuspects();
    const unasked: PanelFixture = { incident: withoutFilesToCheck(incident), surroundings };
    const panel = await open(fixtures.noSuspects(), 1040, 900);
    const words = async (): Promise<readonly string[]> => (await primaries(panel)).map((button) => button.words);
    assert.deepEqual(await words(), ['Accept all']);
    await panel.page.getByRole('button', { name: 'Accept all' }).click();
    assert.deepEqual((await panel.intents()).at(-1), { type: 'addSuspect', path: 'src/services/payment.js' });
    await show(panel, unasked);
    assert.deepEqual(await words(), ['Choose a File…']);
    await panel.post({ type: 'traces', report: fullReport });
    await panel.page.getByText('Proposed from the evidence').waitFor();
    assert.deepEqual(await words(), ['Accept all']);
    await panel.post({ type: 'traces', report: { ...fullReport, proposals: fullReport.proposals.slice(0, 1) } });
    assert.deepEqual(await words(), ['Accept']);
    await show(panel, fixtures.files());
    assert.deepEqual(await words(), ['Ask Claude']);
  });

  it('is to stop, within reach, for who follows a long reply in a narrow panel', async () => {
    const panel = await open(fixtures.longReply(), 280, 700);
    await panel.page.evaluate(() => window.scrollTo(0, 20_000));
    await panel.rendered();
    const stop = panel.page.getByRole('main').getByRole('button', { name: 'Stop' });
    const [where] = await primaries(panel, false);
    assert.deepEqual(where, { words: 'Stop', isInView: true });
    await stop.click();
    assert.deepEqual((await panel.intents()).at(-1), { type: 'stop' });
  });

  it('is to watch and then to resolve once all steps are settled, and nothing in a window that only follows', async () => {
    const { incident, surroundings } = fixtures.settled();
    const panel = await open({ incident, surroundings }, 1040, 900);
    await panel.page.getByRole('button', { name: 'Show the Watch' }).click();
    await panel.page.getByText('Watch after the deploy (0 of 2 ok)').waitFor();
    assert.deepEqual(await primaries(panel), [], 'the watch is in sight');
    const runId = incident.runs.at(-1)?.id ?? 'R7';
    const look = (index: number) => ({ runId, index, state: 'ok', note: '', at: Date.now() }) as const;
    await show(panel, { incident: { ...incident, monitorChecks: [look(0), look(1)] }, surroundings });
    await panel.page.locator('main').getByRole('button', { name: 'Resolve Incident' }).click();
    assert.deepEqual((await panel.intents()).at(-1), { type: 'runCommand', command: 'resolveIncident' });
    await show(panel, followed());
    assert.deepEqual(await primaries(panel), []);
  });

  it('is to prove a fix, then to apply it, and only then to go on', async () => {
    const stepSix = async (fixture: PanelFixture): Promise<readonly string[]> => {
      const panel = await open(fixture, 1040, 900);
      await panel.page.locator('#step-regression .step-toggle[aria-expanded="true"]').click();
      await panel.page.locator('#step-fix .step-toggle').click();
      await panel.page.locator('#step-fix .next-row').waitFor();
      return (await primaries(panel)).map(({ words }) => words);
    };
    assert.deepEqual(await stepSix(fixtures.worked()), ['Prove…']);
    assert.deepEqual(await stepSix(fixtures.hunting()), ['Preview and Apply…']);
    assert.deepEqual(await stepSix(fixtures.watched()), ['Done: back to 5 Regression diff']);
  });

  it('hides nothing that has the focus', async () => {
    const panel = await open(fixtures.worked(), 280, 700);
    const covered: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      await panel.page.keyboard.press('Tab');
      const what = await panel.page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) return undefined;
        const { top, bottom, left, right } = activeElement.getBoundingClientRect();
        const hit = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + bottom) / 2);
        return activeElement.contains(hit) || hit?.contains(activeElement) === true
          ? undefined
          : activeElement.outerHTML.slice(0, 120);
      });
      if (what !== undefined) covered.push(what);
    }
    assert.deepEqual(covered, []);
  });
});
