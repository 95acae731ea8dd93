import { clockTime, elapsed, stopwatch } from './format.ts';

/**
 * Keeps every `<time data-clock>` of the page at the time that has gone by since its `data-since` (epoch milliseconds), or
 * that is left until its `data-until`, once a second and without rendering anything else. A time of the day says its date
 * unless that is today or the day of its `data-day`, which the page names elsewhere. The templates leave these elements empty.
 */
export function startClocks(root: ParentNode): { readonly tick: () => void; readonly stop: () => void } {
  const tick = (): void => {
    const now = Date.now();
    for (const clock of root.querySelectorAll<HTMLTimeElement>('time[data-clock]')) show(clock, now);
  };
  const timer = setInterval(tick, 1000);
  return { tick, stop: () => clearInterval(timer) };
}

function show(clock: HTMLTimeElement, now: number): void {
  const since = Number(clock.dataset['since']);
  const until = clock.dataset['until'] === undefined ? now : Number(clock.dataset['until']);
  const text = words(clock.dataset['clock'], since, until, now, Number(clock.dataset['day'] ?? now));
  if (clock.textContent !== text) clock.textContent = text;
}

function words(kind: string | undefined, since: number, until: number, now: number, day: number): string {
  if (kind === 'stopwatch') return stopwatch(until - since);
  if (kind === 'left') return stopwatch(until - now);
  if (kind === 'countdown') return elapsed(Math.ceil(Math.max(0, since - now) / 1000) * 1000);
  if (kind === 'day') return clockTime(since, now, day);
  return elapsed(until - since);
}
