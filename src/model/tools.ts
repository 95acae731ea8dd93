import {
  blastRadiusSchema,
  bugSchema,
  culpritsSchema,
  environmentSchema,
  fixSchema,
  hypothesesSchema,
  orientationSchema,
} from './records.ts';
import type { StepRecord } from './records.ts';
import { safeParse } from './schema.ts';
import type { Schema } from './schema.ts';
import type { StepId } from './steps.ts';

/** The small typed tools by which a reply says as data what the panel must know. One a step. */
export const recordTools = {
  orient: { name: 'record_orientation', schema: orientationSchema },
  files: { name: 'record_bug', schema: bugSchema },
  hypotheses: { name: 'record_hypotheses', schema: hypothesesSchema },
  environment: { name: 'record_environment', schema: environmentSchema },
  regression: { name: 'record_culprits', schema: culpritsSchema },
  fix: { name: 'record_fix', schema: fixSchema },
  blastRadius: { name: 'record_blast_radius', schema: blastRadiusSchema },
} as const satisfies Readonly<Record<StepId, { readonly name: string; readonly schema: Schema }>>;

export type RecordToolName = (typeof recordTools)[StepId]['name'];

export type ParsedToolCall =
  | { readonly ok: true; readonly record: StepRecord }
  /** `problems` are for Claude to mend its call by, and for the panel: which property, and what is wrong with it. */
  | { readonly ok: false; readonly problems: string };

/**
 * Parses a tool call of a reply to a question of `step`. The tool must be that step's own: a hypothesis recorded while
 * the orientation was asked for would put a claim where nobody asked for one.
 */
export function parseToolCall(step: StepId, name: string, inputJson: string): ParsedToolCall {
  const tool = recordTools[step];
  if (name !== tool.name) return { ok: false, problems: `This step is recorded with ${tool.name}, not ${name}.` };
  let input: unknown;
  try {
    input = JSON.parse(inputJson === '' ? '{}' : inputJson);
  } catch {
    return { ok: false, problems: 'The input is not complete JSON.' };
  }
  const parsed = safeParse(tool.schema, input);
  if (parsed.success) return { ok: true, record: { step, data: parsed.data } as StepRecord };
  const problems = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? 'input' : issue.path.join('.')}: ${issue.message}`);
  return { ok: false, problems: problems.join('; ') };
}
