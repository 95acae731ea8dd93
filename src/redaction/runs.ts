/** The stretches of a text that consist of some characters alone and begin between two offsets. */
export type Runs = (text: string, from: number, to: number) => Generator<readonly [start: number, end: number]>;

/**
 * Finds runs of `least` characters or more. Where other characters stand close together only every `least`-th of all is looked at,
 * so that a pass over a text costs a fraction of what a pattern costs. Characters are ASCII.
 */
export function createRuns(characters: RegExp, least: number): Runs {
  const isIn = Uint8Array.from({ length: 0x10000 }, (_, code) =>
    code < 128 && characters.test(String.fromCharCode(code)) ? 1 : 0,
  );
  return function* runs(text, from, to) {
    let at = from;
    while (at < to && at + least <= text.length) {
      let back = at + least - 1;
      while (back >= at && isIn[text.charCodeAt(back)] === 1) back -= 1;
      if (back >= at) {
        at = back + 1;
        continue;
      }
      // A run that began before `from` was seen by who looked there.
      const whole = at === 0 || isIn[text.charCodeAt(at - 1)] === 0;
      let end = at + least;
      while (end < text.length && isIn[text.charCodeAt(end)] === 1) end += 1;
      if (whole) yield [at, end];
      at = end;
    }
  };
}
