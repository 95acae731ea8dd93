import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import type { Failure } from '../model/failure.ts';
import { explain, explainInOneLine, withoutLinks } from '../wording.ts';
import type { FailureAction } from '../wording.ts';

/** What the buttons of failures run. */
const actionCommands: Readonly<Record<FailureAction['command'], readonly [command: string, argument?: string]>> = {
  setApiKey: [commands.setApiKey],
  showLog: [commands.showLog],
  allowEndpoint: [commands.allowEndpoint],
  selectModel: [commands.selectModel],
  openEndpointSettings: ['workbench.action.openSettings', 'incidentPanel.endpoints'],
  openFolder: ['vscode.openFolder'],
  manageTrust: ['workbench.trust.manage'],
  takeOverIncident: [commands.takeOverIncident],
};

/** Runs the next action of a failure. */
export async function runFailureAction(command: FailureAction['command']): Promise<void> {
  const [id, ...withArgument] = actionCommands[command];
  await vscode.commands.executeCommand(id, ...withArgument);
}

/** Tells of a failure of something that was started outside the panel. Within the panel it is shown in place. */
export async function notify(failure: Failure | undefined): Promise<void> {
  if (failure === undefined || failure.kind === 'cancelled') return;
  const { action } = explain(failure);
  const labels = action === undefined ? [] : [action.label];
  const chosen = await vscode.window.showWarningMessage(withoutLinks(explainInOneLine(failure)), ...labels);
  if (action !== undefined && chosen === action.label) await runFailureAction(action.command);
}
