/** At most so many colours, and one place for what is transparent: an index is a byte. */
const most = 255;

/** Colours by index, and the index of any colour. Colours are 0xBBGGRR, as a canvas holds them on this machine. */
export interface Palette {
  readonly colours: readonly number[];
  /** The index of the colour itself or of the nearest one. */
  indexOf(colour: number): number;
}

/**
 * The colours that pictures use most, as a palette of at most 255. An editor's window has few colours and many shades of
 * its letters' edges, so that what is left out is near to what is kept.
 */
export function paletteOf(pictures: readonly Uint32Array[]): Palette {
  const counts = new Map<number, number>();
  for (const pixels of pictures)
    for (const pixel of pixels) counts.set(pixel & 0xffffff, (counts.get(pixel & 0xffffff) ?? 0) + 1);
  const colours = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([colour]) => colour);
  const known = new Map(colours.map((colour, index) => [colour, index]));
  return {
    colours,
    indexOf(colour) {
      const found = known.get(colour) ?? nearest(colours, colour);
      known.set(colour, found);
      return found;
    },
  };
}

function nearest(colours: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [index, each] of colours.entries()) {
    const distance = [0, 8, 16].reduce(
      (sum, shift) => sum + (((each >> shift) & 255) - ((colour >> shift) & 255)) ** 2,
      0,
    );
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}
