import * as vscode from 'vscode';
import { defaultModel } from '../claude/endpoint.ts';
import { settingsSection } from '../contributions.ts';
import type { Failure } from '../model/failure.ts';
import type { Keys } from './keys.ts';
import { configuredEndpoint } from './settings.ts';

/** Sets the key and the model of the endpoint. */
export class EndpointActions {
  private readonly keys: Keys;

  constructor(keys: Keys) {
    this.keys = keys;
  }

  async setApiKey(): Promise<Failure | undefined> {
    const endpoint = configuredEndpoint();
    if (!endpoint.ok) return endpoint.failure;
    const key = await vscode.window.showInputBox({
      title: `API Key for ${endpoint.value.name}`,
      prompt: `Kept in the editor’s secret storage, and sent to ${endpoint.value.baseUrl.host} only.`,
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) => (/\s/.test(value.trim()) ? 'A key holds no white space.' : undefined),
    });
    if (key !== undefined && key.trim() !== '') await this.keys.set(endpoint.value, key);
    return undefined;
  }

  async clearApiKey(): Promise<Failure | undefined> {
    const endpoint = configuredEndpoint();
    if (!endpoint.ok) return endpoint.failure;
    await this.keys.clear(endpoint.value);
    return undefined;
  }

  async selectModel(): Promise<Failure | undefined> {
    const endpoint = configuredEndpoint();
    if (!endpoint.ok) return endpoint.failure;
    const model = await vscode.window.showInputBox({
      title: `Model of ${endpoint.value.name}`,
      prompt: `Empty for the default, ${defaultModel}.`,
      value: endpoint.value.model,
    });
    if (model === undefined) return undefined;
    const value = model.trim() === '' ? undefined : model.trim();
    await vscode.workspace.getConfiguration(settingsSection).update('model', value, vscode.ConfigurationTarget.Global);
    return undefined;
  }
}
