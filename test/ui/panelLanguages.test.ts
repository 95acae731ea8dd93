import assert from 'node:assert/strict';
import type { Texts } from '../../src/model/l10n.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { german, marked, stringsIn } from '../support/languages.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { FixtureName } from '../support/panelFixtures.ts';
import { startPanelBrowser } from '../support/panelPage.ts';
import type { PanelBrowser, PanelPage } from '../support/panelPage.ts';
import { fullReport } from '../support/traceFixtures.ts';

const names = Object.keys(fixtures) as FixtureName[];
/** What is long in these is no text of the panel, and takes long to look at. */
const long: readonly FixtureName[] = ['longReply', 'hostile'];
const utcTimes = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g;

describe('panel in other languages', function () {
  this.timeout(300_000);
  let browser: PanelBrowser;

  before(async () => {
    browser = await startPanelBrowser();
  });
  after(() => browser.close());

  /** A fixture with all that can be opened. */
  async function opened(name: FixtureName, texts: Texts, width: number): Promise<PanelPage> {
    const panel = await browser.open({ texts, width, reducedMotion: true });
    await panel.post({ type: 'hydrate', ...fixtures[name]() });
    await panel.post({ type: 'traces', report: fullReport });
    await panel.unfold();
    await panel.rendered();
    return panel;
  }

  for (const name of names) {
    it(`says nothing in “${name}” that was not looked up, but for evidence, replies and names`, async () => {
      const panel = await opened(name, marked, 700);
      try {
        assert.match(await panel.page.locator('main, .panel').first().innerText(), /⟦/);
        const data = [...stringsIn([fixtures[name](), fullReport])].join('\n').replaceAll(/\s+/g, ' ');
        const { texts, attributes } = await wordsOutsideMarks(panel);
        assert.deepEqual(texts, []);
        const isData = (part: string): boolean => !/\p{L}/u.test(part) || data.includes(part.trim());
        const own = attributes.filter(
          (words) =>
            !isData(words) &&
            !words
              .replace(utcTimes, '')
              .split(/: |, | · | × /)
              .every(isData),
        );
        assert.deepEqual(own, []);
        assert.deepEqual(panel.problems, []);
      } finally {
        await panel.close();
      }
    });
  }

  it('is German, in a page that says so, with numbers and days as Germans write them', async () => {
    const panel = await opened('allSeven', german, 700);
    try {
      assert.equal(await panel.page.locator('html').getAttribute('lang'), 'de');
      await panel.page.getByRole('heading', { name: '1 Überblick' }).waitFor();
      const text = await panel.page.locator('.panel').innerText();
      assert.match(text, /\d+ von 7 Schritten/);
      assert.match(text, /\d,\d{2}\s\$|Token/);
      assert.deepEqual(panel.problems, []);
    } finally {
      await panel.close();
    }
  });

  for (const name of names.filter((one) => !long.includes(one))) {
    it(`needs no sideways scrolling and has nothing to object to in German, in “${name}”`, async () => {
      const panel = await opened(name, german, 280);
      try {
        const overflow = await panel.page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        await panel.page.screenshot({
          path: `.vscode-test/screenshots/panel-german-${name}-280.png`,
          fullPage: true,
        });
        assert.equal(overflow, 0, `${name} is ${overflow} pixels too wide`);
        assert.deepEqual(await accessibilityViolations(panel.page), []);
      } finally {
        await panel.close();
      }
    });
  }
});

/** Words that are shown or read out and stand outside all marks, and are neither evidence nor a reply nor a name. */
function wordsOutsideMarks({ page }: PanelPage): Promise<{ texts: readonly string[]; attributes: readonly string[] }> {
  return page.evaluate(() => {
    /** What was not written by us: evidence, replies, names of files, endpoints and commands, times. */
    const foreign = 'bdi, code, pre, .reply-text, [dir=auto], [lang=en], .mono, svg text';
    const outside = (text: string, depth = 0): { words: string; depth: number } => {
      let words = '';
      for (const character of text) {
        if (character === '⟦') depth += 1;
        else if (character === '⟧') depth -= 1;
        else if (depth === 0) words += character;
      }
      return { words: words.trim(), depth };
    };
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let depth = 0;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || parent.closest('script, style') !== null) continue;
      const isForeign = parent.closest(foreign) !== null;
      const found = outside(node.nodeValue ?? '', depth);
      if (!isForeign) depth = found.depth;
      if (!isForeign && /\p{L}{2}/u.test(found.words))
        texts.push(`${parent.tagName}.${parent.className}: ${found.words}`);
    }
    const attributes: string[] = [];
    for (const element of document.querySelectorAll('[title], [aria-label], [placeholder], [aria-valuetext]'))
      for (const name of ['title', 'aria-label', 'placeholder', 'aria-valuetext']) {
        const words = outside(element.getAttribute(name) ?? '').words.replace(/\s+/g, ' ');
        if (element.closest('.reply-text') === null && /\p{L}{2}/u.test(words)) attributes.push(words);
      }
    return { texts, attributes };
  });
}
