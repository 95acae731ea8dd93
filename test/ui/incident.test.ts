import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoScene, PanelPage, sentMessages, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** The last lines of a file, as `tail` gives them. */
async function tail(path: string, count: number): Promise<string[]> {
  const lines = (await readFile(path, 'utf8')).replace(/\n$/, '').split('\n');
  return lines.slice(-count);
}

describe('an incident, from the alert to the bug', () => {
  let scene: DemoScene;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    return { folder: scene.folder, env: scene.env, viewport: { width: 1400, height: 1000 } };
  });
  after(() => scene.dispose());
  const panel = (): PanelPage => new PanelPage(workbench());
  const requests = () => scene.claude.requests().filter(({ path }) => path.startsWith('/v1/messages'));

  it('opens from the command palette with all seven steps and says that replies are demo replies', async () => {
    await panel().open();
    for (let number = 1; number <= 7; number += 1) await panel().step(number).waitFor();
    await panel().frame.getByText('Demo replies.', { exact: true }).waitFor();
  });

  it('takes the end of the logs that it found, and sends nothing by itself', async () => {
    await panel().addFoundLog('error.log');
    await panel().addFoundLog('stack.log');
    await workbench().openContainer('Incident');
    await workbench().treeItem('Evidence', 'error.log, last 50 lines').waitFor();
    await workbench().treeItem('Evidence', 'stack.log, last 30 lines').waitFor();
    assert.equal(requests().length, 0);
  });

  it('names the incident after its error', async () => {
    await panel()
      .frame.getByRole('heading', { level: 1, name: /Cannot read property stripe_key of undefined/ })
      .waitFor();
  });

  it('asks step 1, records the orientation and suggests the files that Claude wants to see', async () => {
    await panel().ask(1);
    await panel().untilAnswered(1);
    const step = panel().step(1);
    await step.getByText('Demo reply', { exact: true }).waitFor();
    const result = step.getByRole('group', { name: 'Recorded result' });
    await result.getByText('src/services/payment.js:47').first().waitFor();
    await result
      .getByRole('button', { name: /Add .*payment\.js.* as suspect|Add as suspect/ })
      .first()
      .waitFor();
  });

  it('sends exactly the last 50 and 30 lines, the digest of the log and the question, and no more', async () => {
    assert.equal(requests().length, 1);
    const [errorLog = '', digest = '', stackLog = '', question = '', ...more] = sentTexts(requests()[0]);
    assert.deepEqual(more, []);
    const sentLines = (block: string): string[] =>
      block
        .split('\n')
        .slice(1, -1)
        .map((line) => line.replace(/^\d+\t/, ''));
    const shown = (line: string): string => line.replace(/«[a-z-]+-\d+»/g, '§');
    const log = join(scene.folder, 'var/log/app');
    const expectedErrors = await tail(join(log, 'error.log'), 50);
    const errors = sentLines(errorLog);
    assert.equal(errors.length, 50);
    errors.forEach((line, at) => {
      const [before = '', ...rest] = shown(line).split('§');
      assert.ok(expectedErrors[at]?.startsWith(before), `${line} is not line ${at} of the tail`);
      assert.ok(expectedErrors[at]?.endsWith(rest.at(-1) ?? before), `${line} is not line ${at} of the tail`);
    });
    assert.match(digest, /^<evidence(?:-[0-9a-f]+)? id="E2" title="error\.log, digest: 171 errors, \d+ warnings"/);
    assert.match(digest, /Shape: Cannot read property stripe_key of undefined\n/);
    assert.match(digest, /They began at [\d: -]+ UTC: .* The last commit before that is [0-9a-f]{7} “Release /);
    assert.deepEqual(sentLines(stackLog), await tail(join(log, 'stack.log'), 30));
    assert.match(question, /^Step 1 of 7: Orient\n/);
    assert.ok(
      question.includes(
        "Start by telling me: (1) what's actually failing, (2) what caused it, (3) what files to check first.",
      ),
    );
  });

  it('hides the bearer token of the log before it is sent', () => {
    const text = sentTexts(requests()[0]).join('\n');
    assert.match(text, /Bearer «[a-z-]+-\d+»/);
    assert.doesNotMatch(text, /Bearer [\w.-]{8,}/);
  });

  it('adds a suspect from the explorer, which then is in the tree and in the panel', async () => {
    const file = await workbench().explorerItem('src/services/payment.js');
    await workbench().contextMenu(file, 'Add to Incident as Suspect');
    await workbench().openContainer('Incident');
    await workbench().treeItem('Suspects', 'payment.js').waitFor();
    const step = await panel().unfold(2);
    await step.getByRole('combobox', { name: 'Role of src/services/payment.js' }).waitFor();
  });

  it('adds the files that Claude asked for with one click each', async () => {
    const result = (await panel().unfold(1)).getByRole('group', { name: 'Recorded result' });
    await result
      .getByRole('listitem')
      .filter({ hasText: 'checkout.js' })
      .getByRole('button', { name: /suspect/i })
      .click();
    await workbench().treeItem('Suspects', 'checkout.js').waitFor();
    await result
      .getByRole('listitem')
      .filter({ hasText: 'production.env.example' })
      .getByRole('button', { name: /suspect/i })
      .click();
    await workbench().treeItem('Suspects', 'production.env.example').waitFor();
  });

  it('asks which suspect a fourth one replaces', async () => {
    const file = await workbench().explorerItem('src/server.js');
    await workbench().contextMenu(file, 'Add to Incident as Suspect');
    await workbench().page.getByText('Which one does src/server.js replace?').waitFor();
    await workbench().page.keyboard.press('Escape');
    await workbench().openContainer('Incident');
    assert.equal(await workbench().view('Suspects').getByRole('treeitem').count(), 3);
  });

  it('refuses a folder in words', async () => {
    const folder = await workbench().explorerItem('src');
    await workbench().contextMenu(folder, 'Add to Incident as Suspect');
    await workbench().notifications().filter({ hasText: 'is a folder' }).waitFor();
    await workbench().command('Notifications: Clear All Notifications');
  });

  it('asks step 2 with the three files whole, in the same conversation', async () => {
    await panel().ask(2);
    await panel().untilAnswered(2);
    const [first, second] = requests();
    const before = sentMessages(first);
    assert.deepEqual(sentMessages(second).slice(0, before.length), before);
    const fresh = sentTexts(second).slice(sentTexts(first).length);
    assert.equal(fresh.length, 4, fresh.map((text) => text.slice(0, 60)).join('\n'));
    for (const [at, path] of [
      'src/services/payment.js',
      'src/routes/checkout.js',
      'config/production.env.example',
    ].entries()) {
      const lines = (await readFile(join(scene.folder, path), 'utf8')).replace(/\n$/, '').split('\n');
      const sent = (fresh[at] ?? '').split('\n').slice(1, -1);
      assert.deepEqual(
        sent,
        lines.map((line, index) => `${index + 1}\t${line}`),
      );
    }
    assert.match(
      fresh[3] ?? '',
      /^Step 2 of 7: Three files\n\nRead these three files and identify the bug:\n1\. src\/services\/payment\.js\n/,
    );
    await panel()
      .step(2)
      .getByRole('group', { name: 'Recorded result' })
      .getByText('src/services/payment.js:47')
      .first()
      .waitFor();
  });

  it('opens the file at the line that a reply refers to', async () => {
    await panel()
      .step(2)
      .getByRole('group', { name: 'Recorded result' })
      .getByText('src/services/payment.js:47')
      .first()
      .click();
    await workbench()
      .page.getByRole('tab', { name: /payment\.js/ })
      .waitFor();
    await until('the cursor is in line 47', async () =>
      /Ln 47/.test(await workbench().page.locator('.statusbar').innerText()),
    );
    await panel().open();
  });

  it('continues the same conversation with a follow-up', async () => {
    await panel().followUp(2, 'It began right after the last deploy.');
    await panel().untilAnswered(2, 2);
    const [, second, third] = requests();
    const before = sentMessages(second);
    assert.deepEqual(sentMessages(third).slice(0, before.length), before);
    assert.equal(sentTexts(third).at(-1), 'It began right after the last deploy.');
  });

  it('keeps the check boxes of the tree and of the panel the same', async () => {
    await workbench().openContainer('Incident');
    await workbench().treeItem('Checklist', '1 Orient').getByRole('checkbox').click();
    const box = panel().step(1).getByRole('checkbox', { name: 'Step 1, Orient, is done' });
    await until('the panel shows step 1 as done', async () => (await box.getAttribute('aria-checked')) === 'true');
    await panel()
      .step(2)
      .getByRole('checkbox', { name: /^Step 2/ })
      .click();
    const inTree = workbench().treeItem('Checklist', '2 Three files').getByRole('checkbox');
    await until('the tree shows step 2 as done', async () => (await inTree.getAttribute('aria-checked')) === 'true');
  });

  it('brings everything back after a reload of the window', async () => {
    await workbench().reload();
    await panel().open();
    await panel()
      .frame.getByRole('heading', { level: 1, name: /stripe_key/ })
      .waitFor();
    const box = panel().step(1).getByRole('checkbox', { name: 'Step 1, Orient, is done' });
    await until('step 1 is done', async () => (await box.getAttribute('aria-checked')) === 'true');
    assert.equal(await (await panel().unfold(2)).getByRole('article').count(), 2);
    assert.equal(requests().length, 3);
  });

  it('brings everything back in a panel that was closed and opened again', async () => {
    await panel().close();
    await panel().open();
    assert.equal(await (await panel().unfold(2)).getByRole('article').count(), 2);
  });
});
