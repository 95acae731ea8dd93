import { parseCitations } from './citations.ts';
import type { Citation, ReadCitation } from './citations.ts';
import { cutOf, cutsInForce, isKept } from './contextCut.ts';
import type { LineRange } from './contextCut.ts';
import { findInDiffs, findInFiles, findMention } from './citedFile.ts';
import type { Evidence, EvidenceId } from './evidence.ts';
import { numberedLines } from './evidence.ts';
import type { Incident } from './incident.ts';
import { bugPlace } from './bugPlace.ts';
import { rewriteRedacted } from './redacted.ts';
import type { StepRecord } from './records.ts';
import { findHit, searchHits } from './searchHits.ts';
import type { SearchHit } from './searchHits.ts';
import type { RunId } from './reply.ts';

/** Why a citation points to nothing that Claude was shown. */
export type UngroundedReason =
  /** The evidence or the file was not sent before the reply, or is not there at all. */
  | 'notSent'
  /** It was sent once, and cut since: Claude no longer had it before it. */
  | 'cut'
  /** It was sent, and has no such line. */
  | 'noSuchLine'
  /** The commit or the variable stands nowhere in what was sent. */
  | 'notFound'
  /** It names no evidence, file, commit or variable. */
  | 'unreadable';

/** Where a citation points to. */
export type GroundedCitation =
  | {
      readonly grounded: true;
      readonly evidenceId: EvidenceId;
      /** As the evidence is numbered where it is sent; absent for all of it. */
      readonly line?: number;
      /** The last line, where several are cited. */
      readonly endLine?: number;
      /** The cited lines, cut to `maxQuoted`. */
      readonly text: string;
    }
  /** A line of a file that is in no evidence, and that a search of the repository has shown. */
  | {
      readonly grounded: true;
      readonly evidenceId?: undefined;
      /** The reply that searched. */
      readonly searchedIn: RunId;
      readonly path: string;
      readonly line: number;
      readonly text: string;
    }
  | { readonly grounded: false; readonly reason: UngroundedReason };

/** A citation as it was read, with what came of looking it up. */
export type CheckedCitation = { readonly cited: string } & GroundedCitation;

export type Grounding = 'grounded' | 'notGrounded';

/** Whether one claim of a record rests on what Claude was shown, with each of its citations. */
export interface GroundedClaim {
  /** The place of the hypothesis or commit in the record, from 0; absent where the record is one claim. */
  readonly index?: number;
  readonly grounding: Grounding;
  readonly citations: readonly CheckedCitation[];
}

/** Most that is quoted of what is cited, in UTF-16 units: a minified file is one line. */
const maxQuoted = 400;

/** Evidence as it stood in a request: what was cut of it is blank, so that the rest keeps its numbers. */
interface SentEvidence extends Evidence {
  /** The lines that were there; absent for all of them. */
  readonly kept?: readonly LineRange[];
}

/**
 * What was sent up to a run's own question: what its reply can have been read from. Without a run, all that was sent.
 * Evidence that the user took out afterwards is among it: Claude has read it. What was cut before the run is not.
 */
function sentEvidence(incident: Incident, runId?: RunId): readonly SentEvidence[] {
  const order = new Map(incident.runs.map(({ id }, index) => [id, index]));
  const last = runId === undefined ? incident.runs.length : (order.get(runId) ?? -1);
  const cuts = cutsInForce(incident, last);
  return incident.evidence
    .filter(({ sentIn }) => sentIn !== undefined && (order.get(sentIn) ?? Infinity) <= last)
    .map((item) => {
      const cut = cutOf(item, cuts);
      return cut === undefined ? item : { ...item, text: onlyKept(item, cut.kept), kept: cut.kept };
    });
}

function onlyKept(item: Evidence, kept: readonly LineRange[]): Evidence['text'] {
  const { first, lines } = numberedLines(item);
  return rewriteRedacted(item.text, () =>
    lines.map((line, index) => (isKept(kept, first + index) ? line : '')).join('\n'),
  );
}

/** Looks up one citation in what was sent before or with the question of `runId`; without it, in all that was sent. */
export function groundCitation(citation: Citation, incident: Incident, runId?: RunId): GroundedCitation {
  return lookUp(citation, shownTo(incident, runId));
}

