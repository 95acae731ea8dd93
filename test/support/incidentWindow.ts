import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { startDemoClaude } from '../../demo/claude-server.mjs';
import { makeIncident } from '../../demo/make-incident.mjs';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

/** A demo incident's folder and the server that answers for it. */
export interface DemoScene {
  readonly folder: string;
  readonly claude: Awaited<ReturnType<typeof startDemoClaude>>;
  readonly env: Readonly<Record<string, string>>;
  readonly dispose: () => Promise<void>;
}

export interface DemoSceneOptions {
  readonly incident?: 'stripe-key' | 'session-race';
  /** Slow enough to be seen growing, where a test looks at that. */
  readonly tokensPerSecond?: number;
}

/** Makes a demo incident in a temporary folder and starts its Claude-compatible server. */
export async function demoScene({
  incident = 'stripe-key',
  tokensPerSecond = 2_000,
}: DemoSceneOptions = {}): Promise<DemoScene> {
  const folder = await mkdtemp(join(tmpdir(), 'incident-'));
  await makeIncident(incident, folder);
  const claude = await startDemoClaude({ incident, tokensPerSecond, timeToFirstToken: 50 });
  return {
    folder,
    claude,
    env: {
      ANTHROPIC_BASE_URL: claude.url,
      ANTHROPIC_API_KEY: 'demo-key-not-secret',
      INCIDENT_PANEL_DEMO_REPLIES: '1',
    },
    dispose: async () => {
      await claude.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The panel in a workbench, worked by what a person sees: headings, buttons, boxes. */
export class PanelPage {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  get frame(): FrameLocator {
    return this.#workbench.panelFrame();
  }

  async open(): Promise<void> {
    await this.#workbench.command('Incident: Open Panel');
    await this.step(1).waitFor();
  }

  /** Closes the panel's tab. */
  async close(): Promise<void> {
    await this.#workbench.command('View: Close All Editors');
    await this.#workbench.page.locator('iframe.webview.ready:visible').waitFor({ state: 'detached' });
  }

  /** A step's section, by its number. */
  step(number: number): Locator {
    return this.frame.getByRole('region', { name: new RegExp(`^${number} `) });
  }

  /** Opens a step's section where it is folded. */
  async unfold(number: number): Promise<Locator> {
    const section = this.step(number);
    const toggle = section.getByRole('heading', { level: 2 }).getByRole('button');
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') {
      await toggle.click();
      // Not waited for, the next look would still find it folded, and fold it with a click.
      await section.locator('.step-toggle[aria-expanded=true]').waitFor();
    }
    return section;
  }

  async addErrorText(text: string): Promise<void> {
    const step = await this.unfold(1);
    const more = step.getByText('Add more evidence');
    if (await more.isVisible()) await more.click();
    const box = step.getByLabel('Paste the error here');
    await box.fill(text);
    await step.getByRole('button', { name: 'Add', exact: true }).click();
    // What is added makes room for itself above the buttons: a click that follows at once would miss them.
    await until('the error is added', async () => (await box.inputValue()) === '');
  }

  async addFoundLog(path: string): Promise<void> {
    const step = await this.unfold(1);
    await step.getByRole('button', { name: new RegExp(`Add last \\d+ lines of .*${path}`) }).click();
  }

  async ask(number: number): Promise<void> {
    const step = await this.unfold(number);
    const button = step.getByRole('button', { name: /^Ask (Claude|Again)$/ });
    await button.click({ trial: true });
    // By the keyboard: what is found in the evidence meanwhile moves the button from under the mouse.
    await button.press('Enter');
  }

  async followUp(number: number, text: string): Promise<void> {
    const step = await this.unfold(number);
    await step.getByRole('textbox', { name: /Reply/ }).fill(text);
    await step.getByRole('button', { name: 'Reply', exact: true }).click();
  }

  /** What Claude has written in a step's latest reply, as it is shown, with single spaces; empty where there is none. */
  async replyText(number: number): Promise<string> {
    const texts = await this.replies(number).last().locator('.reply-text').allInnerTexts();
    return texts.join('\n').replace(/\s+/g, ' ').trim();
  }

  /** Waits until the latest reply of a step shows more than so many characters; returns what it shows then. */
  async untilShown(number: number, characters: number): Promise<string> {
    let text = '';
    await until(`step ${number} shows more than ${characters} characters`, async () => {
      text = await this.replyText(number);
      return text.length > characters;
    });
    return text;
  }

  /** A step's replies, oldest first. */
  replies(number: number): Locator {
    return this.step(number).getByRole('article');
  }

  /** Waits until the latest reply of a step has ended. */
  async untilAnswered(number: number, count = 1): Promise<void> {
    await this.replies(number)
      .nth(count - 1)
      .waitFor();
    const streaming = this.step(number).locator('.streaming-line');
    await streaming.waitFor({ state: 'detached', timeout: 60_000 });
  }
}

/** The user messages of a request, as texts: what went out, in order. */
export function sentTexts(request: { readonly body: unknown } | undefined): string[] {
  return sentMessages(request).flatMap(({ role, content }) =>
    role === 'user' ? content.flatMap((block) => (block.type === 'text' ? [block.text ?? ''] : [])) : [],
  );
}

interface SentMessage {
  readonly role: string;
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}

export function sentMessages(request: { readonly body: unknown } | undefined): readonly SentMessage[] {
  const body = request?.body as { readonly messages?: readonly SentMessage[] } | undefined;
  return body?.messages ?? [];
}
