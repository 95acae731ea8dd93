import assert from 'node:assert/strict';
import type { Intent } from '../../src/protocol.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { Fact } from '../../src/model/event.ts';
import { records } from '../support/records.ts';
import { fullSurroundings, harmless, IncidentBuilder } from '../support/incidents.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { FixtureName, PanelFixture } from '../support/panelFixtures.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';

describe('panel, steps 3 to 7', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;
  let incident: Incident;

  async function open(fixture: PanelFixture | FixtureName, unfold = true): Promise<PanelPage['page']> {
    panel = await browser.open({});
    const made = typeof fixture === 'string' ? fixtures[fixture]() : fixture;
    incident = made.incident;
    await panel.post({ type: 'hydrate', ...made });
    if (unfold) await panel.unfold();
    return panel.page;
  }

  /** Posts what the host would tell next. */
  async function happens(...facts: readonly Fact[]): Promise<void> {
    const events = facts.map((fact, index) => ({ ...fact, seq: incident.seq + 1 + index, at: Date.now() }));
    await panel.post({ type: 'events', events });
    await panel.unfold();
  }

  async function last(): Promise<Intent | undefined> {
    return (await panel.lastMessage())?.intent;
  }

  async function answer(): Promise<void> {
    const message = await panel.lastMessage();
    assert.ok(message);
    await panel.post({ type: 'answer', intentId: message.intentId });
  }

  async function click(name: string | RegExp): Promise<Intent | undefined> {
    await panel.page.getByRole('button', { name, exact: true }).click();
    return last();
  }

  it('sends a verdict on a hypothesis and shows what the host made of it', async () => {
    const page = await open('allSeven');
    const runId = incident.runs.find(({ step }) => step === 'hypotheses')?.id;
    assert.ok(runId);
    const verdict = { type: 'judgeHypothesis', runId, index: 0, verdict: 'confirmed', note: '' };
    assert.deepEqual(await click('Confirm hypothesis 1'), verdict);
    assert.equal(await page.locator('.hypothesis.confirmed').count(), 0, 'nothing changes before the host says so');
    await happens({ type: 'hypothesisJudged', runId, index: 0, verdict: 'confirmed', note: harmless('') });
    assert.match(await page.locator('.hypothesis.confirmed').innerText(), /STRIPE_KEY[\s\S]*confirmed/);
    assert.deepEqual(await click('Reopen hypothesis 1'), { ...verdict, verdict: 'open' });
    assert.deepEqual(await click('Rule out hypothesis 2'), { ...verdict, verdict: 'ruledOut', index: 1 });
  });

  it('leads from the last step back to one before it that is still open, and says so', async () => {
    const page = await open('allSeven');
    await page.getByRole('button', { name: 'Check it off', exact: true }).waitFor();
    await happens({ type: 'stepUnchecked', step: 'regression' });
    await page.getByRole('button', { name: 'Done: back to 5 Regression diff' }).waitFor();
    await page.getByRole('button', { name: 'Done: on to 7 Blast radius' }).waitFor();
  });

  it('takes a note with the verdict, by Ctrl+Enter or along with a button, and keeps it until it is taken', async () => {
    const page = await open('worked');
    await click('Add a note to hypothesis 3');
    const box = page.getByLabel('Note on hypothesis 3');
    assert.equal(await box.evaluate((element) => element === document.activeElement), true);
    await box.fill('Both are 2.18.4.');
    const before = await panel.lastMessage();
    await box.press('Control+Enter');
    assert.notEqual((await panel.lastMessage())?.intentId, before?.intentId);
    const note = { type: 'judgeHypothesis', runId: 'R3', index: 2, note: 'Both are 2.18.4.' };
    assert.deepEqual(await last(), { ...note, verdict: 'open' });
    const message = await panel.lastMessage();
    const failure = { kind: 'unexpected', detail: 'disk' } as const;
    await panel.post({ type: 'answer', intentId: message?.intentId ?? 0, failure });
    assert.equal(await box.inputValue(), 'Both are 2.18.4.');
    assert.match(await page.locator('#step-hypotheses').getByRole('alert').innerText(), /disk/);
    assert.deepEqual(await click('Rule out hypothesis 3'), { ...note, verdict: 'ruledOut' });
    await answer();
    await box.waitFor({ state: 'detached' });
  });

  it('shows a ruled out hypothesis struck through with its reason, and opens a note for change', async () => {
    const page = await open('worked');
    const card = page.locator('.hypothesis.ruledOut');
    assert.match(await card.innerText(), /ruled out[\s\S]*It fails 40 minutes after the start too\./);
    assert.equal(await card.locator('s').innerText(), '2 · Configuration is read before the secrets are mounted');
    await click('Change the note of hypothesis 2');
    assert.equal(
      await page.getByLabel('Note on hypothesis 2').inputValue(),
      'It fails 40 minutes after the start too.',
    );
    await page.getByLabel('Note on hypothesis 2').press('Escape');
    await page.getByLabel('Note on hypothesis 2').waitFor({ state: 'detached' });
  });

  it('says of a claim that is not grounded why', async () => {
    const builder = new IncidentBuilder('x', Date.now());
    const run = builder.ask('hypotheses');
    builder.add({
      type: 'resultRecorded',
      runId: run,
      record: records.hypotheses,
      grounding: [
        { index: 0, grounding: 'grounded', citations: [] },
        {
          index: 1,
          grounding: 'notGrounded',
          citations: [{ cited: 'E9:1', grounded: false, reason: 'notSent' }],
        },
      ],
    });
    const page = await open({ incident: builder.end(run).incident, surroundings: fullSurroundings });
    const cards = await page.locator('.hypothesis .card-head').allInnerTexts();
    assert.deepEqual(
      cards.map((text) => /not grounded: (.*)/.exec(text)?.[1]),
      [undefined, 'E9:1 was not sent', undefined],
    );
  });

  it('says what the regression diff is compared with, and offers to change it', async () => {
    const page = await open('allSeven');
    const step = page.locator('#step-regression');
    assert.match(await step.innerText(), /Compared with HEAD~5, the last 5 commits/);
    assert.deepEqual(await click('Change the baseline…'), { type: 'chooseBaseline' });
    await happens({ type: 'baselineChosen', baseline: { kind: 'tag', name: 'v2.18.3' } });
    assert.match(await step.innerText(), /Compared with the tag v2\.18\.3/);
  });

  it('opens the diff of a commit by the id in its name', async () => {
    const page = await open('allSeven');
    assert.deepEqual(await click('Open Diff of a41c9e0'), { type: 'showCommit', commit: 'a41c9e0' });
    assert.match(await page.locator('#step-regression .card').innerText(), /a41c9e0 tidy configuration loading/);
  });

  it('shows a fix line by line with signs, and what its check still lacks', async () => {
    const builder = new IncidentBuilder('x', Date.now());
    const run = builder.ask('fix');
    const data = {
      ...records.fix.data,
      edits: [{ path: 'a.js', search: 'one\ntwo\nthree\n', replace: 'one\n2\n2.5\nthree\n' }],
      edgeCases: [],
      similarPatterns: [],
    };
    const fixture = {
      incident: builder.record(run, { step: 'fix', data }).end(run).incident,
      surroundings: fullSurroundings,
    };
    const page = await open(fixture);
    const change = page.getByRole('group', { name: 'Change in a.js' });
    assert.equal(await change.textContent(), '  one\n- two\n+ 2\n+ 2.5\n  three\n');
    assert.equal(await change.locator('del').textContent(), '- two\n');
    const parts = await page.getByRole('list', { name: 'Parts of the check' }).getByRole('listitem').allInnerTexts();
    assert.deepEqual(
      parts.map((part) => part.trim()),
      ['a test', 'why it works', 'edge cases (0): missing', 'similar patterns (0): missing'],
    );
    await page.getByText('A fix is applied only when all four parts are there: 2 are missing.').waitFor();
    assert.equal(await page.getByRole('button', { name: /apply/i }).count(), 0);
    assert.deepEqual(await click('Open as Diff'), { type: 'showFix' });
    assert.deepEqual(await click('Copy the test’s command'), { type: 'copyText', text: 'npm test -- payment' });
  });

  it('counts “none elsewhere” as an answer to where else the pattern is', async () => {
    const builder = new IncidentBuilder('x', Date.now());
    const run = builder.ask('fix');
    const data = { ...records.fix.data, similarPatterns: [], noSimilarPatterns: true };
    const { incident: made } = builder.record(run, { step: 'fix', data }).end(run);
    const page = await open({ incident: made, surroundings: fullSurroundings });
    assert.match(await page.locator('.parts').innerText(), /similar patterns: none elsewhere/);
    assert.doesNotMatch(await page.locator('.parts').innerText(), /missing/);
  });

  it('shows staging and rollback of CLAUDE.md, once, with Copy', async () => {
    const page = await open('worked');
    const text = './scripts/rollback.sh v2.18.3';
    assert.equal(await page.locator('#step-blastRadius').getByText(text, { exact: true }).count(), 1);
    assert.deepEqual(await click('Copy the rollback command'), { type: 'copyText', text });
    await answer();
    await page.getByRole('button', { name: 'Copied the rollback command' }).waitFor();
    const staging = { type: 'copyText', text: 'kubectl --context staging -n checkout' };
    assert.deepEqual(await click('Copy the staging environment'), staging);
  });

  it('shows the rollback of a reply where CLAUDE.md has none', async () => {
    const page = await open('allSeven');
    await page.getByText('To roll back, as Claude says').waitFor();
    assert.equal((await click('Copy Claude’s rollback command'))?.type, 'copyText');
  });

  it('shows the variables found without Claude, and each command with Copy', async () => {
    const page = await open('worked');
    const step = page.locator('#step-environment');
    assert.match(
      await step.innerText(),
      /Found in the suspects, without Claude: 4 environment variables, 1 not declared/,
    );
    assert.deepEqual(await click('Show the table (E3)'), { type: 'previewEvidence', evidenceId: 'E3' });
    assert.deepEqual(await click('Copy the command for LOG_LEVEL'), { type: 'copyText', text: 'printenv LOG_LEVEL' });
    const cells = await step.locator('tbody td:nth-of-type(1)').allInnerTexts();
    assert.deepEqual(
      cells.map((cell) => cell.trim().split('\n')[0]),
      ['missing', 'suspect', 'fine', 'unknown'],
    );
  });

  it('has each variable whole in a narrow panel, and what was asked with beside what came of it in a wide one', async () => {
    const made = fixtures.worked();
    const page = await open(made);
    const step = page.locator('#step-environment');
    const place = async (selector: string): Promise<{ x: number; y: number; width: number; height: number }> =>
      (await step.locator(selector).boundingBox()) ?? { x: NaN, y: NaN, width: NaN, height: NaN };
    await page.setViewportSize({ width: 280, height: 700 });
    await panel.rendered();
    const beyond = await step.locator('.table-scroll').evaluate((box) => box.scrollWidth - box.clientWidth);
    assert.equal(beyond, 0, 'nothing to scroll sideways');
    assert.equal(await step.getByRole('row').count(), 5, 'a table still, for a screen reader');
    assert.equal(await step.getByRole('rowheader', { name: 'STRIPE_KEY' }).count(), 1);
    for (const [width, isBeside] of [
      [1040, false],
      [1600, true],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await panel.rendered();
      const asked = await place('.ask-row');
      const result = await place('.result');
      assert.equal(result.x >= asked.x + asked.width, isBeside, `${width} px: ${JSON.stringify([asked, result])}`);
      assert.equal(result.y >= asked.y + asked.height, !isBeside, `${width} px: ${JSON.stringify([asked, result])}`);
    }
  });

  it('copies every step as a prompt, without a key too, and says so', async () => {
    const made = fixtures.worked();
    const page = await open({ ...made, surroundings: { ...made.surroundings, hasKey: false } });
    const buttons = page.getByRole('button', { name: 'Copy as Prompt' });
    assert.equal(await buttons.count(), 7);
    await buttons.nth(4).click();
    assert.deepEqual(await last(), { type: 'copyPrompt', step: 'regression' });
    await answer();
    await page.locator('#step-regression').getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.getByText('Copy as Prompt works without one').count(), 7);
  });

  it('shows each search of a reply with its hits, or why it was refused', async () => {
    const page = await open('worked', false);
    await panel.unfold();
    const lines = page.locator('#step-fix .tool-call');
    const texts = (await lines.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    assert.match(texts[0] ?? '', /^Searched for config\.stripe\. in src: 2 hits src\/services\/refund\.js:31: return/);
    assert.match(texts[1] ?? '', /^Searched for stripe_key in src: no hit/);
    assert.match(texts[2] ?? '', /^Not searched: \( in src\. The search failed\. git grep failed/);
    assert.match(texts[3] ?? '', /^Result recorded/);
  });

  it('links the house rules to their lines in the steps that they concern', async () => {
    const page = await open('worked');
    const rules = page.getByRole('list', { name: 'House rules that go into the question' });
    assert.equal(await rules.count(), 4);
    await page.locator('#step-fix').getByRole('button', { name: 'CLAUDE.md, line 17' }).click();
    assert.deepEqual(await last(), { type: 'openFile', path: 'CLAUDE.md', line: 17 });
    assert.equal(await page.getByRole('button', { name: /Add the debugging protocol/ }).count(), 0);
  });

  it('offers to write house rules down where there are none', async () => {
    await open('allSeven');
    assert.deepEqual(await click('Add the debugging protocol to CLAUDE.md'), {
      type: 'runCommand',
      command: 'addProtocol',
    });
  });

  it('exports a postmortem', async () => {
    await open('worked');
    assert.deepEqual(await click('Export Postmortem'), { type: 'runCommand', command: 'exportPostmortem' });
  });

  it('resolves an incident and reopens it', async () => {
    await open('worked');
    assert.deepEqual(await click('Resolve the Incident'), { type: 'runCommand', command: 'resolveIncident' });
    await happens({ type: 'incidentResolved' });
    assert.deepEqual(await click('Reopen the Incident'), { type: 'runCommand', command: 'reopenIncident' });
  });
});
