import { t } from './l10n.ts';
import type { EnvironmentFindings, Hypotheses } from './records.ts';
import type { SuspectRole } from './suspect.ts';
import type { MonitorState } from './watch.ts';

/** What a suspect's role is called where it is shown. */
export function roleName(role: SuspectRole): string {
  const names = { origin: t('origin'), caller: t('caller'), configuration: t('configuration') } as const;
  return names[role];
}

/** A hypothesis' likelihood: `high likelihood`. */
export function likelihoodName(likelihood: Hypotheses['hypotheses'][number]['likelihood']): string {
  const names = { high: t('high likelihood'), medium: t('medium likelihood'), low: t('low likelihood') } as const;
  return names[likelihood];
}

/** How an environment variable stands, by Claude's record. */
export function variableStatusName(status: EnvironmentFindings['variables'][number]['status']): string {
  const names = { missing: t('missing'), suspect: t('suspect'), fine: t('fine'), unknown: t('unknown') } as const;
  return names[status];
}

/** What a monitor showed. */
export function monitorStateName(state: MonitorState): string {
  const names = { ok: t('OK'), worse: t('Worse'), unknown: t('Unclear') } as const;
  return names[state];
}
