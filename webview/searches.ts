import type { ToolCall } from '../src/model/reply.ts';

/** A search of the repository within a reply, as the panel shows it. */
export interface ShownSearch {
  readonly pattern: string;
  /** The folder or file it was limited to. */
  readonly path?: string;
  /** Lines found; undefined where the search was refused. */
  readonly hits?: number;
  /** There were more than were given. */
  readonly cut: boolean;
}

/** The tool by which a reply searches, see `src/model/tools.ts`: named here too, since that file brings the schemas along. */
const searchToolName = 'search_repository';

/** Reads a call as a search; undefined for a call of another tool. Its input is a model's, so anything may stand in it. */
export function readSearch({ name, inputJson, answer, accepted }: ToolCall): ShownSearch | undefined {
  if (name !== searchToolName) return undefined;
  const input = parsed(inputJson);
  const path = textOf(input, 'path');
  // A hit is a line of the answer, `path:line: text`; what says that there are none or more is no such line.
  const none = answer.startsWith('No line of the repository has ');
  const hits = none ? 0 : answer.split('\n').filter((line) => /:\d+: /.test(line)).length;
  return {
    pattern: textOf(input, 'pattern'),
    ...(path === '' ? {} : { path }),
    ...(accepted ? { hits } : {}),
    cut: accepted && /\n\(There are more[^\n]*\)$/.test(answer),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function textOf(input: unknown, name: 'pattern' | 'path'): string {
  if (typeof input !== 'object' || input === null) return '';
  const value: unknown = Object.entries(input).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
}
