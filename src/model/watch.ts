import type { Incident } from './incident.ts';
import type { BlastRadius } from './records.ts';
import type { RunId } from './reply.ts';

/** What the user saw at a monitor. Kept in journals: never rename one. */
export const monitorStates = ['ok', 'worse', 'unknown'] as const;

export type MonitorState = (typeof monitorStates)[number];

/** The minutes that the workflow watches a deploy for; a setting may say otherwise. */
export const usualWatchMinutes = 30;

/** The watch that was started last. */
export interface Watch {
  readonly startedAt: number;
  readonly minutes: number;
  /** When its end was told; absent until then. */
  readonly endedAt?: number;
}

/** One look at one monitor. */
export interface MonitorCheck {
  readonly runId: RunId;
  /** The monitor's place in the run's record, from 0. */
  readonly index: number;
  readonly state: MonitorState;
  readonly note: string;
  readonly at: number;
}

/** A monitor with how it was last seen; `due` where it should be looked at now. */
export interface WatchedMonitor {
  readonly index: number;
  readonly what: string;
  readonly threshold: string;
  readonly check?: MonitorCheck;
  readonly due: boolean;
}

export interface WatchList {
  readonly runId: RunId;
  readonly monitors: readonly WatchedMonitor[];
  readonly clock: WatchClock;
  /** Every monitor was last seen ok, within the watch where there is one. Never true of an empty list. */
  readonly allOk: boolean;
  /** Monitors that were last seen worse. */
  readonly worse: number;
}

export type WatchClock =
  | { readonly kind: 'notStarted' }
  | { readonly kind: 'running'; readonly startedAt: number; readonly endsAt: number; readonly minutes: number }
  | { readonly kind: 'over'; readonly startedAt: number; readonly endsAt: number; readonly minutes: number };

/** How often each monitor should be looked at during a watch: so many times, evenly. */
const looksInAWatch = 3;

/** When a watch ends, in epoch milliseconds. */
export function watchEnd({ startedAt, minutes }: Pick<Watch, 'startedAt' | 'minutes'>): number {
  return startedAt + minutes * 60_000;
}

/** The latest blast radius with the run that recorded it: its monitors are the watch list. */
export function latestBlastRadius({ runs }: Incident): { runId: RunId; data: BlastRadius } | undefined {
  const run = runs.findLast(({ record }) => record?.step === 'blastRadius');
  return run?.record?.step === 'blastRadius' ? { runId: run.id, data: run.record.data } : undefined;
}

/**
 * The watch list as it stands at a time (epoch milliseconds): derived from the record, so that a reload, a crash or a
 * closed panel costs nothing. During a watch only looks since its start count; a monitor is due when its last look is
 * older than a third of the watch. Undefined where no blast radius is recorded.
 */
export function watchList(incident: Incident, now: number): WatchList | undefined {
  const latest = latestBlastRadius(incident);
  if (latest === undefined) return undefined;
  const { watch } = incident;
  const clock = clockOf(watch, now);
  const monitors = latest.data.monitors.map(({ what, threshold }, index): WatchedMonitor => {
    const check = incident.monitorChecks.findLast(
      (one) => one.runId === latest.runId && one.index === index && one.at >= (watch?.startedAt ?? 0),
    );
    return { index, what, threshold, ...(check === undefined ? {} : { check }), due: isDue(clock, check, now) };
  });
  const seen = (state: MonitorState): number => monitors.filter(({ check }) => check?.state === state).length;
  return {
    runId: latest.runId,
    monitors,
    clock,
    allOk: monitors.length > 0 && seen('ok') === monitors.length,
    worse: seen('worse'),
  };
}

function clockOf(watch: Watch | undefined, now: number): WatchClock {
  if (watch === undefined) return { kind: 'notStarted' };
  const { startedAt, minutes } = watch;
  const endsAt = watchEnd(watch);
  return { kind: now < endsAt ? 'running' : 'over', startedAt, endsAt, minutes };
}

function isDue(clock: WatchClock, check: MonitorCheck | undefined, now: number): boolean {
  if (clock.kind === 'notStarted') return false;
  // When time is up, one that was not seen, or not clearly, is still owed a look.
  if (clock.kind === 'over') return check === undefined || check.state === 'unknown';
  const pause = (clock.minutes * 60_000) / looksInAWatch;
  return now - (check?.at ?? clock.startedAt) >= pause;
}

/** When the list next says something else, in epoch milliseconds: a minute is over, a look is due, the time is up. */
export function nextWatchChange({ clock, monitors }: WatchList, now: number): number | undefined {
  if (clock.kind !== 'running') return undefined;
  const pause = (clock.minutes * 60_000) / looksInAWatch;
  const dues = monitors.filter(({ due }) => !due).map(({ check }) => (check?.at ?? clock.startedAt) + pause);
  const minute = clock.endsAt - Math.floor((clock.endsAt - now - 1) / 60_000) * 60_000;
  return Math.min(clock.endsAt, ...[...dues, minute].filter((at) => at > now));
}
