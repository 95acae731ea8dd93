import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClaudeServer, refused } from '../support/claudeServer.ts';
import type { Answer } from '../support/claudeServer.ts';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { answerTo } from '../support/investigationWorld.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** Of no format that a rule knows: where they must not be, they must not be at all. */
const firstKey = 'gatekey-first-7f3a91c2';
const backupKey = 'gatekey-backup-5d20be48';

/** An endpoint's own list of models. */
function models(...ids: readonly string[]): Answer {
  return (response) => {
    const data = ids.map((id) => ({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' }));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data, has_more: false, first_id: null, last_id: null }));
  };
}

describe('endpoints, by commands', () => {
  let scene: DemoScene;
  let first: ClaudeServer;
  let backup: ClaudeServer;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    first = await ClaudeServer.start();
    backup = await ClaudeServer.start();
    return {
      folder: scene.folder,
      env: {
        ANTHROPIC_BASE_URL: first.url,
        ANTHROPIC_API_KEY: firstKey,
        INCIDENT_PANEL_DEMO_REPLIES: undefined,
      },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    await first.stop();
    await backup.stop();
    await scene.dispose();
  });
  // What a test left unasked is no answer for its second try, nor for the next one.
  beforeEach(() => {
    for (const { answers } of [first, backup]) answers.length = 0;
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  // Notifications have the role of a dialog, too.
  const dialog = () => workbench().page.locator('.monaco-dialog-box');
  const about = () => panel().frame.getByRole('list', { name: 'About this incident' });
  const asked = (server: ClaudeServer) => server.requests.filter(({ path }) => path.endsWith('/messages'));
  const bodyOf = (server: ClaudeServer) =>
    JSON.parse(asked(server).at(-1)?.body ?? '{}') as { readonly model?: string };
  const type = async (title: string, text: string, isRight = true): Promise<void> => {
    await workbench().page.locator('.quick-input-titlebar').getByText(title, { exact: true }).waitFor();
    const input = workbench().quickInput();
    await input.fill(text);
    // What was typed before may have been found wrong; what is typed now is looked at a moment later.
    if (isRight)
      await until('it is not found wrong', async () => (await input.getAttribute('aria-invalid')) !== 'true');
    await input.press('Enter');
  };
  const machineSettings = () => join(workbench().dataFolder, 'data', 'Machine', 'settings.json');
  const setting = async (name: string): Promise<unknown> => {
    const settings = JSON.parse(await readFile(machineSettings(), 'utf8')) as Record<string, unknown>;
    return settings[`incidentPanel.${name}`];
  };

  it('say beside Ask what the question would send and cost, by dated prices, and what it cost afterwards', async () => {
    await panel().open();
    await panel().addErrorText('TypeError: Cannot read property stripe_key of undefined\n    at payment.js:47:30');
    const estimate = panel().step(1).locator('.estimate');
    await estimate.getByText(/^about [\d.,]+k? tokens, (under \$0\.01|\$0\.0\d)$/).waitFor();
    assert.match((await estimate.getAttribute('title')) ?? '', /^Prices as of \d{4}-\d\d-\d\d\. /);
    first.answers.push(answerTo('orient'));
    await panel().ask(1);
    await dialog()
      .getByText(/^Send to 127\.0\.0\.1:\d+\?/)
      .waitFor();
    assert.deepEqual(first.requests, [], 'nothing goes out before the user has agreed');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await panel().untilAnswered(1);
    await panel()
      .step(1)
      .getByText(/119 tokens in, 100 of them cached, 34 out · under \$0\.01/)
      .waitFor();
    await about()
      .getByText(/153 tokens/)
      .waitFor();
  });

  it('take only https, or this machine', async () => {
    await workbench().command('Incident: Add Endpoint');
    await type('Add Endpoint: address', 'http://claude.example.com', false);
    await workbench().page.locator('.quick-input-message').getByText(/https/).waitFor();
    assert.deepEqual(backup.requests, []);
  });

  it('are added with name, key and a model of their own list, which is all that they get before they are allowed', async () => {
    backup.answers.push(models('backup-large', 'backup-small'));
    await type('Add Endpoint: address', backup.url);
    await type('Add Endpoint: name', 'Backup');
    await type('API Key for Backup', backupKey);
    await workbench().page.locator('.quick-input-titlebar').getByText('Model of Backup', { exact: true }).waitFor();
    await workbench().pick('backup-large');
    await dialog()
      .getByText(/^May “Backup” answer when 127\.0\.0\.1:\d+ cannot\?/)
      .waitFor();
    const said = await dialog().innerText();
    assert.ok(said.includes(`go to ${new URL(backup.url).host}, to the model backup-large`), said);
    assert.match(said, /the evidence that you chose \(secrets replaced by placeholders\)/);
    assert.match(said, /It gets its own key and no other endpoint’s/);
    await workbench().screenshot('endpoints-allow');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await until(
      'it is in the settings',
      async () => ((await setting('endpoints')) as unknown[] | undefined) !== undefined,
    );
    assert.deepEqual(await setting('endpoints'), [
      { name: 'Anthropic', baseUrl: 'https://api.anthropic.com' },
      { name: 'Backup', baseUrl: backup.url, model: 'backup-large' },
    ]);
    assert.ok(!(await readFile(machineSettings(), 'utf8')).includes(backupKey), 'the key is in no file');
    assert.deepEqual(
      backup.requests.map(({ path, headers }) => [path.replace(/\?.*/, ''), headers.authorization]),
      [['/v1/models', `Bearer ${backupKey}`]],
    );
  });

  it('are not used before they are allowed, whatever happens to the others', async () => {
    await panel().open();
    await panel().frame.getByRole('note').filter({ hasText: 'may not answer yet' }).waitFor();
    first.answers.push(refused(429, 'later', { 'retry-after': '3000' }));
    await panel().ask(1);
    await panel()
      .replies(1)
      .last()
      .getByText(/limits the rate of requests \(429/)
      .waitFor();
    assert.deepEqual(asked(backup), []);
  });

  it('answer once they are allowed, with their own key', async () => {
    await workbench().command('Incident: Allow Endpoint to Answer');
    await dialog().getByRole('button', { name: 'Allow' }).click();
    await panel().frame.getByRole('note').filter({ hasText: 'may not answer yet' }).waitFor({ state: 'detached' });
    backup.answers.push(answerTo('orient'));
    const before = asked(first).length;
    await panel().ask(1);
    await panel()
      .step(1)
      .getByRole('article', { name: /answered by Backup$/ })
      .waitFor();
    await panel().untilAnswered(1, 3);
    assert.equal(asked(first).length, before, 'the first rests for as long as it asked to');
    assert.equal(bodyOf(backup).model, 'backup-large');
    assert.deepEqual(
      [...new Set(backup.requests.map(({ headers }) => headers.authorization))],
      [`Bearer ${backupKey}`],
    );
    assert.deepEqual([...new Set(first.requests.map(({ headers }) => headers.authorization))], [`Bearer ${firstKey}`]);
    await workbench().command('Incident: Allow Endpoint to Answer');
    await workbench().notifications().getByText('Every endpoint of the settings may answer.').waitFor();
    await workbench().command('Notifications: Clear All Notifications');
  });

  it('are switched: the chosen one is asked first, and one that rested is asked at once', async () => {
    await workbench().command('Incident: Switch Endpoint');
    const host = new URL(first.url).host;
    await workbench().pick(host);
    await about().getByText(host).first().waitFor();
    first.answers.push(answerTo('orient'));
    const before = asked(first).length;
    await panel().ask(1);
    await until('the first is asked', async () => asked(first).length > before);
    await panel().untilAnswered(1, 4);
    await workbench().command('Incident: Switch Endpoint');
    await workbench().pick('Backup');
    await about()
      .getByText(/^Backup · backup-large/)
      .waitFor();
  });

  it('have their model chosen from their list, or typed where it is not in it or there is none', async () => {
    backup.answers.push(models('backup-large', 'backup-small'));
    await workbench().command('Incident: Select Model');
    await workbench().pick('Backup');
    await workbench().pick('Type another…');
    await type('Model of Backup', 'backup-typed');
    await about()
      .getByText(/^Backup · backup-typed/)
      .waitFor();
    backup.answers.push(refused(404, 'no such page'));
    await workbench().command('Incident: Select Model');
    await workbench().pick('Backup');
    await workbench().page.locator('.quick-input-message').getByText('Backup has no list of models.').waitFor();
    await type('Model of Backup', 'backup-of-no-list');
    await about()
      .getByText(/^Backup · backup-of-no-list/)
      .waitFor();
    backup.answers.push(answerTo('orient'));
    const before = asked(backup).length;
    await panel().ask(1);
    // It is asked first now, for the first time in this incident.
    await dialog().getByRole('button', { name: 'Send' }).click();
    await until('it is asked', async () => asked(backup).length > before);
    assert.equal(bodyOf(backup).model, 'backup-of-no-list');
    await panel().untilAnswered(1, 5);
  });

  it('ask before the budget is passed, by the user’s own prices, and go on when told to', async () => {
    const settings = JSON.parse(await readFile(machineSettings(), 'utf8')) as Record<string, unknown>;
    const price = { model: 'backup-of-no-list', input: 500, output: 500, cacheRead: 500, cacheWrite: 500 };
    const own = { 'incidentPanel.budget': 0.05, 'incidentPanel.prices': [{ ...price, asOf: '2026-11-01' }] };
    await writeFile(machineSettings(), JSON.stringify({ ...settings, ...own }, undefined, 2));
    await workbench().reload();
    await panel().open();
    const step = await panel().unfold(1);
    await about()
      .getByText(/of \$0\.05/)
      .waitFor();
    const estimate = step.locator('.estimate');
    await until('the estimate is by the own price', async () =>
      ((await estimate.getAttribute('title')) ?? '').startsWith('Prices as of 2026-11-01.'),
    );
    const before = asked(backup).length;
    await panel().ask(1);
    const alert = step.getByRole('alert').filter({ has: panel().frame.getByRole('button', { name: 'Ask Anyway' }) });
    await alert.getByText(/\$0\.05/).waitFor();
    await workbench().screenshot('endpoints-budget');
    assert.equal(asked(backup).length, before, 'nothing was sent');
    backup.answers.push(answerTo('orient'));
    await alert.getByRole('button', { name: 'Ask Anyway' }).click();
    await until('it is asked', async () => asked(backup).length > before);
    await alert.waitFor({ state: 'detached' });
  });
});
