import { cutsInForce, rangeLines, withCut } from '../model/contextCut.ts';
import type { ContextCut, EvidenceCut, LineRange, RunCut, RunCutLevel } from '../model/contextCut.ts';
import { charactersOf, estimateTokens } from '../model/contextWindow.ts';
import type { Evidence, EvidenceId } from '../model/evidence.ts';
import { activeRun } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { Prompt } from '../model/request.ts';
import { conversation } from './conversation.ts';
import type { NextQuestion } from './conversation.ts';
import { essentialCut } from './essentialLines.ts';

/**
 * A cut makes room for a while, since each one costs the cached prefix: the conversation is cut to the first of these
 * parts of the limit that can be reached.
 */
const aims = [0.7, 0.85, 1];

/** The part of the limit that new evidence of one question may take before what was sent earlier gives way to it. */
const shareOfNew = 0.5;

/** Characters that stay of a piece of evidence, its cited lines first, when it gives way. */
const essentialCharacters = 4_000;

/** What becomes of a request for a limit: it fits, it fits with a cut, or the question alone is too long. */
export type Fit =
  | { readonly kind: 'fits' }
  | { readonly kind: 'cut'; readonly cut: ContextCut }
  | { readonly kind: 'tooLong'; readonly tokens: number };

/** Tokens of a request, estimated, its instructions and tools included. */
export function requestTokens({ system, tools, messages }: Prompt): number {
  return estimateTokens(system) + estimateTokens(JSON.stringify(tools)) + estimateTokens(JSON.stringify(messages));
}

/**
 * What must be cut for the next question, or for the run that streams to go on, to stay within so many tokens. In this
 * order, the oldest first, no further than needed:
 * 1. new evidence that would take more than half of the room, each piece to its share;
 * 2. evidence that was sent, to the lines that results cite and a few more, by whole lines and hunks;
 * 3. the words of earlier replies; questions, records and verdicts stay;
 * 4. that evidence altogether, then the last reply up to its end;
 * and only where all that is not enough:
 * 5. earlier questions and replies to a line each, those whose record still counts last;
 * 6. new evidence, to its essential lines; then those questions altogether; then new evidence altogether.
 */
export function fitConversation(incident: Incident, next: NextQuestion | undefined, limit: number): Fit {
  const measured = (cut: ContextCut): number =>
    requestTokens(conversation(withCut(incident, cut, incident.lastEventAt), next));
  if (measured(nothing) <= limit) return { kind: 'fits' };
  const { usual, newest, last } = cutsInOrder(incident, next, limit);
  const all = [...usual, ...newest];
  // The newest reply is what the next question is about: it is not cut only to make room for longer.
  for (const cuts of [usual, all]) {
    for (const aim of aims) {
      const cut = fewest(cuts, (one) => measured(one) <= limit * aim);
      if (cut !== undefined) return { kind: 'cut', cut };
    }
  }
  const further = fewest(last, (cut) => measured(merged([...all, cut])) <= limit);
  if (further === undefined) return { kind: 'tooLong', tokens: measured(merged([...all, ...last])) };
  return { kind: 'cut', cut: merged([...all, further]) };
}

const nothing: ContextCut = { evidence: [], runs: [] };

/** The shortest beginning of a list of cuts that is enough; each further one makes the request shorter. */
function fewest(cuts: readonly ContextCut[], isEnough: (cut: ContextCut) => boolean): ContextCut | undefined {
  if (!isEnough(merged(cuts))) return undefined;
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(merged(cuts.slice(0, middle)))) high = middle;
    else low = middle + 1;
  }
  return merged(cuts.slice(0, high));
}

/** Cuts as one; of the same thing the last one counts. */
function merged(cuts: readonly ContextCut[]): ContextCut {
  const evidence = new Map(cuts.flatMap((cut) => cut.evidence.map((one) => [one.evidenceId, one])));
  const runs = new Map(cuts.flatMap((cut) => cut.runs.map((one) => [one.runId, one])));
  return { evidence: [...evidence.values()], runs: [...runs.values()] };
}

interface OrderedCuts {
  readonly usual: readonly ContextCut[];
  /** The words of the newest reply, up to its end. */
  readonly newest: readonly ContextCut[];
  /** For where all of the usual ones are not enough. */
  readonly last: readonly ContextCut[];
}

