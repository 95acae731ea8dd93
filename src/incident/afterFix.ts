import type { IncidentEvent } from '../model/event.ts';
import { count } from '../model/figures.ts';
import type { Incident } from '../model/incident.ts';
import { watchList } from '../model/watch.ts';
import type { MonitorState } from '../model/watch.ts';
import { shortened } from './phrases.ts';
import type { Entry } from './timeline.ts';

export type AfterFixEvent = Extract<
  IncidentEvent,
  {
    type: 'fixApplied' | 'fixUndone' | 'patternsChecked' | 'watchStarted' | 'monitorChecked' | 'watchEnded';
  }
>;

/** What happened once there was a fix: applied, undone, watched. `after` is the incident with the event in it. */
export function afterFix(event: AfterFixEvent, after: Incident): Entry | undefined {
  switch (event.type) {
    case 'fixApplied': {
      const { runId, files, proof } = event;
      const why = proof.kind === 'proved' ? 'its test was proved' : `not proved: ${shortened(proof.reason)}`;
      return {
        kind: 'fix',
        runId,
        words: `The fix of ${runId} was applied to ${count(files.length, 'file')}; ${why}`,
        details: files,
      };
    }
    case 'fixUndone':
      return { kind: 'fix', runId: event.runId, words: `The fix of ${event.runId} was undone` };
    case 'patternsChecked':
      return patterns(event);
    case 'watchStarted':
      return { kind: 'watch', words: `Watch started, for ${minutesInWords(event.minutes)}` };
    case 'monitorChecked': {
      const run = after.runs.find(({ id }) => id === event.runId);
      const what = run?.record?.step === 'blastRadius' ? run.record.data.monitors[event.index]?.what : undefined;
      const note = event.note.trim() === '' ? {} : { details: [shortened(event.note)] };
      return {
        kind: 'monitor',
        runId: event.runId,
        words: `Monitor ${monitorWords[event.state]}: ${what ?? 'unknown'}`,
        ...note,
      };
    }
    case 'watchEnded':
      return { kind: 'watch', words: `Watch over: ${tally(after, event.at)}` };
  }
}

/** How a monitor is, in the record's words. */
export const monitorWords: Readonly<Record<MonitorState, string>> = { ok: 'ok', worse: 'worse', unknown: 'unclear' };

function patterns({
  runId,
  patterns: checked,
}: Extract<AfterFixEvent, { type: 'patternsChecked' }>): Entry | undefined {
  if (checked.length === 0) return undefined;
  const of = (...kinds: readonly string[]): number => checked.filter(({ place }) => kinds.includes(place.kind)).length;
  const parts = [
    `${of('found', 'moved')} found`,
    ...(of('notFound') === 0 ? [] : [`${of('notFound')} not found`]),
    ...(of('notChecked') === 0 ? [] : [`${of('notChecked')} not checked`]),
  ];
  return { kind: 'fix', runId, words: `Similar places of ${runId} looked up: ${parts.join(', ')}` };
}

/** `2 ok, 1 worse, 1 not looked at`. */
function tally(incident: Incident, at: number): string {
  const monitors = watchList(incident, at)?.monitors ?? [];
  const of = (state: MonitorState): number => monitors.filter(({ check }) => check?.state === state).length;
  const unseen = monitors.filter(({ check }) => check === undefined).length;
  const parts = [
    ...(of('ok') === 0 ? [] : [`${of('ok')} ok`]),
    ...(of('worse') === 0 ? [] : [`${of('worse')} worse`]),
    ...(of('unknown') === 0 ? [] : [`${of('unknown')} unclear`]),
    ...(unseen === 0 ? [] : [`${unseen} not looked at`]),
  ];
  return parts.length === 0 ? 'there was no monitor' : parts.join(', ');
}

/** `30 minutes`, `1 minute`, `15 seconds`. */
export function minutesInWords(minutes: number): string {
  return minutes < 1 ? count(Math.round(minutes * 60), 'second') : count(Math.round(minutes * 10) / 10, 'minute');
}
