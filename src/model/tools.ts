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
import { boolean, maxLength, minLength, object, optional, safeParse, string } from './schema.ts';
import type { Infer, Schema } from './schema.ts';
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

/** The one tool that reads: a search of the repository's text, so that similar patterns are found and not guessed. */
export const searchTool = {
  name: 'search_repository',
  schema: object({
    pattern: string().check(minLength(2), maxLength(200)),
    regularExpression: optional(boolean()),
    path: optional(string().check(maxLength(500))),
  }),
} as const;

export type Search = Infer<typeof searchTool.schema>;

export type ToolName = (typeof recordTools)[StepId]['name'] | typeof searchTool.name;

/** Parses the input of a search; undefined where it is not one. */
export function parseSearch(inputJson: string): Search | undefined {
  const parsed = safeParse(searchTool.schema, parsedJson(inputJson));
  return parsed.success ? parsed.data : undefined;
}

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
  const input = parsedJson(inputJson);
  if (input === undefined) return { ok: false, problems: 'The input is not complete JSON.' };
  const parsed = safeParse(tool.schema, input);
  if (parsed.success) return { ok: true, record: { step, data: parsed.data } as StepRecord };
  const problems = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? 'input' : issue.path.join('.')}: ${issue.message}`);
  return { ok: false, problems: problems.join('; ') };
}

function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json === '' ? '{}' : json);
  } catch {
    return undefined;
  }
}
