import assert from 'node:assert/strict';
import { startPanelBrowser } from './panelPage.ts';
import type { PanelBrowser, PanelPage, PanelPageOptions } from './panelPage.ts';

/**
 * A browser for the panels of one `describe`, through mocha's hooks. What a test opened is closed after it, and must have
 * broken no rule of its policy and thrown nothing.
 */
export function usePanelBrowser(): { readonly open: (options: PanelPageOptions) => Promise<PanelPage> } {
  let browser: PanelBrowser | undefined;
  const opened: PanelPage[] = [];

  before(async () => {
    browser = await startPanelBrowser();
  });

  after(() => browser?.close());

  afterEach(async () => {
    const panels = opened.splice(0);
    await Promise.all(panels.map((panel) => panel.close()));
    const problems = panels.flatMap((panel) => panel.problems);
    assert.deepEqual(problems, [], 'the page broke no rule of its policy and threw nothing');
  });

  return {
    open: async (options) => {
      assert.ok(browser, 'the browser is there in tests and hooks');
      const panel = await browser.open(options);
      opened.push(panel);
      return panel;
    },
  };
}
