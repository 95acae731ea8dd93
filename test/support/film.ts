import type { Page } from 'playwright-core';
import type { Picture } from './animatedPng.ts';

/** A picture of a page as a PNG file, and how long it is shown, in ms. */
interface Shot {
  readonly png: Buffer;
  milliseconds: number;
}

/** Takes pictures of a page while something happens in it. */
export class Film {
  readonly #shots: Shot[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** One picture of the page as it is, to be shown for so many ms. Where it is the last one again, that stands longer. */
  async still(milliseconds: number): Promise<void> {
    const png = await this.#page.screenshot();
    const last = this.#shots.at(-1);
    if (last?.png.equals(png) === true) last.milliseconds = Math.max(last.milliseconds, milliseconds);
    else this.#shots.push({ png, milliseconds });
  }

  /**
   * Pictures while something goes on: one each `every` ms or as fast as they can be taken, each to be shown for `shown` ms.
   * @returns what was waited for
   */
  async during<T>(going: Promise<T>, every: number, shown: number): Promise<T> {
    const state = { over: false };
    const done = going.finally(() => {
      state.over = true;
    });
    done.catch(() => undefined);
    while (!state.over) {
      const pause = this.#page.waitForTimeout(every);
      await this.still(shown);
      await Promise.race([pause, done]);
    }
    return done;
  }

  /**
   * The pictures' pixels.
   * @param studio a blank page: a browser reads PNG
   */
  async pictures(studio: Page): Promise<{ width: number; height: number; pictures: Picture[] }> {
    const pictures: Picture[] = [];
    let [width, height] = [0, 0];
    for (const { png, milliseconds } of this.#shots) {
      const read = await studio.evaluate(readPixels, png.toString('base64'));
      [width, height] = [read.width, read.height];
      const bytes = Uint8Array.from(Buffer.from(read.pixels, 'base64'));
      pictures.push({ pixels: new Uint32Array(bytes.buffer), milliseconds });
    }
    return { width, height, pictures };
  }
}

/** Runs in the studio: the pixels of a PNG file, in base64 as it. */
async function readPixels(png: string): Promise<{ width: number; height: number; pixels: string }> {
  const file = await fetch(`data:image/png;base64,${png}`);
  const bitmap = await createImageBitmap(await file.blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('This page cannot draw.');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(reader.error ?? new Error('The pixels cannot be read.'));
    reader.readAsDataURL(new Blob([data]));
  });
  return { width: bitmap.width, height: bitmap.height, pixels: url.slice(url.indexOf(',') + 1) };
}
