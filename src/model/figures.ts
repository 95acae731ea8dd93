/** For evidence and what else goes to Claude, in English; what is shown is in `shownFigures.ts`. Time that has gone by, as a person
 * says it: `7 s`, `12 min 31 s`, `3 h 05 min`, `2 d 4 h`. Negative counts as none. */
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

function padded(number: number): string {
  return String(number).padStart(2, '0');
}
