import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import { webviewBundle } from '../../scripts/webview-bundle.mjs';
import type * as page from './markdownPage.ts';

/** The renderer in a blank page of a real browser. */
export class MarkdownBrowser {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, opened: Page) {
    this.#browser = browser;
    this.#page = opened;
  }

  static async open(): Promise<MarkdownBrowser> {
    const bundle = await build({
      entryPoints: ['test/support/markdownPage.ts'],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'markdownPage',
      target: 'es2023',
      alias: webviewBundle.alias ?? {},
    });
    const browser = await launchChromium();
    const opened = await browser.newPage();
    await opened.setContent('<!doctype html><body style="width: 700px"></body>');
    await opened.addStyleTag({ content: await readFile('webview/markdown/markdown.css', 'utf8') });
    await opened.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
    return new MarkdownBrowser(browser, opened);
  }

  /** Calls a function of markdownPage.ts in the page. */
  async call<Name extends keyof typeof page>(
    name: Name,
    ...args: Parameters<(typeof page)[Name]>
  ): Promise<ReturnType<(typeof page)[Name]>> {
    const result: unknown = await this.#page.evaluate(
      ([called, given]) => {
        const functions = (globalThis as unknown as { markdownPage: Record<string, (...all: unknown[]) => unknown> })
          .markdownPage;
        return functions[called]?.(...given);
      },
      [name, args] as const,
    );
    return result as ReturnType<(typeof page)[Name]>;
  }

  /** Adds a script of something to compare with, which sets `window.peers`. */
  async addScript(content: string): Promise<void> {
    await this.#page.addScriptTag({ content });
  }

  /** Calls a function of `window.peers`, which gives times in milliseconds. */
  async peer(name: string, ...args: readonly (string | number)[]): Promise<number[]> {
    const result: unknown = await this.#page.evaluate(
      ([called, given]) => {
        const { peers } = globalThis as unknown as { peers: Record<string, (...all: unknown[]) => unknown> };
        return peers[called]?.(...given);
      },
      [name, args] as const,
    );
    return result as number[];
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
