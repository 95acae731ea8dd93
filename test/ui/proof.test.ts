import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { demoScene, PanelPage, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { stateOf } from '../support/proofFixture.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';
import { scratchPrefix } from '../../src/proof/leftovers.ts';

describe('proving a fix', function () {
  this.timeout(240_000);
  let scene: DemoScene;
  let before = '';
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    before = stateOf(scene.folder);
    return { folder: scene.folder, env: scene.env, viewport: { width: 1400, height: 1000 } };
  });
  after(() => scene.dispose());
  const panel = (): PanelPage => new PanelPage(workbench());
  const proof = () => panel().step(6).getByRole('group', { name: 'Proof' });
  const hunt = () => panel().step(5).getByRole('group', { name: 'Regression hunt' });

  it('shows what will run, in full, before it does', async () => {
    await panel().open();
    await panel().addFoundLog('error.log');
    await panel().ask(6);
    await panel().untilAnswered(6);
    await proof().getByRole('button', { name: 'Prove…' }).click();
    await proof().getByText('node --test test/production-environment.test.js', { exact: true }).waitFor();
    await proof().getByText('npm run test', { exact: true }).waitFor();
    await proof().getByText('Found in package.json.').waitFor();
    assert.equal(await workbench().page.locator('.xterm-rows').count(), 0);
  });

  it('runs it in a task whose output is seen, and says what came of it', async () => {
    await proof().getByRole('button', { name: 'Run', exact: true }).click();
    const terminal = workbench().page.locator('.xterm-rows');
    await terminal.getByText('The test without the fix').first().waitFor({ timeout: 60_000 });
    await proof()
      .getByRole('heading', { name: 'Proved: red without the fix, green with it' })
      .waitFor({ timeout: 180_000 });
    await proof()
      .getByText('Without the fix the test fails for the announced reason. The whole suite passes with the fix.')
      .waitFor();
    await proof()
      .getByText(/^The test without the fix: exit code 1 in 3 runs/)
      .click();
    await proof()
      .getByText(/stripe_key/)
      .first()
      .waitFor();
    await terminal.getByText('The scratch copy is removed.').waitFor();
  });

  it('hunts the commit that brought the bug, with that test', async () => {
    await panel().unfold(5);
    await hunt().getByRole('button', { name: 'Hunt the Commit' }).click();
    await hunt().getByRole('button', { name: 'Stop' }).waitFor();
    await hunt()
      .getByRole('heading', { name: /^The test fails since .*: Tidy configuration loading$/ })
      .waitFor({ timeout: 180_000 });
    await hunt()
      .getByRole('button', { name: /^Open Diff of/ })
      .waitFor();
  });

  it('leaves the folder, its git and the machine as they were', async () => {
    const left = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(scratchPrefix));
    await until('no scratch copy is left', () => Promise.resolve(left().length === 0));
    assert.equal(stateOf(scene.folder), before);
    assert.equal(execFileSync('git', ['stash', 'list'], { cwd: scene.folder, encoding: 'utf8' }), '');
  });

  it('gives Claude the output with the next question of the step', async () => {
    await panel().followUp(6, 'Is that enough?');
    await panel().untilAnswered(6, 2);
    const isProof = (text: string): boolean =>
      /^<evidence\S* id="E\d+" title="proof of the fix of R1: Proved/.test(text);
    const sent = scene.claude.requests().filter((request) => sentTexts(request).some(isProof));
    assert.ok(sent.length > 0, JSON.stringify(scene.claude.requests().map(({ path }) => path)));
  });

  it('extends the fix to the similar place with a test of its own, and is proved again', async () => {
    await panel().unfold(6);
    await panel().step(6).getByRole('button', { name: 'Fix both and write tests for both' }).click();
    await panel().untilAnswered(6, 3);
    const both = 'test/production-environment.test.js test/refund-environment.test.js';
    // Other tests run, so the line is another one, and is shown before it runs.
    await proof().getByText(`node --test ${both}`, { exact: true }).waitFor({ timeout: 60_000 });
    await proof().getByRole('button', { name: 'Run', exact: true }).click();
    await proof().getByRole('button', { name: 'Stop' }).waitFor();
    await proof().getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached', timeout: 180_000 });
    const title = 'Proved: red without the fix, green with it';
    await proof().getByRole('heading', { name: title }).waitFor({ timeout: 60_000 });
    assert.equal(stateOf(scene.folder), before);
  });

  it('goes into the postmortem', async () => {
    await workbench().command('Incident: Export Postmortem');
    await workbench()
      .page.getByRole('tab', { name: /Untitled|Postmortem/ })
      .first()
      .waitFor();
    const text = await workbench().copyEditorText();
    assert.match(text, /^### Proof\n\n\*\*Proved: red without the fix, green with it\.\*\*/m);
    assert.match(text, /git bisect from [0-9a-f]{10} to [0-9a-f]{10}.*Tidy configuration loading/);
  });
});
