import type { Baseline } from '../model/baseline.ts';
import { cutInWords } from '../model/cutWords.ts';
import type { CutWords } from '../model/cutWords.ts';
import type { IncidentEvent } from '../model/event.ts';
import type { Evidence, EvidenceId } from '../model/evidence.ts';
import type { Failure } from '../model/failure.ts';
import { count, elapsed } from '../model/figures.ts';
import type { GroundedClaim } from '../model/grounding.ts';
import type { Incident } from '../model/incident.ts';
import { huntWords, runLines, testedWords, verdictMeaning, verdictTitle } from '../model/proofWords.ts';
import { emptyIncident, reduce } from '../model/reduce.ts';
import type { QuestionKind, Run, RunId } from '../model/reply.ts';
import { stepDefinition } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import { afterFix } from './afterFix.ts';
import type { Clock } from './clock.ts';
import { conclusion } from './conclusion.ts';
import { hiddenSecrets, recipient, shortened } from './phrases.ts';

export type TimelineKind =
  | 'incident'
  | 'suspect'
  | 'evidence'
  | 'question'
  | 'reply'
  | 'record'
  | 'verdict'
  | 'step'
  | 'baseline'
  | 'monitor'
  | 'proof'
  | 'fix'
  | 'watch';

/** One thing that happened. `words` and `details` are plain text of one line each, with what was read within them. */
export interface TimelineEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: TimelineKind;
  readonly words: string;
  readonly details?: readonly string[];
  readonly runId?: RunId;
  readonly evidenceId?: EvidenceId;
}

/** The sentences that are made at the edge. */
export interface RecordWords {
  /** What went wrong, in a sentence. */
  readonly failure: (failure: Failure) => string;
  /** Why a claim is not grounded, to go on after a colon. */
  readonly ungrounded: (claim: GroundedClaim) => string;
}

export interface TimelineOptions {
  readonly words: RecordWords;
  readonly clock: Clock;
}

/**
 * What happened in an incident, oldest first: derived from its events and kept nowhere. The pieces of replies may be
 * left out of `events`, as the store does. An event without effect (a fourth suspect, a verdict on nothing) gives no
 * entry.
 */
export function timeline(events: readonly IncidentEvent[], options: TimelineOptions): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  let incident = emptyIncident;
  for (const event of events) {
    const before = incident;
    incident = reduce(before, event);
    if (!hasChanged(before, incident)) continue;
    const entry = entryOf(event, before, incident, options);
    if (entry !== undefined) entries.push({ at: event.at, ...entry });
  }
  return entries;
}

function hasChanged(before: Incident, after: Incident): boolean {
  const earlier = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).some(
    ([key, value]) => key !== 'seq' && key !== 'lastEventAt' && earlier.get(key) !== value,
  );
}

export type Entry = Omit<TimelineEntry, 'at'>;

