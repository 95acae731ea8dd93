import { createAnchorSearch } from '../model/anchorSearch.ts';
import { blockAnchors, blockHeadSearch } from './blockHeads.ts';
import { findAssignment, nameAnchors } from './rules/assignments.ts';
import { rank } from './finding.ts';
import type { Finding } from './finding.ts';
import { libraryAnchors } from './libraryAnchors.ts';
import { lineBreakSearch, withoutMargin } from './margins.ts';
import { characterTest, literalSearch, nextDigitSearch } from './nearby.ts';
import { findNationalIds } from './rules/nationalIds.ts';
import { emailRule, findAccounts, ipRules, phoneRule } from './rules/personal.ts';
import { prefixSearch } from './prefixes.ts';
import type { Rule, Span } from './rules/rule.ts';
import { structures } from './rules/structures.ts';
import type { Structure } from './rules/structures.ts';
import { tokenRules, contextRules } from './rules/table.ts';
import { createWordSearch } from './rules/wordSearch.ts';
import type { WordSearch } from './rules/wordSearch.ts';

export interface PersonalData {
  readonly email: boolean;
  readonly cards: boolean;
  readonly ip: boolean;
  readonly nationalIds: boolean;
  readonly phones: boolean;
}

/**
 * Finds what the rules describe where an anchor stands between two offsets; what is found may reach beyond the second. Some
 * scans also tell where a literal of one of the library's rules stands: see `libraryAnchors`.
 */
export type Scan = (
  text: string,
  from: number,
  to: number,
  found: (finding: Finding) => void,
  onLibraryAnchor?: (rule: string, at: number) => void,
) => void;

/** Made once for each choice: the tables of all rules take 60 ms to build. */
const scans = new Map<string, Scan>();

/** Finds everything there is to find in plain text. */
export function scanFor(personal: PersonalData): Scan {
  const { email, cards, ip, nationalIds, phones } = personal;
  const key = [email, cards, ip, nationalIds, phones].join();
  const scan = scans.get(key) ?? createScan(personal);
  scans.set(key, scan);
  return scan;
}

function createScan(personal: PersonalData): Scan {
  const personalRules = [
    ...(personal.email ? [emailRule] : []),
    ...(personal.ip ? ipRules : []),
    ...(personal.phones ? [phoneRule] : []),
  ];
  const byAnchors = scanOf(
    [
      ...tokenRules.map((rule) => ({ rule, rank: rank.format })),
      ...contextRules.map((rule) => ({ rule, rank: rank.context })),
      ...personalRules.map((rule) => ({ rule, rank: rank.personal })),
    ],
    nameAnchors,
    structures,
  );
  return (text, from, to, found, onLibraryAnchor) => {
    let blockEnd = 0;
    const isInBrokenText = lineBreakSearch(text);
    const onBlock = (at: number): void => {
      if (at < blockEnd || !isInBrokenText(at)) return;
      const block = withoutMargin(text, at);
      if (block === undefined) return;
      blockEnd = block.end;
      const { view } = block;
      byAnchors(view.text, 0, view.text.length, (finding) => {
        const secret = finding.secret ?? view.text.slice(finding.start, finding.end);
        const [start, end] = view.original(finding.start, finding.end);
        found({ ...finding, start, end, secret });
      });
    };
    byAnchors(text, from, to, found, onLibraryAnchor, onBlock);
    if (personal.cards)
      for (const { kind, ...span } of findAccounts(text, from, to)) found({ ...span, kind, rank: rank.personal });
    if (personal.nationalIds)
      for (const id of findNationalIds(text, from, to)) found({ ...id, kind: 'national-id', rank: rank.personal });
  };
}

/** Only what has a format of its own, for text whose lines were joined: there a name may stand beside another line's value. */
export const scanFormats: Scan = scanOf(tokenRules.map((rule) => ({ rule, rank: rank.format })));

/** Is told where something begins that the next lines go on with. */
type OnBlock = (at: number) => void;

