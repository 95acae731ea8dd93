import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import type { VsCodeServer } from '../../scripts/vscode-server.ts';

/** How long anything in the workbench may take, in ms; generous, since machines for tests are slow and shared. */
export const patience = 30_000;

export interface WorkbenchOptions {
  /** The folder that the window opens, or the `.code-workspace` file that lists several; absolute. Without one, no folder is open. */
  readonly folder?: string;
  /** Where the editor keeps its data, kept when it closes; default: a folder of its own, removed with it. */
  readonly dataFolder?: string;
  /** Whether the folder is trusted; otherwise it opens in Restricted Mode. Default: trusted. */
  readonly trusted?: boolean;
  /** What the extension host finds in its environment over this process's own; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The extension that is installed in it, in place, or several; default: this project. */
  readonly extensionFolder?: string | readonly string[];
  /** The VSIX that is installed instead, as a person installs one. */
  readonly vsix?: string;
  /** What the browser says that it is: the editor takes its platform, and with it its shortcuts, from there. */
  readonly userAgent?: string;
  /** in CSS pixels */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The id of a colour theme that VS Code ships ('Dark Modern', 'Default High Contrast' …). */
  readonly theme?: string;
  /**
   * The display language that the editor tells its extensions, such as `de`. Its own words stay English: they come from a
   * language pack, which is not installed.
   */
  readonly language?: string;
}

/**
 * A page of the browser that the editor can be opened in, with a context of its own: size, platform, language, clipboard,
 * and what the editor needs to keep secrets.
 */
export async function newPage(
  browser: Browser,
  server: VsCodeServer,
  { viewport, language, userAgent }: Pick<WorkbenchOptions, 'viewport' | 'language' | 'userAgent'>,
): Promise<Page> {
  const identity = userAgent === undefined ? {} : { userAgent };
  const context = await browser.newContext({ viewport: viewport ?? { width: 1280, height: 800 }, ...identity });
  const origin = new URL(server.urlFor({})).origin;
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  // Where a language pack would leave its name.
  if (language !== undefined)
    await page.addInitScript((name) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name }), language);
  // The editor keeps secrets in the browser, sealed with a key that code-server's front serves, which is not running here.
  const secretsKey = randomBytes(32);
  await page.route('**/mint-key', (route) => route.fulfill({ body: secretsKey }));
  // Leaving a page with unsaved editors asks first; a test that leaves means it.
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  return page;
}
