import * as vscode from 'vscode';
import { panelType } from '../contributions.ts';
import { t } from '../model/l10n.ts';
import { pageSeen } from './pageSeen.ts';

/** What a page of the panel may do: run its script, and load what the build has made. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
}

/**
 * A tab for the panel, without a page. Apart from the panel itself, so that the editor can make the tab, which takes it
 * longest, while the extension is loaded.
 */
export function newPanelTab(extensionUri: vscode.Uri, preserveFocus = false): vscode.WebviewPanel {
  closeUnrestoredTabs();
  const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus };
  return vscode.window.createWebviewPanel(panelType, t('Incident'), place, webviewOptions(extensionUri));
}

/** Milliseconds that a page's first picture is waited for, whatever the editor does meanwhile. */
const longestWaitForPicture = 1_000;

/** A tab whose page may speak before what understands it is loaded. */
export interface EarlyTab {
  readonly panel: vscode.WebviewPanel;
  /** Whether its user has closed it. */
  readonly closed: boolean;
  /** Until the page's first picture is on screen, the tab is closed, or it has taken too long. */
  readonly seen: Promise<void>;
  /** What the page has said until now; what it says from now on is for whoever listens then. */
  handOver(): readonly unknown[];
}

/** Keeps what the tab's page says, since the editor keeps nothing that nobody listens to. */
export function listeningTo(panel: vscode.WebviewPanel): EarlyTab {
  const said: unknown[] = [];
  let closed = false;
  let isSeen = (): void => undefined;
  const seen = new Promise<void>((resolve) => (isSeen = resolve));
  const timer = setTimeout(isSeen, longestWaitForPicture);
  const listening = panel.webview.onDidReceiveMessage((message: unknown) => {
    if (message === pageSeen) isSeen();
    else said.push(message);
  });
  const closing = panel.onDidDispose(() => {
    closed = true;
    isSeen();
  });
  return {
    panel,
    get closed() {
      return closed;
    },
    seen: seen.finally(() => clearTimeout(timer)),
    handOver: () => {
      listening.dispose();
      closing.dispose();
      return said;
    },
  };
}

/**
 * After a reload the editor keeps a tab in the background without a page, and hands it over when it is next looked at.
 * Where there is no panel such a tab would stand beside the new one, and be taken for a second incident.
 */
function closeUnrestoredTabs(): void {
  const kept = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input, isActive }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith(panelType) && !isActive,
    );
  if (kept.length > 0) void vscode.window.tabGroups.close(kept, true);
}
