import { findDotnet, findGo, findGradle, findMaven, findRust, findSbt } from './compiled.ts';
import { findJavascript, javascriptFiles } from './javascript.ts';
import type { Project, ProjectFiles, TestFile, TestFinder, TestPlan } from './plan.ts';
import { findPython, pythonFiles } from './python.ts';
import { findByTool, findMake, findPhp, findRuby } from './scripting.ts';
import { shellWords } from './shellWords.ts';

/** Which finders are asked for a file, by its ending, in this order. */
const finders: readonly { readonly ending: RegExp; readonly find: TestFinder }[] = [
  { ending: javascriptFiles, find: findJavascript },
  { ending: pythonFiles, find: findPython },
  { ending: /\.go$/, find: findGo },
  { ending: /\.rs$/, find: findRust },
  { ending: /\.(?:java|kt|kts|groovy|scala)$/, find: findGradle },
  { ending: /\.(?:java|kt|groovy|scala)$/, find: findMaven },
  { ending: /\.(?:scala|java)$/, find: findSbt },
  { ending: /\.rb$/, find: findRuby },
  { ending: /\.php$/, find: findPhp },
  { ending: /\.(?:cs|fs|vb)$/, find: findDotnet },
  { ending: /\.(?:exs?|dart|swift)$/, find: findByTool },
  { ending: /./, find: findMake },
];

/** How a file's name says that tests are in it, in any of the languages. */
const testName =
  /(?:^|\/)(?:tests?|specs?|__tests__)\/|(?:^|[/._-])(?:tests?|specs?)(?=[._-])|_test\.|(?:Tests?|Spec|IT)\.\w+$/;

/**
 * How the project runs the test of a fix: found in its manifests, narrowed to the test's files where the runner can be.
 * Undefined where nothing says so; the user is asked then. Reads a few small files and runs nothing.
 */
export async function findTestPlan(
  files: ProjectFiles,
  edited: readonly TestFile[],
  platform: NodeJS.Platform = process.platform,
): Promise<TestPlan | undefined> {
  const named = edited.filter(({ path }) => testName.test(path));
  const candidates = named.length > 0 ? named : edited;
  for (const { ending, find } of finders) {
    const tests = candidates.filter(({ path }) => ending.test(path) && !isData(path));
    if (tests.length === 0) continue;
    const project: Project = { files, tests, platform };
    const plan = await find(project);
    if (plan !== undefined) return plan;
  }
  return undefined;
}

/** The place in a command of the user where the test's files go. */
export const filesPlace = '{files}';

/** A plan from what the user said: `{files}` in it stands for the test's files. */
export function planFromWords(
  line: string,
  suite: string | undefined,
  edited: readonly TestFile[],
  platform: NodeJS.Platform = process.platform,
): TestPlan | undefined {
  const named = edited.filter(({ path }) => testName.test(path));
  const words = shellWords(
    (named.length > 0 ? named : edited).map(({ path }) => path),
    platform,
  );
  if (words === undefined || line.trim() === '') return undefined;
  const all = suite?.trim() ?? '';
  return {
    folder: '',
    test: line.trim().replaceAll(filesPlace, () => words),
    ...(all === '' ? {} : { suite: all }),
    runner: 'your command',
  };
}

function isData(path: string): boolean {
  return /\.(?:json|ya?ml|toml|md|txt|snap|csv|lock)$/.test(path);
}
