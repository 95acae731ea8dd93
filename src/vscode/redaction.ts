import * as vscode from 'vscode';
import { readRedactionState, redactionStatePath, writeRedactionState } from '../incident/redactionState.ts';
import { DisposableStore } from '../model/emitter.ts';
import type { Disposable } from '../model/emitter.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { RawRedactionSettings } from '../redaction/settings.ts';
import { notify } from './notices.ts';
import { onSettingsChange, readRaw } from './settings.ts';

/** Files of environment values, for the watcher: what their names have in common. */
const environmentFiles = '**/{.env*,*.env,*.env.*}';

export interface OpenRedactor extends Disposable {
  readonly redactor: Redactor;
}

/**
 * The redactor of one incident: its placeholders go on where the incident's left off, it goes by the settings as they
 * change, and it knows the values of the folders' environment files, also those that come while the incident is open.
 * What it has learnt it keeps: a value that was replaced in a file may still stand in a log. `mayKeep` says whether the
 * numbers of placeholders are this window's to give and to write; `onLearned` is told when such files were read again.
 */
export async function openRedactor(
  journalPath: string,
  fingerprintKey: string,
  log: (message: string) => void,
  mayKeep: () => boolean,
  onLearned: () => void,
): Promise<OpenRedactor> {
  const { createRedactor } = await import('../redaction/redactor.ts');
  const path = redactionStatePath(journalPath);
  const redactor = createRedactor({ fingerprintKey, settings: redactionSettings(), state: readRedactionState(path) });
  await learnEnvironmentValues(redactor);

  const disposables = new DisposableStore();
  const learnAgain = (): void => {
    void learnEnvironmentValues(redactor)
      .then(onLearned)
      .catch(() => log('The environment files were not read again.'));
  };
  const watcher = vscode.workspace.createFileSystemWatcher(environmentFiles, false, false, true);
  disposables.add(watcher);
  disposables.add(watcher.onDidCreate(learnAgain));
  disposables.add(watcher.onDidChange(learnAgain));
  disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(learnAgain));
  disposables.add(
    onSettingsChange(() => {
      void notify(redactor.configure(redactionSettings()));
    }),
  );
  return {
    dispose: () => disposables.dispose(),
    redactor: {
      ...redactor,
      redact: async (text, options) => {
        const result = await redactor.redact(text, options);
        if (result.ok && result.value.redactions.length > 0 && mayKeep()) writeRedactionState(path, redactor.state());
        return result;
      },
    },
  };
}

function redactionSettings(): RawRedactionSettings {
  return {
    personalData: {
      email: readRaw('redaction.personalData.email'),
      cards: readRaw('redaction.personalData.cards'),
      ip: readRaw('redaction.personalData.ip'),
      nationalIds: readRaw('redaction.personalData.nationalIds'),
      phones: readRaw('redaction.personalData.phones'),
    },
    rules: readRaw('redaction.rules'),
    allow: readRaw('redaction.allow'),
  };
}

async function learnEnvironmentValues(redactor: Redactor): Promise<void> {
  const { readEnvironmentFiles } = await import('../redaction/environmentFiles.ts');
  const { environmentValues } = await import('../redaction/environmentValues.ts');
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (uri.scheme !== 'file') continue;
    for (const text of await readEnvironmentFiles(uri.fsPath)) redactor.learn(environmentValues(text));
  }
}
