import type { IncidentEvent } from './event.ts';
import type { Incident } from './incident.ts';
import { latestBlastRadius } from './watch.ts';
import type { MonitorState } from './watch.ts';

type Of<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>;

/** A fix that is recorded was applied. One that nobody recorded, or that is applied already, is without effect. */
export function fixApplied(incident: Incident, { runId, files, proof, at }: Of<'fixApplied'>): Incident {
  if (incident.runs.find(({ id }) => id === runId)?.record?.step !== 'fix') return incident;
  if (incident.appliedFixes.some((one) => one.runId === runId && one.undoneAt === undefined)) return incident;
  return { ...incident, appliedFixes: [...incident.appliedFixes, { runId, files, proof, at }] };
}

export function fixUndone(incident: Incident, { runId, at }: Of<'fixUndone'>): Incident {
  const isMeant = (one: Incident['appliedFixes'][number]): boolean => one.runId === runId && one.undoneAt === undefined;
  if (!incident.appliedFixes.some(isMeant)) return incident;
  const appliedFixes = incident.appliedFixes.map((one) => (isMeant(one) ? { ...one, undoneAt: at } : one));
  return { ...incident, appliedFixes };
}

/** What a lookup of similar places found; of places that the record does not have, nothing is kept. */
export function patternsChecked(incident: Incident, { runId, patterns }: Of<'patternsChecked'>): Incident {
  const record = incident.runs.find(({ id }) => id === runId)?.record;
  if (record?.step !== 'fix') return incident;
  const known = patterns.filter(({ index }) => record.data.similarPatterns[index] !== undefined);
  return {
    ...incident,
    runs: incident.runs.map((run) => (run.id === runId ? { ...run, checkedPatterns: known } : run)),
  };
}

/** A watch is started, or started again: what was seen before counts for the earlier one. */
export function watchStarted(incident: Incident, { minutes, at }: Of<'watchStarted'>): Incident {
  if (!(minutes > 0)) return incident;
  return { ...incident, watch: { startedAt: at, minutes } };
}

export function watchEnded(incident: Incident, { at }: Of<'watchEnded'>): Incident {
  const { watch } = incident;
  if (watch === undefined || watch.endedAt !== undefined) return incident;
  return { ...incident, watch: { ...watch, endedAt: at } };
}

export function monitorChecked(incident: Incident, { runId, index, state, note, at }: Of<'monitorChecked'>): Incident {
  return looked(incident, { runId, index, state, note, at });
}

/** A tick of an earlier version: looked at and as it should be, or to be looked at again. */
export function monitorTicked(incident: Incident, { runId, index, ticked, at }: Of<'monitorTicked'>): Incident {
  return looked(incident, { runId, index, state: ticked ? 'ok' : 'unknown', note: '', at });
}

function looked(incident: Incident, check: Incident['monitorChecks'][number] & { state: MonitorState }): Incident {
  const latest = latestBlastRadius(incident);
  if (latest?.runId !== check.runId || latest.data.monitors[check.index] === undefined) return incident;
  return { ...incident, monitorChecks: [...incident.monitorChecks, check] };
}
