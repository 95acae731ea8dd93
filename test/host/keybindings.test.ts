import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { assertNoCollision } from '../support/defaultKeybindings.ts';
import type { Keybinding } from '../support/defaultKeybindings.ts';

/** Every keyboard shortcut that the editor has before anybody changes one, on this platform. */
async function defaults(): Promise<string> {
  const address = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
  return (await vscode.workspace.openTextDocument(address)).getText();
}

describe('keyboard shortcuts', () => {
  const own = (): readonly Keybinding[] => {
    const manifest = vscode.extensions.getExtension('incident-panel.incident-panel')?.packageJSON as {
      readonly contributes: { readonly keybindings: readonly Keybinding[] };
    };
    return manifest.contributes.keybindings;
  };

  it('are there for the panel, the next step, asking and stopping', () => {
    assert.deepEqual(
      own().map(({ command }) => command),
      ['openPanel', 'nextStep', 'askClaude', 'stopReply'].map((name) => `incidentPanel.${name}`),
    );
  });

  it('take no shortcut that the editor has', async () => {
    assertNoCollision(own(), await defaults(), process.platform === 'darwin');
  });
});
