import assert from 'node:assert/strict';
import { fullSurroundings, IncidentBuilder } from '../support/incidents.ts';
import { marked } from '../support/languages.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { usePanelBrowser } from '../support/usePanel.ts';

/**
 * The texts that hold a character which turns the direction of what follows it, and have words of the panel behind it in
 * the same stretch: those would be shown backwards. The panel's words stand within the marks ⟦⟧.
 */
function turnedWords(panel: PanelPage): Promise<{ readonly turning: number; readonly turned: readonly string[] }> {
  return panel.page.evaluate(() => {
    const turns = /[\u202a-\u202e\u2066-\u2069]/;
    const holds = (element: Element): boolean => {
      const { display, unicodeBidi } = getComputedStyle(element);
      return !/^(inline|contents)$/.test(display) || /isolate|plaintext/.test(unicodeBidi);
    };
    const stretch = (element: Element): string =>
      [...element.childNodes]
        .map((child) => {
          if (child instanceof Element) return holds(child) ? '\ufffc' : stretch(child);
          return child.nodeType === Node.TEXT_NODE ? (child.textContent ?? '') : '';
        })
        .join('');
    const places = new Set<Element>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      if (!turns.test(walker.currentNode.textContent ?? '')) continue;
      let element = walker.currentNode.parentElement;
      // Words that are heard or shown as a tooltip, by themselves, and not in the page.
      if (element === null || element.closest('title, vscode-checkbox, .hidden-text, .announcements') !== null)
        continue;
      while (element !== null && !holds(element)) element = element.parentElement;
      if (element !== null && element.getClientRects().length > 0) places.add(element);
    }
    const turned = [...places].flatMap((place) => {
      const text = stretch(place);
      const behind = text.slice(text.search(turns));
      if (!/[⟦⟧]/.test(behind)) return [];
      return `<${place.localName} class="${place.getAttribute('class') ?? ''}">: ${behind.slice(behind.search(/[⟦⟧]/)).slice(0, 120)}`;
    });
    return { turning: places.size, turned };
  });
}

describe('the direction of text', function () {
  this.timeout(120_000);
  const browser = usePanelBrowser();

  it('is turned by no name, path, record or reply for the panel’s own words', async () => {
    const panel = await browser.open({ texts: marked, reducedMotion: true });
    await panel.post({ type: 'hydrate', ...fixtures.hostile() });
    await panel.unfold();
    await panel.rendered();
    const { turning, turned } = await turnedWords(panel);
    assert.ok(turning > 30, `only ${turning} places hold such a text`);
    assert.deepEqual(turned, []);
  });

  it('of a failure is the panel’s, and its length, too, whatever the server is called', async () => {
    const panel = await browser.open({ width: 280, height: 700 });
    const { incident, surroundings } = fixtures.hostile();
    await panel.post({ type: 'hydrate', incident, surroundings });
    const notice = panel.page.locator('.notices .notice.error');
    await notice.waitFor();
    assert.doesNotMatch(await notice.innerText(), /\p{Bidi_Control}/u);
    const { height } = (await notice.boundingBox()) ?? { height: Infinity };
    assert.ok(height < 700, `the notice is ${height} pixels high, more than the window`);
  });

  it('is from right to left in a paragraph of such a language, and from left to right in code within it', async () => {
    const panel = await browser.open({ width: 480 });
    const builder = new IncidentBuilder('الدفع معطل', Date.now() - 60_000);
    const run = builder.ask('orient');
    builder
      .text(run, 'الخطأ في `src/db/pool.ts:31` الآن.\n\nThe pool is empty.\n\n```ts\nconst a = 1;\n```\n')
      .end(run);
    await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
    const direction = (selector: string): Promise<string> =>
      panel.page
        .locator(selector)
        .first()
        .evaluate((it) => {
          const range = document.createRange();
          range.selectNodeContents(it);
          const box = (it.closest('p, pre') ?? it).getBoundingClientRect();
          const words = range.getBoundingClientRect();
          return words.left - box.left > box.right - words.right ? 'right to left' : 'left to right';
        });
    await panel.page.locator('.reply-text pre').waitFor();
    const paragraphs = panel.page.locator('.reply-text p');
    assert.equal(await paragraphs.count(), 2);
    assert.equal(await direction('.reply-text p:nth-of-type(1)'), 'right to left');
    assert.equal(await direction('.reply-text p:nth-of-type(2)'), 'left to right');
    const code = panel.page.locator('.reply-text p code').first();
    assert.match(await code.evaluate((it) => getComputedStyle(it).unicodeBidi), /isolate|plaintext/);
  });
});
