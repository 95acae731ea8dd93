import assert from 'node:assert/strict';
import type { Failure } from '../../src/model/failure.ts';
import type { Incident } from '../../src/model/incident.ts';
import { stepIds } from '../../src/model/steps.ts';
import type { Surroundings, ToPanel } from '../../src/protocol.ts';
import { beacon, hostileAddresses, hostileMarkup } from '../support/hostileTexts.ts';
import { claude, fullSurroundings, harmless, IncidentBuilder } from '../support/incidents.ts';
import { startPanelBrowser } from '../support/panelPage.ts';
import type { PanelBrowser, PanelPage } from '../support/panelPage.ts';
import { hostileRecord } from '../support/records.ts';

/** An incident with one text in every place that somebody else fills. */
function hostileIncident(text: string): Incident {
  const builder = new IncidentBuilder(text, Date.now() - 60_000);
  const endpoint = { ...claude, name: text, host: text, model: text };
  builder.evidence({
    title: text,
    source: text,
    omitted: text,
    text,
    suspicious: [{ line: 1, kind: 'instruction', excerpt: harmless(text) }],
    redactions: [{ kind: text, count: 1 }],
  });
  for (const role of ['origin', 'caller'] as const)
    builder.add({ type: 'suspectAdded', suspect: { uri: `file:///${role}`, path: `${role}/${text}`, role } });
  for (const step of stepIds) {
    const run = builder.ask(step, text, endpoint);
    builder.add({
      type: 'toolCalled',
      runId: run,
      call: { callId: text, name: text, inputJson: harmless(text), answer: harmless(text), accepted: false },
    });
    const search = {
      callId: text,
      name: 'search_repository',
      inputJson: harmless(JSON.stringify({ pattern: text, path: text })),
    };
    builder.add({
      type: 'toolCalled',
      runId: run,
      call: { ...search, answer: harmless(`a.js:1: ${text}`), accepted: true },
    });
    builder.text(run, text).record(run, hostileRecord(step, text)).end(run);
    const failed = builder.ask(step, text, endpoint);
    builder.end(failed, { kind: 'failed', failure: refused(text) });
  }
  builder.add({ type: 'hypothesisJudged', runId: 'R5', index: 0, verdict: 'ruledOut', note: harmless(text) });
  builder.add({ type: 'stepSkipped', step: 'blastRadius', reason: harmless(text) });
  builder.evidence({ title: text, source: text, kind: 'environment' });
  return builder.incident;
}

/** A few texts at once, each a block of its own: rendering every one of them alone takes minutes. */
function inGroups(texts: readonly string[], size: number): readonly string[] {
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, at) =>
    texts.slice(at * size, (at + 1) * size).join('\n\n'),
  );
}

function refused(text: string): Failure {
  return { kind: 'requestRefused', endpoint: text, status: 400, detail: text, requestId: text };
}

function hostileSurroundings(text: string): Surroundings {
  const path = text;
  return {
    ...fullSurroundings,
    folders: [text],
    endpoint: { ...fullSurroundings.endpoint, name: text, host: text, model: text },
    endpointFailure: refused(text),
    openEditors: [{ uri: text, path }],
    logs: [{ uri: text, path, kind: 'logTail', lines: 50, bytes: 10, modifiedAt: Date.now() }],
    journal: { badLines: 1, failure: { kind: 'journalWriteFailed', path, code: text } },
    houseRules: {
      path,
      stagingEnvironment: text,
      rollbackCommand: text,
      lines: [{ line: 1, text, steps: [...stepIds] }],
    },
  };
}

