import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium-launch.ts';
import { root } from '../support/sources.ts';

describe('the icon', function () {
  this.timeout(60_000);
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  it('is its drawing, point by point, with nothing in its corners', async () => {
    const page = await browser.newPage();
    const media = join(root, 'media');
    const { differing, corners } = await page.evaluate(
      async ([png, svg]) => {
        const points = async (source: string): Promise<Uint8ClampedArray> => {
          const image = new Image();
          image.src = source;
          await image.decode();
          const canvas = new OffscreenCanvas(256, 256);
          const context = canvas.getContext('2d');
          context?.drawImage(image, 0, 0, 256, 256);
          return context?.getImageData(0, 0, 256, 256).data ?? new Uint8ClampedArray();
        };
        const [shipped, drawn] = await Promise.all([points(png), points(svg)]);
        return {
          // Edges are smoothed a little otherwise in a picture than in a page.
          differing: shipped.filter((value, at) => Math.abs(value - (drawn[at] ?? 0)) > 48).length,
          corners: [0, 255, 255 * 256, 256 * 256 - 1].map((at) => shipped[at * 4 + 3]),
        };
      },
      [
        `data:image/png;base64,${await readFile(join(media, 'icon.png'), 'base64')}`,
        `data:image/svg+xml;base64,${await readFile(join(media, 'icon.svg'), 'base64')}`,
      ] as const,
    );
    assert.deepEqual(corners, [0, 0, 0, 0]);
    assert.ok(differing < 256, `${differing} of ${4 * 256 * 256} values differ`);
  });
});
