import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Keybinding {
  readonly key: string;
  readonly mac?: string;
  readonly command: string;
}

/** Every keyboard shortcut that the editor has before anybody changes one, on this platform. */
async function defaults(): Promise<readonly Keybinding[]> {
  const address = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
  const text = (await vscode.workspace.openTextDocument(address)).getText();
  return [...text.matchAll(/\{ "key": "([^"]+)",\s+"command": "([^"]+)"/g)].map(([, key = '', command = '']) => ({
    key,
    command,
  }));
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
    const others = (await defaults()).filter(({ command }) => !command.startsWith('incidentPanel.'));
    assert.ok(others.length > 500, 'the list of default shortcuts was not read');
    for (const { key, mac, command } of own()) {
      const ours = process.platform === 'darwin' ? (mac ?? key) : key;
      const taken = others.filter((other) => other.key === ours || other.key.startsWith(`${ours} `));
      assert.deepEqual(taken, [], command);
      // A first stroke that the editor acts upon by itself would never wait for the second one.
      const [first] = ours.split(' ');
      const chords = others.filter((other) => other.key.startsWith(`${first ?? ours} `));
      assert.ok(chords.length > 10, `${first ?? ours} does not begin shortcuts of the editor`);
    }
  });
});
