import { defaultBaseline } from './baseline.ts';
import { withCut } from './contextCut.ts';
import type { IncidentEvent } from './event.ts';
import type { Hunt } from './hunt.ts';
import type { Incident, StepMark, StepState } from './incident.ts';
import { activeRun } from './incident.ts';
import type { Proof } from './proof.ts';
import {
  fixApplied,
  fixUndone,
  monitorChecked,
  monitorTicked,
  patternsChecked,
  watchEnded,
  watchStarted,
} from './reduceAfterFix.ts';
import type { ReplyPart, Run, RunId } from './reply.ts';
import { stepIds } from './steps.ts';
import type { StepId } from './steps.ts';
import { maxSuspects } from './suspect.ts';

/** An incident before its first event. */
export const emptyIncident: Incident = {
  id: '',
  title: '',
  startedAt: 0,
  status: { kind: 'open' },
  suspects: [],
  evidence: [],
  steps: Object.fromEntries(
    stepIds.map((id): [StepId, StepState] => [id, { mark: { kind: 'open' }, runIds: [] }]),
  ) as Record<StepId, StepState>,
  runs: [],
  baseline: defaultBaseline,
  appliedFixes: [],
  monitorChecks: [],
  agreedHosts: [],
  cuts: [],
  proofs: [],
  hunts: [],
  seq: 0,
  lastEventAt: 0,
};

/**
 * The incident after one more event. Pure and total: an event that does not fit (a fourth suspect, a delta of a run
 * that has ended, evidence twice) changes nothing but the count, so that any journal gives a legal incident. The same
 * function runs in the host and in the panel; a streamed chunk costs a chunk, not a copy of the state.
 */
export function reduce(incident: Incident, event: IncidentEvent): Incident {
  const next = apply(incident, event);
  return { ...next, seq: event.seq, lastEventAt: event.at };
}

