import type { Incident } from './incident.ts';
import { t } from './l10n.ts';

/** What must not be overlooked: a few words that say it, and what it means. */
interface IncidentNotice {
  readonly what: string;
  readonly means: string;
}

/** Said of an incident whose latest answer is canned, or will be. Undefined where Claude answers. */
export function demoNotice({ demo, runs }: Incident, endpointIsDemo: boolean): IncidentNotice | undefined {
  if (demo === undefined && !endpointIsDemo && runs.at(-1)?.endpoint.demo !== true) return undefined;
  const canned = t(
    'The answers below are canned examples. They do not come from Claude and know nothing of your code.',
  );
  return {
    what: t('Demo replies.'),
    means: demo === undefined ? canned : `${canned} ${t('Nothing goes to the network.')}`,
  };
}
