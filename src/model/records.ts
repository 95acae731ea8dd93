import {
  array,
  boolean,
  int,
  maxLength,
  minLength,
  object,
  oneOf,
  optional,
  positive,
  refine,
  string,
} from './schema.ts';
import type { Infer } from './schema.ts';

/**
 * What a step concludes, as data: the inputs of the tools that Claude calls in its replies. Limits are generous for an
 * honest reply and small enough that a hostile one cannot fill the panel.
 */
const short = string().check(minLength(1), maxLength(400));
const long = string().check(minLength(1), maxLength(8_000));
const code = string().check(maxLength(400_000));
const path = string().check(minLength(1), maxLength(1_000));
const lineNumber = int().check(positive());
/** Evidence by id, with a line where one is meant: `E1:38`, `E3`. */
const citations = array(string().check(minLength(1), maxLength(200))).check(maxLength(40));
/** What is missing, where the step could not be concluded: a legal result of every step. */
const inconclusive = optional(long);

export const orientationSchema = object({
  failing: long,
  cause: long,
  filesToCheck: array(object({ path, line: optional(lineNumber), reason: short })).check(maxLength(12)),
  citations,
  inconclusive,
});

/** A bug has a file; what was not found has words on what is missing. */
export const bugSchema = object({
  file: optional(path),
  line: optional(lineNumber),
  explanation: long,
  citations,
  inconclusive,
}).check(
  refine(({ file, inconclusive: missing }) => file !== undefined || missing !== undefined, {
    error: 'give file and line, or say in inconclusive what is missing',
  }),
);

export const hypothesesSchema = object({
  hypotheses: array(
    object({
      title: short,
      likelihood: oneOf(['high', 'medium', 'low']),
      confirms: long,
      rulesOut: long,
      citations,
    }),
  ).check(maxLength(6)),
  inconclusive,
});

export const environmentSchema = object({
  variables: array(
    object({
      name: short,
      neededBy: short,
      status: oneOf(['missing', 'suspect', 'fine', 'unknown']),
      reason: long,
      verifyCommand: long,
    }),
  ).check(maxLength(60)),
  citations,
  inconclusive,
});

export const culpritsSchema = object({
  commits: array(object({ commit: short, reason: long, citations })).check(maxLength(20)),
  inconclusive,
});

const edit = object({
  path,
  search: optional(code),
  replace: optional(code),
  newFile: optional(code),
});

export const fixSchema = object({
  edits: array(edit).check(maxLength(40)),
  test: object({
    edits: array(edit).check(maxLength(20)),
    command: optional(long),
    /** What the test says without the fix: its red is compared with it. */
    expectedFailure: optional(long),
  }),
  explanation: string().check(maxLength(8_000)),
  edgeCases: array(long).check(maxLength(20)),
  /** `text` is the line as it stands there, by which the place is looked up. */
  similarPatterns: array(
    object({ path, line: optional(lineNumber), text: optional(string().check(maxLength(400))), why: long }),
  ).check(maxLength(40)),
  noSimilarPatterns: optional(boolean()),
  citations: optional(citations),
  inconclusive,
});

export const blastRadiusSchema = object({
  /** `places` are the callers and files that a risk is about, as `path:line`. */
  risks: array(object({ what: long, why: long, places: optional(array(path).check(maxLength(20))) })).check(
    maxLength(20),
  ),
  monitors: array(object({ what: long, threshold: long })).check(maxLength(20)),
  rollout: object({ strategy: long, steps: array(long).check(maxLength(20)) }),
  rollback: optional(long),
  citations: optional(citations),
  inconclusive,
});

export type Orientation = Infer<typeof orientationSchema>;
export type Bug = Infer<typeof bugSchema>;
export type Hypotheses = Infer<typeof hypothesesSchema>;
export type EnvironmentFindings = Infer<typeof environmentSchema>;
export type Culprits = Infer<typeof culpritsSchema>;
export type Fix = Infer<typeof fixSchema>;
export type BlastRadius = Infer<typeof blastRadiusSchema>;

/** The recorded result of a step, tagged with the step that it concludes. */
export type StepRecord =
  | { readonly step: 'orient'; readonly data: Orientation }
  | { readonly step: 'files'; readonly data: Bug }
  | { readonly step: 'hypotheses'; readonly data: Hypotheses }
  | { readonly step: 'environment'; readonly data: EnvironmentFindings }
  | { readonly step: 'regression'; readonly data: Culprits }
  | { readonly step: 'fix'; readonly data: Fix }
  | { readonly step: 'blastRadius'; readonly data: BlastRadius };