/** A claim is grounded when it cites something and all that it cites exists. */
export function groundingOf(citations: readonly GroundedCitation[]): Grounding {
  return citations.length > 0 && citations.every(({ grounded }) => grounded) ? 'grounded' : 'notGrounded';
}

/**
 * Checks what a record cites, claim by claim: each hypothesis and each commit is one, any other record is one as a
 * whole. The bug's own line and the commits' own ids are looked up as well. A fix and a blast radius may cite nothing,
 * and so may a record that claims nothing: they then have no claim to check.
 */
export function groundRecord(record: StepRecord, incident: Incident, runId?: RunId): readonly GroundedClaim[] {
  const shown = shownTo(incident, runId);
  return claimsOf(record).map(({ index, citations, own }): GroundedClaim => {
    const read = citations.flatMap(parseCitations);
    const checked = [...own, ...read].map(({ cited, citation }): CheckedCitation => ({
      cited,
      ...lookUp(citation, shown),
    }));
    const grounding = read.length === 0 ? 'notGrounded' : groundingOf(checked);
    return { ...(index === undefined ? {} : { index }), grounding, citations: checked };
  });
}

interface Claim {
  readonly index?: number;
  readonly citations: readonly string[];
  /** What the claim points to by itself. */
  readonly own: readonly ReadCitation[];
}

function claimsOf(record: StepRecord): readonly Claim[] {
  switch (record.step) {
    case 'hypotheses':
      return record.data.hypotheses.map(({ citations }, index) => ({ index, citations, own: [] }));
    case 'regression':
      return record.data.commits.map(({ commit, citations }, index) => ({
        index,
        citations,
        own: [ownCommit(commit)],
      }));
    case 'files': {
      const { file, line, citations } = record.data;
      const cited = bugPlace(record.data);
      // What was not found claims nothing.
      if (file === undefined || cited === undefined) return citations.length === 0 ? [] : [{ citations, own: [] }];
      const citation = { kind: 'file', path: file, ...(line === undefined ? {} : { line }) } as const;
      return [{ citations, own: [{ cited, citation }] }];
    }
    case 'orient':
      return [{ citations: record.data.citations, own: [] }];
    case 'environment': {
      const { variables, citations } = record.data;
      return variables.length === 0 && citations.length === 0 ? [] : [{ citations, own: [] }];
    }
    case 'fix':
    case 'blastRadius': {
      const { citations = [] } = record.data;
      return citations.length === 0 ? [] : [{ citations, own: [] }];
    }
  }
}

/** A commit as it is recorded: its id, often with its subject behind it. Git abbreviates to four digits at least. */
function ownCommit(commit: string): ReadCitation {
  const hash = /^\W{0,3}(?:commit\s+)?([0-9a-f]{4,64})(?![\w-])/i.exec(commit.trim())?.[1];
  if (hash === undefined) return { cited: commit, citation: { kind: 'text', text: commit } };
  return { cited: hash, citation: { kind: 'commit', hash: hash.toLowerCase() } };
}

/** All that a reply can have been read from. */
interface Shown {
  readonly sent: readonly SentEvidence[];
  readonly hits: readonly SearchHit[];
}

function shownTo(incident: Incident, runId: RunId | undefined): Shown {
  const place = runId === undefined ? undefined : incident.runs.findIndex(({ id }) => id === runId);
  return { sent: sentEvidence(incident, runId), hits: searchHits(incident, place) };
}

function lookUp(citation: Citation, { sent, hits }: Shown): GroundedCitation {
  switch (citation.kind) {
    case 'evidence': {
      const item = sent.find(({ id }) => id === citation.id);
      return item === undefined ? { grounded: false, reason: 'notSent' } : inEvidence(item, citation);
    }
    case 'file': {
      const found = inFile(citation, sent);
      return found.grounded ? found : (inSearches(citation, hits) ?? found);
    }
    case 'commit':
      return firstMatch(
        sent.filter(({ kind }) => mayNameCommits.has(kind)),
        (line) => namesCommit(line, citation.hash),
      );
    case 'variable':
      return firstMatch(sent.toSorted(environmentFirst), (line) => namesWord(line, citation.name));
    case 'text':
      return { grounded: false, reason: 'unreadable' };
  }
}

