import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import type { Browser, Page } from 'playwright-core';
import { smallTemplates, webviewBundle } from '../../scripts/webview-bundle.mjs';
import type { Texts } from '../../src/model/l10n.ts';
import type { FromPanel, Intent, ToPanel } from '../../src/protocol.ts';
import { themeKinds, themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

/** The panel in a browser without an editor: the real script and style under the real policy, the host played by a test. */
export interface PanelBrowser {
  open(options: PanelPageOptions): Promise<PanelPage>;
  close(): Promise<void>;
}

export interface PanelPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier life of the panel left with `setState`. */
  readonly kept?: unknown;
  readonly reducedMotion?: boolean;
  /** The editor's zoom: pixels of the screen for one of the page. Default 1. */
  readonly zoom?: number;
  /** What runs in the page before its own script, as source. */
  readonly firstScript?: string;
  /** A page with one word and nothing else in the panel's place, to compare with. */
  readonly empty?: boolean;
  /** The texts that the host puts into the page; English without. */
  readonly texts?: Texts;
}

export interface PanelPage {
  readonly page: Page;
  /** Posts to the panel as the host would, and waits until it is rendered. */
  readonly post: (message: ToPanel) => Promise<void>;
  /** Waits until what was last done is rendered: the panel renders in the next frame, which a busy machine draws late. */
  readonly rendered: () => Promise<void>;
  /** The intents so far, `ready` ones included, once they are rendered; those that keep drafts stand apart. */
  readonly intents: () => Promise<readonly Intent[]>;
  /** What the page told of its drafts so far. */
  readonly toldDrafts: () => Promise<readonly Intent[]>;
  /** The last message that the panel posted, once it is rendered; none that keeps drafts. */
  readonly lastMessage: () => Promise<FromPanel | undefined>;
  /** What the panel kept with `setState`. */
  readonly kept: () => Promise<unknown>;
  /** Opens all that can be folded away. */
  readonly unfold: () => Promise<void>;
  /** Errors of the page and violations of its policy. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

interface FakeEditor {
  readonly posted: FromPanel[];
  /** What is being written, told by the page itself whenever nothing was typed for a while: no step of a user's. */
  readonly drafts: FromPanel[];
  state: unknown;
}

declare global {
  interface Window {
    fakeEditor: FakeEditor;
    hacked?: unknown;
  }
}

const fakeEditor = (kept: unknown): string => `
  window.fakeEditor = { posted: [], drafts: [], state: ${JSON.stringify(kept ?? null)} ?? undefined };
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.fakeEditor[message.intent?.type === 'keepDrafts' ? 'drafts' : 'posted'].push(message),
    getState: () => window.fakeEditor.state,
    setState: (state) => { window.fakeEditor.state = structuredClone(state); },
  });`;

function shell(theme: ThemeName, texts: Texts | undefined): string {
  const table =
    texts === undefined
      ? ''
      : `<script type="application/json" id="texts">${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>`;
  return `<!doctype html><html lang="${texts?.language ?? 'en'}"><head><meta charset="utf-8"><meta property="csp-nonce" content="test-nonce"><link rel="icon" href="data:,"><title>Incident</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="/theme-${theme}.css"><link rel="stylesheet" href="/webview.css">${table}</head>
    <body class="${themeKinds[theme]}" data-vscode-theme-kind="${themeKinds[theme]}">
    <script type="module" nonce="test-nonce" src="/webview.js"></script></body></html>`;
}

const emptyPage =
  '<!doctype html><html lang="en"><title>Empty</title><link rel="icon" href="data:,"><p>Incident</p></html>';

const policy =
  "default-src 'none'; script-src 'nonce-test-nonce'; style-src 'self' 'nonce-test-nonce'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

