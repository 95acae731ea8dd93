import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { t, texts } from '../model/l10n.ts';

/**
 * The panel's page: a shell for the script. Nothing is loaded from elsewhere, nothing inline runs, and script needs a
 * nonce of cryptographic randomness. The texts in the reader's language stand in it as data. Scripts that the script imports inherit its nonce (HTML, “descendant script fetch
 * options”).
 */
export function panelHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    // The toolkit probes the focus style by a style element, and takes its nonce from the meta element below.
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  const words = texts();
  return `<!DOCTYPE html>
<html lang="${words.language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta property="csp-nonce" content="${nonce}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${address('webview.css')}">
    <title>${t('Incident')}</title>
    <script type="application/json" id="texts">${JSON.stringify(words).replaceAll('<', '\\u003c')}</script>
  </head>
  <body>
    <script type="module" nonce="${nonce}" src="${address('webview.js')}"></script>
  </body>
</html>`;
}
