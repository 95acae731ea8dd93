import type { Baseline } from '../model/baseline.ts';
import { cutInWords } from '../model/cutWords.ts';
import type { CutWords } from '../model/cutWords.ts';
import type { IncidentEvent } from '../model/event.ts';
import type { Evidence, EvidenceId } from '../model/evidence.ts';
import type { Failure } from '../model/failure.ts';
import { elapsed } from '../model/shownFigures.ts';
import type { GroundedClaim } from '../model/grounding.ts';
import type { Incident } from '../model/incident.ts';
import { plural, t } from '../model/l10n.ts';
import { evidenceTitle } from '../model/evidenceTitle.ts';
import { evidenceSource, leftOutWords } from '../model/evidenceSource.ts';
import { roleName } from '../model/names.ts';
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
      const folder = event.folder === undefined ? [] : [t('In the folder {0}', event.folder.name)];
      return { kind: 'incident', words: t('Incident started: {0}', event.title), ...detailsOf(folder) };
    }
    case 'incidentRenamed':
      return { kind: 'incident', words: t('Incident named: {0}', event.title) };
    case 'incidentResolved':
      return { kind: 'incident', words: t('Resolved after {0}', elapsed(event.at - after.startedAt)) };
    case 'incidentReopened':
      return { kind: 'incident', words: t('Reopened') };
    case 'suspectAdded':
      return {
        kind: 'suspect',
        words: t('Suspect added: {0} ({1})', event.suspect.path, roleName(event.suspect.role)),
      };
    case 'suspectRemoved':
    case 'suspectRoleChanged': {
      const path = before.suspects.find(({ uri }) => uri === event.uri)?.path ?? event.uri;
      if (event.type === 'suspectRemoved') return { kind: 'suspect', words: t('Suspect removed: {0}', path) };
      return { kind: 'suspect', words: t('Suspect {0} is now the {1}', path, roleName(event.role)) };
    }
    case 'evidenceAdded':
      return evidenceAdded(event.evidence);
    case 'evidenceHidden':
      return {
        kind: 'evidence',
        evidenceId: event.evidence.id,
        words: t('A secret that was learnt later was hidden in evidence {0}', event.evidence.id),
      };
    case 'evidenceRemoved': {
      const item = before.evidence.find(({ id }) => id === event.evidenceId);
      const sent = item?.sentIn === undefined ? t('it was not sent') : t('it had been sent with {0}', item.sentIn);
      const what = t(
        'Evidence {0} taken out: {1}',
        event.evidenceId,
        item === undefined ? t('unknown') : evidenceTitle(item),
      );
      return { kind: 'evidence', evidenceId: event.evidenceId, words: `${what}; ${sent}` };
    }
    case 'sendingAgreed':
      return { kind: 'question', words: t('Agreed that questions and evidence go to {0}', event.host) };
    case 'stepChecked':
      return { kind: 'step', words: t('{0} checked', stepName(event.step)) };
    case 'stepUnchecked':
      return { kind: 'step', words: t('{0} opened again', stepName(event.step)) };
    case 'stepSkipped': {
      const reason = event.reason.trim();
      const why = reason === '' ? t(', without a reason') : `: ${shortened(reason)}`;
      return { kind: 'step', words: t('{0} skipped{1}', stepName(event.step), why) };
    }
    case 'stepAsked':
      return asked(event, after);
    case 'replyRetrying': {
      const { attempt, attempts, failure } = event.retry;
      const said = t('{0} is tried again, attempt {1} of {2}', event.runId, attempt, attempts);
      return { kind: 'reply', runId: event.runId, words: said, details: [words.failure(failure)] };
    }
    case 'toolCalled': {
      if (event.call.accepted && event.call.name.startsWith('record_')) return undefined;
      const { name, inputJson, answer, accepted } = event.call;
      const said = accepted
        ? t('{0} used {1}', event.runId, name)
        : t('{0}: the call of {1} was not accepted', event.runId, name);
      return { kind: 'reply', runId: event.runId, words: said, details: [shortened(accepted ? inputJson : answer)] };
    }
    case 'resultRecorded': {
      const { main, details } = conclusion(event.record);
      const fallen = (event.grounding ?? []).filter(({ grounding }) => grounding === 'notGrounded');
      const notes = fallen.map((claim) => {
        const which = claim.index === undefined ? '' : ` (${claim.index + 1})`;
        return t('Not grounded{0}: {1}', which, words.ungrounded(claim));
      });
      const said = t('{0} concluded: {1}', event.runId, main);
      return { kind: 'record', runId: event.runId, words: said, ...detailsOf([...details, ...notes]) };
    }
    case 'replyEnded':
      return ended(event.runId, after, words);
    case 'hypothesisJudged': {
      const run = after.runs.find(({ id }) => id === event.runId);
      const title = run?.record?.step === 'hypotheses' ? run.record.data.hypotheses[event.index]?.title : undefined;
      const note = event.note.trim() === '' ? [] : [t('Why: {0}', shortened(event.note))];
      const said = t('Hypothesis {0} {1}: {2}', event.index + 1, verdicts()[event.verdict], title ?? t('unknown'));
      return { kind: 'verdict', runId: event.runId, words: said, ...detailsOf(note) };
    }
    case 'baselineChosen':
      return {
        kind: 'baseline',
        words: t('Baseline of the regression diff: {0}', baselineName(event.baseline, clock)),
      };
    case 'monitorTicked': {
      const run = after.runs.find(({ id }) => id === event.runId);
      const what = run?.record?.step === 'blastRadius' ? run.record.data.monitors[event.index]?.what : undefined;
      const said = event.ticked ? t('Monitor looked at') : t('Monitor to be looked at again');
      return { kind: 'monitor', runId: event.runId, words: `${said}: ${what ?? t('unknown')}` };
    }
    case 'fixApplied':
    case 'fixUndone':
    case 'patternsChecked':
    case 'watchStarted':
    case 'monitorChecked':
    case 'watchEnded':
      return afterFix(event, after);
    case 'replyContinued': {
      const said = t('{0} is continued by {1}', event.runId, recipient(event.endpoint));
      return { kind: 'reply', runId: event.runId, words: said, details: [words.failure(event.failure)] };
    }
    case 'contextCut':
      return cutEntry(cutInWords(event, before));
    case 'proofEnded':
      return {
        kind: 'proof',
        runId: event.runId,
        words: t('Fix of {0} tried: {1}', event.runId, verdictTitle(event.verdict)),
        details: [verdictMeaning(event.verdict), ...runLines(event)].map(shortened),
      };
    case 'huntEnded':
      return {
        kind: 'proof',
        words: t('History searched with the test: {0}', shortened(huntWords(event.outcome))),
        details: [t('From {0} to {1}: {2}', event.good.slice(0, 10), event.bad.slice(0, 10), testedWords(event))],
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

const verdicts = () => ({ open: t('is open again'), confirmed: t('confirmed'), ruledOut: t('ruled out') }) as const;

function evidenceAdded(
  item: Pick<Evidence, 'id' | 'title' | 'source' | 'lineCount' | 'redactions' | 'omitted'>,
): Entry {
  const hidden = hiddenSecrets([item]);
  return {
    kind: 'evidence',
    evidenceId: item.id,
    words: plural(
      item.lineCount,
      'Evidence {1} added: {2}, {0} line',
      'Evidence {1} added: {2}, {0} lines',
      item.id,
      evidenceTitle(item),
    ),
    details: [
      t('From {0}', evidenceSource(item)),
      ...(item.omitted === undefined ? [] : [t('Left out: {0}', leftOutWords(item.omitted))]),
      ...(hidden === '' ? [] : [t('Secrets hidden: {0}', hidden)]),
    ],
  };
}

const questions = (): Readonly<Record<QuestionKind, string>> => ({
  step: t('asked'),
  followUp: t('followed up'),
  continue: t('continued'),
  recordAgain: t('asked for its record'),
});

function asked(event: Extract<IncidentEvent, { type: 'stepAsked' }>, { runs, evidence }: Incident): Entry {
  const sent = evidence.filter(({ sentIn }) => sentIn === event.runId);
  const hidden = hiddenSecrets(sent);
  const items = sent.map((item) => `${item.id} (${evidenceTitle(item)})`).join(', ');
  return {
    kind: 'question',
    runId: event.runId,
    words: t('{0} {1} as {2}', stepName(event.step), questions()[event.kind], event.runId),
    details: [
      ...(event.kind === 'followUp' ? [t('“{0}”', shortened(event.question))] : []),
      t('Sent to {0}', recipient(event.endpoint)),
      t(
        'With it: {0}{1}',
        items === '' ? t('no new evidence') : items,
        runs.length > 1 ? t(', and the conversation so far') : '',
      ),
      ...(hidden === '' ? [] : [t('Secrets hidden: {0}', hidden)]),
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
  if (phase.kind === 'streaming') return t('is being answered');
  const took = elapsed(phase.at - askedAt);
  switch (phase.kind) {
    case 'done':
      return phase.stopReason === 'max_tokens'
        ? t('was cut at the length limit after {0}', took)
        : t('answered in {0}', took);
    case 'stopped':
      return t('was stopped after {0}', took);
    case 'interrupted':
      return t('was interrupted: the window closed while Claude was answering');
    case 'failed':
      return t('failed after {0}: {1}', took, words.failure(phase.failure));
  }
}

function tokensOf({ usage }: Run): readonly string[] {
  if (usage === undefined) return [];
  const { input, output, cacheRead, cacheWrite } = usage;
  return [
    t(
      '{0} in, {1} out',
      plural(input + cacheRead + cacheWrite, '{0} token', '{0} tokens'),
      plural(output, '{0} token', '{0} tokens'),
    ),
  ];
}

function baselineName(baseline: Baseline, clock: Clock): string {
  switch (baseline.kind) {
    case 'commitsBack':
      return baseline.count === 0 ? 'HEAD' : `HEAD~${baseline.count}`;
    case 'tag':
      return t('tag {0}', baseline.name);
    case 'commit':
      return t('commit {0}', baseline.hash.slice(0, 10));
    case 'before':
      return t('the last commit before {0}', clock.stamp(baseline.time));
  }
}

function cutEntry({ summary, details }: CutWords): Entry {
  return { kind: 'question', words: summary, ...detailsOf(details) };
}

function stepName(step: StepId): string {
  const { number, title } = stepDefinition(step);
  return t('Step {0}, {1},', number, title);
}

function detailsOf(details: readonly string[]): { details?: readonly string[] } {
  return details.length === 0 ? {} : { details };
}
