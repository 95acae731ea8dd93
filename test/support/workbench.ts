import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { cacheFolder } from '../../scripts/bootstrap.mjs';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import { descendantsOf, living } from '../../scripts/process-tree.ts';
import { startVsCodeServer, type VsCodeServer } from '../../scripts/vscode-server.ts';
import { installedFolder } from './installedFolder.ts';
import { newestExtensionHostLog, startedExtensionHosts } from './extension-host-log.ts';
import { shippedTheme } from './shipped-theme.ts';
import { until } from './until.ts';
import { newPage, patience } from './workbenchPage.ts';
import type { WorkbenchOptions } from './workbenchPage.ts';

/** How long one of several attempts may take, in ms. */
const attempt = 3_000;

/** Opens a real VS Code on a folder: a server of its own, a headless Chromium, one window, our extension installed. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  await using undo = new AsyncDisposableStack();
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'workbench-')));
  if (options.dataFolder === undefined)
    undo.defer(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  const server = await startVsCodeServer({
    dataFolder,
    workspaceTrust: options.trusted === false,
    settings: {
      'workbench.colorTheme': options.theme ?? 'Dark Modern',
      // One row for each folder, so that a path's depth is its level in the tree.
      'explorer.compactFolders': false,
      // Text on a canvas cannot be read by anybody but the eye.
      'terminal.integrated.gpuAcceleration': 'off',
      ...options.settings,
    },
    ...(options.vsix === undefined
      ? { installedExtension: options.extensionFolder ?? installedFolder() }
      : { installedVsix: options.vsix }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  undo.defer(() => server.stop());
  const browser = await launchChromium();
  undo.defer(() => browser.close());
  const page = await newPage(browser, server, options);
  const storage = join(dataFolder, 'data', 'User', 'globalStorage');
  const workbench = new Workbench(server, page, storage, undo.move());
  try {
    await workbench.open(options.folder);
    return workbench;
  } catch (error) {
    await workbench.saveState('workbench-did-not-open');
    await workbench.close();
    throw error;
  }
}

/** A VS Code window, seen and worked as a person does. Every method waits for what it needs, none for a fixed time. */
export class Workbench {
  /** For what has no method here. */
  readonly page: Page;
  /** Where extensions keep what belongs to no folder, each in a folder with its id. */
  readonly globalStorage: string;
  readonly #server: VsCodeServer;
  readonly #resources: AsyncDisposableStack;

  constructor(server: VsCodeServer, page: Page, globalStorage: string, resources: AsyncDisposableStack) {
    this.#server = server;
    this.page = page;
    this.globalStorage = globalStorage;
    this.#resources = resources;
  }

  /** Where the server keeps settings, logs and state. */
  get dataFolder(): string {
    return dirname(dirname(dirname(this.settingsFile)));
  }

  /** The folder with the logs of the server's windows and of all their extensions. */
  get logsFolder(): string {
    return this.#server.logsFolder;
  }

  /** The user's settings.json. */
  get settingsFile(): string {
    return this.#server.settingsFile;
  }

  /** Shows another folder, or none, in the same window; what the user has set and installed stays. */
  async open(folder?: string): Promise<void> {
    await this.#untilUpAfter(() => this.page.goto(this.#server.urlFor({ folder })));
  }

  /** Opens another window of the same server, as a second browser has it: an extension host of its own, the same storage. */
  async another(folder?: string, options: Pick<WorkbenchOptions, 'userAgent'> = {}): Promise<Workbench> {
    const browser = this.page.context().browser();
    if (browser === null) throw new Error('The browser is gone.');
    const page = await newPage(browser, this.#server, {
      viewport: this.page.viewportSize() ?? { width: 1280, height: 800 },
      ...options,
    });
    const resources = new AsyncDisposableStack();
    resources.defer(() => page.context().close());
    const window = new Workbench(this.#server, page, this.globalStorage, resources);
    await window.open(folder);
    return window;
  }

  /** Does what makes the window open another folder, and waits until that is up. */
  async reopenedBy(action: () => Promise<unknown>): Promise<void> {
    await this.#untilUpAfter(action);
  }

  /** Reloads the window, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.#untilUpAfter(() => this.page.reload());
  }

  /** Runs a command from the command palette, by the whole label that it has there ("Incident: Open Panel"). */
  async command(label: string): Promise<void> {
    const until = Date.now() + patience;
    const entry = this.#quickPickEntry(label);
    // The palette lists what there was when it opened: one opened too early, before the extension was known, never
    // gets to know it.
    for (;;) {
      try {
        await this.page.keyboard.press('F1');
        await this.quickInput().fill(`>${label}`, { timeout: attempt });
        await entry.click({ timeout: attempt });
        return;
      } catch (error) {
        await this.page.keyboard.press('Escape');
        if (Date.now() > until) throw new Error(`The command palette has no "${label}".`, { cause: error });
      }
    }
  }

