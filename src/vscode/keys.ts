import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Endpoint } from '../model/claude.ts';

/**
 * The API keys, in the editor's secret storage, each under its endpoint's origin and, for one that the user added, its
 * name: a key that was set for one endpoint is never sent to another. A key in the environment belongs to the endpoint
 * that names its variable.
 */
export class Keys {
  readonly onDidChange: vscode.Event<unknown>;
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.onDidChange = secrets.onDidChange;
  }

  async keyOf(endpoint: Endpoint): Promise<string | undefined> {
    const kept = await this.#secrets.get(slot(endpoint));
    const key = kept ?? (endpoint.keyVariable === undefined ? undefined : process.env[endpoint.keyVariable]);
    return key === undefined || key.trim() === '' ? undefined : key.trim();
  }

  async set(endpoint: Endpoint, key: string): Promise<void> {
    await this.#secrets.store(slot(endpoint), key.trim());
  }

  async clear(endpoint: Endpoint): Promise<void> {
    await this.#secrets.delete(slot(endpoint));
  }

  /** A random key of this installation, for fingerprints of secrets. */
  async fingerprintKey(): Promise<string> {
    const kept = await this.#secrets.get(fingerprintSlot);
    if (kept !== undefined) return kept;
    const fresh = randomBytes(32).toString('hex');
    await this.#secrets.store(fingerprintSlot, fresh);
    return fresh;
  }
}

const fingerprintSlot = 'incidentPanel.fingerprintKey';

function slot({ baseUrl, added, name }: Endpoint): string {
  return `incidentPanel.apiKey:${baseUrl.origin}${added === true ? ` ${name}` : ''}`;
}
