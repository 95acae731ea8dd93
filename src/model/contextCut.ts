import type { Evidence, EvidenceId } from './evidence.ts';
import { numberedLines } from './evidence.ts';
import type { Incident } from './incident.ts';
import { activeRun } from './incident.ts';
import type { Redacted } from './redacted.ts';
import type { RunId } from './reply.ts';

/** Lines of a piece of evidence, both ends included, numbered as they are sent and cited. */
export type LineRange = readonly [first: number, last: number];

/** What is still sent of a piece of evidence. */
export interface EvidenceCut {
  readonly evidenceId: EvidenceId;
  /** Whole lines, in order and apart; none where only its name is still sent. */
  readonly kept: readonly LineRange[];
  /** What stands for the rest, where lines alone would say too little: the files of a diff with their counts of lines. */
  readonly summary?: Redacted;
}

/**
 * What is still sent of a question and its reply: the reply's first words, or its last ones where it may be continued;
 * one line of each; nothing. Questions, evidence and records stay with the first two, and go with the others.
 */
export type RunCutLevel = 'start' | 'end' | 'outline' | 'nothing';

export interface RunCut {
  readonly runId: RunId;
  readonly keeps: RunCutLevel;
}

/** What was cut at once, so that the conversation stays within what the model reads. */
export interface ContextCut {
  readonly evidence: readonly EvidenceCut[];
  readonly runs: readonly RunCut[];
}

/** A cut as the incident keeps it. */
export interface MadeCut extends ContextCut {
  readonly at: number;
  /** The place in `runs` of the first question that was sent with it. */
  readonly fromRun: number;
}

/** The cuts that hold for one request, the latest of each. */
export interface CutsInForce {
  readonly evidence: ReadonlyMap<EvidenceId, EvidenceCut>;
  readonly runs: ReadonlyMap<RunId, RunCutLevel>;
}

/** The incident with one more cut. It holds for the run that streams, if one does, and for all questions after it. */
export function withCut(incident: Incident, { evidence, runs }: ContextCut, at: number): Incident {
  if (evidence.length === 0 && runs.length === 0) return incident;
  const fromRun = activeRun(incident) === undefined ? incident.runs.length : incident.runs.length - 1;
  return { ...incident, cuts: [...incident.cuts, { evidence, runs, at, fromRun }] };
}

/** What is cut in the request of the run at this place, and in all that follow until the next cut; now, without a place. */
export function cutsInForce({ cuts }: Pick<Incident, 'cuts'>, place = Infinity): CutsInForce {
  const there = cuts.filter(({ fromRun }) => fromRun <= place);
  return {
    evidence: new Map(there.flatMap(({ evidence }) => evidence.map((cut) => [cut.evidenceId, cut]))),
    runs: new Map(there.flatMap(({ runs }) => runs.map(({ runId, keeps }) => [runId, keeps]))),
  };
}

/** What is still sent of a piece of evidence; undefined for all of it. */
export function cutOf(evidence: Pick<Evidence, 'id' | 'sentIn'>, cuts: CutsInForce): EvidenceCut | undefined {
  const level = evidence.sentIn === undefined ? undefined : cuts.runs.get(evidence.sentIn);
  if (level === 'outline' || level === 'nothing') return { evidenceId: evidence.id, kept: [] };
  return cuts.evidence.get(evidence.id);
}

/** Number of lines in ranges. */
export function rangeLines(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Whether a range, or one line, lies within one of these. */
export function isKept(ranges: readonly LineRange[], line: number, endLine = line): boolean {
  return ranges.some(([first, last]) => first <= line && endLine <= last);
}

/** Lines as ranges; in any order, and more than once each. */
export function rangesOf(lines: Iterable<number>): readonly LineRange[] {
  const ranges: [number, number][] = [];
  for (const line of [...new Set(lines)].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}

/** The lines between these ranges: what is cut of a piece of evidence. */
export function cutLines(
  evidence: Pick<Evidence, 'text' | 'firstLine'>,
  kept: readonly LineRange[],
): readonly LineRange[] {
  const { first, lines } = numberedLines(evidence);
  return complement(kept, first, first + lines.length - 1);
}

/** The parts of `first` to `last` that none of the ranges holds. */
export function complement(kept: readonly LineRange[], first: number, last: number): readonly LineRange[] {
  const gaps: LineRange[] = [];
  let next = first;
  for (const [from, to] of kept) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= last) gaps.push([next, last]);
  return gaps;
}

/** `lines 1 to 40 and 51 to 60`, `line 7`. Names six ranges at most. */
export function rangesInWords(ranges: readonly LineRange[]): string {
  const names = ranges.slice(0, 6).map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  const more = ranges.length > names.length ? [`${ranges.length - names.length} more ranges`] : [];
  const all = [...names, ...more];
  const word = ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1] ? 'line' : 'lines';
  const tail = all.pop() ?? '';
  return all.length === 0 ? `${word} ${tail}` : `${word} ${all.join(', ')} and ${tail}`;
}
