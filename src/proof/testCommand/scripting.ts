import { firstTest, from, inFolder, nearest } from './plan.ts';
import type { Project, TestPlan } from './plan.ts';
import { shellWord, shellWords } from './shellWords.ts';

/** Ruby: RSpec for `_spec.rb`, otherwise Rails' runner or minitest; through Bundler where there is a Gemfile. */
export async function findRuby(project: Project): Promise<TestPlan | undefined> {
  const { files } = project;
  const test = firstTest(project);
  const found = await nearest(
    project,
    test.path,
    (name) => name === 'Gemfile' || name === 'Rakefile' || name === '.rspec',
  );
  const folder = found?.folder ?? '';
  const words = wordsFrom(project, folder);
  if (words === undefined) return undefined;
  const names = await files.names(folder);
  const bundled = names.includes('Gemfile') ? 'bundle exec ' : '';
  const foundIn = found === undefined ? {} : { foundIn: inFolder(folder, found.name) };
  if (test.path.endsWith('_spec.rb')) {
    return { folder, test: `${bundled}rspec ${words}`, suite: `${bundled}rspec`, runner: 'rspec', ...foundIn };
  }
  if ((await files.names(inFolder(folder, 'bin'))).includes('rails')) {
    return { folder, test: `ruby bin/rails test ${words}`, suite: 'ruby bin/rails test', runner: 'rails', ...foundIn };
  }
  const line = `${bundled}ruby -Ilib -Itest ${words}`;
  const suite = names.includes('Rakefile') ? { suite: `${bundled}rake test` } : {};
  return { folder, test: line, ...suite, runner: 'minitest', ...foundIn };
}

/** PHP: Pest where it is installed, otherwise PHPUnit; from Composer's folder. */
export async function findPhp(project: Project): Promise<TestPlan | undefined> {
  const { files } = project;
  const found = await nearest(project, firstTest(project).path, (name) =>
    /^(?:composer\.json|phpunit\.xml(?:\.dist)?)$/.test(name),
  );
  if (found === undefined) return undefined;
  const { folder } = found;
  const words = wordsFrom(project, folder);
  if (words === undefined) return undefined;
  const programs = await files.names(inFolder(folder, 'vendor/bin'));
  const runner = programs.includes('pest') ? 'pest' : 'phpunit';
  const line = programs.includes(runner) ? `php vendor/bin/${runner}` : runner;
  return { folder, test: `${line} ${words}`, suite: line, runner, foundIn: inFolder(folder, found.name) };
}

/** Tools that are one manifest and one command: Elixir, Dart, Flutter, Swift. */
export async function findByTool(project: Project): Promise<TestPlan | undefined> {
  const { files } = project;
  const tools = [
    { ending: /\.exs?$/, manifest: 'mix.exs', line: 'mix test', runner: 'mix' },
    { ending: /\.dart$/, manifest: 'pubspec.yaml', line: 'dart test', runner: 'dart' },
    { ending: /\.swift$/, manifest: 'Package.swift', line: 'swift test', runner: 'swift' },
  ] as const;
  const test = firstTest(project);
  const tool = tools.find(({ ending }) => ending.test(test.path));
  if (tool === undefined) return undefined;
  const found = await nearest(project, test.path, (name) => name === tool.manifest);
  if (found === undefined) return undefined;
  const { folder } = found;
  const foundIn = inFolder(folder, tool.manifest);
  const isFlutter = tool.runner === 'dart' && /^\s*flutter:/m.test((await files.read(foundIn)) ?? '');
  const line = isFlutter ? 'flutter test' : tool.line;
  const words = wordsFrom(project, folder);
  if (words === undefined) return undefined;
  const runner = isFlutter ? 'flutter' : tool.runner;
  if (runner === 'swift') {
    const name =
      test.path
        .split('/')
        .at(-1)
        ?.replace(/\.swift$/, '') ?? '';
    const filter = shellWord(name, project.platform);
    return filter === undefined
      ? undefined
      : { folder, test: `${line} --filter ${filter}`, suite: line, runner, foundIn };
  }
  return { folder, test: `${line} ${words}`, suite: line, runner, foundIn };
}

/** What runs a project's chores, by its file and by how a chore for tests is written in it. */
const taskRunners = [
  { file: /^(?:GNUmakefile|[Mm]akefile)$/, chore: (name: string) => `^${name}\\s*:(?!=)`, runner: 'make' },
  { file: /^\.?[Jj]ustfile$/, chore: (name: string) => `^@?${name}(?:\\s[^:=]*)?:(?!=)`, runner: 'just' },
  { file: /^[Tt]askfile(?:\.dist)?\.ya?ml$/, chore: (name: string) => `^(?: {2}| {4}|\\t)${name}:`, runner: 'task' },
] as const;

/** A chore for tests in a makefile, a justfile or a Taskfile: the last resort, which cannot be narrowed. */
export async function findMake(project: Project): Promise<TestPlan | undefined> {
  const isMeant = (name: string): boolean => taskRunners.some(({ file }) => file.test(name));
  const found = await nearest(project, firstTest(project).path, isMeant);
  if (found === undefined) return undefined;
  for (const name of (await project.files.names(found.folder)).filter(isMeant)) {
    const foundIn = inFolder(found.folder, name);
    const text = (await project.files.read(foundIn)) ?? '';
    const own = taskRunners.find(({ file }) => file.test(name));
    const target = ['test', 'check', 'tests'].find((each) => own && new RegExp(own.chore(each), 'm').test(text));
    if (own === undefined || target === undefined) continue;
    return { folder: found.folder, test: `${own.runner} ${target}`, runner: own.runner, foundIn };
  }
  return undefined;
}

function wordsFrom({ tests, platform }: Project, folder: string): string | undefined {
  const own = tests.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`));
  return shellWords(
    own.map(({ path }) => from(folder, path)),
    platform,
  );
}
