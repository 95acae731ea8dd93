import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, panelType, views } from '../../src/contributions.ts';
import { until } from '../support/until.ts';

interface ContributedCommand {
  readonly command: string;
  readonly category?: string;
}

describe('commands', () => {
  let contributed: readonly ContributedCommand[] = [];

  before(async () => {
    const extension = vscode.extensions.getExtension('incident-panel.incident-panel');
    assert.ok(extension, 'the editor does not know the extension');
    await extension.activate();
    const manifest = extension.packageJSON as { readonly contributes: { readonly commands: ContributedCommand[] } };
    contributed = manifest.contributes.commands;
  });

  it('that are registered are those that the manifest contributes', async () => {
    const ofViews = new Set(Object.values(views));
    const registered = (await vscode.commands.getCommands(true)).filter((id) => {
      // The editor makes commands of its own for each view ("incidentPanel.evidence.focus").
      const view = id.split('.').slice(0, 2).join('.');
      return id.startsWith('incidentPanel.') && !(id !== view && [...ofViews].some((each) => each === view));
    });
    assert.deepEqual(registered.sort(), contributed.map(({ command }) => command).sort());
    assert.deepEqual(registered, Object.values(commands).sort());
  });

  it('are all in the category Incident', () => {
    assert.deepEqual(
      contributed.filter(({ category }) => category !== 'Incident'),
      [],
    );
  });

  it('that need no incident do nothing where there is none, and throw nothing', async () => {
    for (const id of [
      commands.removeSuspect,
      commands.removeEvidence,
      commands.previewEvidence,
      commands.setSuspectRole,
    ]) {
      await vscode.commands.executeCommand(id);
      await vscode.commands.executeCommand(id, { id: '../etc', uri: 7 });
    }
  });

  it('open the panel', async () => {
    await vscode.commands.executeCommand(commands.openPanel);
    const isPanel = ({ input, label }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputWebview && input.viewType.endsWith(panelType) && label.startsWith('Incident');
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await until('the panel has a tab', async () => tabs().some(isPanel), 10_000);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
