import assert from 'node:assert/strict';
import type { IncidentEvent } from '../../src/model/event.ts';
import { emptyIncident, reduce } from '../../src/model/reduce.ts';
import { IncidentBuilder, fullSurroundings, harmless } from '../support/incidents.ts';
import { fixtures, reply } from '../support/panelFixtures.ts';
import { until } from '../support/until.ts';
import { usePanelBrowser } from '../support/usePanel.ts';
import type { PanelPage, PanelPageOptions } from '../support/panelPage.ts';

describe('panel', function () {
  this.timeout(90_000);
  const browser = usePanelBrowser();
  let panel: PanelPage | undefined;

  async function open(fixture?: keyof typeof fixtures, options: PanelPageOptions = {}): Promise<PanelPage> {
    panel = await browser.open(options);
    if (fixture !== undefined) await panel.post({ type: 'hydrate', ...fixtures[fixture]() });
    return panel;
  }

  /** Answers the intent that was posted last. */
  async function answer(failure?: Parameters<PanelPage['post']>[0] & { type: 'answer' }): Promise<void> {
    assert.ok(panel);
    const last = await panel.lastMessage();
    assert.ok(last);
    await panel.post({ type: 'answer', ...(failure ?? {}), intentId: last.intentId });
  }

  it('says that it is ready, and that it loads until it is hydrated', async () => {
    const { page, intents } = await open();
    await page.getByText('Loading the incident…').waitFor();
    assert.deepEqual(await intents(), [{ type: 'ready' }]);
  });

  it('shows all seven steps with their state, and opens the one that is next', async () => {
    const { page } = await open('afterTwo');
    const names = await page.getByRole('navigation', { name: 'Steps' }).getByRole('button').allInnerTexts();
    assert.deepEqual(
      names.map((name) => name.replaceAll(/\s+/g, ' ').trim()),
      [
        '1 Orient done',
        '2 Three files done',
        '3 Hypotheses first next',
        '4 Environment check open',
        '5 Regression diff open',
        '6 Fix + test open',
        '7 Blast radius open',
      ],
    );
    const open3 = page.getByRole('button', { expanded: true });
    assert.equal(await open3.count(), 1);
    assert.match(await open3.innerText(), /3 Hypotheses first/);
  });

  it('adds a pasted error by Ctrl+Enter, keeps it when that fails and shows the failure there', async () => {
    const { page, intents } = await open('empty');
    const box = page.getByLabel('Paste the error here');
    await box.fill('TypeError: x');
    await box.press('Control+Enter');
    assert.deepEqual((await intents()).at(-1), { type: 'addErrorText', text: 'TypeError: x' });
    await answer({
      type: 'answer',
      intentId: 0,
      failure: { kind: 'redactionFailed', what: 'The text', detail: 'too long' },
    });
    assert.match(await page.locator('.gather').getByRole('alert').innerText(), /could not be checked for secrets/);
    assert.equal(await box.inputValue(), 'TypeError: x');
    await box.press('Control+Enter');
    await answer();
    assert.equal(await box.inputValue(), '');
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  it('sends an error that is still in its box along with the question', async () => {
    const { page, intents } = await open('empty');
    await page.getByLabel('Paste the error here').fill('TypeError: x');
    await page.getByRole('button', { name: 'Ask Claude' }).click();
    assert.equal((await intents()).at(-1)?.type, 'addErrorText');
    await answer();
    assert.deepEqual((await intents()).at(-1), { type: 'ask', step: 'orient' });
  });

  it('posts one intent for each control of the first step', async () => {
    const { page, intents } = await open('gathered');
    const clicks = [
      ['Clipboard', { type: 'addEvidence', source: 'clipboard' }],
      ['Selection', { type: 'addEvidence', source: 'selection' }],
      ['Terminal Output', { type: 'addEvidence', source: 'terminal' }],
      ['Log File…', { type: 'addEvidence', source: 'logFile' }],
      ['Stack File…', { type: 'addEvidence', source: 'stackFile' }],
      [
        'Add last 50 lines of logs/error.log',
        { type: 'addOfferedLog', uri: 'file:///w/checkout/logs/error.log', kind: 'logTail' },
      ],
      ['Remove E2, Error message', { type: 'removeEvidence', evidenceId: 'E2' }],
      ['Preview what is sent', { type: 'previewQuestion', step: 'orient', as: 'text' }],
      ['Preview what is sent, as JSON', { type: 'previewQuestion', step: 'orient', as: 'json' }],
      ['Ask Claude', { type: 'ask', step: 'orient' }],
    ] as const;
    for (const [name, intent] of clicks) {
      await page.getByRole('button', { name, exact: true }).click();
      assert.deepEqual((await intents()).at(-1), intent);
      await answer();
    }
    await page.getByRole('button', { name: /E1.*3 secrets hidden/ }).click();
    assert.deepEqual((await intents()).at(-1), { type: 'previewEvidence', evidenceId: 'E1' });
  });

  it('takes suspects from open editors and from what Claude asked for, and changes their roles', async () => {
    const { page, intents } = await open('files');
    await page.getByRole('checkbox', { name: 'README.md is a suspect' }).click();
    assert.deepEqual((await intents()).at(-1), { type: 'addSuspect', uri: 'file:///w/checkout/README.md' });
    await page.getByRole('checkbox', { name: 'src/routes/checkout.js is a suspect' }).click();
    assert.deepEqual((await intents()).at(-1), { type: 'addSuspect', path: 'src/routes/checkout.js' });
    await page.getByLabel('Role of src/services/payment.js').selectOption('caller');
    assert.deepEqual((await intents()).at(-1), {
      type: 'setSuspectRole',
      uri: 'file:///w/checkout/src/services/payment.js',
      role: 'caller',
    });
    await page.getByRole('button', { name: 'Remove src/services/payment.js' }).click();
    assert.equal((await intents()).at(-1)?.type, 'removeSuspect');
  });

  it('checks a step only by the user’s click, and shows the host’s state until the host agrees', async () => {
    const { page, intents, post } = await open('gathered');
    const before = (await intents()).length;
    const box = page.getByRole('checkbox', { name: 'Step 1, Orient, is done' });
    await box.click();
    assert.deepEqual((await intents()).slice(before), [{ type: 'checkStep', step: 'orient', checked: true }]);
    await answer({ type: 'answer', intentId: 0, failure: { kind: 'unexpected', detail: 'disk' } });
    assert.equal(await box.getAttribute('aria-checked'), 'false');
    const { incident } = fixtures.gathered();
    await post({
      type: 'events',
      events: [{ type: 'stepChecked', step: 'orient', seq: incident.seq + 1, at: Date.now() }],
    });
    assert.equal(await box.getAttribute('aria-checked'), 'true');
    assert.equal((await intents()).slice(before + 1).length, 0, JSON.stringify((await intents()).slice(before + 1)));
  });

  it('asks for the reason before it skips a step', async () => {
    const { page, intents } = await open('gathered');
    await page.getByRole('button', { name: 'Skip…' }).click();
    await page.getByLabel('Why is it skipped?').fill('Known cause');
    await page.keyboard.press('Enter');
    assert.deepEqual((await intents()).at(-1), { type: 'skipStep', step: 'orient', reason: 'Known cause' });
  });

  it('renames the incident in place', async () => {
    const { page, intents } = await open('gathered');
    await page.getByRole('button', { name: 'Rename the incident' }).click();
    await page.getByLabel('Title of the incident').fill('Checkout down');
    await page.keyboard.press('Enter');
    assert.deepEqual((await intents()).at(-1), { type: 'renameIncident', title: 'Checkout down' });
  });

  it('opens citations and files of a recorded result', async () => {
    const { page, intents } = await open('demo');
    const result = page.getByRole('group', { name: 'Recorded result' });
    await result.getByRole('button', { name: '[E1:38]' }).click();
    assert.deepEqual((await intents()).at(-1), { type: 'previewEvidence', evidenceId: 'E1', line: 38 });
    await result.getByRole('button', { name: 'src/services/payment.js:47' }).click();
    assert.deepEqual((await intents()).at(-1), { type: 'openFile', path: 'src/services/payment.js', line: 47 });
    await result.getByRole('button', { name: 'Add as suspect: config/index.js' }).click();
    assert.deepEqual((await intents()).at(-1), { type: 'addSuspect', path: 'config/index.js' });
    await page.locator('.reply-text').getByRole('button', { name: 'payment.js:47' }).first().click();
    assert.equal((await intents()).at(-1)?.type, 'openFile');
  });

  it('marks a claim that rests on what was not sent, with the reason', async () => {
    const { page } = await open('demo');
    const result = page.getByRole('group', { name: 'Recorded result' });
    await result.getByText(/not grounded: .*E9:1 was not sent/).waitFor();
  });

  it('exports the postmortem from the header', async () => {
    const { page, intents } = await open('demo');
    await page.getByRole('button', { name: /Postmortem/ }).click();
    assert.deepEqual((await intents()).at(-1), { type: 'runCommand', command: 'exportPostmortem' });
  });

  it('says of demo replies that they are', async () => {
    const { page } = await open('demo');
    await page.getByText('The answers below are canned examples.').waitFor();
    assert.equal(await page.locator('.run').getByText('Demo reply').count(), 2);
  });

  it('says that there is no connection in the step that was asked: what failed, what still works, how to go on', async () => {
    const panel = await open('offline');
    const step = panel.page.locator('#step-files');
    const failure = step.locator('.notice').filter({ hasText: 'Anthropic could not be reached' });
    await failure.waitFor();
    const words = await failure.innerText();
    assert.match(words, /ENOTFOUND api\.anthropic\.com/);
    assert.match(words, /The checklist and local evidence work without it\./);
    await step.getByRole('button', { name: 'Ask Again' }).click();
    assert.deepEqual((await panel.intents()).at(-1), { type: 'ask', step: 'files' });
    assert.equal(await step.getByRole('checkbox', { name: /payment\.js is a suspect/ }).isEnabled(), true);
  });

  it('scrolls a table that is too wide for it in its own box, by the keyboard too, and never the page', async () => {
    const builder = new IncidentBuilder('A wide table', Date.now());
    const run = builder.ask('orient');
    const cells = Array.from({ length: 12 }, (_, at) => `column_number_${at}`);
    const row = (words: readonly string[]): string => `| ${words.join(' | ')} |\n`;
    builder.text(run, row(cells) + row(cells.map(() => '---')) + row(cells)).end(run);
    const panel = await browser.open({ width: 280 });
    await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
    const box = panel.page.getByRole('group', { name: 'Table' });
    await box.waitFor();
    assert.ok((await box.evaluate((it) => it.scrollWidth - it.clientWidth)) > 200, 'it is too wide');
    const sideways = (): Promise<number> =>
      panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok((await sideways()) <= 0, 'the page is not');
    await box.focus();
    await panel.page.keyboard.press('End');
    await panel.page.keyboard.press('ArrowRight');
    await until('it scrolls', () => box.evaluate((it) => it.scrollLeft > 0));
  });

  describe('while a reply streams', () => {
    function streaming(): { builder: IncidentBuilder; delta: (text: string) => IncidentEvent } {
      const builder = new IncidentBuilder('Checkout down', Date.now()).evidence({ title: 'error.log' });
      const runId = builder.ask('orient');
      builder.text(runId, 'It ');
      return { builder, delta: (text) => builder.event({ type: 'replyDelta', runId, text: harmless(text) }) };
    }

    it('grows by what arrives, and keeps the elements that are there', async () => {
      const { builder, delta } = streaming();
      const { page, post } = await open();
      await post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      const text = page.locator('.reply-text');
      await text.evaluate((element) => element.setAttribute('data-same', 'yes'));
      await post({ type: 'events', events: [delta('fails '), delta('at payment.js:47.')] });
      assert.equal((await text.innerText()).trim(), 'It fails at payment.js:47.');
      assert.equal(await text.getAttribute('data-same'), 'yes');
      await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    });

    it('asks to be hydrated when an event is missing, once, and is right again afterwards', async () => {
      const { builder, delta } = streaming();
      const { page, post, intents } = await open();
      await post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      delta('lost ');
      await post({ type: 'events', events: [delta('on ')] });
      await post({ type: 'events', events: [delta('again ')] });
      assert.equal((await intents()).filter(({ type }) => type === 'ready').length, 2);
      assert.equal((await page.locator('.reply-text').innerText()).trim(), 'It');
      await post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      assert.equal((await page.locator('.reply-text').innerText()).trim(), 'It lost on again');
    });

    it('follows the end only for a reader who is there, and never takes the focus', async () => {
      const { builder, delta } = streaming();
      const { page, post } = await open(undefined, { height: 500 });
      await post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      const paragraphs = (): IncidentEvent[] => Array.from({ length: 20 }, () => delta(`${reply}\n\n`));
      await page.getByLabel(/^Reply to Claude/).focus();
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.locator('[data-reply-end]').scrollIntoViewIfNeeded();
      await post({ type: 'events', events: paragraphs() });
      const followed = await page.evaluate(() => window.scrollY);
      assert.ok(followed > 1000, `scrolled to ${followed}`);
      await page.evaluate(() => window.scrollTo(0, 200));
      await post({ type: 'events', events: paragraphs() });
      assert.equal(await page.evaluate(() => window.scrollY), 200);
      assert.match((await page.evaluate(() => document.activeElement?.id)) ?? '', /^reply-/);
    });

    it('tells a screen reader of the beginning and the end in sentences', async () => {
      const { builder, delta } = streaming();
      const { page, post } = await open();
      await post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      const region = page.locator('[aria-live=polite]');
      await post({ type: 'events', events: [delta('fails here. And then')] });
      assert.equal(await region.innerText(), '', 'a chunk is not announced');
      const end = builder.event({ type: 'replyEnded', runId: 'R1', outcome: { kind: 'done', stopReason: 'end_turn' } });
      await post({ type: 'events', events: [end] });
      assert.match(await region.innerText(), /And then Claude has answered step 1, Orient\./);
    });
  });

  it('keeps drafts over a reload of the panel', async () => {
    const { page, kept, toldDrafts } = await open('gathered');
    await page.getByLabel('Paste the error here').fill('half an err');
    await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
    const told = (await toldDrafts()).at(-1);
    assert.ok(told?.type === 'keepDrafts');
    assert.deepEqual(told.drafts, [{ key: 'error', text: 'half an err' }]);
    const state = await kept();
    assert.doesNotMatch(JSON.stringify(state), /half an err/);
    await panel?.close();
    const again = await open(undefined, { kept: state });
    const drafts = { drafts: [{ key: 'error', text: 'half an err', hidden: 0 }], lost: 0 } as const;
    await again.post({ type: 'hydrate', ...fixtures.gathered(), drafts });
    assert.equal(await again.page.getByLabel('Paste the error here').inputValue(), 'half an err');
    assert.equal(await again.page.getByText('is back, without its secrets').count(), 0);
  });

  it('says what is no longer in a draft since it was stored, until it is written on', async () => {
    const { page, post, rendered } = await open();
    const drafts = { drafts: [{ key: 'error', text: 'password=«hidden»', hidden: 1 }], lost: 1 } as const;
    await post({ type: 'hydrate', ...fixtures.gathered(), drafts });
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText('1 of them was not kept: «hidden» stands in its place.', { exact: false }).waitFor();
    await notices.getByText('Please write it again.', { exact: false }).waitFor();
    await page.getByLabel('Paste the error here').fill('something else');
    await rendered();
    await notices.getByText('without its secrets', { exact: false }).waitFor({ state: 'detached' });
  });

  it('brings a step into view when it is asked to', async () => {
    const { page, post } = await open('allSeven');
    await post({ type: 'reveal', target: { step: 'files' } });
    await page.getByText('Bug at').waitFor();
    assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /2 Three files/);
  });

  it('goes on to the next step by keyboard alone', async () => {
    const { page, intents } = await open('demo');
    await page.getByLabel(/^Reply to Claude/).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual((await intents()).at(-1), { type: 'checkStep', step: 'orient', checked: true });
    const names = await page.evaluate(() => {
      const found: string[] = [];
      for (const element of document.querySelectorAll<HTMLElement>('button, input, textarea, select')) {
        if (element.tabIndex < 0) found.push(element.outerHTML);
      }
      return found;
    });
    assert.deepEqual(names, [], 'no control is out of the keyboard’s reach');
  });

  it('shows hostile strings as text', async () => {
    const { page, unfold } = await open('hostile');
    await unfold();
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.equal(await page.locator('.panel img, .panel script').count(), 0);
    assert.ok((await page.getByText('<img src=x onerror=').count()) > 10);
  });

  it('works through thousands of deltas without holding up the page', async () => {
    const { incident } = fixtures.longReply();
    const { page, post } = await open();
    await post({ type: 'hydrate', incident, surroundings: fullSurroundings });
    const longest = await page.evaluate(async (from) => {
      let worst = 0;
      for (let index = 0; index < 60; index += 1) {
        const text = ' and one more word' as never;
        const event = { type: 'replyDelta', runId: 'R1', text, seq: from + 1 + index, at: 0 } as const;
        const begin = performance.now();
        window.postMessage({ type: 'events', events: [event] }, '*');
        await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        worst = Math.max(worst, performance.now() - begin);
      }
      return worst;
    }, incident.seq);
    // Not its inner text: what is out of sight is not laid out, and so has none.
    const shown = (await page.locator('.reply-text').textContent())?.trim() ?? '';
    const expected = Array.from({ length: 60 }, () => 'and one more word').join(' ');
    assert.equal(shown.slice(-expected.length), expected);
    assert.ok(longest < 500, `the slowest of 60 chunks took ${Math.round(longest)} ms`);
  });
});

describe('incident fixtures', () => {
  it('start as the reducer’s empty incident does', () => {
    const event = new IncidentBuilder('x', 5).incident;
    assert.equal(event.seq, 1);
    assert.equal(reduce(emptyIncident, { type: 'incidentResolved', seq: 1, at: 1 }).status.kind, 'resolved');
  });
});
