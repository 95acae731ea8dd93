import { padded } from '../src/model/figures.ts';
import { t, texts } from '../src/model/l10n.ts';
import { amount, elapsed, fileSize, oneDigit } from '../src/model/shownFigures.ts';

// The record says these figures too; here they stand with the panel's own.
export { elapsed, fileSize };

/** A stopwatch: `0:07`, `12:31`, `1:02:03`. */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = `${hours > 0 ? padded(minutes) : minutes}:${padded(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/**
 * Local time of day, `02:47`, in 24 hours as in a log; with the date in front where that is another day than `now`'s and
 * `known`'s, a time whose day the reader knows; in the order of ISO 8601 in English, where the day and the month are easily
 * mistaken for each other.
 */
export function clockTime(at: number, now: number, known = now): string {
  const date = new Date(at);
  const time = `${padded(date.getHours())}:${padded(date.getMinutes())}`;
  if ([now, known].some((day) => date.toDateString() === new Date(day).toDateString())) return time;
  return `${dayOf(date)} ${time}`;
}

function dayOf(date: Date): string {
  const { locale } = texts();
  if (!locale.startsWith('en'))
    return date.toLocaleDateString(locale, { year: 'numeric', month: '2-digit', day: '2-digit' });
  return `${date.getFullYear()}-${padded(date.getMonth() + 1)}-${padded(date.getDate())}`;
}

/** Tokens in a few characters: `812`, `18.4k`, `1.2M`. */
export function tokens(number: number): string {
  if (number < 1000) return amount(number);
  if (number < 999_950) return t('{0}k', oneDigit(number / 1000));
  return t('{0}M', oneDigit(number / 1_000_000));
}

/** How long ago, coarsely: `just now`, `4 min ago`, `3 h ago`, `2 d ago`. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return t('just now');
  if (minutes < 60) return t('{0} min ago', minutes);
  if (minutes < 24 * 60) return t('{0} h ago', Math.floor(minutes / 60));
  return t('{0} d ago', Math.floor(minutes / (24 * 60)));
}
