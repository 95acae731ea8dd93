import type { IncidentEvent } from '../model/event.ts';
import type { Incident } from '../model/incident.ts';
import { plural, t } from '../model/l10n.ts';
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
      const why = proof.kind === 'proved' ? t('its test was proved') : t('not proved: {0}', shortened(proof.reason));
      return {
        kind: 'fix',
        runId,
        words: plural(
          files.length,
          'The fix of {1} was applied to {0} file; {2}',
          'The fix of {1} was applied to {0} files; {2}',
          runId,
          why,
        ),
        details: files,
      };
    }
    case 'fixUndone':
      return { kind: 'fix', runId: event.runId, words: t('The fix of {0} was undone', event.runId) };
    case 'patternsChecked':
      return patterns(event);
    case 'watchStarted':
      return { kind: 'watch', words: t('Watch started, for {0}', minutesInWords(event.minutes)) };
    case 'monitorChecked': {
      const run = after.runs.find(({ id }) => id === event.runId);
      const what = run?.record?.step === 'blastRadius' ? run.record.data.monitors[event.index]?.what : undefined;
      const note = event.note.trim() === '' ? {} : { details: [shortened(event.note)] };
      return {
        kind: 'monitor',
        runId: event.runId,
        words: t('Monitor {0}: {1}', monitorWord(event.state), what ?? t('unknown')),
        ...note,
      };
    }
    case 'watchEnded':
      return { kind: 'watch', words: t('Watch over: {0}', tally(after, event.at)) };
  }
}

/** How a monitor is, in the record's words. */
export function monitorWord(state: MonitorState): string {
  const words = { ok: t('ok'), worse: t('worse'), unknown: t('unclear') } as const;
  return words[state];
}

function patterns({
  runId,
  patterns: checked,
}: Extract<AfterFixEvent, { type: 'patternsChecked' }>): Entry | undefined {
  if (checked.length === 0) return undefined;
  const of = (...kinds: readonly string[]): number => checked.filter(({ place }) => kinds.includes(place.kind)).length;
  const parts = [
    t('{0} found', of('found', 'moved')),
    ...(of('notFound') === 0 ? [] : [t('{0} not found', of('notFound'))]),
    ...(of('notChecked') === 0 ? [] : [t('{0} not checked', of('notChecked'))]),
  ];
  return { kind: 'fix', runId, words: t('Similar places of {0} looked up: {1}', runId, parts.join(', ')) };
}

/** `2 ok, 1 worse, 1 not looked at`. */
function tally(incident: Incident, at: number): string {
  const monitors = watchList(incident, at)?.monitors ?? [];
  const of = (state: MonitorState): number => monitors.filter(({ check }) => check?.state === state).length;
  const unseen = monitors.filter(({ check }) => check === undefined).length;
  const parts = [
    ...(of('ok') === 0 ? [] : [t('{0} ok', of('ok'))]),
    ...(of('worse') === 0 ? [] : [t('{0} worse', of('worse'))]),
    ...(of('unknown') === 0 ? [] : [t('{0} unclear', of('unknown'))]),
    ...(unseen === 0 ? [] : [t('{0} not looked at', unseen)]),
  ];
  return parts.length === 0 ? t('there was no monitor') : parts.join(', ');
}

/** `30 minutes`, `1 minute`, `15 seconds`. */
export function minutesInWords(minutes: number): string {
  return minutes < 1
    ? plural(Math.round(minutes * 60), '{0} second', '{0} seconds')
    : plural(Math.round(minutes * 10) / 10, '{0} minute', '{0} minutes');
}
