import { testEnvironment } from './environment.ts';
import type { CommandResult, runCommand } from './runCommand.ts';
import { programFolders, pythonFolders } from './runFolders.ts';
import type { Scratch } from './scratch.ts';
import type { TestPlan } from './testCommand/plan.ts';

/** What a run in a scratch copy needs of the world around it. */
export interface RunWorld {
  readonly run: typeof runCommand;
  /** The environment that runs start from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onOutput: (text: string) => void;
}

/** Runs one command line in the scratch copy, in the plan's folder, with the copy's own programs and modules first. */
export function runInScratch(
  scratch: Scratch,
  line: string,
  { plan, timeLimitMs }: { readonly plan: Pick<TestPlan, 'folder'>; readonly timeLimitMs: number },
  { run, environment, onOutput }: RunWorld,
  signal: AbortSignal,
): Promise<CommandResult> {
  return run({
    line,
    folder: scratch.inFolder(plan.folder),
    environment: testEnvironment(environment, {
      temporary: scratch.temporary,
      programs: programFolders(scratch, plan.folder),
      pythonModules: pythonFolders(scratch, plan.folder),
    }),
    timeLimitMs,
    signal,
    onOutput,
  });
}
