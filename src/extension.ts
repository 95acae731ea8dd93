import * as vscode from 'vscode';
import { commands, panelType, views } from './contributions.ts';
import type { CommandName } from './contributions.ts';
import { ActiveIncident } from './vscode/activeIncident.ts';
import { demoHere } from './vscode/demoFolders.ts';
import { Log } from './vscode/log.ts';
import { listeningTo, newPanelTab } from './vscode/panelTab.ts';
import type { Started } from './vscode/start.ts';
import { Terminals } from './vscode/terminals.ts';

/**
 * Costs a window that has no incident next to nothing: it listens to the terminals, whose output could not be had later,
 * and knows the names of the commands. The rest is a script of its own, loaded when it is first used: by a command, a
 * panel, a look at the trees, or at once where the folder has an open incident or is a demo that is to begin.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const terminals = new Terminals((error) => log.error('A terminal could not be read', error));
  const placeholders = Object.values(views).map((view) =>
    vscode.window.registerTreeDataProvider(view, {
      getChildren: () => started().then(() => []),
      getTreeItem: (item: never) => item,
    }),
  );
  let starting: Promise<Started> | undefined;
  const load = async (): Promise<Started> => {
    const { start } = await import('./vscode/start.ts');
    for (const each of placeholders) each.dispose();
    return start(context, { log, terminals });
  };
  const started = (): Promise<Started> => (starting ??= load());
  /** The editor makes the panel's tab and shows its page before the rest is loaded, which lets nothing else run here. */
  const loadBehindPage = async (): Promise<Started> => {
    const early = listeningTo(newPanelTab(context.extensionUri));
    try {
      const { fillPage } = await import('./vscode/firstPage.ts');
      fillPage(early.panel, context.extensionUri, 'toBe', log);
      await early.seen;
      const opened = await load();
      if (!early.closed) opened.adoptEarly(early);
      return opened;
    } catch (error) {
      early.panel.dispose();
      throw error;
    }
  };
  const opened = (): Promise<Started> => (starting ??= loadBehindPage());
  context.subscriptions.push(
    log,
    terminals,
    ...placeholders,
    ...Object.entries(commands).map(([name, command]) =>
      vscode.commands.registerCommand(command, async (...args: unknown[]) => {
        const { run } = await (name === 'openPanel' ? opened() : started());
        return run(name as CommandName, args);
      }),
    ),
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (kept) => (await started()).adopt(kept),
    }),
  );
  const toBegin = demoHere(context.globalState)?.toBegin === true;
  if (toBegin || new ActiveIncident(context).get() !== undefined) {
    started().catch((error: unknown) => log.error('The last incident was not opened', error));
  }
}
