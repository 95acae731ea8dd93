import { count } from './figures.ts';
import type { MonitorState, WatchList } from './watch.ts';

/** The watch in a few words, for the status bar: `24 min · 1 of 3 ok · 2 due`, `over · 3 of 3 ok`. */
export function watchInShort(list: WatchList, now: number): string {
  const { clock, monitors, worse } = list;
  const due = monitors.filter((monitor) => monitor.due).length;
  return [
    clock.kind === 'running' ? remaining(clock.endsAt - now) : 'over',
    `${counted(list, 'ok')} of ${monitors.length} ok`,
    ...(worse === 0 ? [] : [`${worse} worse`]),
    ...(due === 0 ? [] : [`${due} due`]),
  ].join(' · ');
}

/** What is to be done about the watch now, in a sentence or two. */
export function watchAdvice(list: WatchList): string {
  const due = list.monitors.filter((monitor) => monitor.due).map(({ what }) => what);
  if (list.worse > 0) return `${monitors(list.worse)} worse. Consider to roll back.`;
  if (list.clock.kind === 'over') {
    if (list.allOk) return 'All monitors are ok: the incident may be resolved.';
    return due.length === 0 ? 'Look at each monitor once more.' : `Still to be looked at: ${due.join(', ')}.`;
  }
  return due.length === 0 ? 'Every monitor was looked at lately.' : `To be looked at now: ${due.join(', ')}.`;
}

/** What is told when the time of the watch is up: `The watch is over: 2 ok, 1 not looked at.` */
export function watchOver(list: WatchList): string {
  const unseen = list.monitors.filter(({ check }) => check === undefined).length;
  const parts = [
    ...(['ok', 'worse', 'unknown'] as const).flatMap((state) =>
      counted(list, state) === 0 ? [] : [`${counted(list, state)} ${state === 'unknown' ? 'unclear' : state}`],
    ),
    ...(unseen === 0 ? [] : [`${unseen} not looked at`]),
  ];
  return `The watch is over: ${parts.join(', ')}. ${watchAdvice(list)}`;
}

function counted({ monitors: all }: WatchList, state: MonitorState): number {
  return all.filter(({ check }) => check?.state === state).length;
}

function monitors(number: number): string {
  return `${count(number, 'monitor')} ${number === 1 ? 'is' : 'are'}`;
}

/** Rounded up, so that what is left is never said to be nothing: `24 min`, `40 s`. */
function remaining(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
