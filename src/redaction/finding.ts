/** A stretch of text that holds a secret: offsets in UTF-16 units, `end` exclusive. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  /** What it is, as it stands in the placeholder: `stripe-key`. */
  readonly kind: string;
  /** Which of two overlapping findings names the placeholder: the more specific rule has the higher figure. */
  readonly rank: number;
  /** The secret itself where it is written in another form at this place (escaped, encoded): what its identity hangs on. */
  readonly secret?: string;
}

/** How sure a rule is of what it found: see `Finding.rank`. */
export const rank = { assignment: 1, library: 2, context: 3, personal: 4, format: 5, learned: 6, user: 7 } as const;

/**
 * Overlapping findings made one: the place is the union, so that nothing found stays; the name and the identity are those
 * of the highest rank, then of the longest. The result is sorted and does not overlap.
 */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const sorted = findings.filter((finding) => finding.end > finding.start);
  // Most come in order, or nearly: what is in order needs no sorting, which copies all of them twice.
  if (sorted.some((finding, at) => at > 0 && inOrder(sorted[at - 1] ?? finding, finding) > 0)) sorted.sort(inOrder);
  const merged: Finding[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    if (last === undefined || finding.start >= last.end) {
      merged.push(finding);
      continue;
    }
    // What looks like an address of a person in a password of a URL is none: it would take the host along.
    if ((finding.rank === rank.personal) !== (last.rank === rank.personal)) {
      merged[merged.length - 1] = finding.rank === rank.personal ? last : finding;
      continue;
    }
    const better = compare(finding, last) > 0 ? finding : last;
    merged[merged.length - 1] = { ...better, start: last.start, end: Math.max(last.end, finding.end) };
  }
  return merged;
}

const inOrder = (a: Finding, b: Finding): number => a.start - b.start || b.end - a.end;

function compare(a: Finding, b: Finding): number {
  return a.rank - b.rank || a.end - a.start - (b.end - b.start);
}