/** Rules and telling names in one pass over the text. */
function scanOf(
  rows: readonly { readonly rule: Rule; readonly rank: number }[],
  names: readonly string[] = [],
  inStructures: readonly Structure[] = [],
): (...parameters: [...Parameters<Scan>, onBlock?: OnBlock]) => void {
  const ofLibrary = inStructures.length === 0 ? [] : Object.entries(libraryAnchors);
  const anchors = [
    ...new Set([
      ...names,
      ...ofLibrary.flatMap(([, own]) => own),
      ...[...rows.map(({ rule }) => rule), ...inStructures].flatMap((row) =>
        row.anchors.map((anchor) => anchor.toLowerCase()),
      ),
    ]),
  ];
  const whatStartsAt = anchors.map((anchor, index): WhatStarts => ({
    isName: index < names.length,
    opensBlock: blockAnchors.includes(anchor),
    rows: rows.flatMap(({ rule, rank }, row) => (hasAnchor(rule, anchor) ? [triedAs(rule, anchor, row, rank)] : [])),
    structures: inStructures.flatMap((structure, nth) => (hasAnchor(structure, anchor) ? [{ structure, nth }] : [])),
    libraryRules: ofLibrary.flatMap(([rule, own]) => (own.includes(anchor) ? [rule] : [])),
  }));
  const search = createAnchorSearch(anchors);
  return (text, from, to, found, onLibraryAnchor, onBlock) => {
    // Where a rule's last match ended: anchors within it would only be tried in vain, each as far as the match is long.
    const resume = new Int32Array(rows.length);
    const seen = new Int32Array(inStructures.length);
    let nameEnd = 0;
    let lineLooked = -1;
    const headsBlock = blockHeadSearch(text);
    const matchPrefix = prefixSearch(text);
    const isAhead = literalSearch(text);
    const hasDigit = nextDigitSearch(text);
    let words: WordSearch | undefined;
    search.search(text, from, to, (anchor, start) => {
      const what = whatStartsAt[anchor];
      if (what === undefined) return;
      if (onBlock !== undefined && start > lineLooked && (what.opensBlock || (what.isName && headsBlock(start)))) {
        lineLooked = start;
        onBlock(start);
      }
      if (onLibraryAnchor !== undefined && what.libraryRules.length > 0)
        for (const rule of what.libraryRules) onLibraryAnchor(rule, start);
      for (let nth = 0; nth < what.rows.length; nth += 1) {
        const each = what.rows[nth];
        if (each === undefined || start < (resume[each.row] ?? 0)) continue;
        if (each.spelling !== undefined && !isSpelled(text, start, each.spelling)) continue;
        const { form, ahead, glance } = each;
        if (ahead !== undefined && !ahead.literals.some((literal) => isAhead(literal, start, ahead.within))) continue;
        if (each.digitWithin > 0 && !hasDigit(start, each.digitWithin)) continue;
        if (glance?.(text, start) === false) continue;
        const span = form === undefined ? matchAt(each, text, start) : matchPrefix(form, start);
        if (span === undefined) continue;
        resume[each.row] = span.end;
        found({ start: span.start, end: span.end, kind: each.id, rank: each.rank });
      }
      for (let each = 0; each < what.structures.length; each += 1) {
        const { structure, nth } = what.structures[each] ?? {};
        // A structure is looked at as a whole: again only behind what was looked at.
        if (structure === undefined || nth === undefined || start < (seen[nth] ?? 0)) continue;
        const spans = structure.find(text, start);
        for (const span of spans) found({ ...span, kind: structure.id, rank: rank.assignment });
        seen[nth] = Math.max(start + (structure.covers ?? 1), spans.at(-1)?.end ?? 0);
      }
      if (!what.isName || start < nameEnd) return;
      const assignment = findAssignment(text, start, (words ??= createWordSearch(text)));
      nameEnd = assignment.nameEnd;
      if (!('kind' in assignment)) return;
      nameEnd = Math.max(nameEnd, assignment.end);
      found({ start: assignment.start, end: assignment.end, kind: assignment.kind, rank: rank.assignment });
    });
  };
}

