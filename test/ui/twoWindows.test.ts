import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';
import type { Workbench } from '../support/workbench.ts';

const words = 'This incident is open in another window';

describe('two windows on one folder', () => {
  let scene: DemoScene;
  let other: Workbench;
  const workbench = useWorkbench(async () => {
    scene = await demoScene({ tokensPerSecond: 2 });
    return { folder: scene.folder, env: scene.env, viewport: { width: 1400, height: 1000 } };
  });
  after(async () => {
    await other.close();
    await scene.dispose();
  });
  const first = (): PanelPage => new PanelPage(workbench());
  const second = (): PanelPage => new PanelPage(other);
  const notice = (panel: PanelPage) => panel.frame.getByRole('note').getByText(words);

  async function events(): Promise<{ readonly seq: number; readonly type: string }[]> {
    const folder = join(workbench().globalStorage, 'incident-panel.incident-panel', 'incidents');
    const [name, ...more] = (await readdir(folder)).filter((each) => each.endsWith('.jsonl'));
    assert.deepEqual(more, [], 'there is one incident');
    const text = await readFile(join(folder, name ?? ''), 'utf8');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { seq: number; type: string });
  }

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await other.screenshot('two-windows-the-other');
  });

  it('show one incident: the second follows the reply that streams in the first, and says who writes', async function () {
    this.timeout(180_000);
    await first().open();
    await first().addErrorText('TypeError: Cannot read property stripe_key of undefined\n    at payment.js:47:30');
    await first().ask(1);
    await first().untilShown(1, 20);
    other = await workbench().another(scene.folder);
    await other.command('Incident: Switch Incident');
    await other.page
      .locator('.quick-input-list')
      .getByText(/stripe_key/)
      .first()
      .click();
    await other.openContainer('Incident');
    await other.treeItem('Checklist', '1 Orient, Claude is answering').waitFor();
    await second().open();
    await notice(second()).waitFor();
    await second().unfold(1);
    const early = await second().untilShown(1, 20);
    await second().untilShown(1, early.length);
    assert.equal(await notice(first()).count(), 0);
  });

  it('take nothing in the one that follows, and say why where it was tried', async () => {
    const before = (await events()).filter(({ type }) => type !== 'replyDelta').length;
    const other3 = await second().unfold(3);
    await other3.getByText('Another window works on this incident.').waitFor();
    await until('it cannot be asked', async () => other3.getByRole('button', { name: 'Ask Claude' }).isDisabled());
    await second()
      .frame.getByRole('checkbox', { name: /Step 3, Hypotheses first, is done/ })
      .click();
    await second().step(3).getByText(words).waitFor();
    await other.command('Incident: Add Clipboard as Evidence');
    await other.notifications().getByText(words).waitFor();
    assert.equal((await events()).filter(({ type }) => type !== 'replyDelta').length, before);
  });

  it('change places at Take Over: the first stops, keeps what came, and follows from then on', async () => {
    await second().frame.getByRole('note').getByRole('button', { name: 'Take Over' }).first().click();
    await notice(second()).waitFor({ state: 'detached' });
    await second().replies(1).last().getByText('Incomplete.', { exact: true }).waitFor();
    await notice(first()).waitFor();
    await first().replies(1).last().getByText('Incomplete.', { exact: true }).waitFor();
    await second()
      .frame.getByRole('checkbox', { name: /Step 3, Hypotheses first, is done/ })
      .click();
    await workbench().openContainer('Incident');
    await until('the first shows the check', async () =>
      first()
        .frame.getByRole('checkbox', { name: /Step 3, Hypotheses first, is done/ })
        .isChecked(),
    );
    const seqs = (await events()).map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      seqs.map((_, at) => at + 1),
      'no line is missing, none is there twice',
    );
  });

  it('leave the incident to the one that is left when the other is closed', async () => {
    await other.close();
    await notice(first()).waitFor({ state: 'detached' });
    await first().followUp(1, 'Since the deploy.');
    await first().untilAnswered(1, 2);
    const all = await events();
    assert.ok(all.every(({ seq }, at) => seq === at + 1));
  });
});
