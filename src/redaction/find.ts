import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { findEncoded, findLoose } from './encoded.ts';
import { mergeFindings, rank } from './finding.ts';
import type { Finding } from './finding.ts';
import type { LearnedValues } from './learned.ts';
import type { LibraryPlaces } from './libraryAnchors.ts';
import { placeholderPattern } from './placeholders.ts';
import { scanFormats } from './scan.ts';
import type { Scan } from './scan.ts';
import type { SecretlintScanner } from './secretlint.ts';
import { unescapedText, unwrappedText, visibleText } from './views.ts';
import type { View } from './views.ts';
import type { UserFinder } from './userRules.ts';
import { withTails } from './tails.ts';

/** How much is looked at before others in the process get their turn, and before time and signal are checked. */
const turn = 128 * 1024;

export interface Finders {
  readonly scan: Scan;
  readonly learned: LearnedValues;
  readonly user: UserFinder;
  readonly library: () => Promise<SecretlintScanner>;
}

/**
 * Every secret of a text, sorted and without overlap: in the text as it is, as a terminal shows it, with escapes resolved, with
 * wrapped lines joined, and inside base64. Throws where the signal aborts or a finder fails.
 */
export async function findSecrets(text: string, finders: Finders, signal: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = [];
  const places = new Map<string, number[]>();
  const onLibraryAnchor = (rule: string, at: number): void => {
    const known = places.get(rule);
    if (known === undefined) places.set(rule, [at]);
    else known.push(at);
  };
  const plain = async (
    source: string,
    found: (finding: Finding) => void,
    ...alsoTold: (typeof onLibraryAnchor)[]
  ): Promise<void> => {
    for (let from = 0; from < source.length; from += turn) {
      const to = Math.min(source.length, from + turn);
      finders.scan(source, from, to, found, ...alsoTold);
      finders.learned.find(source, from, to, found);
      findEncoded(source, from, to, finders.scan, found);
      await yieldToOthers(undefined, { signal });
    }
  };
  const inView = async (
    view: View | undefined,
    look: (source: string, found: (finding: Finding) => void) => Promise<void>,
  ) => {
    if (view === undefined) return;
    await look(view.text, (finding) => {
      const [start, end] = view.original(finding.start, finding.end);
      const secret = finding.secret ?? view.text.slice(finding.start, finding.end);
      findings.push({ ...finding, start, end, secret });
    });
  };

  await plain(text, (finding) => findings.push(finding), onLibraryAnchor);
  findings.push(...finders.user(text));
  const visible = visibleText(text);
  await inView(visible, plain);
  await inView(unescapedText(text), plain);
  // What a terminal wrapped it also coloured: lines are joined in the text that it shows.
  const shown = visible?.text ?? text;
  const joined = unwrappedText(shown);
  if (joined !== undefined) {
    const wasWhole = wholeTokens(findings);
    const looks = { left: leastSecondLook + secondLook * joined.text.length };
    for (let from = 0; from < joined.text.length; from += turn) {
      scanJoined(joined.text, from, Math.min(joined.text.length, from + turn), (finding) => {
        const seam = firstSeam(joined, finding);
        if (seam === undefined) return;
        const inShown = joined.original(finding.start, joined.seams[seam] ?? finding.end);
        const [from, to] = visible === undefined ? inShown : visible.original(...inShown);
        if (wasWhole(from, to, finding.kind)) return;
        const joinedEnd = endBehindSeam(joined, finding, seam, looks);
        if (joinedEnd === undefined) return;
        const [start, end] = joined.original(finding.start, joinedEnd);
        const secret = joined.text.slice(finding.start, joinedEnd);
        const place = visible === undefined ? ([start, end] as const) : visible.original(start, end);
        findings.push({ ...finding, start: place[0], end: place[1], secret });
      });
      await yieldToOthers(undefined, { signal });
    }
  }
  const own = mergeFindings(findings);
  const library = await finders.library();
  const rest = await library.scan(masked(text, own), outside(own, places));
  signal.throwIfAborted();
  return withTails(text, mergeFindings([...own, ...rest]));
}

/** What is told by its own form, where words may be joined that were not one. */
const scanJoined: Scan = (text, from, to, found) => {
  scanFormats(text, from, to, found);
  findLoose(text, from, to, found);
};

