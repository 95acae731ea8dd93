import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCommandFolder, placeOf } from '../support/commandFolder.ts';
import type { CommandFolder } from '../support/commandFolder.ts';
import { demoScene, PanelPage, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';

describe('Restricted Mode', () => {
  let scene: DemoScene;
  let commands: CommandFolder;
  let notes = '';
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    commands = await makeCommandFolder();
    notes = await mkdtemp(join(tmpdir(), 'git-calls-'));
    await commands.add('git', `#!/bin/sh\necho "$@" >> '${notes}/calls'\nexec ${await placeOf('git')} "$@"\n`);
    return {
      folder: scene.folder,
      trusted: false,
      env: { ...scene.env, PATH: commands.path, SHELL: join(commands.path, 'bash') },
      // The editor's own extension for Git must not be taken for ours.
      settings: { 'git.enabled': false },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    await scene.dispose();
    await commands.dispose();
    await rm(notes, { recursive: true, force: true });
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const notices = () => panel().frame.getByRole('region', { name: 'Notices' });
  const restricted = /^This folder is in Restricted Mode, so .* is off\.$/;
  const gitCalls = async (): Promise<string> => readFile(join(notes, 'calls'), 'utf8').catch(() => '');

  it('is told in the panel, with what to do about it', async () => {
    await panel().open();
    await notices().getByText(restricted).waitFor();
    await notices().getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
  });

  it('lets logs and files be read and Claude be asked', async () => {
    await panel().addFoundLog('error.log');
    await panel().ask(1);
    await panel().untilAnswered(1);
    const file = await workbench().explorerItem('src/services/payment.js');
    await workbench().contextMenu(file, 'Add to Incident as Suspect');
    await panel().ask(2);
    await panel().untilAnswered(2);
    const [, second] = scene.claude.requests();
    const sent = sentTexts(second).find((text) => text.includes('title="src/services/payment.js'));
    assert.match(sent ?? '', /stripe_key/);
  });

  it('runs no git, not even for the step that needs history', async () => {
    await panel().unfold(5);
    await panel().ask(5);
    await panel().step(5).getByRole('alert').getByText(restricted).waitFor();
    assert.equal(scene.claude.requests().length, 2);
    assert.equal(await gitCalls(), '');
  });

  it('runs no test: a fix is not proved, and the panel says why', async () => {
    await panel().ask(6);
    await panel().untilAnswered(6);
    const proof = panel().step(6).getByRole('group', { name: 'Proof' });
    await proof.getByText('This folder is in Restricted Mode, so running tests is off.').waitFor();
    assert.equal(await proof.getByRole('button', { name: 'Prove…' }).count(), 0);
  });

  it('ends when the folder is trusted: then git is asked', async () => {
    await notices().getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await workbench().page.getByRole('button', { name: 'Trust', exact: true }).click();
    await panel().open();
    await notices().getByText(restricted).waitFor({ state: 'detached' });
    await until('git has been called', async () => (await gitCalls()) !== '');
  });
});