describe('the panel, with hostile text wherever text comes from', function () {
  this.timeout(240_000);
  let browser: PanelBrowser;
  let panel: PanelPage;
  const requests: string[] = [];
  let origin = '';

  before(async () => {
    browser = await startPanelBrowser();
    panel = await browser.open({});
    const { page } = panel;
    origin = new URL(page.url()).origin;
    page.on('request', (request) => requests.push(request.url()));
    page.on('popup', (popup) => requests.push(`popup ${popup.url()}`));
    page.on('framenavigated', (frame) => requests.push(`navigation ${frame.url()}`));
    await page.route('**/*', (route) => (route.request().url().startsWith(origin) ? route.continue() : route.abort()));
  });
  after(async () => {
    await panel.close();
    await browser.close();
  });

  const hydrate = (text: string): Promise<void> => {
    const message: ToPanel = {
      type: 'hydrate',
      incident: hostileIncident(text),
      surroundings: hostileSurroundings(text),
    };
    return panel.post(message);
  };

  /** What must hold after anything was shown. */
  async function assertHarmless(what: string): Promise<void> {
    const found = await panel.page.evaluate(() => {
      // The host's own, first in the page: data, which no browser runs.
      const texts = document.querySelector('body > script#texts[type="application/json"]');
      const all = [...document.querySelectorAll('*')];
      const handlers = all.flatMap((element) => element.getAttributeNames().filter((name) => /^on/i.test(name)));
      const loading = [
        ...document.querySelectorAll(
          'img,svg image,iframe,frame,object,embed,audio,video,source,base,form[action],meta[http-equiv=refresh],link:not([href^="/"]):not([rel=icon]),body script,body style,[srcset],[poster],[ping],[formaction]',
        ),
      ].filter((element) => element !== texts && !(element instanceof HTMLScriptElement && element.nonce !== ''));
      const targets = [...document.querySelectorAll('[href],[src],[action],[data]')].flatMap((element) =>
        ['href', 'src', 'action', 'data'].flatMap((name) => element.getAttribute(name) ?? []),
      );
      return {
        hacked: 'hacked' in window,
        handlers,
        loading: loading.map(({ outerHTML }) => outerHTML.slice(0, 200)),
        targets: targets.filter((target) => !/^(https?:|mailto:|\/|data:,$)/.test(target)),
      };
    });
    assert.deepEqual(found, { hacked: false, handlers: [], loading: [], targets: [] }, what);
    const foreign = requests.filter((url) => !url.startsWith(origin));
    assert.deepEqual(foreign, [], what);
    assert.deepEqual(panel.problems, [], what);
  }

  it('runs, loads and follows nothing, in any of its places', async () => {
    for (const [index, text] of inGroups(hostileMarkup, 3).entries()) {
      await hydrate(text);
      if (index === 0) await panel.unfold();
      await assertHarmless(text);
    }
  });

  it('does not either while a reply comes in pieces of any size', async () => {
    for (const text of inGroups(hostileMarkup, 6)) {
      const builder = new IncidentBuilder('Streamed', Date.now());
      const run = builder.ask('orient');
      await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      const pieces = Array.from(text);
      const size = Math.max(1, Math.ceil(pieces.length / 12));
      const events = [];
      for (let at = 0; at < pieces.length; at += size)
        events.push(
          builder.event({ type: 'replyDelta', runId: run, text: harmless(pieces.slice(at, at + size).join('')) }),
        );
      for (const event of events)
        await panel.page.evaluate((data) => window.postMessage({ type: 'events', events: [data] }, '*'), event);
      await panel.post({ type: 'surroundings', surroundings: fullSurroundings });
      await assertHarmless(text);
    }
  });

  it('asks the host for nothing but what a click shows, and a click on a bad address does nothing', async () => {
    for (const address of hostileAddresses) {
      const builder = new IncidentBuilder('Links', Date.now());
      const run = builder.ask('orient');
      builder.text(run, `[click me](${address}) [click me](<${address}>) <${address}>`).end(run);
      await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      const before = (await panel.intents()).length;
      await panel.page.evaluate(() => {
        for (const link of document.querySelectorAll<HTMLElement>('.reply-text a, .reply-text .inert-link'))
          link.click();
      });
      const asked = (await panel.intents()).slice(before);
      assert.deepEqual(asked, [], address);
      await assertHarmless(address);
    }
  });

  it('shows where a link leads before it is followed', async () => {
    const builder = new IncidentBuilder('Links', Date.now());
    const run = builder.ask('orient');
    builder.text(run, `[https://good.example](${beacon}?q=1)`).end(run);
    await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
    const link = panel.page.locator('.reply-text a').first();
    assert.match((await link.getAttribute('title')) ?? '', /https:\/\/evil\.example\/beacon\?q=1/);
    assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  });
});
