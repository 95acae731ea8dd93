/** Is told where an anchor stands in a text: its number in the list, and the offsets of its first and past its last character. */
export type OnAnchor = (anchor: number, start: number, end: number) => void;

export interface AnchorSearch {
  /** Reports every anchor that ends in `text` after `from` and at or before `to`, overlapping ones too, in the order of their ends. */
  search(text: string, from: number, to: number, onAnchor: OnAnchor): void;
}

/**
 * Rows of the automaton are so long: letters of other scripts share the classes that the others leave, where there are more
 * characters in all. A shared class only costs a vain look.
 */
const classLimit = 63;
/** The most classes there are; then all characters share them. */
const mostClasses = 250;

/**
 * Finds hundreds of literals in one pass over the text, whatever their number, letters in either case (Aho and Corasick,
 * "Efficient string matching", 1975). An anchor says only where a rule is worth trying, so that no pattern ever
 * runs over a whole text: that is what keeps redaction linear. What is reported may rarely be another text of the same length:
 * the rule that is tried there compares for itself.
 */
export function createAnchorSearch(anchors: readonly string[]): AnchorSearch {
  const classOf = characterClasses(anchors);
  const width = Math.max(...classOf.used, 0) + 1;
  const states = anchors.reduce((sum, anchor) => sum + anchor.length, 1);
  const next = new Int32Array(states * width).fill(-1);
  const ending: number[][] = [[]];
  let count = 1;
  anchors.forEach((anchor, index) => {
    let state = 0;
    for (let at = 0; at < anchor.length; at += 1) {
      const slot = state * width + (classOf.table[anchor.charCodeAt(at)] ?? 0);
      if ((next[slot] ?? -1) < 0) {
        next[slot] = count;
        ending[count] = [];
        count += 1;
      }
      state = next[slot] ?? 0;
    }
    if (anchor !== '') ending[state]?.push(index);
  });
  const order = link(next, ending, width, count);

  const { table } = classOf;
  const shift = Math.ceil(Math.log2(width));
  const lengths = Int32Array.from(anchors, (anchor) => anchor.length);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const { step, ends: endsOf } = steps(next, ending, order, { width, shift });
  return {
    search(text, from, to, onAnchor) {
      // The state at `from` hangs on the characters before it, no further back than the longest anchor.
      let state = 0;
      for (let at = Math.max(0, from - longest); at < to; at += 1) {
        state = step[(state << shift) + (table[text.charCodeAt(at)] ?? 0)] ?? 0;
        if (state >= 0) continue;
        state = ~state;
        if (at < from) continue;
        const ends = endsOf[state] ?? [];
        for (let nth = 0; nth < ends.length; nth += 1) {
          const index = ends[nth] ?? 0;
          onAnchor(index, at + 1 - (lengths[index] ?? 0), at + 1);
        }
      }
    },
  };
}

/**
 * The automaton as rows of a power of two; a step to where an anchor ends is negative (`~state`). One look a character, in a
 * table that is small for the processor's cache: 16 bits a step while there are fewer states than that tells apart, and the
 * states that text is in most, those of few characters, side by side.
 */
function steps(
  next: Int32Array,
  ending: readonly number[][],
  order: readonly number[],
  { width, shift }: { readonly width: number; readonly shift: number },
): { readonly step: Int16Array | Int32Array; readonly ends: readonly (readonly number[])[] } {
  const count = order.length;
  const numberOf = new Int32Array(count);
  order.forEach((state, number) => {
    numberOf[state] = number;
  });
  const step = count < 32_768 ? new Int16Array(count << shift) : new Int32Array(count << shift);
  order.forEach((state, number) => {
    for (let symbol = 0; symbol < width; symbol += 1) {
      const onward = next[state * width + symbol] ?? 0;
      const to = numberOf[onward] ?? 0;
      step[(number << shift) + symbol] = (ending[onward]?.length ?? 0) > 0 ? ~to : to;
    }
  });
  return { step, ends: order.map((state) => ending[state] ?? []) };
}

function characterClasses(anchors: readonly string[]): { table: Uint8Array; used: Set<number> } {
  const table = new Uint8Array(0x10000);
  const used = new Set<number>();
  const characters = [...new Set(anchors.join('').toLowerCase().split(''))].sort();
  const plain = characters.filter((character) => character < '\x80').length;
  const isTight = characters.length > classLimit && plain < classLimit;
  characters.forEach((character, index) => {
    const number = isTight ? Math.min(index + 1, classLimit) : (index % mostClasses) + 1;
    used.add(number);
    table[character.charCodeAt(0)] = number;
    const upper = character.toUpperCase();
    if (upper.length === 1) table[upper.charCodeAt(0)] = number;
  });
  return { table, used };
}

/**
 * Turns the tree of anchors into an automaton: every missing step becomes the step of the longest suffix that has one. Gives the
 * states in the order of their length.
 */
function link(next: Int32Array, ending: number[][], width: number, count: number): number[] {
  const suffix = new Int32Array(count);
  const queue: number[] = [];
  for (let symbol = 0; symbol < width; symbol += 1) {
    const child = next[symbol] ?? -1;
    if (child > 0) queue.push(child);
    else next[symbol] = 0;
  }
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const fallback = suffix[state] ?? 0;
    ending[state]?.push(...(ending[fallback] ?? []));
    for (let symbol = 0; symbol < width; symbol += 1) {
      const slot = state * width + symbol;
      const onward = next[fallback * width + symbol] ?? 0;
      const child = next[slot] ?? -1;
      if (child < 0) {
        next[slot] = onward;
      } else {
        suffix[child] = onward;
        queue.push(child);
      }
    }
  }
  return [0, ...queue];
}
