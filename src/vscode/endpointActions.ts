import * as vscode from 'vscode';
import { anthropicUrl, defaultModel, parseEndpoint } from '../claude/endpoint.ts';
import { settingsSection } from '../contributions.ts';
import type { EndpointSetting } from '../contributions.ts';
import type { Endpoint } from '../model/claude.ts';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { explain } from '../wording.ts';
import { askToAllow } from './endpointConsent.ts';
import type { Endpoints } from './endpoints.ts';
import { askForKey } from './keyInput.ts';
import type { Keys } from './keys.ts';
import { chooseModel } from './modelChoice.ts';

/** Adds, chooses and allows endpoints, and sets the key and the model of each. */
export class EndpointActions {
  readonly #keys: Keys;
  readonly #endpoints: Endpoints;

  constructor(keys: Keys, endpoints: Endpoints) {
    this.#keys = keys;
    this.#endpoints = endpoints;
  }

  async setApiKey(): Promise<Failure | undefined> {
    const endpoint = await this.#pick(t('Set the API key of'));
    if (endpoint === undefined) return this.#none();
    const key = await askForKey(endpoint);
    if (key !== undefined && key !== '') {
      await this.#keys.set(endpoint, key);
      this.#endpoints.forgive(endpoint);
    }
    return undefined;
  }

  async clearApiKey(): Promise<Failure | undefined> {
    const endpoint = await this.#pick(t('Clear the API key of'));
    if (endpoint === undefined) return this.#none();
    await this.#keys.clear(endpoint);
    return undefined;
  }

  async selectModel(): Promise<Failure | undefined> {
    const endpoint = await this.#pick(t('Select the model of'));
    if (endpoint === undefined) return this.#none();
    const chosen = await chooseModel(
      endpoint,
      this.#endpoints.isAgreed(endpoint) ? await this.#keys.keyOf(endpoint) : undefined,
    );
    if (chosen === undefined) return undefined;
    const model = chosen === '' ? undefined : chosen;
    const list = listed();
    const entry = list.filter(isEntry).find(({ name }) => name === endpoint.name);
    if (endpoint.added !== true && entry?.model === undefined) await write('model', model);
    else
      await write(
        'endpoints',
        list.map((one) => (entry !== undefined && one === entry ? withModel(entry, model) : one)),
      );
    return undefined;
  }

  /** Asks for what an endpoint needs, writes it into the settings, and asks whether it may answer. */
  async addEndpoint(): Promise<Failure | undefined> {
    const { endpoints } = this.#endpoints.all();
    const baseUrl = await vscode.window.showInputBox({
      title: t('Add Endpoint: address'),
      prompt: t('A server that speaks Claude’s Messages API, without /v1/messages.'),
      placeHolder: 'https://claude.example.com',
      ignoreFocusOut: true,
      validateInput: (value) => {
        if (value.trim() === '') return t('Type its address.');
        const parsed = parseEndpoint({ baseUrl: value });
        return parsed.ok ? undefined : explain(parsed.failure).what;
      },
    });
    if (baseUrl === undefined) return undefined;
    const host = parseEndpoint({ baseUrl });
    if (!host.ok) return host.failure;
    const name = await vscode.window.showInputBox({
      title: t('Add Endpoint: name'),
      prompt: t('Shown wherever it answers.'),
      value: host.value.name,
      ignoreFocusOut: true,
      validateInput: (value) => {
        if (value.trim() === '') return t('Type a name.');
        return endpoints.some((one) => one.name === value.trim()) ? t('There is an endpoint of this name.') : undefined;
      },
    });
    if (name === undefined) return undefined;
    const parsed = parseEndpoint({ baseUrl, name, added: true });
    if (!parsed.ok) return parsed.failure;
    const key = await askForKey(parsed.value);
    if (key === undefined) return undefined;
    if (key !== '') await this.#keys.set(parsed.value, key);
    const model = await chooseModel(parsed.value, key === '' ? undefined : key);
    if (model === undefined) return undefined;
    const entry = withModel({ name: parsed.value.name, baseUrl: baseUrl.trim() }, model === '' ? undefined : model);
    const before = listed();
    const anthropic = { name: 'Anthropic', baseUrl: anthropicUrl };
    await write('endpoints', [...(before.length === 0 ? [anthropic] : before), entry]);
    return this.#allow({ ...parsed.value, model: model === '' ? defaultModel : model });
  }

