import { alphabets } from '../../src/redaction/rules/rule.ts';

/**
 * Made-up secrets in true formats. No source of this repository holds anything that looks like a live key, so that no
 * scanner has to be told to look away: they are put together when a test runs.
 */

/** A small reproducible source of randomness (mulberry32): figures from 0 to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const characters = new Map(
  Object.entries(alphabets).map(([letter, ranges]) => [
    letter,
    ranges
      .replace(/(.)-(.)/g, (_, first: string, last: string) => {
        let run = '';
        for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code += 1) run += String.fromCharCode(code);
        return run;
      })
      .split(''),
  ]),
);

/** Fills `{A36}` in a template with 36 characters of the alphabet `A`; first and last are letters or digits, digits are among them. */
export function fill(template: string, random: () => number): string {
  return template.replace(/\{([AaULxXdwb])(\d+)\}/g, (_, alphabet: string, length: string) => {
    const all = characters.get(alphabet) ?? [];
    const edge = all.filter((character) => /[A-Za-z0-9]/.test(character));
    const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
    const count = Number(length);
    return Array.from({ length: count }, (_unused, at) => {
      if (alphabet !== 'L' && count >= 8 && at % 7 === 3) return String(Math.floor(random() * 10));
      if (alphabet !== 'd' && count >= 8 && at % 7 === 5)
        return pick(edge.filter((character) => !/\d/.test(character)));
      return pick(at === 0 || at === count - 1 ? edge : all);
    }).join('');
  });
}

/** A filled example with what of it is secret: what stands between `[[` and `]]`, else all of it. */
export function example(template: string, random: () => number): { readonly text: string; readonly secret: string } {
  const filled = fill(template, random);
  const marked = /\[\[([^]*?)\]\](?!\])/.exec(filled);
  if (marked === null) return { text: filled, secret: filled };
  return { text: filled.replace(marked[0], () => marked[1] ?? ''), secret: marked[1] ?? '' };
}
