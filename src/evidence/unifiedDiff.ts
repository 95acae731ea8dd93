/** A diff cut to a bound. */
export interface BoundedDiff {
  readonly text: string;
  readonly omitted?: string;
}

interface Hunk {
  readonly text: string;
}

interface DiffFile {
  readonly header: string;
  readonly hunks: readonly Hunk[];
}

/**
 * Keeps as many whole hunks as fit into `maxBytes` (UTF-8), taking one of each file in turn, so that a large file does
 * not push out the others. In a file with hunks left out, a line says so in their place. `isCut` tells that the diff's
 * own end is missing, and so its last hunk is not whole.
 */
export function boundDiff(diff: string, maxBytes: number, isCut = false): BoundedDiff {
  const files = splitDiff(diff, isCut);
  const kept = new Set<Hunk>();
  let used = 0;
  const longest = files.reduce((most, { hunks }) => Math.max(most, hunks.length), 0);
  for (let round = 0; round < longest; round += 1) {
    for (const { hunks, header } of files) {
      const hunk = hunks[round];
      if (hunk === undefined) continue;
      const size = Buffer.byteLength(hunk.text) + (round === 0 ? Buffer.byteLength(header) : 0);
      if (used + size > maxBytes) continue;
      used += size;
      kept.add(hunk);
    }
  }
  let left = 0;
  let headersLeft = 0;
  const parts: string[] = [];
  for (const { header, hunks } of files) {
    const missing = hunks.filter((hunk) => !kept.has(hunk)).length;
    left += missing;
    // A header alone (a rename, a binary file) counts too; it is small, but there may be thousands.
    if (missing === hunks.length) {
      if (used + Buffer.byteLength(header) > maxBytes) {
        headersLeft += 1;
        continue;
      }
      used += Buffer.byteLength(header);
    }
    parts.push(header, ...hunks.filter((hunk) => kept.has(hunk)).map(({ text }) => text));
    if (missing > 0) parts.push(`[${missing === 1 ? '1 hunk' : `${missing} hunks`} of this file left out]\n`);
  }
  const words = [
    ...(left === 0 ? [] : [left === 1 ? '1 hunk' : `${left} hunks`]),
    ...(headersLeft === 0 ? [] : [headersLeft === 1 ? '1 file' : `${headersLeft} files`]),
    ...(isCut ? ['everything after the first megabytes'] : []),
  ];
  return { text: parts.join(''), ...(words.length === 0 ? {} : { omitted: `${words.join(' and ')} of the diff` }) };
}

/** Files begin with `diff --git` (or `--cc` while a merge is open), hunks with `@@`; no line inside a hunk does either. Not `^`:
 * that would also match after a carriage return inside a line. */
export function splitDiff(diff: string, isCut: boolean): DiffFile[] {
  const starts = [...diff.matchAll(/(?<![^\n])diff --(?:git|cc|combined) /g)].map(({ index }) => index);
  return starts.map((start, at) => {
    const isLast = at === starts.length - 1;
    const file = diff.slice(start, starts[at + 1] ?? diff.length);
    const hunkStarts = [...file.matchAll(/(?<![^\n])@@@* /g)].map(({ index }) => index);
    const hunks = hunkStarts.map((hunkStart, hunk) => ({
      text: file.slice(hunkStart, hunkStarts[hunk + 1] ?? file.length),
    }));
    return {
      header: file.slice(0, hunkStarts[0] ?? file.length),
      hunks: isLast && isCut ? hunks.slice(0, -1) : hunks,
    };
  });
}