function cutsInOrder(incident: Incident, next: NextQuestion | undefined, limit: number): OrderedCuts {
  const running = activeRun(incident);
  const runs = incident.runs.filter((run) => run !== running);
  const fresh = next?.evidence ?? incident.evidence.filter(({ sentIn }) => sentIn === running?.id);
  const news = new Set(fresh.map(({ id }) => id));
  const sent = incident.evidence.filter(({ id, sentIn }) => sentIn !== undefined && !news.has(id));
  const cited = citedLines(incident);
  const inForce = cutsInForce(incident).evidence;
  const shortened = (item: Evidence, characters: number): ContextCut[] => {
    const cut = essentialCut(item, cited.get(item.id) ?? [], characters, inForce.get(item.id)?.kept);
    return cut === undefined ? [] : [evidenceOnly(cut)];
  };
  const earlier = runs.slice(0, -1);
  const current = new Set(currentRecords(incident));
  const keeping = (level: RunCutLevel, of: readonly { readonly id: RunCut['runId'] }[]): ContextCut[] =>
    of.map(({ id }) => ({ evidence: [], runs: [{ runId: id, keeps: level }] }));
  const without = (of: readonly Evidence[]): ContextCut[] =>
    of.map(({ id }) => evidenceOnly({ evidenceId: id, kept: [] }));
  const all = {
    usual: [
      ...shares(fresh, limit).flatMap(([item, characters]) => shortened(item, characters)),
      ...sent.flatMap((item) => shortened(item, essentialCharacters)),
      ...keeping('start', earlier),
      ...without(sent),
    ],
    newest: keeping('end', runs.slice(-1)),
    last: [
      ...keeping(
        'outline',
        runs.filter(({ id }) => !current.has(id)),
      ),
      ...keeping(
        'outline',
        runs.filter(({ id }) => current.has(id)),
      ),
      ...fresh.flatMap((item) => shortened(item, essentialCharacters)),
      ...keeping('nothing', runs),
      ...without(fresh),
    ],
  };
  const further = furtherThan(incident);
  return {
    usual: all.usual.filter(further),
    newest: all.newest.filter(further),
    last: all.last.filter(further),
  };
}

function evidenceOnly(cut: EvidenceCut): ContextCut {
  return { evidence: [cut], runs: [] };
}

/** Whether a cut takes away more than what is cut already: none may bring something back. */
function furtherThan(incident: Incident): (cut: ContextCut) => boolean {
  const cuts = cutsInForce(incident);
  return ({ evidence, runs }) =>
    evidence.every(({ evidenceId, kept }) => {
      const before = cuts.evidence.get(evidenceId);
      return before === undefined || rangeLines(kept) < rangeLines(before.kept);
    }) && runs.every(({ runId, keeps }) => depth[keeps] > depth[cuts.runs.get(runId) ?? 'all']);
}

const depth: Readonly<Record<RunCutLevel | 'all', number>> = { all: 0, start: 1, end: 1, outline: 2, nothing: 3 };

/** New evidence that is too long together, each piece with the characters that it may keep. */
function shares(fresh: readonly Evidence[], limit: number): readonly (readonly [Evidence, number])[] {
  const room = charactersOf(limit * shareOfNew);
  if (fresh.reduce((sum, { text }) => sum + text.length, 0) <= room) return [];
  // The shorter ones keep all; what they do not need goes to the longer ones.
  let left = room;
  const shortestFirst = fresh.toSorted((a, b) => a.text.length - b.text.length);
  const each = new Map<EvidenceId, number>();
  for (const [index, { id, text }] of shortestFirst.entries()) {
    const share = Math.min(text.length, Math.floor(left / (shortestFirst.length - index)));
    each.set(id, share);
    left -= share;
  }
  return fresh.map((item) => [item, each.get(item.id) ?? 0] as const);
}

/** The lines that recorded results cite, by evidence. */
function citedLines({ runs }: Incident): ReadonlyMap<EvidenceId, readonly LineRange[]> {
  const cited = new Map<EvidenceId, LineRange[]>();
  for (const { citations } of runs.flatMap(({ grounding = [] }) => grounding)) {
    for (const one of citations) {
      if (!one.grounded || one.evidenceId === undefined || one.line === undefined) continue;
      const known = cited.get(one.evidenceId) ?? [];
      cited.set(one.evidenceId, [...known, [one.line, one.endLine ?? one.line]]);
    }
  }
  return cited;
}

/** The runs whose record is the latest of its step. */
function currentRecords({ runs }: Incident): readonly RunCut['runId'][] {
  const latest = new Map(runs.flatMap(({ id, record }) => (record === undefined ? [] : [[record.step, id]])));
  return [...latest.values()];
}
