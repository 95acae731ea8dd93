import { format } from 'node:util';
import type { Browser } from 'playwright-core';
import type { VsCodeServer, WindowToOpen } from '../../scripts/vscode-server.ts';

/** What a test that runs in an extension host prints before its figures, which are JSON: an object of numbers. */
export const figuresMark = 'figures ';

/**
 * Opens a window whose extension host runs `extensionTestsPath`, and gives the figures that this prints.
 * @param limit in ms
 * @throws with what the host said last, when it ends or the time is over without figures
 */
export async function figuresOfHost(
  browser: Browser,
  server: VsCodeServer,
  window: WindowToOpen,
  limit = 120_000,
): Promise<Readonly<Record<string, number>>> {
  const page = await browser.newPage();
  try {
    const told = Promise.withResolvers<Readonly<Record<string, number>>>();
    let said = '';
    // The workbench calls these two when it runs under automation.
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const text = format(...args);
      said = `${said}${text}\n`.slice(-2_000);
      if (text.startsWith(figuresMark))
        told.resolve(JSON.parse(text.slice(figuresMark.length)) as Record<string, number>);
    });
    await page.exposeFunction('codeAutomationExit', (code: number) =>
      told.reject(new Error(`The extension host ended with ${code} and no figures:\n${said}`)),
    );
    const timer = setTimeout(() => told.reject(new Error(`No figures after ${limit / 1000} s:\n${said}`)), limit);
    await page.goto(server.urlFor(window));
    return await told.promise.finally(() => clearTimeout(timer));
  } finally {
    await page.close();
  }
}
