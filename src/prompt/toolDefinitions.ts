import { toJSONSchema } from '../model/schema.ts';
import type { Schema } from '../model/schema.ts';
import { stepIds } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import { recordTools, searchTool } from '../model/tools.ts';
import type { ToolName } from '../model/tools.ts';
import type { ToolDefinition } from '../model/request.ts';

const descriptions: Readonly<Record<StepId, string>> = {
  orient:
    'Records the result of step 1: what is failing, what caused it as far as the evidence shows, and the files to check first, most telling first.',
  files: 'Records the result of step 2: the bug, with the file and line where it is and why it fails.',
  hypotheses:
    'Records the result of step 3: the top 3 hypotheses, the most likely first, each with what would confirm it and what would rule it out.',
  environment:
    'Records the result of step 4: each environment variable that the code needs, its status in production, and a command that shows its presence and never its value.',
  regression:
    'Records the result of step 5: the commits that could have caused this, the most likely first, by id as shown in the evidence.',
  fix: 'Records the result of step 6. An edit is an exact search and replace (search must occur exactly once in the file) or a whole new file; paths are relative to the folder. The edits are made together, so each search is of the file as it is now and no two may overlap. The test must fail without the fix and pass with it: it is run both ways. expectedFailure says in a few words what it reports without the fix. Of a similar pattern, text is its line as it stands there.',
  blastRadius:
    'Records the result of step 7: what else could break, what to monitor for 30 minutes with a threshold for each, and a safer rollout. Of a risk, places are the callers and files that it is about, as path:line; go through the callers in the evidence one by one.',
};

let built: readonly ToolDefinition[] | undefined;

/** All tools, in a fixed order: the same in every request of every step, because they head the cached prefix. */
export function toolDefinitions(): readonly ToolDefinition[] {
  built ??= [
    ...stepIds.map((step) => definition(recordTools[step], descriptions[step])),
    definition(
      searchTool,
      'Searches the text of the repository (git grep). For step 6 only: use it to find similar patterns elsewhere before you record the fix. Give a literal text, or a POSIX extended regular expression with regularExpression true; path limits it to a file or folder. A few searches are allowed; results are bounded.',
    ),
  ];
  return built;
}

function definition(
  { name, schema }: { readonly name: ToolName; readonly schema: Schema },
  description: string,
): ToolDefinition {
  // The API takes a schema without the address of its dialect.
  const inputSchema = Object.fromEntries(Object.entries(toJSONSchema(schema)).filter(([key]) => key !== '$schema'));
  return { name, description, input_schema: { ...inputSchema, type: 'object' } };
}
