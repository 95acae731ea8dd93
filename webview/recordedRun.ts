import type { Incident } from '../src/model/incident.ts';
import type { StepRecord } from '../src/model/records.ts';
import type { Run } from '../src/model/reply.ts';
import type { StepId } from '../src/model/steps.ts';

/** A run with what it recorded: verdicts, ticks and grounding belong to the run. */
export interface RecordedRun {
  readonly run: Run;
  readonly record: StepRecord;
}

/** The run that a step's latest recorded result comes from. */
export function recordedRun({ runs }: Incident, step: StepId): RecordedRun | undefined {
  const run = runs.findLast(({ record }) => record?.step === step);
  return run?.record === undefined ? undefined : { run, record: run.record };
}
