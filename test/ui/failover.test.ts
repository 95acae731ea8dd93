import assert from 'node:assert/strict';
import { startClaudeGate } from '../support/claudeGate.ts';
import type { ClaudeGate } from '../support/claudeGate.ts';
import { demoScene, PanelPage, sentMessages } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** Of no format that a rule knows: where they must not be, they must not be at all. */
const firstKey = 'gatekey-first-7f3a91c2';
const backupKey = 'gatekey-backup-5d20be48';

/** Longest rest of an endpoint that said nothing of how long, with what a slow machine takes to look again, in ms. */
const restLimit = 60_000;

describe('two endpoints', () => {
  let scene: DemoScene;
  let first: ClaudeGate;
  let backup: ClaudeGate;
  const workbench = useWorkbench(async () => {
    scene = await demoScene({ tokensPerSecond: 300 });
    first = await startClaudeGate(scene.claude.url);
    backup = await startClaudeGate(scene.claude.url);
    return {
      folder: scene.folder,
      env: { ...scene.env, ANTHROPIC_BASE_URL: first.url, ANTHROPIC_API_KEY: firstKey, BACKUP_API_KEY: backupKey },
      settings: {
        'incidentPanel.endpoints': [
          { name: 'Anthropic', baseUrl: 'https://api.anthropic.com' },
          { name: 'Backup', baseUrl: backup.url, model: 'backup-model', keyVariable: 'BACKUP_API_KEY' },
        ],
      },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    await first.stop();
    await backup.stop();
    await scene.dispose();
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const about = () => panel().frame.getByRole('list', { name: 'About this incident' });
  const answeredBy = (name: string) =>
    panel()
      .step(1)
      .getByRole('article', { name: new RegExp(`answered by ${name}$`) });
  const assertOwnKeys = (): void => {
    assert.deepEqual([...new Set(first.keys())], [firstKey]);
    assert.deepEqual(
      [...new Set(backup.keys())].filter((key) => key !== backupKey),
      [],
    );
  };

  it('are told apart from the start: nothing goes to the second before the user has allowed it', async () => {
    await panel().open();
    await panel().addErrorText('TypeError: Cannot read property stripe_key of undefined\n    at payment.js:47:30');
    const note = panel().frame.getByRole('note').filter({ hasText: 'may not answer yet' });
    await note.getByRole('button', { name: 'Review' }).click();
    const dialog = workbench().page.getByRole('dialog');
    await dialog.getByText('May “Backup” answer when Demo replies cannot?').waitFor();
    await dialog.getByText('secrets replaced by placeholders').waitFor();
    await dialog.getByRole('button', { name: 'Allow' }).click();
    await note.waitFor({ state: 'detached' });
    assert.equal(backup.received(), 0);
  });

  it('answer one question together: a limit in mid-reply, and the second goes on after the words of the first', async () => {
    first.limitAfter(2_500);
    await panel().ask(1);
    await panel().step(1).getByRole('note').filter({ hasText: 'Backup continues from here' }).waitFor();
    await panel().untilAnswered(1);
    await panel().step(1).getByText('limits the rate of requests (429').first().waitFor();
    assert.equal(await answeredBy('Backup').count(), 1);
    const [asked, continued] = scene.claude.requests();
    const before = sentMessages(asked);
    const [question, partial, goOn] = sentMessages(continued);
    assert.deepEqual([question], before);
    assert.ok((partial?.content[0]?.text ?? '').length > 20, 'the words of the first are there');
    assert.match(goOn?.content.at(-1)?.text ?? '', /Go on exactly where it ended/);
    assertOwnKeys();
    assert.ok(backup.received() >= 1);
  });

  it('say who rests, and the second answers meanwhile', async () => {
    await about().getByText('Demo replies limits requests').waitFor();
    const asked = first.received();
    await panel().ask(1);
    await answeredBy('Backup').nth(1).waitFor();
    await panel().untilAnswered(1, 2);
    assert.equal(first.received(), asked, 'the first was left alone');
    assertOwnKeys();
  });

  it('go back to the first one, between questions, when its rest is over', async () => {
    const resting = about().locator('.resting');
    await until('nobody rests', async () => (await resting.count()) === 0, restLimit);
    await panel().ask(1);
    await answeredBy('Demo replies').waitFor();
    await panel().untilAnswered(1, 3);
    assertOwnKeys();
  });

  it('are both in the record of what was sent', async () => {
    await panel()
      .frame.getByRole('button', { name: /^What was sent/ })
      .click();
    await workbench().tab('What was sent.txt').waitFor();
    assert.match(
      await workbench().copyEditorText(),
      /^to Demo replies .*, then Backup \(127\.0\.0\.1:\d+\), backup-model$/m,
    );
  });
});
