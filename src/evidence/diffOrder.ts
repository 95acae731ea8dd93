import { splitDiff } from './unifiedDiff.ts';

/** A failing line by the path that git calls its file. */
export interface DiffFocus {
  readonly path: string;
  readonly line: number;
}

/**
 * A unified diff with the files of the failing lines first, in their order, and each file's hunks by how near they are
 * to a failing line. Nothing is added or lost; a file without a failing line keeps its hunks' order.
 */
export function orderDiff(diff: string, focus: readonly DiffFocus[]): string {
  const first = diff.search(/(?<![^\n])diff --(?:git|cc|combined) /);
  if (focus.length === 0 || first === -1) return diff;
  const files = splitDiff(diff, false).map(({ header, hunks }, at) => {
    const path = /^\+\+\+ (?:b\/)?([^\t\n]+)/m.exec(header)?.[1] ?? '';
    const lines = focus.filter((one) => one.path === path).map(({ line }) => line);
    const rank = focus.findIndex((one) => one.path === path);
    const sorted =
      lines.length === 0
        ? hunks
        : hunks
            .map((hunk, order) => ({ hunk, order, distance: distance(hunk.text, lines) }))
            .sort((a, b) => a.distance - b.distance || a.order - b.order)
            .map(({ hunk }) => hunk);
    return { text: [header, ...sorted.map(({ text }) => text)], rank: rank === -1 ? focus.length : rank, at };
  });
  const ordered = files.sort((a, b) => a.rank - b.rank || a.at - b.at).flatMap(({ text }) => text);
  // The last hunk of a diff may have no line break at its end.
  return (
    diff.slice(0, first) + ordered.map((part) => (part === '' || part.endsWith('\n') ? part : `${part}\n`)).join('')
  );
}

/** Lines between a hunk, in the file as it is now, and the nearest failing line; 0 within it. */
function distance(hunk: string, lines: readonly number[]): number {
  const [, start, count] = /^@@+ .*?\+(\d+)(?:,(\d+))? @@/.exec(hunk) ?? [];
  const first = Number(start ?? 0);
  const last = first + Math.max(0, Number(count ?? 1) - 1);
  return Math.min(...lines.map((line) => (line < first ? first - line : Math.max(0, line - last))));
}
