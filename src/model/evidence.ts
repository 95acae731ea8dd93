import type { KnownCaller } from './caller.ts';
import type { ErrorRate } from './errorRate.ts';
import type { Redacted, RedactionCount } from './redacted.ts';
import type { RunId } from './reply.ts';
import type { StepId } from './steps.ts';
import type { SuspiciousLine } from './suspicion.ts';

/** `E1`, `E2`, … in the order of adding. Claude cites evidence by it, with a line: `E1:38`. Never reused. */
export type EvidenceId = `E${number}`;

/** Where a piece of evidence came from, in a word that the user knows. Kept in journals: never rename one. */
export const evidenceKinds = [
  'errorText',
  'clipboard',
  'selection',
  'logTail',
  'stackTail',
  'terminal',
  'file',
  'commits',
  'diff',
  'environment',
  'logDigest',
  'productionEnvironment',
  'blame',
  'callers',
] as const;

export type EvidenceKind = (typeof evidenceKinds)[number];

/** What is recorded oldest first: its beginning can be spared. Of all else the beginning says what it is. */
export const oldestFirst: ReadonlySet<EvidenceKind> = new Set([
  'errorText',
  'clipboard',
  'logTail',
  'stackTail',
  'terminal',
]);

/** What a source hands over: still unredacted, never stored or sent as it is. */
export interface CollectedEvidence {
  readonly kind: EvidenceKind;
  /** What it is, for a chip and a tree item: `error.log, last 50 lines`. */
  readonly title: string;
  /** Where it was taken from, for people: a path, a terminal's name and how it was read. */
  readonly source: string;
  /** The file it can be opened from, as a URI, where there is one. */
  readonly uri?: string;
  readonly text: string;
  /** The number, in its source, of the first line of `text`; absent where that is unknown (a tail of a huge log). */
  readonly firstLine?: number;
  /** What was left out of it, in words, where something was. */
  readonly omitted?: string;
  /** The step that it was collected for; absent for what the user added for the whole incident. */
  readonly step?: StepId;
  /** Of a digest of a log: how often errors happened over time. */
  readonly errorRate?: ErrorRate<string>;
  /** Of the callers of the fix: their places, `maxKnownCallers` at most. */
  readonly callers?: readonly KnownCaller<string>[];
}

/** A piece of evidence of the incident: redacted, numbered, and from then on unchanged. */
export interface Evidence extends Omit<
  CollectedEvidence,
  'text' | 'title' | 'source' | 'omitted' | 'errorRate' | 'callers'
> {
  readonly id: EvidenceId;
  readonly text: Redacted;
  /** A command line in a title may hold a secret as well. */
  readonly title: Redacted;
  readonly source: Redacted;
  readonly omitted?: Redacted;
  readonly errorRate?: ErrorRate;
  readonly callers?: readonly KnownCaller[];
  readonly lineCount: number;
  readonly redactions: readonly RedactionCount[];
  /** Characters of `text`, where the text itself is left out: in the panel. */
  readonly characters?: number;
  /** Lines that speak to a model, or hide something: shown to the user. Absent where there are none. */
  readonly suspicious?: readonly SuspiciousLine[];
  readonly addedAt: number;
  /** When the user took it out. What was already sent stays in the conversation; what was not is never sent. */
  readonly removedAt?: number;
  /** The run whose question it was first sent with. */
  readonly sentIn?: RunId;
}

/** Number of lines of a text as an editor counts them, a final line break not opening another. */
export function countLines(text: string): number {
  if (text === '') return 0;
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return text.endsWith('\n') ? count - 1 : count;
}

/**
 * The lines of a piece of evidence with the number of the first: as in its source where that is known, otherwise 1. It is
 * the numbering in which evidence is sent and by which it is cited.
 */
export function numberedLines({ text, firstLine = 1 }: Pick<Evidence, 'text' | 'firstLine'>): {
  readonly first: number;
  readonly lines: readonly string[];
} {
  return { first: firstLine, lines: text.replace(/\r?\n$/, '').split(/\r?\n/) };
}
