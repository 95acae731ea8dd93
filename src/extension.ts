import type { ExtensionContext } from 'vscode';

export function activate(context: ExtensionContext): void {
  context.globalState.setKeysForSync([]);
}