function apply(incident: Incident, event: IncidentEvent): Incident {
  switch (event.type) {
    case 'incidentStarted':
      if (incident.id !== '') return incident;
      return {
        ...incident,
        id: event.incidentId,
        title: event.title,
        startedAt: event.at,
        ...(event.folder === undefined ? {} : { folder: event.folder }),
        ...(event.marker === undefined ? {} : { marker: event.marker }),
        ...(event.demo === undefined ? {} : { demo: event.demo }),
      };
    case 'incidentRenamed':
      return { ...incident, title: event.title };
    case 'incidentResolved':
      if (incident.status.kind === 'resolved') return incident;
      return { ...incident, status: { kind: 'resolved', at: event.at } };
    case 'incidentReopened':
      if (incident.status.kind === 'open') return incident;
      return { ...incident, status: { kind: 'open' } };
    case 'suspectAdded':
      if (incident.suspects.length >= maxSuspects || incident.suspects.some(({ uri }) => uri === event.suspect.uri)) {
        return incident;
      }
      return { ...incident, suspects: [...incident.suspects, { ...event.suspect, addedAt: event.at }] };
    case 'suspectRemoved':
      if (!incident.suspects.some(({ uri }) => uri === event.uri)) return incident;
      return { ...incident, suspects: incident.suspects.filter(({ uri }) => uri !== event.uri) };
    case 'suspectRoleChanged':
      if (!incident.suspects.some(({ uri, role }) => uri === event.uri && role !== event.role)) return incident;
      return {
        ...incident,
        suspects: incident.suspects.map((suspect) =>
          suspect.uri === event.uri ? { ...suspect, role: event.role } : suspect,
        ),
      };
    case 'evidenceAdded':
      if (incident.evidence.some(({ id }) => id === event.evidence.id)) return incident;
      return { ...incident, evidence: [...incident.evidence, { ...event.evidence, addedAt: event.at }] };
    case 'evidenceHidden': {
      const { evidence } = event;
      return {
        ...incident,
        evidence: incident.evidence.map((item) => (item.id === evidence.id ? { ...item, ...evidence } : item)),
      };
    }
    case 'evidenceRemoved':
      if (!incident.evidence.some(({ id, removedAt }) => id === event.evidenceId && removedAt === undefined)) {
        return incident;
      }
      return {
        ...incident,
        evidence: incident.evidence.map((item) =>
          item.id === event.evidenceId ? { ...item, removedAt: event.at } : item,
        ),
      };
    case 'stepChecked':
      return mark(incident, event.step, { kind: 'checked', at: event.at });
    case 'stepUnchecked':
      return mark(incident, event.step, { kind: 'open' });
    case 'stepSkipped':
      return mark(incident, event.step, { kind: 'skipped', at: event.at, reason: event.reason });
    case 'stepAsked':
      return asked(incident, event);
    case 'replyRetrying':
      return inRun(incident, event.runId, (run) => ({ ...run, phase: { kind: 'streaming', retry: event.retry } }));
    case 'replyDelta':
      return inRun(incident, event.runId, (run) => ({
        ...run,
        phase: { kind: 'streaming' },
        parts: withText(run.parts, event.text),
      }));
    case 'replyOpaque':
      return inRun(incident, event.runId, (run) => ({
        ...run,
        phase: { kind: 'streaming' },
        parts: [...run.parts, { type: 'opaque', json: event.json }],
      }));
    case 'toolCalled':
      return inRun(incident, event.runId, (run) => ({
        ...run,
        phase: { kind: 'streaming' },
        parts: [...run.parts, { type: 'toolCall', ...event.call }],
      }));
    case 'turnEnded':
      return inRun(incident, event.runId, (run) => ({ ...run, parts: [...run.parts, { type: 'turn' }] }));
    case 'hypothesisJudged':
      return judged(incident, event);
    case 'sendingAgreed':
      if (incident.agreedHosts.includes(event.host)) return incident;
      return { ...incident, agreedHosts: [...incident.agreedHosts, event.host] };
    case 'baselineChosen':
      return { ...incident, baseline: event.baseline };
    case 'monitorTicked':
      return monitorTicked(incident, event);
    case 'resultRecorded':
      return inRun(incident, event.runId, (run) =>
        event.record.step === run.step ? { ...run, record: event.record, grounding: event.grounding ?? [] } : run,
      );
    case 'replyEnded':
      return inRun(incident, event.runId, (run) => ({
        ...run,
        phase: { ...event.outcome, at: event.at },
        ...(event.usage === undefined ? {} : { usage: event.usage }),
        ...(event.requestId === undefined ? {} : { requestId: event.requestId }),
      }));
    case 'fixApplied':
      return fixApplied(incident, event);
    case 'fixUndone':
      return fixUndone(incident, event);
    case 'patternsChecked':
      return patternsChecked(incident, event);
    case 'watchStarted':
      return watchStarted(incident, event);
    case 'monitorChecked':
      return monitorChecked(incident, event);
    case 'watchEnded':
      return watchEnded(incident, event);
    case 'replyContinued':
      return inRun(incident, event.runId, (run) => ({
        ...run,
        phase: { kind: 'streaming' },
        parts: [
          ...run.parts,
          {
            type: 'continued',
            endpoint: event.endpoint,
            failure: event.failure,
            ...(event.usage === undefined ? {} : { usage: event.usage }),
          },
        ],
      }));
    case 'contextCut':
      return withCut(incident, event, event.at);
    case 'proofEnded':
      return proofEnded(incident, event);
    case 'huntEnded':
      return { ...incident, hunts: [...incident.hunts, huntOf(event)] };
    default:
      // A type that a newer version wrote: kept on disk, without effect here.
      event satisfies never;
      return incident;
  }
}

function mark(incident: Incident, step: StepId, value: StepMark): Incident {
  return { ...incident, steps: { ...incident.steps, [step]: { ...incident.steps[step], mark: value } } };
}

