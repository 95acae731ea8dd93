import { looseObject, optional, safeParse, string } from '../../model/schema.ts';
import { firstTest, foldersAbove, from, inFolder, nearest } from './plan.ts';
import type { Project, TestPlan } from './plan.ts';
import { narrowedScript } from './narrowScript.ts';
import { shellWords } from './shellWords.ts';

const manifestSchema = looseObject({
  scripts: optional(looseObject({ test: optional(string()), pretest: optional(string()) })),
  packageManager: optional(string()),
  dependencies: optional(looseObject({})),
  devDependencies: optional(looseObject({})),
});

const anyScripts = looseObject({ scripts: optional(looseObject({})) });

/** Package managers by the lock file that each leaves, with how it runs a script and a package's program. */
const managers = [
  { lock: 'pnpm-lock.yaml', run: 'pnpm run', exec: 'pnpm exec' },
  { lock: 'yarn.lock', run: 'yarn run', exec: 'yarn run' },
  { lock: 'bun.lock', run: 'bun run', exec: 'bun x' },
  { lock: 'bun.lockb', run: 'bun run', exec: 'bun x' },
  { lock: 'package-lock.json', run: 'npm run', exec: 'npx --no-install' },
] as const;

/** Runners by how each is told to run single files, without a script of the project. */
const runners = [
  { name: 'vitest', words: 'vitest run' },
  { name: 'jest', words: 'jest' },
  { name: 'mocha', words: 'mocha' },
  { name: 'ava', words: 'ava' },
  { name: 'tap', words: 'tap run' },
] as const;

/** What makes npm's own empty test script, which only fails. */
const emptyScript = /no test specified/;

/**
 * Node projects: the package's test script, narrowed to the files where its runner can be (mocha, Jest, Vitest, AVA, tap,
 * `node --test`), otherwise whole; without a script, the runner that is installed or that the test imports; Deno and Bun
 * by what they leave.
 */
export async function findJavascript(project: Project): Promise<TestPlan | undefined> {
  const { tests, platform } = project;
  const test = firstTest(project);
  const found = await nearest(project, test.path, (name) => /^(?:package\.json|deno\.jsonc?)$/.test(name));
  const folder = found?.folder ?? '';
  const own = tests.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`));
  const paths = own.map(({ path }) => from(folder, path));
  const words = shellWords(paths, platform);
  if (words === undefined) return undefined;
  const foundIn = found === undefined ? {} : { foundIn: inFolder(folder, found.name) };
  if (found?.name.startsWith('deno') === true) {
    return { folder, test: `deno test -A ${words}`, suite: 'deno test -A', runner: 'deno', ...foundIn };
  }
  const manifest = await readManifest(project, folder);
  const manager = await managerOf(project, folder, manifest?.packageManager);
  const script = manifest?.scripts?.test;
  if (script !== undefined && !emptyScript.test(script)) {
    const scripts = manifest === undefined ? {} : allScripts(manifest);
    const narrowed = narrowedScript(script, { scripts, paths, platform });
    const before = manifest?.scripts?.pretest === undefined ? '' : `${manager.run} pretest && `;
    const suite = `${manager.run} test`;
    if (narrowed === undefined) return { folder, test: suite, runner: 'npm script', ...foundIn };
    return { folder, test: before + narrowed.line, suite, runner: narrowed.runner, ...foundIn };
  }
  const imported = importedRunner(own.map(({ text }) => text));
  const installed = { ...manifest?.dependencies, ...manifest?.devDependencies };
  const runner = runners.find(({ name }) => name === imported) ?? runners.find(({ name }) => name in installed);
  if (runner !== undefined && imported !== 'node') {
    const line = `${manager.exec} ${runner.words}`;
    return { folder, test: `${line} ${words}`, suite: line, runner: runner.name, ...foundIn };
  }
  if (imported === 'bun') return { folder, test: `bun test ${words}`, suite: 'bun test', runner: 'bun', ...foundIn };
  if (imported !== 'node') return undefined;
  return { folder, test: `node --test ${words}`, suite: 'node --test', runner: 'node', ...foundIn };
}

async function readManifest({ files }: Project, folder: string) {
  const parsed = safeParse(manifestSchema, parsedJson(await files.read(inFolder(folder, 'package.json'))));
  return parsed.success ? parsed.data : undefined;
}

function allScripts(manifest: unknown): Readonly<Record<string, string>> {
  const parsed = safeParse(anyScripts, manifest);
  const entries = Object.entries(parsed.success ? (parsed.data.scripts ?? {}) : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Named in the manifest, or shown by a lock file here or above; npm otherwise. */
async function managerOf({ files }: Project, folder: string, named: string | undefined) {
  const [name = ''] = (named ?? '').split('@');
  const byName = managers.find(({ run }) => run.startsWith(`${name} `));
  if (byName !== undefined) return byName;
  for (const each of foldersAbove(inFolder(folder, 'package.json'))) {
    const names = await files.names(each);
    const byLock = managers.find(({ lock }) => names.includes(lock));
    if (byLock !== undefined) return byLock;
  }
  return managers[4];
}

/** The runner whose functions the tests import. */
function importedRunner(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const [, name] =
      /(?:from|require\(|import)\s*\(?['"](node:test|test|vitest|@jest\/globals|ava|tap|mocha|bun:test)['"]/.exec(
        text,
      ) ?? [];
    if (name === 'node:test') return 'node';
    if (name === 'bun:test') return 'bun';
    if (name === '@jest/globals') return 'jest';
    if (name !== undefined) return name;
  }
  return undefined;
}

function parsedJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const javascriptFiles = /\.[cm]?[jt]sx?$/;
