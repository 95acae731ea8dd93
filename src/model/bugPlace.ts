import type { Bug } from './records.ts';

/** Where a bug is, as `path:line`, as far as it was found. */
export function bugPlace({ file, line }: Pick<Bug, 'file' | 'line'>): string | undefined {
  if (file === undefined) return undefined;
  return line === undefined ? file : `${file}:${line}`;
}
