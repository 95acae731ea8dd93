import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import type { Browser, Page } from 'playwright-core';
import { smallTemplates, webviewBundle } from '../../scripts/webview-bundle.mjs';
import type { Incident } from '../../src/model/incident.ts';
import { texts, useTexts } from '../../src/model/l10n.ts';
import type { Texts } from '../../src/model/l10n.ts';
import type { FromPanel, Intent, ToPanel } from '../../src/protocol.ts';
import { firstPicture } from '../../src/vscode/firstPicture.ts';
import { panelHtml } from '../../src/vscode/panelHtml.ts';
import { pageSeen } from '../../src/vscode/pageSeen.ts';
import { themeKinds, themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

/** The panel in a browser without an editor: the page as the host makes it, the host played by a test. */
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
  /** The incident whose first picture is in the page. Its script may not have run yet when it is given to the test. */
  readonly pictured?: Incident;
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
    postMessage: (message) => {
      // Said when the first picture is on screen; the tests are about what the panel says.
      if (message !== ${JSON.stringify(pageSeen)}) window.fakeEditor[message.intent?.type === 'keepDrafts' ? 'drafts' : 'posted'].push(message);
    },
    getState: () => window.fakeEditor.state,
    setState: (state) => { window.fakeEditor.state = structuredClone(state); },
  });`;

/** What is served as one page: the host's own, with the theme that the editor would give it, or an empty one beside it. */
interface ServedPage extends Pick<PanelPageOptions, 'theme' | 'pictured' | 'texts' | 'empty'> {
  /** `first-picture.css`, as it is built. */
  readonly style: string;
}

function pageOf({ theme = 'dark', pictured, texts: given, empty, style }: ServedPage): string {
  const inHead = `<link rel="icon" href="data:,"><style nonce="test-nonce">${themeSheet(theme)}</style>`;
  if (empty === true) return `<!DOCTYPE html><html lang="en"><title>Empty</title>${inHead}<p>Incident</p></html>`;
  const kept = texts();
  if (given !== undefined) useTexts(given);
  try {
    return panelHtml({
      cspSource: "'self'",
      address: (name) => `/${name}`,
      style,
      picture: pictured === undefined ? '' : firstPicture(pictured),
      nonce: 'test-nonce',
    })
      .replace('<style', () => `${inHead}<style`)
      .replace("img-src 'self'", "img-src 'self' data:")
      .replace('<body>', `<body class="${themeKinds[theme]}" data-vscode-theme-kind="${themeKinds[theme]}">`);
  } finally {
    useTexts(kept);
  }
}

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
  const style = new TextDecoder().decode(files.get('/first-picture.css'));
  const pages: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-security-policy', policy);
    const page = pages[Number(/^\/page-(\d+)$/.exec(pathname)?.[1] ?? -1)];
    if (page !== undefined) return response.setHeader('content-type', 'text/html').end(page);
    const file = files.get(pathname);
    if (file === undefined) return response.writeHead(404).end();
    return response.setHeader('content-type', contentTypes[path.extname(pathname)] ?? 'font/ttf').end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await launchChromium();
  return {
    open: (options) => {
      const number = pages.push(pageOf({ ...options, style })) - 1;
      return openPage(browser, `http://127.0.0.1:${port}/page-${number}`, options);
    },
    close: async () => {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const contentTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

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
  // The page puts its script to use when it is on screen, which is after it has loaded.
  if (options.empty !== true && options.pictured === undefined)
    await page.waitForFunction(() => window.fakeEditor.posted.length > 0);
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
