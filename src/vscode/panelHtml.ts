import { randomBytes } from 'node:crypto';
import { t, texts } from '../model/l10n.ts';
import { pageSeen } from './pageSeen.ts';

/** Where the page's parts are, and what is in it from the beginning. */
export interface PanelPageParts {
  /** The origin that styles and fonts are loaded from, as the editor names it in a policy. */
  readonly cspSource: string;
  /** The address of a file of the panel's build. */
  readonly address: (name: string) => string;
  /** The style of what is seen first (`webview/firstPicture.css`), inline: no request stands before it. */
  readonly style: string;
  /** What is seen until the script has run, as HTML (`firstPicture.ts`); empty where nothing is known yet. */
  readonly picture: string;
  /** Default: cryptographic randomness. */
  readonly nonce?: string;
}

/**
 * The panel's page: a first picture, and a shell for the script. Nothing is loaded from elsewhere, and script and style
 * need a nonce of cryptographic randomness. The texts in the reader's language stand in it as data.
 *
 * The editor shows a page when it has loaded, with all that a page waits for, or after 200 ms. So this one waits for nothing: its
 * sheet and its script, which the head has the browser fetch meanwhile, are put to use when it is on screen. A script that a
 * script imports inherits its nonce (HTML, “descendant script fetch options”).
 */
export function panelHtml({
  cspSource,
  address,
  style,
  picture,
  nonce = randomBytes(16).toString('base64'),
}: PanelPageParts): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    // The toolkit probes the focus style by a style element, and takes its nonce from the meta element below.
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  const words = texts();
  const [sheet, script] = [address('webview.css'), address('webview.js')];
  return `<!DOCTYPE html>
<html lang="${words.language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta property="csp-nonce" content="${nonce}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${t('Incident')}</title>
    <style nonce="${nonce}">${style}</style>
    <link rel="preload" as="style" href="${sheet}">
    <link rel="modulepreload" nonce="${nonce}" href="${script}">
  </head>
  <body>
    ${picture}
    <script type="application/json" id="texts">${inScript(words)}</script>
    <script nonce="${nonce}">
      const editor = acquireVsCodeApi();
      // The editor gives it once; the script asks for it again.
      globalThis.acquireVsCodeApi = () => editor;
      addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => {
        editor.postMessage(${inScript(pageSeen)});
        const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: ${inScript(sheet)} });
        // Without its style the panel is still of use.
        sheet.onload = sheet.onerror = () => import(${inScript(script)});
        document.head.append(sheet);
      })), { once: true });
    </script>
  </body>
</html>`;
}

/** A value as JSON that ends no script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
