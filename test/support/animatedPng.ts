import { crc32, deflateSync } from 'node:zlib';
import { paletteOf } from './palette.ts';
import type { Palette } from './palette.ts';

/** A picture of an animation. */
export interface Picture {
  /** Opaque pixels, row by row from the top left, four bytes each: red, green, blue, alpha. */
  readonly pixels: Uint32Array;
  /** how long it is shown, in ms; at most 65,535 */
  readonly milliseconds: number;
}

/** The eight bytes that each PNG file begins with (PNG specification, third edition, 5.2). */
export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Pictures of one size as an animated PNG that plays without end, in at most 255 colours: the chunks `acTL`, `fcTL` and
 * `fdAT` of the PNG specification's third edition (11.3.6). Of each picture but the first only the rectangle that differs
 * is written, and in it only the pixels that do. A viewer that knows nothing of animations shows the first picture.
 * @param width in pixels, as `height`
 * @throws where there is no picture, or one is not of that size
 */
export function animatedPng(width: number, height: number, pictures: readonly Picture[]): Buffer {
  if (pictures.length === 0) throw new RangeError('An animation needs a picture.');
  for (const { pixels } of pictures)
    if (pixels.length !== width * height) throw new RangeError(`A picture is not of ${width} × ${height} pixels.`);
  const palette = paletteOf(pictures.map(({ pixels }) => pixels));
  const clear = palette.colours.length;
  const frames: Buffer[] = [];
  let sequence = 0;
  let before: Uint32Array | undefined;
  for (const { pixels, milliseconds } of pictures) {
    const part = changedPart(before, pixels, width, height);
    const data = deflateSync(rows(before, pixels, width, part, palette, clear), { level: 9 });
    // Milliseconds as thousandths of a second; the picture stays when its time is over, the next is drawn over it.
    const manner = Buffer.from([0, 0, 1000 >> 8, 1000 & 255, 0, before === undefined ? 0 : 1]);
    manner.writeUInt16BE(Math.round(milliseconds), 0);
    const place = numbers(sequence++, part.width, part.height, part.left, part.top);
    frames.push(chunk('fcTL', Buffer.concat([place, manner])));
    if (before === undefined) frames.push(chunk('IDAT', data));
    else frames.push(chunk('fdAT', Buffer.concat([numbers(sequence++), data])));
    before = pixels;
  }
  // 8 bits a pixel, by palette (3), deflate, the usual filters, not interlaced.
  const header = Buffer.concat([numbers(width, height), Buffer.from([8, 3, 0, 0, 0])]);
  const colours = [...palette.colours, 0].flatMap((colour) => [
    colour & 255,
    (colour >> 8) & 255,
    (colour >> 16) & 255,
  ]);
  return Buffer.concat([
    pngSignature,
    chunk('IHDR', header),
    chunk('acTL', numbers(pictures.length, 0)),
    chunk('PLTE', Buffer.from(colours)),
    chunk('tRNS', Buffer.from([...palette.colours.map(() => 255), 0])),
    ...frames,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest rectangle with all that differs; a single pixel where nothing does, since a frame cannot be empty. */
function changedPart(before: Uint32Array | undefined, now: Uint32Array, width: number, height: number): Part {
  if (before === undefined) return { left: 0, top: 0, width, height };
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 1) {
      if (before[at] === now[at]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  if (right < 0) return { left: 0, top: 0, width: 1, height: 1 };
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** A part's rows, each after the byte that names its filter (none: indices are not amounts that could be predicted). */
function rows(
  before: Uint32Array | undefined,
  now: Uint32Array,
  width: number,
  part: Part,
  palette: Palette,
  clear: number,
): Buffer {
  const bytes = Buffer.alloc((part.width + 1) * part.height);
  for (let y = 0, to = 0; y < part.height; y += 1) {
    to += 1;
    for (let x = 0, at = (part.top + y) * width + part.left; x < part.width; x += 1, at += 1, to += 1)
      bytes[to] = before !== undefined && before[at] === now[at] ? clear : palette.indexOf((now[at] ?? 0) & 0xffffff);
  }
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([numbers(data.length), named, numbers(crc32(named))]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
}
