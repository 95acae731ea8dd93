import { createAnchorSearch } from './anchors.ts';
import { findAssignment, nameAnchors } from './rules/assignments.ts';
import { rank } from './finding.ts';
import type { Finding } from './finding.ts';
import { withoutMargin } from './margins.ts';
import { findNationalIds } from './rules/nationalIds.ts';
import { emailRule, findAccounts, ipRules, phoneRule } from './rules/personal.ts';
import type { Rule, Span } from './rules/rule.ts';
import { structures } from './rules/structures.ts';
import type { Structure } from './rules/structures.ts';
import { tokenRules, contextRules } from './rules/table.ts';

export interface PersonalData {
  readonly email: boolean;
  readonly cards: boolean;
  readonly ip: boolean;
  readonly nationalIds: boolean;
  readonly phones: boolean;
}

/** Finds what the rules describe where an anchor stands between two offsets; what is found may reach beyond the second. */
export type Scan = (text: string, from: number, to: number, found: (finding: Finding) => void) => void;

/** Everything there is to find in plain text. */
export function createScan(personal: PersonalData): Scan {
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
  return (text, from, to, found) => {
    let blockEnd = 0;
    byAnchors(text, from, to, found, (at) => {
      if (at < blockEnd) return;
      const block = withoutMargin(text, at);
      if (block === undefined) return;
      blockEnd = block.end;
      const { view } = block;
      byAnchors(view.text, 0, view.text.length, (finding) => {
        const secret = finding.secret ?? view.text.slice(finding.start, finding.end);
        const [start, end] = view.original(finding.start, finding.end);
        found({ ...finding, start, end, secret });
      });
    });
    if (personal.cards)
      for (const { kind, ...span } of findAccounts(text, from, to)) found({ ...span, kind, rank: rank.personal });
    if (personal.nationalIds)
      for (const id of findNationalIds(text, from, to)) found({ ...id, kind: 'national-id', rank: rank.personal });
  };
}

/** Only what has a format of its own, for text whose lines were joined: there a name may stand beside another line's value. */
export const scanFormats: Scan = scanOf(tokenRules.map((rule) => ({ rule, rank: rank.format })));

/** What begins in one line and goes on in the next: keys, documents, tables, names whose value stands below them. */
const blockHead =
  /-----BEGIN|---- BEGIN|kind: Secret|Private-Lines|[\w.-]{1,40}(?: codes)?(?:["'\])]{0,2}[ \t]{0,8}(?:(?:[:=]|=>)[ \t]{0,8}(?:[|>][-+]?|\(|!!\w{2,10} \||\{)?)?|[ \t]{0,20}[|│,;\t][^\n]{0,200})[ \t]{0,8}\r?(?:\n|$)/iy;

/** Is told where something begins that the next lines go on with. */
type OnBlock = (at: number) => void;

/** Rules and telling names in one pass over the text. */
function scanOf(
  rows: readonly { readonly rule: Rule; readonly rank: number }[],
  names: readonly string[] = [],
  inStructures: readonly Structure[] = [],
): (...parameters: [...Parameters<Scan>, onBlock?: OnBlock]) => void {
  const anchors = [
    ...new Set([
      ...names,
      ...[...rows.map(({ rule }) => rule), ...inStructures].flatMap((row) =>
        row.anchors.map((anchor) => anchor.toLowerCase()),
      ),
    ]),
  ];
  const rowsOf = anchors.map((anchor) => rows.flatMap(({ rule }, index) => (hasAnchor(rule, anchor) ? [index] : [])));
  /** How a row spells its anchor, where its pattern cares: most words that differ in a capital need no pattern to be told apart. */
  const spelling = anchors.map((anchor, index) =>
    (rowsOf[index] ?? []).map((row) => {
      const rule = rows[row]?.rule;
      if (rule === undefined || rule.pattern.ignoreCase) return undefined;
      const own = rule.anchors.filter((each) => each.toLowerCase() === anchor);
      return own.length === 1 ? own[0] : undefined;
    }),
  );
  const structuresOf = anchors.map((anchor) => inStructures.filter((structure) => hasAnchor(structure, anchor)));
  const search = createAnchorSearch(anchors);
  const blockAnchors = new Set(
    ['-----begin', '---- begin ssh2 ', 'kind: secret', 'private-lines:'].map((anchor) => anchors.indexOf(anchor)),
  );
  return (text, from, to, found, onBlock) => {
    // Where a rule's last match ended: anchors within it would only be tried in vain, each as far as the match is long.
    const resume = new Int32Array(rows.length);
    const seen = new Map<Structure, number>();
    let nameEnd = 0;
    let lineLooked = -1;
    search.search(text, from, to, (anchor, start) => {
      if (onBlock !== undefined && start > lineLooked && (anchor < names.length || blockAnchors.has(anchor))) {
        blockHead.lastIndex = start;
        if (blockHead.test(text)) {
          lineLooked = start;
          onBlock(start);
        }
      }
      const spellings = spelling[anchor];
      const indexes = rowsOf[anchor];
      for (let nth = 0; indexes !== undefined && nth < indexes.length; nth += 1) {
        const index = indexes[nth] ?? 0;
        const row = rows[index];
        if (row === undefined || start < (resume[index] ?? 0)) continue;
        const spelt = spellings?.[nth];
        if (spelt !== undefined && !text.startsWith(spelt, start)) continue;
        const span = matchAt(row.rule, text, start);
        if (span === undefined) continue;
        resume[index] = span.end;
        found({ start: span.start, end: span.end, kind: row.rule.id, rank: row.rank });
      }
      for (const structure of structuresOf[anchor] ?? []) {
        // A structure is looked at as a whole: again only behind what was looked at.
        if (start < (seen.get(structure) ?? 0)) continue;
        const spans = structure.find(text, start);
        for (const span of spans) found({ ...span, kind: structure.id, rank: rank.assignment });
        seen.set(structure, Math.max(start + (structure.covers ?? 1), spans.at(-1)?.end ?? 0));
      }
      if (anchor >= names.length || start < nameEnd) return;
      const assignment = findAssignment(text, start);
      nameEnd = assignment.nameEnd;
      if (!('kind' in assignment)) return;
      nameEnd = Math.max(nameEnd, assignment.end);
      found({ start: assignment.start, end: assignment.end, kind: assignment.kind, rank: rank.assignment });
    });
  };
}

function hasAnchor(rule: Pick<Rule, 'anchors'>, anchor: string): boolean {
  return rule.anchors.some((own) => own.toLowerCase() === anchor);
}

/** Tries one rule where its anchor stands. */
export function matchAt(rule: Rule, text: string, at: number): Span | undefined {
  rule.pattern.lastIndex = at;
  const match = rule.pattern.exec(text);
  if (match === null) return undefined;
  const [whole, kept, secret] = match;
  let start = at + (secret === undefined ? 0 : (kept?.length ?? 0));
  const end = secret === undefined ? at + whole.length : start + secret.length;
  if (rule.before !== undefined) {
    const { characters, least, most, notAfter } = rule.before;
    while (start > 0 && at - start < most && characters.test(text[start - 1] ?? '')) start -= 1;
    const previous = text[start - 1] ?? '';
    if (at - start < least || characters.test(previous) || notAfter?.test(previous) === true) return undefined;
  }
  if (rule.accept?.(text.slice(start, end)) === false) return undefined;
  return { start, end };
}
