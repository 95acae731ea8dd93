import assert from 'node:assert/strict';
import type { Failure } from '../../src/model/failure.ts';
import type { Fact } from '../../src/model/event.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { RunId } from '../../src/model/reply.ts';
import type { Intent, Surroundings } from '../../src/protocol.ts';
import { harmless } from '../support/incidents.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { FixtureName } from '../support/panelFixtures.ts';
import { until } from '../support/until.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';

describe('panel, once there is a fix', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;
  let incident: Incident;

  async function open(fixture: FixtureName, around: Partial<Surroundings> = {}): Promise<PanelPage['page']> {
    panel = await browser.open({});
    const made = fixtures[fixture]();
    incident = made.incident;
    await panel.post({ type: 'hydrate', incident, surroundings: { ...made.surroundings, ...around } });
    await panel.unfold();
    return panel.page;
  }

  async function happens(...facts: readonly Fact[]): Promise<void> {
    const events = facts.map((fact, index) => ({ ...fact, seq: incident.seq + 1 + index, at: Date.now() }));
    await panel.post({ type: 'events', events });
    incident = { ...incident, seq: incident.seq + facts.length };
  }

  async function answer(failure?: Failure): Promise<void> {
    const message = await panel.lastMessage();
    assert.ok(message);
    await panel.post({
      type: 'answer',
      intentId: message.intentId,
      ...(failure === undefined ? {} : { failure }),
    });
  }

  async function click(name: string | RegExp): Promise<Intent | undefined> {
    await panel.page.getByRole('button', { name, exact: true }).click();
    return (await panel.lastMessage())?.intent;
  }

  function runOf(step: 'fix' | 'blastRadius'): RunId {
    const run = incident.runs.findLast((one) => one.step === step);
    assert.ok(run);
    return run.id;
  }

  it('has the proof before what applies the fix, for the eye and for the keyboard', async () => {
    const page = await open('worked');
    const [proof, apply] = await Promise.all(
      ['Proof', 'Apply it'].map((name) => page.getByRole('heading', { name, exact: true }).boundingBox()),
    );
    assert.ok(proof && apply && proof.y < apply.y, JSON.stringify([proof, apply]));
    await page.getByRole('button', { name: 'Prove…' }).focus();
    await page.keyboard.press('Tab');
    const reason = page.getByLabel('Why the fix is applied without a proof');
    await until('the next control is the reason', () => reason.evaluate((box) => box === document.activeElement));
  });

  it('applies a fix that nothing proved only with a reason', async () => {
    const page = await open('worked');
    const button = page.getByRole('button', { name: 'Preview and Apply…' });
    assert.equal(await button.isDisabled(), true);
    await page.getByLabel('Why the fix is applied without a proof').fill('The suite needs the staging database.');
    const reason = 'The suite needs the staging database.';
    assert.deepEqual(await click('Preview and Apply…'), { type: 'applyFix', runId: runOf('fix'), reason });
    assert.equal(await button.isDisabled(), true, 'not twice');
  });

  it('tells which edits do not fit, keeps the reason, and asks Claude to mend them', async () => {
    const page = await open('worked');
    await page.getByLabel('Why the fix is applied without a proof').fill('It is urgent.');
    await click('Preview and Apply…');
    await answer({
      kind: 'editsRefused',
      problems: [{ kind: 'ambiguous', lines: [10, 40], count: 2, path: 'src/a.js', part: 'fix', number: 1 }],
    });
    await page.getByText('twice: lines 10 and 40', { exact: false }).waitFor();
    await page.getByText('Nothing was changed.', { exact: false }).first().waitFor();
    assert.equal(await page.getByLabel('Why the fix is applied without a proof').inputValue(), 'It is urgent.');
    assert.deepEqual(await click('Ask Claude to Mend the Edits'), { type: 'mendFix' });
  });

  it('joins each risk with the callers found here, and lists those that none mentions, all as links', async () => {
    const page = await open('worked');
    const risk = page.locator('li').filter({ hasText: 'Refunds' });
    await risk.getByText('in refundOrder').waitFor();
    await risk.getByText('Not among the callers found:').waitFor();
    const step = page.locator('#body-blastRadius');
    const link = async (place: string): Promise<Intent | undefined> => {
      await step.getByRole('button', { name: place, exact: true }).click();
      return (await panel.lastMessage())?.intent;
    };
    assert.deepEqual(await link('src/services/refund.js:31'), {
      type: 'openFile',
      path: 'src/services/refund.js',
      line: 31,
    });
    assert.deepEqual(await link('src/admin/report.js:7'), { type: 'openFile', path: 'src/admin/report.js', line: 7 });
    await page.getByRole('heading', { name: 'A caller that no risk mentions' }).waitFor();
    const open12 = { type: 'openFile', path: 'src/jobs/retryCharges.js', line: 12 };
    assert.deepEqual(await link('src/jobs/retryCharges.js:12'), open12);
  });

  it('is off in Restricted Mode, and says so', async () => {
    const page = await open('worked', { trusted: false });
    await page.getByText('This folder is in Restricted Mode, so applying a fix is off.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Preview and Apply…' }).count(), 0);
  });

  it('shows what was applied, the branch and the commit message, and that it can be undone', async () => {
    const page = await open('worked');
    const reason = harmless('The suite needs the staging database.');
    const runId = runOf('fix');
    await happens({
      type: 'fixApplied',
      runId,
      files: ['src/a.js', 'test/a.test.js'],
      proof: { kind: 'unproved', reason },
    });
    await page.getByText('to 2 files, as one edit', { exact: false }).waitFor();
    await page.getByText('Not proved.', { exact: false }).waitFor();
    assert.deepEqual(await click(/^Create Branch incident\/\d{4}-\d\d-\d\d-checkout-returns-500/), {
      type: 'createFixBranch',
    });
    await answer();
    assert.deepEqual(await click('Use Commit Message'), { type: 'useFixMessage' });
    await page.getByText('The commit message').click();
    assert.match(await page.getByRole('group', { name: 'Commit message' }).innerText(), /^Fix: Checkout returns 500/);
    await happens({ type: 'fixUndone', runId });
    await page.getByText('It was applied, and undone at', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Preview and Apply…' }).waitFor();
  });

  it('shows which similar places are there, and asks to fix them too', async () => {
    const page = await open('watched');
    await page.getByText('moved to line 33').waitFor();
    assert.deepEqual(await click('src/services/refund.js:33'), {
      type: 'openFile',
      path: 'src/services/refund.js',
      line: 33,
    });
    await answer();
    assert.deepEqual(await click('Fix both and write tests for both'), { type: 'fixSimilar' });
    const runId = runOf('fix');
    await happens({
      type: 'patternsChecked',
      runId,
      patterns: [{ index: 0, by: 'quote', place: { kind: 'notFound', reason: 'otherText' } }],
    });
    await page.getByText('not found: the text is not in the file').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Fix both and write tests for both' }).count(), 0);
  });

  it('starts the watch, takes how each monitor is, with a note', async () => {
    const page = await open('worked');
    const runId = runOf('blastRadius');
    await page.getByText('Watch after the deploy (1 of 2 ok)').waitFor();
    assert.deepEqual(await click('Start the Watch'), { type: 'startWatch' });
    await happens({ type: 'watchStarted', minutes: 30 });
    await page.getByText(/^(30:00|29:5\d) left\.$/).waitFor();
    await page.getByText('Watch after the deploy (0 of 2 ok)').waitFor();
    const monitor = page.getByRole('group', { name: 'How is Stripe 401s?' });
    await monitor.getByRole('button', { name: 'Add a note…' }).click();
    await page.getByLabel('Note on Stripe 401s').fill('None so far.');
    const check = { type: 'checkMonitor', runId, index: 1, state: 'ok', note: 'None so far.' };
    assert.deepEqual(await click('OK: Stripe 401s'), check);
    await answer();
    await happens({ type: 'monitorChecked', runId, index: 1, state: 'ok', note: harmless('None so far.') });
    await page.getByText('None so far.').waitFor();
    assert.equal(await page.getByLabel('Note on Stripe 401s').count(), 0);
    assert.equal(await page.getByRole('button', { name: 'OK: Stripe 401s' }).getAttribute('aria-pressed'), 'true');
  });

  it('shows the way back when a monitor is worse, to copy or to type into a terminal', async () => {
    const page = await open('watched');
    await page.getByText('A monitor is worse.').waitFor();
    assert.deepEqual(await click('Type It into a Terminal'), { type: 'typeRollback' });
    await panel.close();
    await open('watched', { trusted: false });
    await panel.page.getByText('In Restricted Mode it can be copied only.').waitFor();
    assert.equal(await panel.page.getByRole('button', { name: 'Type It into a Terminal' }).count(), 0);
  });

  it('offers to resolve when the time is up and all is ok, and not before', async () => {
    const page = await open('worked');
    const runId = runOf('blastRadius');
    const past = Date.now() - 31 * 60_000;
    const look = (index: number) =>
      ({ type: 'monitorChecked', runId, index, state: 'ok', note: harmless('') }) as const;
    const at = (fact: Fact, offset: number) => ({ ...fact, seq: incident.seq + 1 + offset, at: past + offset });
    const resolve = page.getByRole('button', { name: 'Resolve Incident' });
    await panel.post({
      type: 'events',
      events: [at({ type: 'watchStarted', minutes: 30 }, 0), at(look(0), 1)],
    });
    await page.getByText('Still to be looked at: Stripe 401s.', { exact: false }).waitFor();
    assert.equal(await resolve.count(), 0);
    incident = { ...incident, seq: incident.seq + 2 };
    await happens(look(1));
    await page.getByText('All monitors are ok', { exact: false }).waitFor();
    await resolve.click();
    assert.deepEqual((await panel.lastMessage())?.intent, { type: 'runCommand', command: 'resolveIncident' });
  });
});
