/** Time that has gone by, as a person says it: `7 s`, `12 min 31 s`, `3 h 05 min`, `2 d 4 h`. Negative counts as none. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return `${seconds} s`;
  if (hours < 1) return `${minutes} min ${padded(seconds % 60)} s`;
  if (hours < 24) return `${hours} h ${padded(minutes % 60)} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `1 line`, `50 lines`, `1,204 lines`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** A file's size: `812 bytes`, `12 KB`, `3.4 MB`, `10 GB`, in units of 1024. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return count(bytes, 'byte');
  if (bytes < 1024 * 1023.5) return `${Math.round(bytes / 1024)} KB`;
  if (bytes < 1024 ** 2 * 1023.95) return `${trimmed(bytes / 1024 ** 2)} MB`;
  return `${trimmed(bytes / 1024 ** 3)} GB`;
}

/** A size in megabytes (1024²), rounded up, so that what is a byte over a limit is not said to be at it: `1.1 MB`. */
export function inMegabytes(bytes: number): string {
  return `${(Math.ceil((bytes * 10) / (1024 * 1024)) / 10).toFixed(1)} MB`;
}

/** A number of a clock in two digits. */
export function padded(number: number): string {
  return String(number).padStart(2, '0');
}

/** One decimal, without a needless `.0`. */
export function trimmed(number: number): string {
  return number.toFixed(1).replace(/\.0$/, '');
}
