import * as vscode from 'vscode';
import type { Endpoint } from '../model/claude.ts';

/** Says plainly what would be sent to whom, and asks, once, whether that may be. */
export async function askToAllow({ name, baseUrl, model }: Endpoint, before: string): Promise<boolean> {
  const allow = 'Allow';
  const chosen = await vscode.window.showInformationMessage(
    `May “${name}” answer when ${before} cannot?`,
    {
      modal: true,
      detail: [
        `Then the question, the evidence that you chose (secrets replaced by placeholders) and the conversation of the incident so far go to ${baseUrl.host}, to the model ${model}.`,
        `It gets its own key and no other endpoint’s. A badge shows whenever it answers, and the record says what was sent to it.`,
        'To take this back, remove it from incidentPanel.endpoints in the settings.',
      ].join('\n\n'),
    },
    allow,
  );
  return chosen === allow;
}
