import * as vscode from 'vscode';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { roleName } from '../model/names.ts';
import { isSecretFile } from '../model/secretFiles.ts';
import { suspectRoles } from '../model/suspect.ts';
import type { Suspect, SuspectRole } from '../model/suspect.ts';
import type { SuspectProposal } from '../model/traceReport.ts';
import { withoutLinks } from '../wording.ts';
import type { Session } from './session.ts';
import { knownFile, refuseSuspect } from './workspaceFiles.ts';

/** Adds, replaces and describes suspects. */
export class SuspectActions {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Adds files one after the other. A refused one does not keep the others out; the first refusal is told. */
  async addAll(uris: readonly vscode.Uri[]): Promise<Failure | undefined> {
    let refusal: Failure | undefined;
    for (const uri of uris) {
      const failure = await this.add(uri);
      refusal ??= failure;
      if (failure?.kind === 'cancelled') break;
    }
    return refusal;
  }

  /** Adds one file. Where there are three, asks which one it replaces. */
  async add(uri: vscode.Uri, role?: SuspectRole): Promise<Failure | undefined> {
    const refusal = await refuseSuspect(uri, AbortSignal.timeout(10_000));
    if (refusal !== undefined) return refusal;
    const current = await this.#session.current();
    if (!current.ok) return current.failure;
    const file = knownFile(uri);
    if (isSecretFile(uri.path) && !current.value.incident.suspects.some((suspect) => suspect.uri === file.uri)) {
      if (!(await isMeant(file.path))) return { kind: 'cancelled' };
    }
    const failure = current.value.addSuspect(file, undefined, role);
    if (failure?.kind !== 'tooManySuspects') return failure;
    const replaced = await chooseSuspect(
      current.value.incident.suspects,
      t('There are three suspects. Which one does {0} replace?', asLabel(file.path)),
    );
    return replaced === undefined ? { kind: 'cancelled' } : current.value.addSuspect(file, replaced.uri, role);
  }

  /** Adds proposed files in their roles, one after the other; the first refusal is told. */
  async acceptAll(proposals: readonly Pick<SuspectProposal, 'file' | 'role'>[]): Promise<Failure | undefined> {
    let refusal: Failure | undefined;
    for (const { file, role } of proposals) {
      const failure = await this.add(vscode.Uri.parse(file.uri, true), role);
      refusal ??= failure;
      if (failure?.kind === 'cancelled') break;
    }
    return refusal;
  }

  /** Lets the user choose files of the open folder in a dialog, and adds them. */
  async choose(): Promise<Failure | undefined> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder === undefined) return { kind: 'noFolder' };
    const chosen = await vscode.window.showOpenDialog({
      title: t('Add to Incident as Suspect'),
      openLabel: t('Add'),
      defaultUri: folder.uri,
      canSelectMany: true,
    });
    return this.addAll(chosen ?? []);
  }

  remove(uri: string): void {
    this.#session.investigation?.removeSuspect(uri);
  }

  /** Sets a suspect's role; asks which where none is given. */
  async setRole(uri: string, role?: SuspectRole): Promise<void> {
    const items = suspectRoles.map((one) => ({ label: roleName(one), role: one }));
    const known = role ?? (await vscode.window.showQuickPick(items, { title: t('Role of the Suspect') }))?.role;
    if (known !== undefined) this.#session.investigation?.setSuspectRole(uri, known);
  }
}

/** A file that is there to hold secrets: what is known of them is hidden, and what is not would go out. */
async function isMeant(path: string): Promise<boolean> {
  const add = t('Add All the Same');
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(t('{0} is a file that holds secrets, by its name. Add it as a suspect?', path)),
    {
      modal: true,
      detail: t(
        'Its text goes to Claude with the next question. Secrets that are found in it are replaced by placeholders, but what no rule knows would go out. Look at the preview before you ask.',
      ),
    },
    add,
  );
  return answer === add;
}

async function chooseSuspect(suspects: readonly Suspect[], title: string): Promise<Suspect | undefined> {
  const items = suspects.map((suspect) => ({
    label: asLabel(suspect.path),
    description: roleName(suspect.role),
    suspect,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: t('The one to replace') });
  return chosen?.suspect;
}
