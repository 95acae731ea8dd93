import type { Baseline } from '../src/model/baseline.ts';
import { t } from '../src/model/l10n.ts';
import { shortId } from './commitName.ts';
import { clockTime } from './format.ts';

/** Where the regression diff starts from, in words; local time. `now` in epoch milliseconds. */
export function baselineWords(baseline: Baseline, now: number): string {
  switch (baseline.kind) {
    case 'commitsBack':
      if (baseline.count === 0) return t('HEAD: only what is not committed yet');
      return baseline.count === 1
        ? t('HEAD~1, the commit before the last')
        : t('HEAD~{0}, the last {0} commits', baseline.count);
    case 'tag':
      return t('the tag {0}', baseline.name);
    case 'commit':
      return t('commit {0}', shortId(baseline.hash));
    case 'before':
      return t('what was there at {0}, when it still worked', clockTime(baseline.time, now));
  }
}
