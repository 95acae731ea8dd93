import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeCommandFolder } from '../support/commandFolder.ts';
import type { CommandFolder } from '../support/commandFolder.ts';
import { demoScene, PanelPage, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { useWorkbench } from '../support/use-workbench.ts';

const run = promisify(execFile);

/** Lines that differ in every one, as a log has them. */
function logLines(count: number, from = 0): string {
  const line = (at: number): string =>
    `2026-11-17T02:47:${String(at % 60).padStart(2, '0')}Z error request ${at} failed`;
  return Array.from({ length: count }, (_, at) => `${line(from + at)}\n`).join('');
}

describe('bad input', () => {
  let scene: DemoScene;
  let commands: CommandFolder;
  let plain = '';
  let fresh = '';
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    commands = await makeCommandFolder();
    plain = await mkdtemp(join(tmpdir(), 'no-repository-'));
    fresh = await mkdtemp(join(tmpdir(), 'no-commits-'));
    await run('git', ['init', '--quiet'], { cwd: fresh });
    await makeLogs(plain);
    return {
      folder: scene.folder,
      env: { ...scene.env, PATH: commands.path, SHELL: join(commands.path, 'bash') },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    await scene.dispose();
    await commands.dispose();
    for (const folder of [plain, fresh]) await rm(folder, { recursive: true, force: true });
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const chooseLog = async (name: string): Promise<void> => {
    await panel().step(1).getByRole('button', { name: 'Log File…' }).click();
    await workbench().choosePath(join(plain, name));
  };
  const refusedLog = async (words: string): Promise<void> => {
    const alert = panel().step(1).getByRole('alert').filter({ hasText: words });
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await alert.waitFor({ state: 'detached' });
  };

  async function makeLogs(folder: string): Promise<void> {
    await writeFile(join(folder, 'empty.log'), '');
    await writeFile(join(folder, 'binary.log'), Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 7)));
    await writeFile(join(folder, 'error.log'), logLines(10));
    const large = join(folder, 'large.log');
    await writeFile(large, logLines(2_000));
    await truncate(large, 10 * 1024 ** 3);
    await appendFile(large, `\n${logLines(2_000, 500_000)}`);
  }

  it('is told where there is no git, and all other steps work', async () => {
    await panel().open();
    await (await panel().unfold(5)).getByText('Git was not found on this machine.').waitFor();
    await panel().addErrorText('TypeError: Cannot read property stripe_key of undefined');
    await panel().ask(1);
    await panel().untilAnswered(1);
  });

  it('is told where a folder is no repository', async () => {
    await commands.link('git');
    await workbench().open(plain);
    await panel().open();
    await (await panel().unfold(5)).getByText(/ is not a Git repository\.$/).waitFor();
  });

  it('is told of an empty and of a binary log', async () => {
    await panel().unfold(1);
    await chooseLog('empty.log');
    await refusedLog('empty.log is empty.');
    await chooseLog('binary.log');
    await refusedLog('binary.log is a binary file.');
  });

  it('is told of a log that cannot be read, and of one that is gone, since they were offered', async () => {
    const offer = panel()
      .step(1)
      .getByRole('button', { name: /^Add last 50 lines of error\.log/ });
    await offer.waitFor();
    const log = join(plain, 'error.log');
    await rename(log, `${log}.kept`);
    await offer.click();
    await refusedLog('error.log does not exist.');
    // A link to itself can be read by nobody, whoever runs the test.
    await symlink(log, log);
    await offer.click();
    await refusedLog('error.log could not be read (ELOOP).');
    await rm(log);
    await rename(`${log}.kept`, log);
    await offer.click();
    await panel().step(1).getByText('error.log, 10 lines', { exact: true }).waitFor();
  });

  it('takes only the tail of a log of 10 GB, at once', async () => {
    const started = performance.now();
    await chooseLog('large.log');
    await panel().step(1).getByText('large.log, last 50 lines', { exact: true }).waitFor();
    assert.ok(performance.now() - started < 10_000, 'it took more than ten seconds');
    await panel().ask(1);
    await panel().untilAnswered(1);
    const sent = sentTexts(scene.claude.requests().at(-1)).find((text) => text.includes('large.log'));
    assert.ok(sent !== undefined, 'the log was not sent');
    assert.equal(sent.split('\n').length, 52);
    assert.match(sent, /^\d+\t2026-11-17T02:47:\d\dZ error request 501950 failed$/m);
    assert.match(sent, /^\d+\t2026-11-17T02:47:\d\dZ error request 501999 failed$/m);
    assert.match(sent, /omitted="earlier lines of 10(\.\d)? GB not read"/);
  });

  it('is told where a repository has no commits', async () => {
    await workbench().open(fresh);
    await panel().open();
    await (await panel().unfold(5)).getByText(/ has no commits yet\.$/).waitFor();
  });

  it('is told where no folder is open; a pasted error is asked about all the same', async () => {
    await workbench().open();
    await panel().open();
    await panel().frame.getByRole('note').getByText('No folder is open.').waitFor();
    await panel().frame.getByRole('button', { name: 'Open Folder' }).waitFor();
    await panel().addErrorText('Error: it failed');
    const before = scene.claude.requests().length;
    await panel().ask(1);
    await panel().untilAnswered(1);
    assert.equal(scene.claude.requests().length, before + 1);
    await (await panel().unfold(2)).getByRole('button', { name: 'Choose a File…' }).click();
    await panel().step(2).getByRole('alert').getByText('No folder is open.').waitFor();
  });

  it('has lost nothing of the first incident', async () => {
    await workbench().open(scene.folder);
    await panel().open();
    await panel()
      .frame.getByRole('heading', { level: 1, name: /stripe_key/ })
      .waitFor();
    assert.equal(await (await panel().unfold(1)).getByRole('article').count(), 1);
  });
});
