import { readFileSync } from 'node:fs';

/**
 * A source text with the environment variables that a reader finds in it, written down before any code read it: after
 * `=== path`, `reads: NAME@line` or `NAME@line=default`, then the text behind `---`.
 */
export interface HandReads {
  readonly path: string;
  /** `NAME@line`. */
  readonly reads: readonly string[];
  /** `NAME@line=default`, of those whose default a reader would name. */
  readonly defaults: readonly string[];
  readonly text: string;
}

/** Every text of the fixture. */
export function readHandReads(): readonly HandReads[] {
  const all = readFileSync(new URL('../fixtures/environmentReads/reads.txt', import.meta.url), 'utf8');
  return all
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [, path = '', told = '', text = ''] = /^(.*)\nreads: (.*)\n---\n([^]*)$/.exec(section) ?? [];
      const reads = told.split(', ').filter((read) => read !== '');
      return {
        path,
        reads: reads.map((read) => read.replace(/=.*$/, '')),
        defaults: reads.filter((read) => read.includes('=')),
        text,
      };
    });
}
