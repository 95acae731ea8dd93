/** `1 line`, `50 lines`, `1,204 lines`; for evidence and what else goes to Claude, in English: what is shown is in `shownFigures.ts`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** A number of a clock in two digits. */
export function padded(number: number): string {
  return String(number).padStart(2, '0');
}
