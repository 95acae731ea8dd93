import { groundRecord } from '../model/grounding.ts';
import type { CheckedCitation, GroundedClaim } from '../model/grounding.ts';
import { numberedLines } from '../model/evidence.ts';
import { evidenceTitle } from '../model/evidenceTitle.ts';
import { t } from '../model/l10n.ts';
import type { Run } from '../model/reply.ts';
import { fenced, inline } from './markdown.ts';
import type { Source } from './postmortemParts.ts';

/** Most lines quoted of one piece of evidence. */
const maxQuotedLines = 40;
/** Most of one line, in UTF-16 units. */
const maxLineLength = 500;

/** What a run's claim rests on: as it was checked when it came, or checked now where it was not. */
export function claimOf(run: Run, { incident }: Source, index?: number): GroundedClaim | undefined {
  if (run.record === undefined) return undefined;
  const kept = run.grounding ?? [];
  const claims = kept.length > 0 ? kept : groundRecord(run.record, incident, run.id);
  return claims.find((claim) => claim.index === index);
}

/**
 * Quotes the lines that claims cite, each piece of evidence once, in its order, numbered as it was sent; and names what
 * is not there. Nothing for claims that cite nothing.
 */
export function quotedEvidence(source: Source, claims: readonly (GroundedClaim | undefined)[]): readonly string[] {
  const there = claims.filter((claim) => claim !== undefined);
  const citations = there.flatMap((claim) => claim.citations);
  const wanting = there.filter(({ grounding }) => grounding === 'notGrounded');
  return [
    ...source.incident.evidence.flatMap((item) => {
      const lines = new Set(citations.flatMap((one) => (isOf(one, item.id) ? linesOf(one) : [])));
      if (lines.size === 0 && !citations.some((one) => isOf(one, item.id))) return [];
      const label = `${item.id}, ${inline(evidenceTitle(item))}`;
      return lines.size === 0 ? [t('{0}, as a whole.', label)] : [`${label}:`, quote(numberedLines(item), lines)];
    }),
    ...searched(citations),
    ...wanting.map((claim) => t('**Not grounded:** {0}.', inline(source.words.ungrounded(claim)))),
  ];
}

type Found = Extract<CheckedCitation, { grounded: true; evidenceId: string }>;

function isOf(citation: CheckedCitation, id: string): citation is Found {
  return citation.grounded && citation.evidenceId === id;
}

/** Lines that are in no evidence, as the search has shown them. */
function searched(citations: readonly CheckedCitation[]): readonly string[] {
  const shown = citations.flatMap((one) =>
    one.grounded && one.evidenceId === undefined ? [`${one.path}:${one.line}: ${one.text}`] : [],
  );
  const lines = [...new Set(shown)].slice(0, maxQuotedLines);
  return lines.length === 0 ? [] : [t('Found by a search of the repository:'), fenced(lines.join('\n'))];
}

/** The lines that a citation was found at; one more than is quoted at most, so that a cut shows. */
function linesOf({ line, endLine = line }: Found): readonly number[] {
  if (line === undefined || endLine === undefined) return [];
  return Array.from({ length: Math.min(endLine - line, maxQuotedLines) + 1 }, (_, index) => line + index);
}

function quote({ first, lines }: ReturnType<typeof numberedLines>, wanted: ReadonlySet<number>): string {
  const rows: string[] = [];
  let previous: number | undefined;
  for (const number of [...wanted].toSorted((a, b) => a - b)) {
    const text = lines[number - first];
    if (text === undefined) continue;
    if (rows.length >= maxQuotedLines) return fenced([...rows, '…'].join('\n'));
    if (previous !== undefined && number > previous + 1) rows.push('…');
    rows.push(`${number}  ${text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text}`);
    previous = number;
  }
  return fenced(rows.join('\n'));
}
