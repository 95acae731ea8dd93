import * as vscode from 'vscode';
import { errorMessage, fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { t } from '../model/l10n.ts';

/** What is used of the public API, version 1, of the editor's own Git extension. */
interface GitExtension {
  getAPI(version: 1): { getRepository(file: vscode.Uri): GitRepository | null };
}

interface GitRepository {
  readonly inputBox: { value: string };
  createBranch(name: string, checkout: boolean): Promise<void>;
}

/** Makes a branch at HEAD and switches to it; changes in the files come along. Commits nothing. */
export async function createBranch(name: string, file: vscode.Uri): Promise<Failure | undefined> {
  const repository = await repositoryOf(file);
  if (!repository.ok) return repository.failure;
  try {
    await repository.value.createBranch(name, true);
    return undefined;
  } catch (error) {
    return { kind: 'sourceControl', detail: t('the branch {0} was not made ({1})', name, gitWords(error)) };
  }
}

/** Where a commit message went. */
export type MessagePlace = 'inputBox' | 'clipboard';

/** Puts a commit message into the Source Control view; on the clipboard where something else is written there already. */
export async function proposeMessage(message: string, file: vscode.Uri): Promise<MessagePlace> {
  const repository = await repositoryOf(file);
  if (repository.ok && ['', message.trim()].includes(repository.value.inputBox.value.trim())) {
    repository.value.inputBox.value = message;
    return 'inputBox';
  }
  await vscode.env.clipboard.writeText(message);
  return 'clipboard';
}

async function repositoryOf(file: vscode.Uri): Promise<Result<GitRepository>> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return fail({ kind: 'sourceControl', detail: t('the Git extension is not there') });
  try {
    // It throws where Git is switched off in the settings.
    const repository = (await extension.activate()).getAPI(1).getRepository(file);
    if (repository !== null) return succeed(repository);
    return fail({ kind: 'sourceControl', detail: t('the Git extension has no repository open for this file') });
  } catch (error) {
    return fail({ kind: 'sourceControl', detail: errorMessage(error) });
  }
}

/** What git itself said, which its extension keeps beside the message. */
function gitWords(error: unknown): string {
  const said: unknown = typeof error === 'object' && error !== null && 'stderr' in error ? error.stderr : undefined;
  const words = typeof said === 'string' && said.trim() !== '' ? said : errorMessage(error);
  return words.trim().split('\n')[0] ?? '';
}
