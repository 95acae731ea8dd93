import { t } from './l10n.ts';
/** The seven steps of the workflow, in order. The ids are kept in journals on disk: never rename one. */
export const stepIds = ['orient', 'files', 'hypotheses', 'environment', 'regression', 'fix', 'blastRadius'] as const;

export type StepId = (typeof stepIds)[number];

export interface StepDefinition {
  readonly id: StepId;
  /** 1 to 7. */
  readonly number: number;
  readonly title: string;
  /** What the step is for, in one line. */
  readonly purpose: string;
}

const definitions = (): Readonly<Record<StepId, Omit<StepDefinition, 'id' | 'number'>>> => ({
  orient: {
    title: t('Orient'),
    purpose: t('Give Claude the error first: it orients itself before it sees any code.'),
  },
  files: {
    title: t('Three files'),
    purpose: t('Where the error originates, what calls it, and the configuration it reads. Three at most.'),
  },
  hypotheses: {
    title: t('Hypotheses first'),
    purpose: t('Three ranked hypotheses, each with what confirms it and what rules it out, before more code is read.'),
  },
  environment: {
    title: t('Environment check'),
    purpose: t('Half of all production bugs are environment issues. Presence is checked, values stay secret.'),
  },
  regression: {
    title: t('Regression diff'),
    purpose: t('If it worked yesterday: what changed since then that could cause this?'),
  },
  fix: {
    title: t('Fix + test'),
    purpose: t(
      'A fix is not applied before its test, its explanation, its edge cases and its similar patterns are there.',
    ),
  },
  blastRadius: {
    title: t('Blast radius'),
    purpose: t('What else could break, what to watch for 30 minutes, and a safer way to roll out.'),
  },
});

/** The definition of one step, in the reader's language. */
export function stepDefinition(id: StepId): StepDefinition {
  return { id, number: stepIds.indexOf(id) + 1, ...definitions()[id] };
}

/** Whether untrusted text names a step. */
export function isStepId(value: unknown): value is StepId {
  return stepIds.some((id) => id === value);
}
