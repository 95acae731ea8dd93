import assert from 'node:assert/strict';
import type { Fact } from '../../src/model/event.ts';
import type { ProofVerdict } from '../../src/model/proof.ts';
import type { ProvingState } from '../../src/model/proving.ts';
import type { Intent } from '../../src/protocol.ts';
import { harmless } from '../support/incidents.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { PanelFixture } from '../support/panelFixtures.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage } from '../support/panelPage.ts';

describe('panel, the proof', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;
  let made: PanelFixture;

  async function open(proving?: ProvingState, more: Partial<PanelFixture['surroundings']> = {}): Promise<void> {
    panel = await browser.open({});
    made = fixtures.allSeven();
    const surroundings = { ...made.surroundings, ...more };
    await panel.post({
      type: 'hydrate',
      incident: made.incident,
      surroundings: proving === undefined || proving.kind === 'idle' ? surroundings : { ...surroundings, proving },
    });
    await panel.unfold();
  }

  const runId = () => made.incident.runs.findLast(({ step }) => step === 'fix')?.id ?? 'R0';
  const group = (name = 'Proof') => panel.page.getByRole('group', { name, exact: true });
  const last = async (): Promise<Intent | undefined> => (await panel.lastMessage())?.intent;

  async function happens(...facts: readonly Fact[]): Promise<void> {
    const events = facts.map((fact, index) => ({ ...fact, seq: made.incident.seq + 1 + index, at: Date.now() }));
    await panel.post({ type: 'events', events });
    await panel.unfold();
  }

  function ended(verdict: ProofVerdict, more: Partial<Extract<Fact, { type: 'proofEnded' }>> = {}): Fact {
    return {
      type: 'proofEnded',
      runId: runId(),
      startedAt: Date.now() - 9_000,
      verdict,
      runs: [
        {
          phase: 'withoutFix',
          command: harmless('mocha test/x.test.js'),
          attempts: [1, 2, 3].map(() => ({ end: { kind: 'exited', code: 1 } as const, milliseconds: 1_500 })),
          output: harmless('1 failing\n<img src=x onerror="window.hacked=1">'),
        },
      ],
      uncommitted: [],
      changedOutside: [],
      ...more,
    };
  }

  const plan = {
    id: 7,
    runId: 'R6' as const,
    folder: 'packages/shop',
    test: "mocha 'test/a b.test.js'",
    suite: 'npm run test',
    foundIn: 'packages/shop/package.json',
    uncommitted: [],
  };

  it('asks for a plan, and runs only the plan that was shown', async () => {
    await open();
    await group().getByRole('button', { name: 'Prove…' }).click();
    assert.deepEqual(await last(), { type: 'planProof' });
    await panel.close();
    await open({ kind: 'planned', plan });
    for (const text of [plan.test, plan.suite, plan.folder]) await group().getByText(text, { exact: true }).waitFor();
    await group().getByRole('button', { name: 'Run', exact: true }).click();
    assert.deepEqual(await last(), { type: 'prove', planId: 7, withUncommitted: false });
    await group().getByRole('button', { name: 'Change the Commands…' }).click();
    assert.deepEqual(await last(), { type: 'changeTestCommand' });
    await group().getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await last(), { type: 'dismissProof' });
  });

  it('lets the user say whether uncommitted changes are taken along', async () => {
    await open({ kind: 'planned', plan: { ...plan, uncommitted: ['src/price.js'] } });
    await group().getByText('Not committed: src/price.js. Take these changes along?').waitFor();
    await group().getByRole('button', { name: 'Run with These Changes' }).click();
    assert.deepEqual(await last(), { type: 'prove', planId: 7, withUncommitted: true });
  });

  it('shows how far it is, and stops it', async () => {
    await open({
      kind: 'proving',
      runId: 'R6',
      startedAt: Date.now() - 5_000,
      phase: 'withFix',
      attempt: 2,
      command: plan.test,
    });
    await group().getByText('The test without the fix: red, as it must be').waitFor();
    await group().getByText('The test with the fix (run 2)').waitFor();
    await group().getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual(await last(), { type: 'stopProving' });
  });

  it('shows a verdict with its runs, and the output as text', async () => {
    await open();
    await happens(ended({ kind: 'proved', suite: 'passed', reason: 'asStated' }));
    await group().getByRole('heading', { name: 'Proved: red without the fix, green with it' }).waitFor();
    await group().getByText('<img src=x').waitFor();
    assert.equal(await panel.page.evaluate(() => 'hacked' in window), false);
    assert.equal(await group().getByRole('button', { name: 'Ask Claude to Mend It' }).count(), 0);
  });

  it('offers what is not proved to Claude, with what it was', async () => {
    await open();
    await happens(ended({ kind: 'failsWithFix' }, { evidenceId: 'E9', changedOutside: [harmless('../escaped.txt')] }));
    await group().getByText('Outside the scratch copy, something changed meanwhile:').waitFor();
    await group().getByRole('button', { name: 'Ask Claude to Mend It' }).click();
    const intent = await last();
    assert.ok(intent?.type === 'ask' && intent.step === 'fix');
    assert.match(intent.followUp ?? '', /Not proved: the test fails with the fix\..*Its output is E9\./);
  });

  it('runs nothing in Restricted Mode, and says so', async () => {
    await open(undefined, { trusted: false });
    await group().getByText('This folder is in Restricted Mode, so running tests is off.').waitFor();
    assert.equal(await group().getByRole('button', { name: 'Prove…' }).count(), 0);
  });

  it('offers the regression hunt once there is a proof, and shows the culprit with its diff', async () => {
    await open();
    assert.equal(await group('Regression hunt').count(), 0);
    await happens(ended({ kind: 'proved', suite: 'none', reason: 'notStated' }), {
      type: 'huntEnded',
      startedAt: Date.now() - 60_000,
      good: 'a'.repeat(40),
      bad: 'b'.repeat(40),
      firstParent: false,
      tested: [{ hash: 'c'.repeat(40), answer: 'bad' }],
      outcome: { kind: 'found', culprit: { hash: 'c'.repeat(40), subject: harmless('Tidy configuration loading') } },
    });
    await group('Regression hunt').getByRole('button', { name: 'Merges Only' }).click();
    assert.deepEqual(await last(), { type: 'startHunt', firstParent: true });
    await group('Regression hunt').getByRole('button', { name: 'Open Diff of cccccccccc' }).click();
    assert.deepEqual(await last(), { type: 'showCommit', commit: 'c'.repeat(40) });
  });

  it('says why neither the hunt nor the proof can begin while the other is under way', async () => {
    const { surroundings } = fixtures.allSeven();
    const proved = ended({ kind: 'proved', suite: 'none', reason: 'notStated' });
    await open({ kind: 'planned', plan });
    await happens(proved);
    assert.ok(await group('Regression hunt').getByRole('button', { name: 'Hunt the Commit' }).isDisabled());
    await group('Regression hunt').getByText('Step 6 has a proof under way. Finish or stop it there first.').waitFor();
    const proving = { kind: 'hunting', startedAt: Date.now(), command: plan.test, stepsLeft: 2 } as const;
    await panel.post({ type: 'surroundings', surroundings: { ...surroundings, proving } });
    assert.ok(await group().getByRole('button', { name: 'Prove Again…' }).isDisabled());
    await group().getByText('Step 5 hunts for the commit. Wait for it, or stop it there first.').waitFor();
    await panel.post({ type: 'surroundings', surroundings });
    assert.equal(await panel.page.getByText('there first').count(), 0);
  });

  it('fits a narrow panel with long commands and long output', async () => {
    await open({ kind: 'planned', plan: { ...plan, test: `mocha ${'very-long-name-'.repeat(30)}` } });
    await panel.page.setViewportSize({ width: 280, height: 700 });
    const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
  });
});