function entryOf(
  event: IncidentEvent,
  before: Incident,
  after: Incident,
  { words, clock }: TimelineOptions,
): Entry | undefined {
  switch (event.type) {
    case 'incidentStarted': {
      const folder = event.folder === undefined ? [] : [`In the folder ${event.folder.name}`];
      return { kind: 'incident', words: `Incident started: ${event.title}`, ...detailsOf(folder) };
    }
    case 'incidentRenamed':
      return { kind: 'incident', words: `Incident named: ${event.title}` };
    case 'incidentResolved':
      return { kind: 'incident', words: `Resolved after ${elapsed(event.at - after.startedAt)}` };
    case 'incidentReopened':
      return { kind: 'incident', words: 'Reopened' };
    case 'suspectAdded':
      return { kind: 'suspect', words: `Suspect added: ${event.suspect.path} (${event.suspect.role})` };
    case 'suspectRemoved':
    case 'suspectRoleChanged': {
      const path = before.suspects.find(({ uri }) => uri === event.uri)?.path ?? event.uri;
      if (event.type === 'suspectRemoved') return { kind: 'suspect', words: `Suspect removed: ${path}` };
      return { kind: 'suspect', words: `Suspect ${path} is now the ${event.role}` };
    }
    case 'evidenceAdded':
      return evidenceAdded(event.evidence);
    case 'evidenceRemoved': {
      const item = before.evidence.find(({ id }) => id === event.evidenceId);
      const sent = item?.sentIn === undefined ? 'it was not sent' : `it had been sent with ${item.sentIn}`;
      const what = `Evidence ${event.evidenceId} taken out: ${item?.title ?? 'unknown'}`;
      return { kind: 'evidence', evidenceId: event.evidenceId, words: `${what}; ${sent}` };
    }
    case 'sendingAgreed':
      return { kind: 'question', words: `Agreed that questions and evidence go to ${event.host}` };
    case 'stepChecked':
      return { kind: 'step', words: `${stepName(event.step)} checked` };
    case 'stepUnchecked':
      return { kind: 'step', words: `${stepName(event.step)} opened again` };
    case 'stepSkipped': {
      const reason = event.reason.trim();
      const why = reason === '' ? ', without a reason' : `: ${shortened(reason)}`;
      return { kind: 'step', words: `${stepName(event.step)} skipped${why}` };
    }
    case 'stepAsked':
      return asked(event, after);
    case 'replyRetrying': {
      const { attempt, attempts, failure } = event.retry;
      const said = `${event.runId} is tried again, attempt ${attempt} of ${attempts}`;
      return { kind: 'reply', runId: event.runId, words: said, details: [words.failure(failure)] };
    }
    case 'toolCalled': {
      if (event.call.accepted && event.call.name.startsWith('record_')) return undefined;
      const { name, inputJson, answer, accepted } = event.call;
      const said = accepted ? `${event.runId} used ${name}` : `${event.runId}: the call of ${name} was not accepted`;
      return { kind: 'reply', runId: event.runId, words: said, details: [shortened(accepted ? inputJson : answer)] };
    }
    case 'resultRecorded': {
      const { main, details } = conclusion(event.record);
      const fallen = (event.grounding ?? []).filter(({ grounding }) => grounding === 'notGrounded');
      const notes = fallen.map((claim) => {
        const which = claim.index === undefined ? '' : ` (${claim.index + 1})`;
        return `Not grounded${which}: ${words.ungrounded(claim)}`;
      });
      const said = `${event.runId} concluded: ${main}`;
      return { kind: 'record', runId: event.runId, words: said, ...detailsOf([...details, ...notes]) };
    }
    case 'replyEnded':
      return ended(event.runId, after, words);
    case 'hypothesisJudged': {
      const run = after.runs.find(({ id }) => id === event.runId);
      const title = run?.record?.step === 'hypotheses' ? run.record.data.hypotheses[event.index]?.title : undefined;
      const note = event.note.trim() === '' ? [] : [`Why: ${shortened(event.note)}`];
      const said = `Hypothesis ${event.index + 1} ${verdicts[event.verdict]}: ${title ?? 'unknown'}`;
      return { kind: 'verdict', runId: event.runId, words: said, ...detailsOf(note) };
    }
    case 'baselineChosen':
      return { kind: 'baseline', words: `Baseline of the regression diff: ${baselineName(event.baseline, clock)}` };
    case 'monitorTicked': {
      const run = after.runs.find(({ id }) => id === event.runId);
      const what = run?.record?.step === 'blastRadius' ? run.record.data.monitors[event.index]?.what : undefined;
      const said = event.ticked ? 'Monitor looked at' : 'Monitor to be looked at again';
      return { kind: 'monitor', runId: event.runId, words: `${said}: ${what ?? 'unknown'}` };
    }
    case 'fixApplied':
    case 'fixUndone':
    case 'patternsChecked':
    case 'watchStarted':
    case 'monitorChecked':
    case 'watchEnded':
      return afterFix(event, after);
    case 'replyContinued': {
      const said = `${event.runId} is continued by ${recipient(event.endpoint)}`;
      return { kind: 'reply', runId: event.runId, words: said, details: [words.failure(event.failure)] };
    }
    case 'contextCut':
      return cutEntry(cutInWords(event, before));
    case 'proofEnded':
      return {
        kind: 'proof',
        runId: event.runId,
        words: `Fix of ${event.runId} tried: ${verdictTitle(event.verdict)}`,
        details: [verdictMeaning(event.verdict), ...runLines(event)].map(shortened),
      };
    case 'huntEnded':
      return {
        kind: 'proof',
        words: `History searched with the test: ${shortened(huntWords(event.outcome))}`,
        details: [`From ${event.good.slice(0, 10)} to ${event.bad.slice(0, 10)}: ${testedWords(event)}`],
      };
    case 'replyDelta':
    case 'replyOpaque':
    case 'turnEnded':
      return undefined;
    default:
      // A type that a newer version wrote.
      event satisfies never;
      return undefined;
  }
}

