import { firstTest, folderOf, foldersAbove, from, inFolder, nearest } from './plan.ts';
import type { Project, TestPlan } from './plan.ts';
import { shellWord, shellWords } from './shellWords.ts';

/** Go modules: the test's own functions in its own package; caching is off, or a second run would only repeat the first. */
export async function findGo(project: Project): Promise<TestPlan | undefined> {
  const { tests, platform } = project;
  const found = await nearest(project, firstTest(project).path, (name) => name === 'go.mod');
  if (found === undefined) return undefined;
  const packages = [...new Set(tests.map(({ path }) => `./${folderOf(from(found.folder, path))}`.replace(/\/$/, '')))];
  const names = tests.flatMap(({ text }) =>
    [...text.matchAll(/^func ((?:Test|Fuzz|Example)\w*)\(/gm)].map(([, name = '']) => name),
  );
  const words = shellWords(packages, platform);
  const pattern = shellWord(`^(${names.join('|')})$`, platform);
  if (words === undefined || pattern === undefined) return undefined;
  const only = names.length === 0 ? '' : ` -run ${pattern}`;
  return {
    folder: found.folder,
    test: `go test -count=1${only} ${words}`,
    suite: 'go test -count=1 ./...',
    runner: 'go',
    foundIn: inFolder(found.folder, 'go.mod'),
  };
}

/** Cargo packages: an integration test by its name, a unit test by its module. */
export async function findRust(project: Project): Promise<TestPlan | undefined> {
  const { files } = project;
  let folder: string | undefined;
  for (const each of foldersAbove(firstTest(project).path)) {
    const manifest = await files.read(inFolder(each, 'Cargo.toml'));
    // A workspace without a package of its own holds the one that the test belongs to.
    if (manifest !== undefined && /^\s*\[package\]/m.test(manifest)) {
      folder = each;
      break;
    }
  }
  if (folder === undefined) return undefined;
  const base = { folder, suite: 'cargo test', runner: 'cargo', foundIn: inFolder(folder, 'Cargo.toml') } as const;
  const paths = project.tests.map(({ path }) => from(base.folder, path)).filter((path) => path.endsWith('.rs'));
  const targets = paths.map((path) => /^tests\/([\w-]+)(?:\.rs|\/main\.rs)$/.exec(path)?.[1]);
  if (targets.every((target) => target !== undefined)) {
    return { ...base, test: `cargo test ${targets.map((target) => `--test ${target}`).join(' ')}` };
  }
  const [module, ...others] = paths.map((path) =>
    /^src\/([\w/]+?)(?:\/mod)?\.rs$/.exec(path)?.[1]?.replaceAll('/', '::'),
  );
  if (others.length > 0 || module === undefined || module === 'lib' || module === 'main') {
    return { folder: base.folder, test: base.suite, runner: base.runner, foundIn: base.foundIn };
  }
  return { ...base, test: `cargo test ${module}::` };
}

/** Maven projects, by their wrapper where there is one: the test's classes in their module. */
export async function findMaven(project: Project): Promise<TestPlan | undefined> {
  const { files, tests, platform } = project;
  const module = await nearest(project, firstTest(project).path, (name) => name === 'pom.xml');
  if (module === undefined) return undefined;
  const wrapper = await nearest(project, firstTest(project).path, (name) => name === 'mvnw');
  const top = await topmost(project, 'pom.xml');
  const folder = wrapper?.folder ?? top ?? module.folder;
  if (!(await files.names(folder)).includes('pom.xml')) return undefined;
  const program = wrapper === undefined ? 'mvn' : platform === 'win32' ? 'mvnw.cmd' : './mvnw';
  const line = `${program} -B -q`;
  const within = from(folder, module.folder);
  const own = shellWord(within, platform);
  const classes = shellWord(`-Dtest=${tests.map(({ path }) => className(path)).join(',')}`, platform, true);
  if (own === undefined || classes === undefined) return undefined;
  const only = module.folder === folder ? '' : ` -pl ${own} -am`;
  return {
    folder,
    // Surefire's old and new names for the same: modules without the class are no failure.
    test: `${line} test${only} ${classes} -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false`,
    suite: `${line} test`,
    runner: 'maven',
    foundIn: inFolder(module.folder, 'pom.xml'),
  };
}

/** Gradle projects, by their wrapper where there is one. Without a daemon, which would outlive the run. */
export async function findGradle(project: Project): Promise<TestPlan | undefined> {
  const { tests, platform } = project;
  const isBuild = (name: string): boolean => /^build\.gradle(?:\.kts)?$/.test(name);
  const module = await nearest(project, firstTest(project).path, isBuild);
  if (module === undefined) return undefined;
  const wrapper = await nearest(project, firstTest(project).path, (name) => name === 'gradlew');
  const settings = await nearest(project, firstTest(project).path, (name) => /^settings\.gradle(?:\.kts)?$/.test(name));
  const folder = wrapper?.folder ?? settings?.folder ?? module.folder;
  const program = wrapper === undefined ? 'gradle' : platform === 'win32' ? 'gradlew.bat' : './gradlew';
  const line = `${program} --no-daemon --console=plain`;
  const path = module.folder === folder ? '' : `:${from(folder, module.folder).replaceAll('/', ':')}`;
  const tasks = shellWords([`${path}:cleanTest`, `${path}:test`], platform);
  const names = shellWords(
    tests.flatMap(({ path: file, text }) => ['--tests', qualifiedName(file, text)]),
    platform,
    true,
  );
  if (tasks === undefined || names === undefined) return undefined;
  return {
    folder,
    // A test that passed is up to date and would not run again.
    test: `${line} ${tasks} ${names}`,
    suite: `${line} test`,
    runner: 'gradle',
    foundIn: inFolder(module.folder, module.name),
  };
}

/** sbt builds: the test's classes, by their names at the end. */
export async function findSbt(project: Project): Promise<TestPlan | undefined> {
  const { tests, platform } = project;
  const isBuild = (name: string): boolean => name === 'build.sbt';
  const found = await nearest(project, firstTest(project).path, isBuild);
  if (found === undefined) return undefined;
  const only = shellWord(`testOnly ${tests.map(({ path }) => `*${className(path)}`).join(' ')}`, platform);
  if (only === undefined) return undefined;
  const folder = (await topmost(project, 'build.sbt')) ?? found.folder;
  const line = 'sbt -Dsbt.server.autostart=false -no-colors';
  return {
    folder,
    test: `${line} ${only}`,
    suite: `${line} test`,
    runner: 'sbt',
    foundIn: inFolder(folder, 'build.sbt'),
  };
}

/** .NET projects: the test's classes in the nearest project, the suite of the nearest solution. */
export async function findDotnet(project: Project): Promise<TestPlan | undefined> {
  const { tests, platform } = project;
  const test = firstTest(project);
  const found = await nearest(project, test.path, (name) => /\.(?:cs|fs|vb)proj$/.test(name));
  if (found === undefined) return undefined;
  const solution = await nearest(project, test.path, (name) => /\.slnx?$/.test(name));
  const folder = solution?.folder ?? found.folder;
  const file = shellWord(from(folder, inFolder(found.folder, found.name)), platform);
  const filter = shellWord(tests.map(({ path }) => `FullyQualifiedName~${className(path)}`).join('|'), platform);
  if (file === undefined || filter === undefined) return undefined;
  const suite = solution === undefined ? `dotnet test ${file}` : 'dotnet test';
  return {
    folder,
    test: `dotnet test ${file} --filter ${filter}`,
    suite,
    runner: 'dotnet',
    foundIn: inFolder(found.folder, found.name),
  };
}

async function topmost(project: Project, name: string): Promise<string | undefined> {
  const { files } = project;
  let top: string | undefined;
  for (const folder of foldersAbove(firstTest(project).path))
    if ((await files.names(folder)).includes(name)) top = folder;
  return top;
}

function className(path: string): string {
  return (
    path
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? path
  );
}

function qualifiedName(path: string, text: string): string {
  const name = /^\s*package\s+([\w.]+)/m.exec(text)?.[1];
  return name === undefined ? className(path) : `${name}.${className(path)}`;
}
