import type { AppliedFix } from './appliedFix.ts';
import type { Baseline } from './baseline.ts';
import type { MadeCut } from './contextCut.ts';
import type { IncidentFolder } from './event.ts';
import type { Evidence } from './evidence.ts';
import type { Hunt } from './hunt.ts';
import type { Proof } from './proof.ts';
import type { StepRecord } from './records.ts';
import type { Run, RunId } from './reply.ts';
import { stepIds } from './steps.ts';
import type { StepId } from './steps.ts';
import type { Suspect } from './suspect.ts';
import type { MonitorCheck, Watch } from './watch.ts';

/** The box of a step. */
export type StepMark =
  | { readonly kind: 'open' }
  | { readonly kind: 'checked'; readonly at: number }
  | { readonly kind: 'skipped'; readonly at: number; readonly reason: string };

export interface StepState {
  readonly mark: StepMark;
  /** Its questions, oldest first. */
  readonly runIds: readonly RunId[];
}

export type IncidentStatus = { readonly kind: 'open' } | { readonly kind: 'resolved'; readonly at: number };

/** The incident as its events have made it. Plain data: it crosses the wire to the panel as it is. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly startedAt: number;
  readonly folder?: IncidentFolder;
  /** The random word that marks blocks of evidence in its requests; absent where an older version began it. */
  readonly marker?: string;
  /** The demo whose recorded replies answer it; absent where Claude does. */
  readonly demo?: string;
  readonly status: IncidentStatus;
  readonly suspects: readonly Suspect[];
  /** All that was ever added, removed items included, in the order of adding. */
  readonly evidence: readonly Evidence[];
  readonly steps: Readonly<Record<StepId, StepState>>;
  /** Every question with its reply, in the order of asking: the conversation. */
  readonly runs: readonly Run[];
  readonly baseline: Baseline;
  /** Fixes that were applied, oldest first; those that were undone stay in it. */
  readonly appliedFixes: readonly AppliedFix[];
  /** The watch that was started last, if one was. */
  readonly watch?: Watch;
  /** Every look at a monitor, oldest first. `src/model/watch.ts` tells what they come to. */
  readonly monitorChecks: readonly MonitorCheck[];
  /** What is no longer sent, oldest first; see `src/model/contextCut.ts`. */
  readonly cuts: readonly MadeCut[];
  /** Hosts that the user agreed to send to. */
  readonly agreedHosts: readonly string[];
  /** Tries at proving a recorded fix, oldest first. */
  readonly proofs: readonly Proof[];
  /** Searches for the commit that brought the bug, oldest first. */
  readonly hunts: readonly Hunt[];
  /** The last event that is in it. */
  readonly seq: number;
  readonly lastEventAt: number;
}

/** The run that is streaming, if one is. There is never more than one. */
export function activeRun(incident: Incident): Run | undefined {
  const last = incident.runs.at(-1);
  return last?.phase.kind === 'streaming' ? last : undefined;
}

/** Evidence that the user has not taken out. */
export function presentEvidence(incident: Incident): readonly Evidence[] {
  return incident.evidence.filter((item) => item.removedAt === undefined);
}

/** Evidence that would go out with a question of this step: present, not sent yet, and for this step or for all. */
export function pendingEvidence(incident: Incident, step: StepId): readonly Evidence[] {
  return presentEvidence(incident).filter(
    (item) => item.sentIn === undefined && (item.step === undefined || item.step === step),
  );
}

/** The runs of one step, oldest first. */
export function runsOf(incident: Incident, step: StepId): readonly Run[] {
  return incident.runs.filter((run) => run.step === step);
}

/** The latest recorded result of a step. */
export function recordOf<S extends StepId>(incident: Incident, step: S): Extract<StepRecord, { step: S }> | undefined {
  const isOfStep = (record: StepRecord | undefined): record is Extract<StepRecord, { step: S }> =>
    record?.step === step;
  return incident.runs.map(({ record }) => record).findLast(isOfStep);
}

/** Whether step 3 has an answer, recorded as data or not: until then no file but the first three goes out. */
export function hypothesesAnswered(incident: Incident): boolean {
  return runsOf(incident, 'hypotheses').some(({ phase, record }) => phase.kind === 'done' || record !== undefined);
}

/** How many steps are checked or skipped. */
export function stepsSettled(incident: Incident): number {
  return stepIds.filter((id) => incident.steps[id].mark.kind !== 'open').length;
}

/** The first step whose box is open: what to do next. Undefined when all are settled. */
export function nextStep(incident: Incident): StepId | undefined {
  return stepIds.find((id) => incident.steps[id].mark.kind === 'open');
}
