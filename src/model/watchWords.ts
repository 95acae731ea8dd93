import { plural, t } from './l10n.ts';
import type { MonitorState, WatchList } from './watch.ts';

/** The watch in a few words, for the status bar: `24 min · 1 of 3 ok · 2 due`, `over · 3 of 3 ok`. */
export function watchInShort(list: WatchList, now: number): string {
  const { clock, monitors, worse } = list;
  const due = monitors.filter((monitor) => monitor.due).length;
  return [
    clock.kind === 'running' ? remaining(clock.endsAt - now) : t('over'),
    t('{0} of {1} ok', counted(list, 'ok'), monitors.length),
    ...(worse === 0 ? [] : [t('{0} worse', worse)]),
    ...(due === 0 ? [] : [t('{0} due', due)]),
  ].join(' · ');
}

/** What is to be done about the watch now, in a sentence or two. */
export function watchAdvice(list: WatchList): string {
  const due = list.monitors.filter((monitor) => monitor.due).map(({ what }) => what);
  if (list.worse > 0)
    return plural(
      list.worse,
      '{0} monitor is worse. Consider rolling back.',
      '{0} monitors are worse. Consider rolling back.',
    );
  if (list.clock.kind === 'over') {
    if (list.allOk) return t('All monitors are ok: the incident may be resolved.');
    return due.length === 0 ? t('Look at each monitor once more.') : t('Still to be looked at: {0}.', due.join(', '));
  }
  return due.length === 0 ? t('Every monitor was looked at lately.') : t('To be looked at now: {0}.', due.join(', '));
}

/** What is told when the time of the watch is up: `The watch is over: 2 ok, 1 not looked at.` */
export function watchOver(list: WatchList): string {
  const unseen = list.monitors.filter(({ check }) => check === undefined).length;
  const parts = [
    ...(['ok', 'worse', 'unknown'] as const).flatMap((state) =>
      counted(list, state) === 0 ? [] : [inState(state, counted(list, state))],
    ),
    ...(unseen === 0 ? [] : [t('{0} not looked at', unseen)]),
  ];
  return t('The watch is over: {0}. {1}', parts.join(', '), watchAdvice(list));
}

function inState(state: MonitorState, number: number): string {
  if (state === 'unknown') return t('{0} unclear', number);
  return state === 'ok' ? t('{0} ok', number) : t('{0} worse', number);
}

function counted({ monitors: all }: WatchList, state: MonitorState): number {
  return all.filter(({ check }) => check?.state === state).length;
}

/** Rounded up, so that what is left is never said to be nothing: `24 min`, `40 s`. */
function remaining(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return seconds < 60 ? t('{0} s', seconds) : t('{0} min', Math.ceil(seconds / 60));
}