function themeSheet(name: ThemeName): string {
  const variables = Object.entries(themes[name]).map(([key, value]) => `--vscode-${key}: ${value};`);
  // What the editor itself gives each webview, below all that the page brings.
  const defaults = `@layer vscode-default {
    code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background); padding: 1px 3px; border-radius: 4px; }
    pre code { padding: 0; }
    kbd { color: var(--vscode-foreground); }
    a, a code { color: var(--vscode-textLink-foreground); }
    blockquote { background: var(--vscode-textBlockQuote-background); border-color: var(--vscode-textBlockQuote-border); }
  }`;
  return `:root { ${variables.join('\n')} }\n${defaults}`;
}

/** Bundles the panel, serves it on loopback and starts a browser. All of it ends with `close`. */
export async function startPanelBrowser({ minify = false } = {}): Promise<PanelBrowser> {
  const bundle = await build({
    ...webviewBundle,
    plugins: [smallTemplates],
    minify,
    outdir: '/',
    write: false,
    logLevel: 'warning',
  });
  const files = new Map(bundle.outputFiles.map((file) => [`/${path.basename(file.path)}`, file.contents]));
  const tables: Texts[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const theme = themeNamed(searchParams.get('theme') ?? /^\/theme-(\w+)\.css$/.exec(pathname)?.[1] ?? 'dark');
    response.setHeader('content-security-policy', policy);
    if (pathname === '/empty') return response.setHeader('content-type', 'text/html').end(emptyPage);
    if (pathname === '/')
      return response
        .setHeader('content-type', 'text/html')
        .end(shell(theme, tables[Number(searchParams.get('texts') ?? -1)]));
    if (pathname.startsWith('/theme-')) return response.setHeader('content-type', 'text/css').end(themeSheet(theme));
    const file = files.get(pathname);
    if (file === undefined) return response.writeHead(404).end();
    return response.setHeader('content-type', contentTypes[path.extname(pathname)] ?? 'font/ttf').end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await launchChromium();
  return {
    open: (options) => {
      const table = options.texts === undefined ? '' : `&texts=${tables.push(options.texts) - 1}`;
      const place = options.empty === true ? 'empty' : '';
      return openPage(browser, `http://127.0.0.1:${port}/${place}?theme=${options.theme ?? 'dark'}${table}`, options);
    },
    close: async () => {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const contentTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

function themeNamed(name: string): ThemeName {
  return name in themes ? (name as ThemeName) : 'dark';
}

async function openPage(browser: Browser, url: string, options: PanelPageOptions): Promise<PanelPage> {
  const { width = 1040, height = 900, kept, reducedMotion = false, zoom = 1, firstScript } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: zoom,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.addInitScript(fakeEditor(kept));
  if (firstScript !== undefined) await page.addInitScript(firstScript);
  await page.goto(url);
  const rendered = (): Promise<void> =>
    page.evaluate(async () => {
      for (let frame = 0; frame < 4; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  return {
    page,
    problems,
    rendered,
    post: async (message) => {
      await page.evaluate(async (data) => {
        window.postMessage(data, '*');
        await new Promise((resolve) => setTimeout(resolve));
      }, message);
      await rendered();
    },
    unfold: async () => {
      await page.evaluate(() => {
        for (const toggle of document.querySelectorAll<HTMLElement>('.step-toggle[aria-expanded=false]'))
          toggle.click();
      });
      await rendered();
      await page.evaluate(async () => {
        for (const details of document.querySelectorAll('details')) details.open = true;
        // A font that comes late moves what is about to be clicked.
        await document.fonts.ready;
      });
    },
    intents: async () => {
      await rendered();
      return page.evaluate(() => window.fakeEditor.posted.map(({ intent }) => intent));
    },
    toldDrafts: () => page.evaluate(() => window.fakeEditor.drafts.map(({ intent }) => intent)),
    lastMessage: async () => {
      await rendered();
      return page.evaluate(() => window.fakeEditor.posted.at(-1));
    },
    kept: () => page.evaluate(() => window.fakeEditor.state),
    close: () => context.close(),
  };
}
