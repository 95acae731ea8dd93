import assert from 'node:assert/strict';
import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { animatedPng, pngSignature } from '../../support/animatedPng.ts';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  assert.deepEqual(png.subarray(0, 8), pngSignature);
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    assert.equal(png.readUInt32BE(end), crc32(png.subarray(at + 4, end)));
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** Plays an animation as a viewer does: the whole picture after each frame, and each frame's time. */
function play(png: Buffer): { pixels: number[]; milliseconds: number }[] {
  const chunks = chunksOf(png);
  const data = (type: string) => chunks.find((chunk) => chunk.type === type)?.data ?? Buffer.alloc(0);
  const [width, height] = [data('IHDR').readUInt32BE(0), data('IHDR').readUInt32BE(4)];
  const canvas = new Array<number>(width * height).fill(0);
  const shown: { pixels: number[]; milliseconds: number }[] = [];
  let place = Buffer.alloc(0);
  for (const chunk of chunks) {
    if (chunk.type === 'fcTL') place = Buffer.from(chunk.data);
    if (chunk.type !== 'IDAT' && chunk.type !== 'fdAT') continue;
    const bytes = inflateSync(chunk.type === 'IDAT' ? chunk.data : chunk.data.subarray(4));
    const [across, down, left, top] = [4, 8, 12, 16].map((at) => place.readUInt32BE(at)) as [
      number,
      number,
      number,
      number,
    ];
    for (let y = 0; y < down; y += 1)
      for (let x = 0; x < across; x += 1) {
        const index = bytes[y * (across + 1) + 1 + x] ?? 0;
        if (data('tRNS')[index] === 0) continue;
        canvas[(top + y) * width + left + x] = (0xff000000 | data('PLTE').readUIntLE(3 * index, 3)) >>> 0;
      }
    shown.push({ pixels: [...canvas], milliseconds: place.readUInt16BE(20) });
  }
  return shown;
}

describe('animated PNG', () => {
  const colour = fc.integer({ min: 0, max: 200 }).map((value) => (0xff000000 | (value * 4321)) >>> 0);
  const animation = fc
    .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
    .chain(({ width, height }) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        pictures: fc.array(
          fc.record({
            pixels: fc.array(colour, { minLength: width * height, maxLength: width * height }),
            milliseconds: fc.integer({ min: 0, max: 65_535 }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
      }),
    );

  it('shows the pictures that it was made of, each for its time', () => {
    fc.assert(
      fc.property(animation, ({ width, height, pictures }) => {
        const made = pictures.map(({ pixels, milliseconds }) => ({ pixels: Uint32Array.from(pixels), milliseconds }));
        const shown = play(animatedPng(width, height, made));
        assert.deepEqual(
          shown.map(({ pixels }) => pixels),
          pictures.map(({ pixels }) => pixels),
        );
        assert.deepEqual(
          shown.map(({ milliseconds }) => milliseconds),
          pictures.map(({ milliseconds }) => milliseconds),
        );
      }),
    );
  });

  it('takes the nearest of the 255 most used colours where there are more', () => {
    const common = Array.from({ length: 600 }, (_, at) => 0xff000000 + (at % 255) * 256);
    const rare = 0xff000001;
    const [shown] = play(animatedPng(601, 1, [{ pixels: Uint32Array.from([...common, rare]), milliseconds: 1 }]));
    assert.equal(shown?.pixels[600], 0xff000000);
  });

  it('numbers its frames from 0 without a gap, as the specification asks', () => {
    const pixels = (value: number) => ({ pixels: Uint32Array.from([value, value]), milliseconds: 10 });
    const chunks = chunksOf(animatedPng(2, 1, [pixels(1), pixels(2), pixels(3)]));
    const numbered = chunks.filter(({ type }) => type === 'fcTL' || type === 'fdAT');
    assert.deepEqual(
      numbered.map(({ data }) => data.readUInt32BE(0)),
      [0, 1, 2, 3, 4],
    );
  });

  it('refuses to be made of nothing, or of pictures of another size', () => {
    assert.throws(() => animatedPng(1, 1, []), RangeError);
    assert.throws(() => animatedPng(2, 2, [{ pixels: new Uint32Array(3), milliseconds: 1 }]), RangeError);
  });
});
