import * as vscode from 'vscode';
import { defaultModel } from '../claude/endpoint.ts';
import { listModels } from '../claude/models.ts';
import type { Endpoint } from '../model/claude.ts';
import { t } from '../model/l10n.ts';
import { explain } from '../wording.ts';

/**
 * Lets the user choose one of the models that the endpoint lists, or type one where it lists none, or cannot be asked.
 * Empty for the default; undefined where the user leaves it.
 */
export async function chooseModel(endpoint: Endpoint, key: string | undefined): Promise<string | undefined> {
  const title = t('Model of {0}', endpoint.name);
  const type = (why = ''): Thenable<string | undefined> =>
    vscode.window
      .showInputBox({
        title,
        prompt: `${why}${t('Empty for the default, {0}.', defaultModel)}`,
        value: endpoint.model,
        ignoreFocusOut: true,
      })
      .then((model) => model?.trim());
  if (key === undefined) return type();
  const list = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Asking {0} for its models…', endpoint.name),
      cancellable: true,
    },
    (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return listModels(endpoint, key, controller.signal);
    },
  );
  if (list.kind === 'none') return type(`${t('{0} has no list of models.', endpoint.name)} `);
  if (list.kind === 'failed') return type(`${explain(list.failure).what} `);
  const typed: vscode.QuickPickItem = { label: t('Type another…'), alwaysShow: true };
  const items = list.ids.map((id): vscode.QuickPickItem => ({
    label: id,
    ...(id === endpoint.model ? { description: t('selected') } : {}),
  }));
  const chosen = await vscode.window.showQuickPick([...items, typed], {
    title,
    placeHolder: t('Model'),
    // The focus may come back to the panel late, from the box before or the notice that has just gone.
    ignoreFocusOut: true,
  });
  return chosen === typed ? type() : chosen?.label;
}
