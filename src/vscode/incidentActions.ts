import * as vscode from 'vscode';
import type { IncidentSummary } from '../incident/library.ts';
import { dateAndTime, fileSize } from '../model/shownFigures.ts';
import { stepIds } from '../model/steps.ts';
import type { Failure } from '../model/failure.ts';
import { plural, t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { withoutLinks } from '../wording.ts';
import type { Session } from './session.ts';

/** More than this of journals is worth a word: some two hundred incidents of an hour. */
const largeStorageBytes = 200 * 1024 * 1024;

/** Starts, switches, names, resolves and reopens incidents. */
export class IncidentActions {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async start(): Promise<Failure | undefined> {
    const started = await this.#session.start();
    return started.ok ? undefined : started.failure;
  }

  /** Lets the user choose among all incidents; those of this folder come first. */
  async switch(): Promise<Failure | undefined> {
    const chosen = await this.#choose(t('Switch Incident'));
    if (chosen === undefined || chosen.id === this.#session.investigation?.incident.id) return undefined;
    const result = await this.#session.switchTo(chosen.id);
    return result.ok ? undefined : result.failure;
  }

  /** Deletes an incident that the user chooses, after asking: it cannot be had back. */
  async delete(): Promise<Failure | undefined> {
    const chosen = await this.#choose(t('Delete Incident'));
    if (chosen === undefined) return undefined;
    const button = t('Delete');
    const answer = await vscode.window.showWarningMessage(
      withoutLinks(t('Delete the incident “{0}”?', chosen.title)),
      {
        modal: true,
        detail: t(
          'Its whole record is deleted from this machine: evidence, questions, replies and what was sent. This cannot be undone. What was sent to Claude is not called back.',
        ),
      },
      button,
    );
    return answer === button ? this.#session.delete(chosen.id) : undefined;
  }

  async #choose(title: string): Promise<{ readonly id: string; readonly title: string } | undefined> {
    const here = vscode.workspace.workspaceFolders?.[0]?.uri.toString();
    const open = this.#session.investigation?.incident.id;
    const list = this.#session.list();
    const items = list
      .toSorted((a, b) => Number(b.folderUri === here) - Number(a.folderUri === here))
      .map((summary) => ({
        label: `${summary.id === open ? '$(debug-stackframe-focused) ' : ''}${asLabel(summary.title)}`,
        description: summary.resolved ? t('resolved') : t('{0} of {1} steps', summary.stepsSettled, stepIds.length),
        detail: [
          t('Started {0}', dateAndTime(summary.startedAt)),
          ...folderNote(summary.folderUri, here),
          fileSize(summary.bytes),
        ].join(', '),
        id: summary.id,
        title: summary.title,
      }));
    return vscode.window.showQuickPick(items, {
      title,
      placeHolder: placeHolderFor(list),
      matchOnDetail: true,
    });
  }

  async rename(): Promise<Failure | undefined> {
    const { investigation } = this.#session;
    const title = await vscode.window.showInputBox({
      title: t('Rename Incident'),
      value: investigation?.incident.title ?? '',
    });
    return title === undefined ? undefined : investigation?.rename(title);
  }

  resolve(): void {
    this.#session.investigation?.resolve();
  }

  reopen(): void {
    this.#session.investigation?.reopen();
  }
}

/** Says so where the incidents together have become large: nothing is deleted by itself. */
function placeHolderFor(list: readonly IncidentSummary[]): string {
  if (list.length === 0) return t('There is no incident yet');
  const bytes = list.reduce((sum, summary) => sum + summary.bytes, 0);
  if (bytes <= largeStorageBytes) return t('Choose an incident');
  return plural(
    list.length,
    '{0} incident takes {1}. Delete old ones with “Incident: Delete Incident”.',
    '{0} incidents take {1}. Delete old ones with “Incident: Delete Incident”.',
    fileSize(bytes),
  );
}

function folderNote(folderUri: string | undefined, here: string | undefined): readonly string[] {
  if (folderUri === undefined || folderUri === here) return [];
  return [t('in {0}', asLabel(vscode.Uri.parse(folderUri).path.split('/').at(-1) ?? folderUri))];
}
