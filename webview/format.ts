import { count, elapsed, fileSize, padded, trimmed } from '../src/model/figures.ts';

// The record says these figures too; here they stand with the panel's own.
export { count, elapsed, fileSize };

/** A stopwatch: `0:07`, `12:31`, `1:02:03`. */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = `${hours > 0 ? padded(minutes) : minutes}:${padded(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** Local time of day, `02:47`; with the date in front where that is another day than `now`'s. */
export function clockTime(at: number, now: number): string {
  const date = new Date(at);
  const time = `${padded(date.getHours())}:${padded(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.getFullYear()}-${padded(date.getMonth() + 1)}-${padded(date.getDate())} ${time}`;
}

/** Tokens in a few characters: `812`, `18.4k`, `1.2M`. */
export function tokens(number: number): string {
  if (number < 1000) return String(number);
  if (number < 999_950) return `${trimmed(number / 1000)}k`;
  return `${trimmed(number / 1_000_000)}M`;
}

/** How long ago, coarsely: `just now`, `4 min ago`, `3 h ago`, `2 d ago`. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / (24 * 60))} d ago`;
}