function inEvidence(item: SentEvidence, { line, endLine }: { line?: number; endLine?: number }): GroundedCitation {
  const numbered = numberedLines(item);
  if (line === undefined) {
    if (item.kept?.length === 0) return { grounded: false, reason: 'cut' };
    const first = numbered.lines.find((text) => text.trim() !== '') ?? '';
    return { grounded: true, evidenceId: item.id, text: quoted(first) };
  }
  const from = line - numbered.first;
  const to = (endLine ?? line) - numbered.first;
  if (from < 0 || to >= numbered.lines.length) return { grounded: false, reason: 'noSuchLine' };
  if (item.kept !== undefined && !isKept(item.kept, line, endLine)) return { grounded: false, reason: 'cut' };
  return {
    grounded: true,
    evidenceId: item.id,
    line,
    ...(to > from && endLine !== undefined ? { endLine } : {}),
    text: quoted(numbered.lines.slice(from, to + 1).join('\n')),
  };
}

/** In the file itself, in a diff of it, or where a trace or a log names that very line; the newest of each first. */
function inFile(citation: Extract<Citation, { kind: 'file' }>, sent: readonly SentEvidence[]): GroundedCitation {
  const { path, line } = citation;
  const newestFirst = sent.toReversed();
  const files = findInFiles(newestFirst, path);
  let isCut = false;
  for (const item of files) {
    const found = inEvidence(item, citation);
    if (found.grounded) return found;
    isCut ||= found.reason === 'cut';
  }
  const elsewhere =
    findInDiffs(newestFirst, citation) ?? (line === undefined ? undefined : findMention(sent, path, line));
  if (elsewhere === undefined) {
    return { grounded: false, reason: isCut ? 'cut' : files.length > 0 ? 'noSuchLine' : 'notSent' };
  }
  return inEvidence(elsewhere.evidence, elsewhere);
}

/** Where searches have shown each of the cited lines. */
function inSearches(
  { path, line, endLine = line }: Extract<Citation, { kind: 'file' }>,
  hits: readonly SearchHit[],
): GroundedCitation | undefined {
  const first = findHit(hits, { path, ...(line === undefined ? {} : { line }) });
  if (first === undefined) return undefined;
  for (let next = first.line + 1; line !== undefined && endLine !== undefined && next <= endLine; next += 1) {
    if (findHit(hits, { path, line: next }) === undefined) return undefined;
  }
  return { grounded: true, searchedIn: first.runId, path: first.path, line: first.line, text: quoted(first.text) };
}

/** Where the output of Git may stand; in a log, seven such digits are as likely a request's id. */
const mayNameCommits: ReadonlySet<Evidence['kind']> = new Set<Evidence['kind']>([
  'commits',
  'diff',
  'terminal',
  'clipboard',
  'selection',
]);

function namesCommit(line: string, hash: string): boolean {
  // The ids in a diff's `index` line are those of files.
  if (/^index [0-9a-f]{4,64}\.\./.test(line)) return false;
  const ids = line.match(/(?<![\w-])[0-9a-f]{4,64}(?![\w-])/gi) ?? [];
  return ids.map((id) => id.toLowerCase()).some((id) => id.startsWith(hash) || (id.length >= 7 && hash.startsWith(id)));
}

function namesWord(line: string, name: string): boolean {
  for (let at = line.indexOf(name); at !== -1; at = line.indexOf(name, at + 1)) {
    if (!/\w/.test(line.charAt(at - 1)) && !/\w/.test(line.charAt(at + name.length))) return true;
  }
  return false;
}

function environmentFirst(a: SentEvidence, b: SentEvidence): number {
  return Number(b.kind === 'environment') - Number(a.kind === 'environment');
}

function firstMatch(sent: readonly SentEvidence[], matches: (line: string) => boolean): GroundedCitation {
  for (const item of sent) {
    const { first, lines } = numberedLines(item);
    const at = lines.findIndex(matches);
    if (at !== -1) {
      return { grounded: true, evidenceId: item.id, line: first + at, text: quoted(lines[at] ?? '') };
    }
  }
  return { grounded: false, reason: 'notFound' };
}

function quoted(text: string): string {
  return text.length <= maxQuoted ? text : `${text.slice(0, maxQuoted - 1)}…`;
}