/** What is tried where an anchor stands. */
interface WhatStarts {
  readonly isName: boolean;
  readonly opensBlock: boolean;
  readonly rows: readonly Tried[];
  readonly structures: readonly { readonly structure: Structure; readonly nth: number }[];
  readonly libraryRules: readonly string[];
}

/** What of a rule is asked at each of its anchors. All have all properties: that is what makes reading them cheap. */
interface Tried extends Pick<Rule, 'id' | 'pattern'> {
  readonly row: number;
  readonly rank: number;
  readonly spelling: string | undefined;
  readonly form: Rule['form'];
  readonly ahead: Rule['ahead'];
  /** 0 where it is not asked. */
  readonly digitWithin: number;
  readonly glance: Rule['glance'];
  readonly before: Rule['before'];
  readonly accept: Rule['accept'];
}

function triedAs(rule: Rule, anchor: string, row: number, rank: number): Tried {
  const { id, pattern, form, ahead, digitWithin = 0, glance, before, accept } = rule;
  const spelling = spellingOf(rule, anchor);
  return { row, rank, id, spelling, pattern, form, ahead, digitWithin, glance, before, accept };
}

/** How a rule spells its anchor, where its pattern cares: most words that differ in a capital need no pattern to be told apart. */
function spellingOf(rule: Rule, anchor: string): string | undefined {
  if (rule.pattern.ignoreCase) return undefined;
  const own = rule.anchors.filter((each) => each.toLowerCase() === anchor);
  return own.length === 1 ? own[0] : undefined;
}

/** As `startsWith`, which costs more than most spellings take to differ. */
function isSpelled(text: string, start: number, spelling: string): boolean {
  for (let at = 0; at < spelling.length; at += 1)
    if (text.charCodeAt(start + at) !== spelling.charCodeAt(at)) return false;
  return true;
}

function hasAnchor(rule: Pick<Rule, 'anchors'>, anchor: string): boolean {
  return rule.anchors.some((own) => own.toLowerCase() === anchor);
}

type Matched = Pick<Rule, 'pattern'> & { readonly [part in 'before' | 'accept']?: Rule[part] | undefined };

/** Tries one rule where its anchor stands. */
export function matchAt(rule: Matched, text: string, at: number): Span | undefined {
  // Whether enough of the secret stands before the anchor is told by a few characters; the pattern may read thousands.
  const before = rule.before === undefined ? at : startBefore(rule.before, text, at);
  if (before === undefined) return undefined;
  rule.pattern.lastIndex = at;
  const match = rule.pattern.exec(text);
  if (match === null) return undefined;
  const [whole, kept, secret] = match;
  const start = secret === undefined ? before : at + (kept?.length ?? 0);
  const end = secret === undefined ? at + whole.length : start + secret.length;
  if (rule.accept?.(text.slice(start, end)) === false) return undefined;
  return { start, end };
}

function startBefore(
  { characters, least, most, notAfter }: NonNullable<Rule['before']>,
  text: string,
  at: number,
): number | undefined {
  const isIn = testOf(characters);
  let start = at;
  while (start > 0 && at - start < most && isIn(text.charCodeAt(start - 1))) start -= 1;
  if (at - start < least) return undefined;
  if (start === 0) return notAfter?.test('') === true ? undefined : start;
  if (isIn(text.charCodeAt(start - 1)) || notAfter?.test(text[start - 1] ?? '') === true) return undefined;
  return start;
}

const tests = new WeakMap<RegExp, (code: number) => boolean>();

function testOf(characters: RegExp): (code: number) => boolean {
  let test = tests.get(characters);
  if (test === undefined) tests.set(characters, (test = characterTest(characters)));
  return test;
}
