import * as vscode from 'vscode';
import { anthropicUrl } from '../claude/endpoint.ts';
import type { Endpoint } from '../model/claude.ts';
import { t } from '../model/l10n.ts';

/** Where Anthropic's keys are made. */
const keysPage = 'https://console.anthropic.com/settings/keys';

/**
 * Asks for the key of an endpoint; for Anthropic's own, a button leads to where one is made.
 * @returns the key as it was typed; empty where none was, undefined where the box was left
 */
export function askForKey(endpoint: Endpoint): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = t('API Key for {0}', endpoint.name);
  box.prompt = t('Kept in the editor’s secret storage, and sent to {0} only.', endpoint.baseUrl.host);
  box.password = true;
  box.ignoreFocusOut = true;
  const getKey = { iconPath: new vscode.ThemeIcon('link-external'), tooltip: t('Get an API key') };
  if (endpoint.baseUrl.origin === anthropicUrl) box.buttons = [getKey];
  return new Promise((resolve) => {
    const done = (key: string | undefined): void => {
      resolve(key);
      box.dispose();
    };
    box.onDidTriggerButton(() => void vscode.env.openExternal(vscode.Uri.parse(keysPage)));
    box.onDidChangeValue((value) => {
      box.validationMessage = hasSpace(value) ? t('A key holds no white space.') : '';
    });
    box.onDidAccept(() => {
      if (!hasSpace(box.value)) done(box.value.trim());
    });
    box.onDidHide(() => done(undefined));
    box.show();
  });
}

function hasSpace(value: string): boolean {
  return /\s/.test(value.trim());
}
