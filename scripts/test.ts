import { availableParallelism } from 'node:os';
import type { TestResults } from '../test/support/results.ts';
import { findChromium } from './chromium.ts';
import { errorText } from './error-text.ts';
import { withInstalledVsix } from './installed-vsix.ts';
import { countedTests, mochaTests, runTool, tool, withFailedFilesAgain } from './stages.ts';
import { installVsCode } from './vscode-install.ts';

// `npm test`: every check there is, in the order in which a mistake is cheapest to hear of. `npm test -- unit ui` runs
// only those; what follows them that begins with "-" goes to mocha, as in `npm test -- ui --grep panel`.

const stageNames = ['types', 'lint', 'build', 'unit', 'integration', 'host', 'ui'] as const;
type StageName = (typeof stageNames)[number];

/** Far more than any test without an editor needs alone: a busy machine must not fail a property. */
const patient = ['--timeout', '20000'] as const;

/** As many as there are processors: mocha by itself leaves one of them idle, which of two is half. */
const jobs = String(availableParallelism());

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => stop.abort(new Error(`Ended by ${name}.`)));
}

/** Several tools that make one check: all run, so that one answer tells everything. */
async function check(...runs: readonly (readonly string[])[]): Promise<TestResults> {
  let failed = false;
  for (const args of runs) if ((await runTool(args, stop.signal)) !== 0) failed = true;
  return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0, files: {} };
}

/** Fetches what the tests in an editor need, before any of their time limits begins. */
async function prepareEditor(): Promise<void> {
  await installVsCode();
  await findChromium();
}

const stages: Readonly<Record<StageName, (mochaArgs: readonly string[]) => Promise<TestResults>>> = {
  types: () => {
    const projects = ['src', 'webview', 'test', 'scripts'];
    return check(...projects.map((project) => [tool('typescript/bin/tsc'), '-p', project]));
  },
  lint: () =>
    check(
      [tool('eslint/bin/eslint.js'), '--max-warnings', '0', '.'],
      [tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
      // What nothing uses: modules, exports, packages.
      [tool('knip/bin/knip.js'), '--no-progress', '--treat-config-hints-as-errors'],
    ),
  build: () => check(['esbuild.config.mjs', '--tests']),
  // Nothing outside of the process (test/unit/house.test.ts), so that files can run beside each other.
  unit: (mochaArgs) => mochaTests('test/unit', [...patient, '--parallel', '--jobs', jobs, ...mochaArgs], stop.signal),
  // Real processes, servers, repositories and builds, one file after the other: some measure how long a thing takes.
  integration: (mochaArgs) => mochaTests('test/integration', [...patient, ...mochaArgs], stop.signal),
  host: async () => {
    await prepareEditor();
    return countedTests((env) => runTool(['scripts/run-host-tests.ts'], stop.signal, env));
  },
  ui: async (mochaArgs) => {
    await prepareEditor();
    // A whole editor in a browser on a busy machine: each test has a second try, and is named when it needed it; so has
    // each file, in an editor of its own.
    const args = ['--timeout', '90000', '--retries', '1', ...mochaArgs];
    return withInstalledVsix(async (env) =>
      withFailedFilesAgain(await mochaTests('test/ui', args, stop.signal, env), args, stop.signal, env),
    );
  },
};

async function runStage(name: StageName, mochaArgs: readonly string[]): Promise<TestResults> {
  const started = performance.now();
  console.log(`\n== ${name} ==`);
  let results: TestResults;
  try {
    results = await stages[name](mochaArgs);
  } catch (error) {
    if (stop.signal.aborted) throw error;
    console.log(errorText(error));
    results = { passed: 0, failed: 1, skipped: 0, files: {} };
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${results.passed} passed, ${results.failed} failed in ${seconds} s`);
  return results;
}

/** What the user asked for; `host` and `ui` need the build, so they bring it along. */
function parseRequest(args: readonly string[]): { wanted: ReadonlySet<StageName>; mochaArgs: readonly string[] } {
  const firstOption = args.findIndex((each) => each.startsWith('-'));
  const names = firstOption === -1 ? args : args.slice(0, firstOption);
  const unknown = names.find((name) => !isStage(name));
  if (unknown !== undefined) throw new Error(`There is no stage "${unknown}"; there are ${stageNames.join(', ')}.`);
  const wanted = new Set<StageName>(names.filter(isStage));
  if (wanted.has('host') || wanted.has('ui')) wanted.add('build');
  return {
    wanted: wanted.size === 0 ? new Set(stageNames) : wanted,
    mochaArgs: firstOption === -1 ? [] : args.slice(firstOption),
  };
}

function isStage(name: string): name is StageName {
  return stageNames.some((each) => each === name);
}

async function main(): Promise<boolean> {
  const { wanted, mochaArgs } = parseRequest(process.argv.slice(2));
  let passed = 0;
  let failed = 0;
  let built = true;
  for (const name of stageNames.filter((each) => wanted.has(each))) {
    if (!built && (name === 'host' || name === 'ui')) {
      console.log(`\n== ${name} ==\n${name}: not run, since the build failed; counted as failed`);
      failed += 1;
      continue;
    }
    const results = await runStage(name, mochaArgs);
    passed += results.passed;
    failed += results.failed;
    if (name === 'build') built = results.failed === 0;
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
