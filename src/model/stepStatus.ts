import { activeRun, nextStep, recordOf, runsOf } from './incident.ts';
import type { Incident } from './incident.ts';
import { t } from './l10n.ts';
import type { StepId } from './steps.ts';

/** Where a step stands, as its icon and its word show it. */
export type StepStatus =
  'streaming' | 'failed' | 'interrupted' | 'checked' | 'skipped' | 'current' | 'answered' | 'open';

/** A step's word, so that no state is told by colour or icon alone. */
export const statusWords = (): Readonly<Record<StepStatus, string>> => ({
  streaming: t('answering'),
  failed: t('failed'),
  interrupted: t('incomplete'),
  checked: t('done'),
  skipped: t('skipped'),
  current: t('next'),
  answered: t('answered'),
  open: t('open'),
});

/** Where a step stands. What happens now comes before what was settled, and that before what went wrong. */
export function stepStatus(incident: Incident, step: StepId): StepStatus {
  if (activeRun(incident)?.step === step) return 'streaming';
  const { mark } = incident.steps[step];
  if (mark.kind !== 'open') return mark.kind;
  const last = runsOf(incident, step).at(-1);
  if (last?.phase.kind === 'failed') return 'failed';
  if (last?.phase.kind === 'interrupted') return 'interrupted';
  if (recordOf(incident, step) !== undefined) return 'answered';
  return nextStep(incident) === step ? 'current' : 'open';
}

/** The step that is in work: the one Claude answers, or else the first that is not settled. */
export function stepInWork(incident: Incident): StepId | undefined {
  return activeRun(incident)?.step ?? nextStep(incident);
}
