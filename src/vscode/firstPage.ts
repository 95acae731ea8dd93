import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Incident } from '../model/incident.ts';
import { useTexts } from '../model/l10n.ts';
import { emptyIncident } from '../model/reduce.ts';
import { untitled } from '../model/untitled.ts';
import { firstPicture } from './firstPicture.ts';
import type { Log } from './log.ts';
import { panelHtml } from './panelHtml.ts';
import { editorTexts } from './texts.ts';

/** How an incident looks that will be begun when the page is ready. */
const incidentToBe: Incident = { ...emptyIncident, title: untitled };

/**
 * Gives the panel's tab its page, with what is known of the incident as its first picture: `toBe` for one that is not begun
 * yet, undefined where nothing is known. A script of its own in the build, so that a page is there while the rest is loaded.
 */
export function fillPage(
  { webview }: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  known: Incident | 'toBe' | undefined,
  log: Pick<Log, 'error'>,
): void {
  // Where this is a script of its own it has texts of its own.
  useTexts(editorTexts());
  const incident = known === 'toBe' ? incidentToBe : known;
  const inBuild = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'dist', name);
  webview.html = panelHtml({
    cspSource: webview.cspSource,
    address: (name) => webview.asWebviewUri(inBuild(name)).toString(),
    style: firstStyle(inBuild('first-picture.css'), log),
    picture: incident === undefined ? '' : firstPicture(incident),
  });
}

/** The style of the first picture. Without it the page is plain until its sheet is there. */
function firstStyle({ fsPath }: vscode.Uri, log: Pick<Log, 'error'>): string {
  try {
    return readFileSync(fsPath, 'utf8');
  } catch (error) {
    log.error('The style of the first picture could not be read', error);
    return '';
  }
}
