import { plural, t, texts } from './l10n.ts';

/** A number as the reader's locale writes it: `1,204`, `1.204`. */
export function amount(number: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(texts().locale, options).format(number);
}

/** Time that has gone by, as a person says it: `7 s`, `12 min 31 s`, `3 h 05 min`, `2 d 4 h`. Negative counts as none. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return t('{0} s', seconds);
  if (hours < 1) return t('{0} min {1} s', minutes, padded(seconds % 60));
  if (hours < 24) return t('{0} h {1} min', hours, padded(minutes % 60));
  return t('{0} d {1} h', Math.floor(hours / 24), hours % 24);
}

/** A file's size: `812 bytes`, `12 KB`, `3.4 MB`, `10 GB`, in units of 1024. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return plural(bytes, '{0} byte', '{0} bytes');
  if (bytes < 1024 * 1023.5) return t('{0} KB', amount(Math.round(bytes / 1024)));
  if (bytes < 1024 ** 2 * 1023.95) return t('{0} MB', oneDigit(bytes / 1024 ** 2));
  return t('{0} GB', oneDigit(bytes / 1024 ** 3));
}

/** A size in megabytes (1024²), rounded up, so that what is a byte over a limit is not said to be at it: `1.1 MB`. */
export function inMegabytes(bytes: number): string {
  const rounded = Math.ceil((bytes * 10) / (1024 * 1024)) / 10;
  return t('{0} MB', amount(rounded, { minimumFractionDigits: 1, maximumFractionDigits: 1 }));
}

/** An amount of US dollars as it is shown: `$0.03`, `$12.40`, `under $0.01`. */
export function dollars(sum: number): string {
  if (sum > 0 && sum < 0.01) return t('under {0}', inDollars(0.01));
  return inDollars(sum);
}

/** Day and time in the reader's locale and time zone, to the second. */
export function dateAndTime(at: number): string {
  return new Date(at).toLocaleString(texts().locale);
}

function inDollars(sum: number): string {
  return amount(sum, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' });
}

/** With one digit after the point, where that is not 0. */
export function oneDigit(number: number): string {
  return amount(number, { maximumFractionDigits: 1 });
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}
