import { readFileSync } from 'node:fs';

/** A log as some program writes it, with what a reader counts in it, written down before any code read it. */
export interface HandLog {
  readonly name: string;
  /** `level count | words that the group's shape holds`. */
  readonly groups: readonly string[];
  /** The earliest time of a group. */
  readonly first: string;
  readonly text: string;
}

/** When the logs were written last, for times without a date. */
export const handLogsWrittenAt = Date.UTC(2026, 1, 3, 9, 20);

/** Every log of the fixture: `=== name`, `groups: …; …`, `first: …`, then the log behind `---`. */
export function readHandLogs(): readonly HandLog[] {
  return ['formats.txt', 'settings.txt', 'unseen.txt', 'servers.txt']
    .flatMap((file) =>
      readFileSync(new URL(`../fixtures/logFormats/${file}`, import.meta.url), 'utf8')
        .split(/^=== /m)
        .slice(1),
    )
    .map((section) => {
      const [, name = '', groups = '', first = '', text = ''] =
        /^(.*)\ngroups: (.*)\nfirst: (.*)\n---\n([^]*)$/.exec(section) ?? [];
      return { name, groups: groups.split('; '), first, text };
    });
}
