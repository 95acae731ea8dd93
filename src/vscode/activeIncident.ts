import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as vscode from 'vscode';
import { activeIncidentKey } from '../contributions.ts';

/** More than an id is long; a file that is larger holds something else. In bytes. */
const longestId = 200;

/**
 * Which incident the window of a folder works on. It is on the disk when {@link set} returns: the editor's own memory of
 * a folder (`workspaceState`) writes a while after it has answered, so that a window that dies or is reloaded right after
 * a switch would come back with the incident before.
 */
export class ActiveIncident {
  readonly #state: vscode.Memento;
  /** None in a window without a folder: the editor's memory is all that there is. */
  readonly #path: string | undefined;
  readonly #log: (error: unknown) => void;

  /** @param log told where the file could not be written; the editor's memory holds it then */
  constructor(
    context: Pick<vscode.ExtensionContext, 'storageUri' | 'workspaceState'>,
    log: (error: unknown) => void = () => undefined,
  ) {
    this.#state = context.workspaceState;
    this.#path = context.storageUri === undefined ? undefined : join(context.storageUri.fsPath, 'active-incident');
    this.#log = log;
  }

  /** The id that was set last; whether there is such an incident still is the caller's to find out. */
  get(): string | undefined {
    const id = this.#written() ?? this.#state.get<unknown>(activeIncidentKey);
    return typeof id === 'string' && id !== '' ? id : undefined;
  }

  /** @param id `undefined` where no incident is open any more */
  async set(id: string | undefined): Promise<void> {
    this.#write(id);
    await this.#state.update(activeIncidentKey, id);
  }

  #written(): string | undefined {
    if (this.#path === undefined) return undefined;
    try {
      return statSync(this.#path).size > longestId ? undefined : readFileSync(this.#path, 'utf8').trim() || undefined;
    } catch {
      return undefined;
    }
  }

  #write(id: string | undefined): void {
    if (this.#path === undefined) return;
    try {
      if (id === undefined) {
        rmSync(this.#path, { force: true });
        return;
      }
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      writeFileSync(`${this.#path}.new`, id, { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.#log(error);
      // What is left of an earlier one must not outweigh what the editor's memory is told now.
      if (id !== undefined) this.#write(undefined);
    }
  }
}
