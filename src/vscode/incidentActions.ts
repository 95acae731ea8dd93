import * as vscode from 'vscode';
import { stepIds } from '../model/steps.ts';
import type { Failure } from '../model/failure.ts';
import type { Session } from './session.ts';

/** Starts, switches, names, resolves and reopens incidents. */
export class IncidentActions {
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  async start(): Promise<Failure | undefined> {
    const started = await this.session.start();
    return started.ok ? undefined : started.failure;
  }

  /** Lets the user choose among all incidents; those of this folder come first. */
  async switch(): Promise<Failure | undefined> {
    const here = vscode.workspace.workspaceFolders?.[0]?.uri.toString();
    const open = this.session.investigation?.incident.id;
    const items = this.session
      .list()
      .toSorted((a, b) => Number(b.folderUri === here) - Number(a.folderUri === here))
      .map((summary) => ({
        label: `${summary.id === open ? '$(debug-stackframe-focused) ' : ''}${summary.title}`,
        description: summary.resolved ? 'resolved' : `${summary.stepsSettled} of ${stepIds.length} steps`,
        detail: `Started ${new Date(summary.startedAt).toLocaleString()}${folderNote(summary.folderUri, here)}`,
        id: summary.id,
      }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: 'Switch Incident',
      placeHolder: items.length === 0 ? 'There is no incident yet' : 'Choose an incident',
      matchOnDetail: true,
    });
    if (chosen === undefined || chosen.id === open) return undefined;
    const result = await this.session.switchTo(chosen.id);
    return result.ok ? undefined : result.failure;
  }

  async rename(): Promise<Failure | undefined> {
    const { investigation } = this.session;
    const title = await vscode.window.showInputBox({
      title: 'Rename Incident',
      value: investigation?.incident.title ?? '',
    });
    return title === undefined ? undefined : investigation?.rename(title);
  }

  resolve(): void {
    this.session.investigation?.resolve();
  }

  reopen(): void {
    this.session.investigation?.reopen();
  }
}

function folderNote(folderUri: string | undefined, here: string | undefined): string {
  if (folderUri === undefined || folderUri === here) return '';
  return ` in ${vscode.Uri.parse(folderUri).path.split('/').at(-1) ?? folderUri}`;
}