const verdicts = { open: 'is open again', confirmed: 'confirmed', ruledOut: 'ruled out' } as const;

function evidenceAdded(
  item: Pick<Evidence, 'id' | 'title' | 'source' | 'lineCount' | 'redactions' | 'omitted'>,
): Entry {
  const hidden = hiddenSecrets([item]);
  return {
    kind: 'evidence',
    evidenceId: item.id,
    words: `Evidence ${item.id} added: ${item.title}, ${count(item.lineCount, 'line')}`,
    details: [
      `From ${item.source}`,
      ...(item.omitted === undefined ? [] : [`Left out: ${item.omitted}`]),
      ...(hidden === '' ? [] : [`Secrets hidden: ${hidden}`]),
    ],
  };
}

const questions: Readonly<Record<QuestionKind, string>> = {
  step: 'asked',
  followUp: 'followed up',
  continue: 'continued',
  recordAgain: 'asked for its record',
};

function asked(event: Extract<IncidentEvent, { type: 'stepAsked' }>, { runs, evidence }: Incident): Entry {
  const sent = evidence.filter(({ sentIn }) => sentIn === event.runId);
  const hidden = hiddenSecrets(sent);
  const items = sent.map(({ id, title }) => `${id} (${title})`).join(', ');
  return {
    kind: 'question',
    runId: event.runId,
    words: `${stepName(event.step)} ${questions[event.kind]} as ${event.runId}`,
    details: [
      ...(event.kind === 'followUp' ? [`“${shortened(event.question)}”`] : []),
      `Sent to ${recipient(event.endpoint)}`,
      `With it: ${items === '' ? 'no new evidence' : items}${runs.length > 1 ? ', and the conversation so far' : ''}`,
      ...(hidden === '' ? [] : [`Secrets hidden: ${hidden}`]),
    ],
  };
}

function ended(runId: RunId, { runs }: Incident, words: RecordWords): Entry | undefined {
  const run = runs.find(({ id }) => id === runId);
  if (run === undefined || run.phase.kind === 'streaming') return undefined;
  return { kind: 'reply', runId, words: `${runId} ${ending(run, words)}`, ...detailsOf(tokensOf(run)) };
}

/** How a reply ended, to follow its name: `answered in 18 s`. */
function ending({ phase, askedAt }: Run, words: RecordWords): string {
  if (phase.kind === 'streaming') return 'is being answered';
  const took = elapsed(phase.at - askedAt);
  switch (phase.kind) {
    case 'done':
      return phase.stopReason === 'max_tokens' ? `was cut at the length limit after ${took}` : `answered in ${took}`;
    case 'stopped':
      return `was stopped after ${took}`;
    case 'interrupted':
      return `was interrupted: the window closed while Claude was answering`;
    case 'failed':
      return `failed after ${took}: ${words.failure(phase.failure)}`;
  }
}

function tokensOf({ usage }: Run): readonly string[] {
  if (usage === undefined) return [];
  const { input, output, cacheRead, cacheWrite } = usage;
  return [`${count(input + cacheRead + cacheWrite, 'token')} in, ${count(output, 'token')} out`];
}

function baselineName(baseline: Baseline, clock: Clock): string {
  switch (baseline.kind) {
    case 'commitsBack':
      return baseline.count === 0 ? 'HEAD' : `HEAD~${baseline.count}`;
    case 'tag':
      return `tag ${baseline.name}`;
    case 'commit':
      return `commit ${baseline.hash.slice(0, 10)}`;
    case 'before':
      return `the last commit before ${clock.stamp(baseline.time)}`;
  }
}

function cutEntry({ summary, details }: CutWords): Entry {
  return { kind: 'question', words: summary, ...detailsOf(details) };
}

function stepName(step: StepId): string {
  const { number, title } = stepDefinition(step);
  return `Step ${number}, ${title},`;
}

function detailsOf(details: readonly string[]): { details?: readonly string[] } {
  return details.length === 0 ? {} : { details };
}
