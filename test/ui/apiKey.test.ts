import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startClaudeGate } from '../support/claudeGate.ts';
import type { ClaudeGate } from '../support/claudeGate.ts';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** Keys that look like none that a rule of redaction knows: what hides them must be that they are nowhere. */
const refusedKey = 'gatekey-refused-7f3a91c2';
const validKey = 'gatekey-valid-5d20be48';

describe('an API key', () => {
  let scene: DemoScene;
  let gate: ClaudeGate;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    gate = await startClaudeGate(scene.claude.url);
    return {
      folder: scene.folder,
      env: { ...scene.env, ANTHROPIC_BASE_URL: gate.url, ANTHROPIC_API_KEY: undefined },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    await gate.stop();
    await scene.dispose();
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const latest = () => panel().replies(1).last();
  const setKey = async (key: string): Promise<void> => {
    const input = workbench().quickInput();
    await input.waitFor();
    // The editor keeps one box for all its questions, and dresses it after it is shown.
    await until('the key is typed unseen', async () => (await input.getAttribute('type')) === 'password');
    await input.fill(key);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  };
  const askAgain = async (): Promise<void> => {
    const earlier = await panel().replies(1).count();
    await panel().ask(1);
    await panel().replies(1).nth(earlier).waitFor();
  };

  it('is asked for where there is none; what was collected stays', async () => {
    await panel().open();
    await panel().frame.getByText('no API key', { exact: true }).waitFor();
    await panel().addErrorText('TypeError: Cannot read property stripe_key of undefined');
    await panel().step(1).getByText('No API key is set.').waitFor();
    assert.equal(await panel().step(1).getByRole('button', { name: 'Ask Claude' }).count(), 0);
    await panel()
      .step(1)
      .getByRole('button', { name: /^Remove E1, / })
      .waitFor();
    assert.equal(gate.received(), 0);
  });

  it('is set from the panel, in a box that hides it, and used from then on', async () => {
    await panel().step(1).getByRole('button', { name: 'Set API Key' }).first().click();
    await setKey(refusedKey);
    await panel().frame.getByText('no API key', { exact: true }).waitFor({ state: 'detached' });
  });

  it('is said to be refused when the endpoint refuses it', async () => {
    gate.refuse({ status: 401, type: 'authentication_error', message: 'invalid x-api-key' });
    await askAgain();
    await latest()
      .getByText(/ refused the API key \(401, request req_refused_by_the_gate\)\.$/)
      .waitFor();
    await latest().getByRole('button', { name: 'Set API Key' }).waitFor();
    assert.deepEqual(gate.keys(), [refusedKey]);
  });

  it('is replaced from the command palette, and the same question is answered', async () => {
    gate.refuse(undefined);
    await workbench().command('Incident: Set API Key');
    await setKey(validKey);
    await askAgain();
    await panel().untilAnswered(1, 2);
    await panel().step(1).getByRole('group', { name: 'Recorded result' }).waitFor();
    assert.deepEqual(gate.keys(), [refusedKey, validKey]);
  });

  it('survives a reload of the window', async () => {
    await workbench().reload();
    await panel().open();
    await panel().unfold(1);
    await askAgain();
    await panel().untilAnswered(1, 3);
    assert.equal(gate.keys().at(-1), validKey);
    assert.equal(gate.received(), 3);
  });

  it('stays when the network is down, which is said, and what failed can be asked again', async () => {
    await gate.goDown();
    await askAgain();
    const said = latest().getByText(/could not be reached: the connection was refused/);
    await said.waitFor({ timeout: 60_000 });
    await until('the reply has ended', async () => (await panel().step(1).locator('.streaming-line').count()) === 0);
    await gate.goUp();
    await askAgain();
    await panel().untilAnswered(1, 5);
    assert.equal(gate.keys().at(-1), validKey);
  });

  it('is in no file of the editor: no log, no journal, no settings', async () => {
    const data = dirname(dirname(workbench().settingsFile));
    const files = await filesBelow(data);
    assert.ok(
      files.some((path) => path.endsWith('.jsonl')),
      'no journal was looked at',
    );
    assert.ok(
      files.some((path) => path.endsWith('.log')),
      'no log was looked at',
    );
    for (const path of files) {
      const content = await readFile(path, 'latin1').catch(() => '');
      assert.ok(!content.includes(validKey) && !content.includes(refusedKey), `a key is in ${path}`);
    }
  });

  it('is forgotten on request', async () => {
    await workbench().command('Incident: Clear API Key');
    await panel().frame.getByText('no API key', { exact: true }).waitFor();
  });
});

async function filesBelow(folder: string): Promise<string[]> {
  const paths = (await readdir(folder, { recursive: true })).map((path) => join(folder, path));
  const kinds = await Promise.all(paths.map(async (path) => stat(path).catch(() => undefined)));
  return paths.filter((_, at) => kinds[at]?.isFile() === true);
}