  /** Chooses who is asked first from now on. */
  async switchEndpoint(): Promise<Failure | undefined> {
    const endpoint = await this.#pick(t('Ask first'), true);
    if (endpoint === undefined) return this.#none();
    if (!this.#endpoints.isAgreed(endpoint)) await this.#allow(endpoint);
    if (this.#endpoints.isAgreed(endpoint)) await this.#endpoints.prefer(endpoint);
    return undefined;
  }

  /** Shows what an endpoint would get, and asks whether it may answer. */
  async allowEndpoint(): Promise<Failure | undefined> {
    const waiting = this.#endpoints.all().endpoints.filter((endpoint) => !this.#endpoints.isAgreed(endpoint));
    const endpoint = waiting.length > 1 ? await this.#pickOf(waiting, t('Allow to answer')) : waiting[0];
    if (endpoint !== undefined) return this.#allow(endpoint);
    if (waiting.length === 0)
      void vscode.window.showInformationMessage(t('Every endpoint of the settings may answer.'));
    return undefined;
  }

  async #allow(endpoint: Endpoint): Promise<undefined> {
    const before = this.#endpoints.all().endpoints.find(({ name }) => name !== endpoint.name);
    await this.#endpoints.agree(endpoint, await askToAllow(endpoint, before?.name ?? 'Anthropic'));
  }

  #pick(title: string, always = false): Promise<Endpoint | undefined> {
    const { endpoints } = this.#endpoints.all();
    return endpoints.length > 1 || always ? this.#pickOf(endpoints, title) : Promise.resolve(endpoints[0]);
  }

  async #pickOf(endpoints: readonly Endpoint[], title: string): Promise<Endpoint | undefined> {
    const items: (vscode.QuickPickItem & { readonly endpoint: Endpoint })[] = [];
    for (const endpoint of endpoints) {
      const agreed = this.#endpoints.isAgreed(endpoint) ? '' : t(', not allowed yet');
      const key = (await this.#keys.keyOf(endpoint)) === undefined ? t(', no API key') : '';
      items.push({
        label: asLabel(endpoint.name),
        description: asLabel(`${endpoint.baseUrl.host}, ${endpoint.model}${agreed}${key}`),
        endpoint,
      });
    }
    return (await vscode.window.showQuickPick(items, { title, placeHolder: t('Endpoint') }))?.endpoint;
  }

  /** Why there was nothing to choose from; nothing where the user chose nothing. */
  #none(): Failure | undefined {
    const { endpoints, failures } = this.#endpoints.all();
    return endpoints.length === 0 ? failures[0] : undefined;
  }
}

function withModel(entry: EndpointSetting, model: string | undefined): EndpointSetting {
  const { name, baseUrl, keyVariable } = entry;
  return {
    name,
    baseUrl,
    ...(model === undefined ? {} : { model }),
    ...(keyVariable === undefined ? {} : { keyVariable }),
  };
}

/** What the setting holds, mistakes included: they are the user's to mend. */
function listed(): readonly unknown[] {
  const list = vscode.workspace.getConfiguration(settingsSection).get<unknown>('endpoints');
  return Array.isArray(list) ? list : [];
}

function isEntry(value: unknown): value is EndpointSetting {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

async function write(key: 'model' | 'endpoints', value: string | readonly unknown[] | undefined): Promise<void> {
  await vscode.workspace.getConfiguration(settingsSection).update(key, value, vscode.ConfigurationTarget.Global);
}
