import * as vscode from 'vscode';
import { defaultModel } from '../claude/endpoint.ts';
import { listModels } from '../claude/models.ts';
import type { Endpoint } from '../model/claude.ts';
import { explain } from '../wording.ts';

/**
 * Lets the user choose one of the models that the endpoint lists, or type one where it lists none, or cannot be asked.
 * Empty for the default; undefined where the user leaves it.
 */
export async function chooseModel(endpoint: Endpoint, key: string | undefined): Promise<string | undefined> {
  const title = `Model of ${endpoint.name}`;
  const type = (why = ''): Thenable<string | undefined> =>
    vscode.window
      .showInputBox({
        title,
        prompt: `${why}Empty for the default, ${defaultModel}.`,
        value: endpoint.model,
        ignoreFocusOut: true,
      })
      .then((model) => model?.trim());
  if (key === undefined) return type();
  const list = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Asking ${endpoint.name} for its models…`,
      cancellable: true,
    },
    (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return listModels(endpoint, key, controller.signal);
    },
  );
  if (list.kind === 'none') return type(`${endpoint.name} has no list of models. `);
  if (list.kind === 'failed') return type(`${explain(list.failure).what} `);
  const typed: vscode.QuickPickItem = { label: 'Type another…', alwaysShow: true };
  const items = list.ids.map((id): vscode.QuickPickItem => ({
    label: id,
    ...(id === endpoint.model ? { description: 'selected' } : {}),
  }));
  const chosen = await vscode.window.showQuickPick([...items, typed], { title, placeHolder: 'Model' });
  return chosen === typed ? type() : chosen?.label;
}
