import type { Baseline } from '../src/model/baseline.ts';
import { shortId } from './commitName.ts';
import { clockTime } from './format.ts';

/** Where the regression diff starts from, in words; local time. `now` in epoch milliseconds. */
export function baselineWords(baseline: Baseline, now: number): string {
  switch (baseline.kind) {
    case 'commitsBack':
      if (baseline.count === 0) return 'HEAD: only what is not committed yet';
      return baseline.count === 1
        ? 'HEAD~1, the commit before the last'
        : `HEAD~${baseline.count}, the last ${baseline.count} commits`;
    case 'tag':
      return `the tag ${baseline.name}`;
    case 'commit':
      return `commit ${shortId(baseline.hash)}`;
    case 'before':
      return `what was there at ${clockTime(baseline.time, now)}, when it still worked`;
  }
}
