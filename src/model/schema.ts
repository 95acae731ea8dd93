/**
 * The schema language for data from outside: tool calls, webview messages, journal lines. The one file that imports
 * the library, in its tree-shakable build.
 */
export {
  array,
  boolean,
  discriminatedUnion,
  enum as oneOf,
  literal,
  looseObject,
  maxLength,
  minLength,
  number,
  object,
  optional,
  positive,
  refine,
  regex,
  safeParse,
  string,
  toJSONSchema,
  tuple,
  unknown,
  int,
} from 'zod/mini';
export type { infer as Infer, ZodMiniType as Schema } from 'zod/mini';