function asked(incident: Incident, event: Extract<IncidentEvent, { type: 'stepAsked' }>): Incident {
  if (activeRun(incident) !== undefined || incident.runs.some(({ id }) => id === event.runId)) return incident;
  const sendable = incident.evidence.filter(({ sentIn, removedAt }) => sentIn === undefined && removedAt === undefined);
  const known = new Set(sendable.map(({ id }) => id));
  const evidenceIds = [...new Set(event.evidenceIds)].filter((id) => known.has(id));
  const run: Run = {
    id: event.runId,
    step: event.step,
    kind: event.kind,
    askedAt: event.at,
    question: event.question,
    evidenceIds,
    endpoint: event.endpoint,
    parts: [],
    phase: { kind: 'streaming' },
  };
  const step = incident.steps[event.step];
  return {
    ...incident,
    runs: [...incident.runs, run],
    steps: { ...incident.steps, [event.step]: { ...step, runIds: [...step.runIds, run.id] } },
    evidence:
      evidenceIds.length === 0
        ? incident.evidence
        : incident.evidence.map((item) => (evidenceIds.includes(item.id) ? { ...item, sentIn: run.id } : item)),
  };
}

/** A verdict may come at any time after its hypothesis; one on a hypothesis that is not there is without effect. */
function judged(incident: Incident, event: Extract<IncidentEvent, { type: 'hypothesisJudged' }>): Incident {
  const record = incident.runs.find(({ id }) => id === event.runId)?.record;
  if (record?.step !== 'hypotheses' || record.data.hypotheses[event.index] === undefined) return incident;
  return {
    ...incident,
    runs: incident.runs.map((run) => {
      if (run.id !== event.runId || run.record?.step !== 'hypotheses') return run;
      const verdict = { kind: event.verdict, note: event.note, at: event.at };
      const verdicts = run.record.data.hypotheses.map((_, at) => (at === event.index ? verdict : run.verdicts?.[at]));
      return { ...run, verdicts };
    }),
  };
}

/** A proof of what no run has recorded proves nothing. */
function proofEnded(incident: Incident, event: Extract<IncidentEvent, { type: 'proofEnded' }>): Incident {
  if (incident.runs.find(({ id }) => id === event.runId)?.record?.step !== 'fix') return incident;
  return { ...incident, proofs: [...incident.proofs, proofIn(event)] };
}

function proofIn(event: Extract<IncidentEvent, { type: 'proofEnded' }>): Proof {
  const { runId, startedAt, at, verdict, runs, uncommitted, changedOutside, evidenceId } = event;
  const proof = { runId, startedAt, endedAt: at, verdict, runs, uncommitted, changedOutside };
  return evidenceId === undefined ? proof : { ...proof, evidenceId };
}

function huntOf(event: Extract<IncidentEvent, { type: 'huntEnded' }>): Hunt {
  const { startedAt, at, good, bad, firstParent, tested, outcome, evidenceId } = event;
  const hunt = { startedAt, endedAt: at, good, bad, firstParent, tested, outcome };
  return evidenceId === undefined ? hunt : { ...hunt, evidenceId };
}

/** Changes the run that is streaming; one that has ended is history. */
function inRun(incident: Incident, runId: RunId, change: (run: Run) => Run): Incident {
  const run = activeRun(incident);
  if (run?.id !== runId) return incident;
  return { ...incident, runs: [...incident.runs.slice(0, -1), change(run)] };
}

function withText(
  parts: readonly ReplyPart[],
  text: Extract<ReplyPart, { type: 'text' }>['text'],
): readonly ReplyPart[] {
  const last = parts.at(-1);
  if (last?.type !== 'text') return [...parts, { type: 'text', text }];
  // Two redacted texts side by side are redacted text; `+` alone forgets the brand.
  return [...parts.slice(0, -1), { type: 'text', text: (last.text + text) as typeof text }];
}