  /** The input of an open quick pick or input box. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget input.input').first();
  }

  /** Chooses an entry of the open quick pick. */
  async pick(label: string): Promise<void> {
    await this.#quickPickEntry(label).click();
  }

  /** Chooses a file in the open file dialog of the server build, by its absolute path: its folder first, then the file. */
  async choosePath(path: string): Promise<void> {
    const dialog = this.quickInput();
    await dialog.fill(`${dirname(path)}/`);
    await this.pick(basename(path));
    await dialog.waitFor({ state: 'hidden' });
  }

  #quickPickEntry(label: string): Locator {
    const name = this.page.locator('.label-name', { hasText: exactly(label) });
    return this.page.locator('.quick-input-list').getByRole('option').filter({ has: name }).first();
  }

  /** A file or folder in the explorer, by its path in the opened folder with "/"; the folders above it are opened. */
  async explorerItem(path: string): Promise<Locator> {
    const tree = this.page.locator('.explorer-folders-view');
    if (!(await tree.isVisible())) await this.openContainer('Explorer');
    const names = path.split('/');
    const itemAt = (depth: number): Locator => {
      // The label is the whole path (from "~" inside the home folder) and what decorates it ("• Untracked").
      const label = new RegExp(`/${escaped(names.slice(0, depth).join('/'))}( • .*)?$`);
      return tree.locator(`[role="treeitem"][aria-level="${depth}"]`).filter({ has: this.page.getByLabel(label) });
    };
    for (let depth = 1; depth < names.length; depth++) {
      const above = itemAt(depth);
      await above.waitFor();
      if ((await above.getAttribute('aria-expanded')) === 'false') await above.click();
    }
    const item = itemAt(names.length);
    await item.waitFor();
    return item;
  }

  /** Opens a file of the folder in an editor that stays open, by its path with "/"; returns the editor's tab. */
  async openFile(path: string): Promise<Locator> {
    await (await this.explorerItem(path)).dblclick();
    const tab = this.tab(path.split('/').at(-1) ?? path);
    await tab.and(this.page.locator('[aria-selected="true"]')).waitFor();
    return tab;
  }

  /** The whole text of the active editor, as a person would copy it; what was on the clipboard is gone. */
  async copyEditorText(): Promise<string> {
    await this.clipboard('');
    await this.page.locator('.editor-instance .view-lines').first().click();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.press('Control+c');
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** An editor's tab, by the name of what it shows. */
  tab(name: string): Locator {
    const label = this.page.locator('.tab-label', { hasText: exactly(name) });
    return this.page.locator('.tabs-container .tab').filter({ has: label }).first();
  }

  /** Types a line into the active terminal, opening one where there is none, once its shell has shown a prompt. */
  async runInTerminal(line: string): Promise<void> {
    await this.command('Terminal: Focus Terminal');
    const terminal = this.page.locator('.terminal-wrapper.active');
    const prompted = async () => /[$#]\s*$/.test(await terminal.locator('.xterm-rows').innerText());
    await until('the terminal shows a prompt', prompted, patience);
    await terminal.locator('.xterm-helper-textarea').focus();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** Right-clicks something and chooses from the menu that opens; menus show a command's title without its category. */
  async contextMenu(target: Locator, label: string): Promise<void> {
    await target.click({ button: 'right' });
    // A menu takes no click in its first 100 ms, which a person cannot notice; it takes the keyboard at once.
    await this.page.locator('.monaco-menu').getByRole('menuitem', { name: label, exact: true }).hover();
    await this.page.keyboard.press('Enter');
  }

  /** Shows a view container of the activity bar, by its title; one that is shown stays shown. */
  async openContainer(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar .composite-bar .action-item', {
      has: this.page.locator(`.action-label[aria-label^=${JSON.stringify(title)}]`),
    });
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.sidebar').getByRole('heading', { name: title }).first().waitFor();
  }

  /** A view of the side bar, by its name. */
  view(name: string): Locator {
    // The header's label alone names the view; it is hidden where the container holds only this one.
    return this.page.locator('.pane', { has: this.page.locator(`.pane-header[aria-label^=${JSON.stringify(name)}]`) });
  }

  /** An item of a tree view, by how its text begins; its check box is `treeItem(…).getByRole('checkbox')`. */
  treeItem(view: string, label: string | RegExp): Locator {
    const name = typeof label === 'string' ? new RegExp(`^${escaped(label)}`) : label;
    return this.view(view).getByRole('treeitem', { name });
  }

  /**
   * An item of a tree view once it is shown, scrolled to where the view is too low for all of its items: a list of VS Code
   * holds only the rows that fit. `nth` counts from 0 where several begin alike.
   */
  async shownTreeItem(view: string, label: string | RegExp, nth = 0): Promise<Locator> {
    const item = this.treeItem(view, label).nth(nth);
    const list = this.view(view).locator('.monaco-list').first();
    let before = '';
    await until(
      `“${String(label)}” is shown in ${view}`,
      async () => {
        if (await item.isVisible()) return true;
        const rows = await list.innerText();
        await list.hover();
        // At the end it begins again at the top: an item may come anywhere, and later.
        await this.page.mouse.wheel(0, rows === before ? -100_000 : 60);
        before = rows;
        return false;
      },
      patience,
    );
    return item;
  }

  /** The inside of the webview editor that is shown: VS Code puts a page of its own around the extension's. */
  panelFrame(): FrameLocator {
    return this.page.locator('iframe.webview.ready:visible').contentFrame().frameLocator('iframe#active-frame');
  }

  /** The notifications that are shown as toasts, newest first. */
  notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-toast');
  }

  /** Puts text on the clipboard, the browser's, which is also the editor's. */
  async clipboard(text: string): Promise<void> {
    await this.page.bringToFront();
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }

  /**
   * Changes the user's settings and reloads the window: what watches settings.json in the server build misses changes
   * that follow each other quickly. `undefined` removes a setting.
   */
  async changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
    const settings = JSON.stringify({ ...(await this.#settings()), ...changes }, undefined, 2);
    await writeFile(this.#server.settingsFile, settings);
    await this.reload();
  }

  /** Changes the colour theme, by its id in VS Code's settings ("Light Modern"), and waits until it is in force. */
  async setTheme(id: string): Promise<void> {
    const { label, className } = await shippedTheme(id);
    await this.command('Preferences: Color Theme');
    await this.quickInput().fill(label);
    await this.pick(label);
    await this.page.locator(`.monaco-workbench[class*=${JSON.stringify(className)}]`).waitFor();
    // Read while it is being written, the file may be empty or cut: not yet, then.
    const now = () => this.#settings().catch(() => undefined);
    const saved = async () => (await now())?.['workbench.colorTheme'] === id;
    await until(`the theme "${id}" is saved`, saved, patience);
  }

  async #settings(): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(this.#server.settingsFile, 'utf8')) as Record<string, unknown>;
  }

  /** What kills the extension hosts that run now, at once when it is called. */
  async extensionHostKiller(): Promise<() => Promise<void>> {
    const hosts = (await descendantsOf(this.#server.pid)).filter((each) =>
      each.command.includes('--type=extensionHost'),
    );
    if (hosts.length === 0) throw new Error('No extension host is running.');
    return () => this.#kill(hosts.map(({ pid }) => pid));
  }

  /** What kills the whole editor, the server and all that it started, at once when it is called. */
  async editorKiller(): Promise<() => Promise<void>> {
    const below = await descendantsOf(this.#server.pid);
    return () => this.#kill([this.#server.pid, ...below.map(({ pid }) => pid)]);
  }

  async #kill(pids: readonly number[]): Promise<void> {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // A helper of the editor may have ended by itself since it was listed.
      }
    }
    const gone = async () => (await living(pids)).length === 0;
    await until('what was killed is gone', gone, patience);
  }

  /** Saves a picture of the window as `.vscode-test/screenshots/NAME.png`; returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(cacheFolder, 'screenshots', `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Saves what there is to see after a failure: a picture and the extension host's log; returns their paths. */
  async saveState(name: string): Promise<readonly string[]> {
    const log = join(cacheFolder, 'screenshots', `${name}.log`);
    await mkdir(join(cacheFolder, 'screenshots'), { recursive: true });
    await writeFile(log, await newestExtensionHostLog(this.#server.logsFolder));
    return [await this.screenshot(name), log];
  }

  /** Closes the window and ends everything that was started for it. */
  async close(): Promise<void> {
    await this.#resources.disposeAsync();
  }

  /** What the user calls "up": the theme is on, and the extension host has activated what starts with it. */
  async #untilUpAfter(load: () => Promise<unknown>): Promise<void> {
    const before = await startedExtensionHosts(this.#server.logsFolder);
    await load();
    await this.page.locator('.monaco-workbench[class*="vscode-theme-"]').waitFor();
    const up = async () => (await startedExtensionHosts(this.#server.logsFolder)) > before;
    await until('the extension host is up', up, 2 * patience);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function exactly(text: string): RegExp {
  return new RegExp(`^${escaped(text)}$`);
}
