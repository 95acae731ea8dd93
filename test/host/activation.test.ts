import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('extension', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('incident-panel.incident-panel');
    assert.ok(extension, 'the editor does not know the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
