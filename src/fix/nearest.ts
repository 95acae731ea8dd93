import type { LineRange } from '../model/editProblem.ts';
import { squeezed } from '../model/lines.ts';
import { withLineFeeds } from './locate.ts';

/** A line that stands in more places than this (a bracket, `return;`) tells nothing about where a text is meant. */
const tooCommon = 100;
/** How much of its words a single line must share with a sought one to be named. */
const leastShare = 0.5;
/** Words of a line that are compared; a longer one is data. */
const maxWords = 60;

/**
 * The lines of a text that a searched text was most likely meant for, where it is not there to the letter: where most
 * of its lines stand at their distance, spaces aside, or else the line that shares most words with its longest one.
 */
export function nearestLines(text: string, search: string): LineRange | undefined {
  const lines = withLineFeeds(text).split('\n');
  const sought = withLineFeeds(search)
    .replace(/^\n+|\n+$/g, '')
    .split('\n');
  const start = mostAgreed(lines, sought) ?? mostAlike(lines, sought);
  if (start === undefined) return undefined;
  const first = Math.max(0, start);
  const last = Math.min(lines.length - 1, start + sought.length - 1);
  return { line: first + 1, endLine: Math.max(first, last) + 1 };
}

/** Each line of the sought text that is there votes for where the text would begin. */
function mostAgreed(lines: readonly string[], sought: readonly string[]): number | undefined {
  const places = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    const key = squeezed(line);
    if (key.length < 2) continue;
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else known.push(at);
  }
  const votes = new Map<number, number>();
  for (const [index, line] of sought.entries()) {
    const key = squeezed(line);
    const found = places.get(key) ?? [];
    if (found.length > tooCommon) continue;
    // A long line says more than `});`, a rare one more than a frequent one.
    const weight = Math.min(key.length, 80) / (found.length || 1);
    for (const at of found) votes.set(at - index, (votes.get(at - index) ?? 0) + weight);
  }
  return highest(votes);
}

function mostAlike(lines: readonly string[], sought: readonly string[]): number | undefined {
  const index = sought.reduce((best, line, at) => (line.length > (sought[best]?.length ?? 0) ? at : best), 0);
  const wanted = wordsOf(sought[index] ?? '');
  if (wanted.size === 0) return undefined;
  const shares = new Map<number, number>();
  for (const [at, line] of lines.entries()) {
    const words = wordsOf(line);
    let shared = 0;
    for (const word of words) if (wanted.has(word)) shared += 1;
    const share = (2 * shared) / (words.size + wanted.size);
    if (share >= leastShare) shares.set(at - index, share);
  }
  return highest(shares);
}

function highest(scores: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const [at, score] of scores) {
    const known = best === undefined ? 0 : (scores.get(best) ?? 0);
    if (score > known || (score === known && best !== undefined && at < best)) best = at;
  }
  return best;
}

function wordsOf(line: string): ReadonlySet<string> {
  return new Set((line.slice(0, 4_000).match(/[\p{L}\p{N}_]+/gu) ?? []).slice(0, maxWords));
}
