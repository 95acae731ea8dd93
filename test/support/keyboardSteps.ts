import type { Locator } from 'playwright-core';
import { focusIn, tabTo, untilFocused } from './focus.ts';
import { PanelPage } from './incidentWindow.ts';
import { recorded } from './sevenSteps.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

/** Runs a command from the palette without a mouse. */
export async function commandByKeyboard(workbench: Workbench, label: string): Promise<void> {
  const { page } = workbench;
  const first = page.locator('.quick-input-list .monaco-list-row.focused').getByText(label, { exact: true });
  await until(`the palette has “${label}” first`, async () => {
    await page.keyboard.press('F1');
    await workbench.quickInput().waitFor();
    await page.keyboard.type(label);
    const isThere = await first.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    // Opened before the extension was known, the palette never gets to know it.
    if (!isThere) await page.keyboard.press('Escape');
    return isThere;
  });
  await page.keyboard.press('Enter');
}

/**
 * Works a demo incident as `workThroughSevenSteps` does, by keys alone: from the palette, by Tab, Space and Enter, and by
 * the extension's own shortcuts. After each key the focus has to be in the panel, on a control that shows it.
 */
export async function workByKeyboard(workbench: Workbench): Promise<void> {
  const panel = new PanelPage(workbench);
  const { page } = workbench;
  const body = panel.frame.locator('body');
  await commandByKeyboard(workbench, 'Incident: Open Panel');
  await panel.step(1).waitFor();
  await chord(workbench, 'h');
  for (const log of ['error.log', 'stack.log']) {
    await press(body, new RegExp(`^Add last \\d+ lines of .*${log}`));
    await panel.step(1).getByRole('button', { name: `Remove`, exact: false }).first().waitFor();
    await untilFocused(body, /./, `after ${log} was added`);
  }
  for (let step = 1; step <= 7; step += 1) {
    if (step === 2) await takeSuspects(panel, body);
    if (step === 4) await chord(workbench, 'a');
    else await press(body, /^\W*Ask Claude/);
    await panel.untilAnswered(step);
    await recorded(panel, step);
    await untilFocused(body, /./, `after step ${step} was answered`);
    if (step === 3) {
      await judge(panel, body, 'Confirm hypothesis 1', 'Add a note to hypothesis 1', 'Seen in the deploy log.');
      await judge(panel, body, 'Rule out hypothesis 3', 'Add a note to hypothesis 3', 'It also fails on a fresh host.');
    }
    await press(body, step === 7 ? /^\W*Check it off/ : /^\W*Done: on to/);
    const box = panel.step(step).getByRole('checkbox', { name: new RegExp(`^Step ${step}, `) });
    await until(`step ${step} is done`, async () => (await box.getAttribute('aria-checked')) === 'true');
    await untilFocused(body, step === 7 ? /./ : new RegExp(`^${step + 1} `), `after step ${step} was checked off`);
    if (step === 5) await goElsewhereAndBack();
  }

  /** Into the side bar, and back by the shortcut of the next step, which is its heading. */
  async function goElsewhereAndBack(): Promise<void> {
    await commandByKeyboard(workbench, 'View: Show Explorer');
    await until('the focus is elsewhere', async () => (await focusIn(body)).index < 0);
    await chord(workbench, 'g');
    await untilFocused(body, /^6 /, 'after the shortcut of the next step');
    await page.keyboard.press('Tab');
    await untilFocused(body, /./, 'after Tab');
  }
}

/** The extension's own shortcuts: `Ctrl+K` and a letter. */
async function chord({ page }: Workbench, letter: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.press(letter);
}

async function press(body: Locator, name: RegExp, key = 'Enter', way: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(body, name, way);
  await untilFocused(body, name, 'before it is pressed');
  await body.page().keyboard.press(key);
}

async function takeSuspects(panel: PanelPage, body: Locator): Promise<void> {
  const boxes = panel.step(2).getByRole('checkbox', { name: / is a suspect$/ });
  await boxes.first().waitFor();
  const names = await boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label') ?? ''));
  for (const name of names.slice(0, 3)) {
    await press(body, new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`), 'Space');
    const box = panel.step(2).getByRole('checkbox', { name, exact: true });
    await until(`${name} is ticked`, async () => (await box.getAttribute('aria-checked')) === 'true');
    await untilFocused(body, /./, `after ${name} was ticked`);
  }
}

async function judge(panel: PanelPage, body: Locator, verdict: string, add: string, note: string): Promise<void> {
  await press(body, new RegExp(`^${add}`));
  await untilFocused(body, /^Note on hypothesis/, 'once a note may be written');
  await body.page().keyboard.type(note);
  // The buttons of the verdict stand before the note; whoever leaves the panel by Tab at its end is elsewhere.
  await press(body, new RegExp(`^${verdict}`), 'Enter', 'Shift+Tab');
  await panel.step(3).getByText(note).first().waitFor();
  await untilFocused(body, /./, `after ${verdict}`);
}
