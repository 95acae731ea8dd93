import type { PanelPage } from './incidentWindow.ts';
import { until } from './until.ts';

/**
 * Works a demo incident from its logs through all seven steps, as a person does: takes the suspects that Claude asks
 * for, confirms the first hypothesis, rules out the last, and checks each step off.
 */
export async function workThroughSevenSteps(panel: PanelPage): Promise<void> {
  await panel.addFoundLog('error.log');
  await panel.addFoundLog('stack.log');
  for (let step = 1; step <= 7; step += 1) {
    if (step === 2) await takeSuspects(panel);
    await panel.ask(step);
    await panel.untilAnswered(step);
    await recorded(panel, step);
    if (step === 3) await judgeHypotheses(panel);
    await check(panel, step);
  }
}

/** Ticks the suspects that are proposed, three at most. */
export async function takeSuspects(panel: PanelPage): Promise<void> {
  const step = await panel.unfold(2);
  const boxes = step.getByRole('checkbox', { name: / is a suspect$/ });
  await boxes.first().waitFor();
  const names = await boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label') ?? ''));
  for (const name of names.slice(0, 3)) {
    const box = step.getByRole('checkbox', { name });
    if ((await box.getAttribute('aria-checked')) !== 'true') await box.click();
    await until(`${name} is ticked`, async () => (await box.getAttribute('aria-checked')) === 'true');
  }
}

async function judgeHypotheses(panel: PanelPage): Promise<void> {
  await confirmHypothesis(panel);
  await judge(panel, 3, 'Rule out', 'It also fails on a fresh host.');
}

/** Confirms the first hypothesis, with a note. */
export async function confirmHypothesis(panel: PanelPage): Promise<void> {
  await judge(panel, 1, 'Confirm', 'Seen in the deploy log.');
}

/** Waits for what a step's reply recorded as data. */
export async function recorded(panel: PanelPage, step: number): Promise<void> {
  await panel.step(step).getByRole('group', { name: 'Recorded result' }).first().waitFor();
}

async function judge(panel: PanelPage, rank: number, verdict: 'Confirm' | 'Rule out', note: string): Promise<void> {
  const step = panel.step(3);
  await step.getByRole('button', { name: `Add a note to hypothesis ${rank}` }).click();
  await step.getByRole('textbox', { name: `Note on hypothesis ${rank}` }).fill(note);
  await step.getByRole('button', { name: `${verdict} hypothesis ${rank}` }).click();
  await step.getByText(note).first().waitFor();
}

async function check(panel: PanelPage, step: number): Promise<void> {
  const box = panel.step(step).getByRole('checkbox', { name: new RegExp(`^Step ${step}, `) });
  await box.click();
  await until(`step ${step} is done`, async () => (await box.getAttribute('aria-checked')) === 'true');
}
