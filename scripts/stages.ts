import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  failedFiles,
  parseTestResults,
  resultsVariable,
  withSecondRun,
  type TestResults,
} from '../test/support/results.ts';
import { projectFolder } from './bootstrap.mjs';
import { endProcessTree } from './process-tree.ts';

/** Variables over those of this process. */
type Environment = Readonly<Record<string, string>>;

/** Runs one of the project's tools with this Node, in the terminal; resolves with its exit code. */
export async function runTool(args: readonly string[], signal: AbortSignal, env: Environment = {}): Promise<number> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    // A group of its own: on Ctrl+C we end it with all that it has started, rather than leave that to each part.
    detached: process.platform !== 'win32',
  });
  const ending = () => {
    if (child.pid !== undefined) void endProcessTree(child.pid).catch(() => undefined);
  };
  signal.addEventListener('abort', ending);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    signal.removeEventListener('abort', ending);
  }
}

/** The file of a tool that is installed in node_modules. */
export function tool(path: string): string {
  return join(projectFolder, 'node_modules', path);
}

/**
 * Runs something that runs tests and reports their results to the file that its environment names.
 * @returns the results; whatever else went wrong (no test found, a crash, a code that the results do not explain, a
 *   skipped test) counts as one failure more
 */
export async function countedTests(run: (env: Environment) => Promise<number>): Promise<TestResults> {
  const folder = await mkdtemp(join(tmpdir(), 'test-results-'));
  try {
    const path = join(folder, 'results.json');
    const code = await run({ [resultsVariable]: path });
    const results = parseTestResults(await readFile(path, 'utf8').catch(() => ''));
    const problem = problemWith(results, code);
    if (problem === undefined && results !== undefined) return results;
    console.log(`\n${problem ?? ''}`);
    return {
      passed: results?.passed ?? 0,
      failed: (results?.failed ?? 0) + 1,
      skipped: 0,
      files: results?.files ?? {},
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function problemWith(results: TestResults | undefined, code: number): string | undefined {
  if (results === undefined) return `The tests reported no results; the run ended with code ${code}.`;
  if (results.passed + results.failed === 0) return 'No test was run.';
  if (results.skipped > 0) return `${results.skipped} tests were skipped, which we do not allow.`;
  if (code !== 0 && results.failed === 0) return `All tests passed, but the run ended with code ${code}.`;
  return undefined;
}

/** Runs the test files of a folder in mocha, outside any editor. `args` are mocha's own, `env` its tests'. */
export async function mochaTests(
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
  env: Environment = {},
): Promise<TestResults> {
  const paths = await readdir(join(projectFolder, folder), { recursive: true }).catch(() => []);
  const files = paths.filter((path) => path.endsWith('.test.ts')).sort();
  if (files.length === 0) {
    console.log(`No test was found by ${folder}/**/*.test.ts.`);
    return { passed: 0, failed: 1, skipped: 0, files: {} };
  }
  return mochaFiles(
    files.map((file) => join(folder, file)),
    args,
    signal,
    env,
  );
}

function mochaFiles(
  files: readonly string[],
  args: readonly string[],
  signal: AbortSignal,
  env: Environment,
): Promise<TestResults> {
  const reporter = join(projectFolder, 'test', 'support', 'results-reporter.ts');
  const mocha = [tool('mocha/bin/mocha.js'), '--reporter', reporter, '--forbid-only', ...args, ...files];
  return countedTests((results) => runTool(mocha, signal, { ...env, ...results }));
}

/** More files than this do not fail by chance. */
const mostSecondRuns = 4;

/**
 * Runs the files in which a test failed once more, each with all that it opens made anew, and says so: tests of a file
 * share an editor, so that one that the machine was too slow for can take those after it along, and a second try of
 * that one test finds the editor as the first one left it. What fails in both runs has failed.
 */
export async function withFailedFilesAgain(
  first: TestResults,
  args: readonly string[],
  signal: AbortSignal,
  env: Environment = {},
): Promise<TestResults> {
  const files = failedFiles(first);
  if (files.length === 0 || files.length > mostSecondRuns) return first;
  console.log(`\nneeded a second run, with everything made anew: ${files.join(', ')}\n`);
  return withSecondRun(first, await mochaFiles(files, args, signal, env));
}
