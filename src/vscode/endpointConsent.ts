import * as vscode from 'vscode';
import type { Endpoint } from '../model/claude.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { withoutLinks } from '../wording.ts';

/** Says plainly what would be sent to whom, and asks, once, whether that may be. */
export async function askToAllow({ name, baseUrl, model }: Endpoint, before: string): Promise<boolean> {
  const allow = t('Allow');
  const chosen = await vscode.window.showInformationMessage(
    withoutLinks(t('May “{0}” answer when {1} cannot?', name, before)),
    {
      modal: true,
      detail: [
        t(
          'Then the question, the evidence that you chose (secrets replaced by placeholders) and the conversation of the incident so far go to {0}, to the model {1}.',
          baseUrl.host,
          asLabel(model),
        ),
        t(
          'It gets its own key and no other endpoint’s. A badge shows whenever it answers, and the record says what was sent to it.',
        ),
        t('To take this back, remove it from incidentPanel.endpoints in the settings.'),
      ].join('\n\n'),
    },
    allow,
  );
  return chosen === allow;
}