/** How many characters are looked at a second time, beside so many for each character of the text. */
const leastSecondLook = 64 * 1024;
const secondLook = 1;

/** The first break inside of a finding, by its number; `undefined` where no break is in it. */
function firstSeam({ seams }: View, { start, end }: Finding): number | undefined {
  let low = 0;
  let high = seams.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seams[middle] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return (seams[low] ?? Infinity) < end ? low : undefined;
}

/**
 * Tells whether a token that a format or its build tells was found between two offsets before any lines were joined, from the
 * first on: a list of tokens need not be looked at a second time.
 */
function wholeTokens(findings: readonly Finding[]): (start: number, limit: number, kind: string) => boolean {
  // Most texts never ask.
  let byStart: ReadonlyMap<number, readonly Finding[]> | undefined;
  // What is found from here on is of joined lines.
  const count = findings.length;
  // What its build alone tells was whole where its build told it before; a format behind a word may know less of it.
  const isSame = (finding: Finding, kind: string): boolean =>
    finding.kind === kind || (kind === 'token' && finding.rank === rank.library);
  return (start, limit, kind) =>
    (byStart ??= tokensByStart(findings.slice(0, count)))
      .get(start)
      ?.some((finding) => finding.end <= limit && isSame(finding, kind)) === true;
}

function tokensByStart(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const byStart = new Map<number, Finding[]>();
  for (const finding of findings) {
    if (finding.rank !== rank.format && finding.rank !== rank.library) continue;
    const others = byStart.get(finding.start);
    if (others === undefined) byStart.set(finding.start, [finding]);
    else others.push(finding);
  }
  return byStart;
}

/**
 * Where a secret ends that only joining made whole: at the first break behind which it is long enough, for what follows is
 * another line. `undefined` where it was whole before the first. Where a text has so many that look wrapped that the looks are
 * spent, all that was joined is taken for one.
 */
function endBehindSeam(
  { text, seams }: View,
  { start, end, kind }: Finding,
  first: number,
  looks: { left: number },
): number | undefined {
  for (let at = first; (seams[at] ?? Infinity) < end && at < first + 8; at += 1) {
    // With what stands before it: some rules hide only what follows a word or a host.
    const base = Math.max(0, start - 300);
    const part = text.slice(base, seams[at]);
    looks.left -= part.length;
    if (looks.left < 0) return end;
    const inPart: Finding[] = [];
    scanJoined(part, 0, part.length, (finding) => inPart.push(finding));
    const wasWhole = inPart.some((finding) => {
      const from = base + finding.start;
      // A token that a format knows was whole, although its build alone tells the longer word, or a piece of it, too.
      if (from === start) return finding.kind === kind || kind === 'token';
      return from < start && base + finding.end === seams[at];
    });
    if (wasWhole) return at === first ? undefined : seams[at];
  }
  return end;
}

/** The places that no finding covers: what stands in one is blanked out, and not worth a look. */
function outside(findings: readonly Finding[], places: ReadonlyMap<string, readonly number[]>): LibraryPlaces {
  const left = new Map<string, readonly number[]>();
  for (const [rule, own] of places) {
    let nth = 0;
    const rest = own.filter((at) => {
      while ((findings[nth]?.end ?? Infinity) <= at) nth += 1;
      return at < (findings[nth]?.start ?? Infinity);
    });
    if (rest.length > 0) left.set(rule, rest);
  }
  return left;
}

const stars = Array.from({ length: 64 }, (_, length) => '*'.repeat(length));
const starsFor = (length: number): string => stars[length] ?? '*'.repeat(length);

/** The text with what was found blanked out, so that the library only looks for what is left. Offsets stay. */
function masked(text: string, findings: readonly Finding[]): string {
  // In one go: a text put together of pieces would be copied again by whoever reads it.
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of findings) {
    if (start > at) pieces.push(text.slice(at, start));
    pieces.push(starsFor(end - start));
    at = end;
  }
  pieces.push(text.slice(at));
  const rest = pieces.join('');
  // The library takes a placeholder for a password.
  return rest.includes('«') ? rest.replace(placeholderPattern, (placeholder) => '*'.repeat(placeholder.length)) : rest;
}
