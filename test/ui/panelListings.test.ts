import assert from 'node:assert/strict';
import { fixtures } from '../support/panelFixtures.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { themes } from '../support/themes.ts';
import type { ThemeName } from '../support/themes.ts';
import { usePanelBrowser } from '../support/usePanel.ts';

describe('listings of a reply', function () {
  this.timeout(60_000);
  const browser = usePanelBrowser();
  let panel: PanelPage | undefined;

  async function open(theme: ThemeName = 'dark', width = 1040): Promise<PanelPage> {
    panel = await browser.open({ theme, width });
    await panel.post({ type: 'hydrate', ...fixtures.listings() });
    await panel.page.locator('.code-keyword').first().waitFor();
    return panel;
  }

  /** Answers the intent that was posted last, as one that went well. */
  async function answer(): Promise<void> {
    const last = await panel?.lastMessage();
    assert.ok(last);
    await panel?.post({ type: 'answer', intentId: last.intentId });
  }

  it('open in an editor, with the word that names their language', async () => {
    const { page, intents } = await open();
    await page.getByRole('button', { name: 'Open in Editor' }).nth(1).click();
    const intent = (await intents()).at(-1);
    assert.ok(intent?.type === 'openCode');
    assert.equal(intent.fenceWord, 'diff');
    assert.match(intent.code, /^--- a\/config\/index\.js\n\+\+\+ b/);
  });

  it('are copied, and the button says so by its text and by its name until a while later', async () => {
    const { page, intents } = await open();
    await page.getByRole('button', { name: 'Copy code' }).first().click();
    const intent = (await intents()).at(-1);
    assert.ok(intent?.type === 'copyText');
    assert.match(intent.text, /^\/\/ The section is optional/);
    await answer();
    const copied = page.getByRole('button', { name: 'Copied code' });
    await copied.waitFor();
    assert.equal(await copied.innerText(), 'Copied');
    await copied.waitFor({ state: 'detached' });
  });

  it('have colours from the theme, told apart in each', async () => {
    for (const theme of Object.keys(themes) as ThemeName[]) {
      const { page } = await open(theme);
      const colours = await page.evaluate(() =>
        ['keyword', 'string', 'number', 'comment'].map((kind) => {
          const token = document.querySelector(`.code-${kind}`);
          return token === null ? '' : getComputedStyle(token).color;
        }),
      );
      assert.equal(new Set(colours).size, colours.length, `${theme}: ${colours.join(', ')}`);
      await panel?.close();
    }
  });

  it('are readable in each theme: every piece has a contrast of 4.5 with what it stands on', async () => {
    for (const theme of Object.keys(themes) as ThemeName[]) {
      const { page } = await open(theme);
      const tooFaint = await page.evaluate(() => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        if (canvas === null) return ['no canvas'];
        /** What is seen when these lie upon each other, the first one at the bottom. */
        const seen = (colours: readonly string[]): readonly number[] => {
          for (const colour of colours) {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
          }
          return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
        };
        const luminance = (channels: readonly number[]): number =>
          channels
            .map((channel) => channel / 255)
            .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
            .reduce((sum, light, index) => sum + light * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
        return [...document.querySelectorAll('.code-block code span')].flatMap((piece) => {
          const grounds: string[] = [];
          for (let at: Element | null = piece; at !== null; at = at.parentElement)
            grounds.unshift(getComputedStyle(at).backgroundColor);
          const ground = luminance(seen(grounds));
          const ink = luminance(seen([...grounds, getComputedStyle(piece).color]));
          const contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
          return contrast < 4.5 ? [`${piece.className} ${piece.textContent} ${contrast.toFixed(2)}`] : [];
        });
      });
      assert.deepEqual(tooFaint, [], theme);
      await panel?.close();
    }
  });

  it('say by their signs what a diff says by colour, and mark the lines that go and come', async () => {
    const { page } = await open();
    const background = (kind: string): Promise<string> =>
      page
        .locator(`.code-line.${kind}`)
        .first()
        .evaluate((line) => getComputedStyle(line).backgroundColor);
    assert.match(await page.locator('.code-line.deleted').first().innerText(), /^- {2}stripe/);
    assert.match(await page.locator('.code-line.inserted').first().innerText(), /^\+ {2}payments/);
    assert.notEqual(await background('deleted'), await background('inserted'));
  });

  it('read from left to right, and a paragraph in the direction of its words', async () => {
    const { page } = await open();
    const edges = await page.evaluate(() => {
      const paragraphs = [...document.querySelectorAll('.reply-text p')];
      const edgeOf = (start: string): string => {
        const paragraph = paragraphs.find(({ textContent }) => textContent.startsWith(start));
        const text = paragraph === undefined ? undefined : document.createTreeWalker(paragraph, 4).nextNode();
        if (paragraph === undefined || text === null || text === undefined) return 'missing';
        const range = document.createRange();
        range.setStart(text, 0);
        range.setEnd(text, 1);
        const box = paragraph.getBoundingClientRect();
        return range.getBoundingClientRect().left > box.left + box.width / 2 ? 'right' : 'left';
      };
      return ['The call in', 'هذا', 'משפט'].map(edgeOf);
    });
    assert.deepEqual(edges, ['left', 'right', 'right']);
  });
});
