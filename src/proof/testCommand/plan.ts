/** How a test is run: found in the project, or as the user said. */
export interface TestPlan {
  /** Where it runs: a path from the open folder, with `/`; empty for the folder itself. */
  readonly folder: string;
  /** Runs the test, alone where the runner can be told to. One line for the system's shell. */
  readonly test: string;
  /** Runs all tests. Absent where that is the same line. */
  readonly suite?: string;
  /** What runs it, for people: `mocha`, `cargo`. */
  readonly runner: string;
  /** What it was found in: `package.json`. Absent for what the user said. */
  readonly foundIn?: string;
}

/** A file that a fix's test consists of, with the text that it will have. Its path starts at the open folder. */
export interface TestFile {
  readonly path: string;
  readonly text: string;
}

/** The project's files as far as finding its tests needs them. Paths start at the open folder, with `/`. */
export interface ProjectFiles {
  /** Undefined where there is no such text file of a sensible size. */
  read(path: string): Promise<string | undefined>;
  /** Names in a folder; empty where there is none. */
  names(folder: string): Promise<readonly string[]>;
}

/** Finds how one kind of project runs its tests; undefined where it is not of that kind. */
export type TestFinder = (project: Project) => Promise<TestPlan | undefined>;

/** What a finder looks at. */
export interface Project {
  readonly files: ProjectFiles;
  /** The test's files, at least one, all of the same kind. */
  readonly tests: readonly TestFile[];
  readonly platform: NodeJS.Platform;
}

/** The folder of a path, with `/`; empty for the open folder. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** A name in a folder. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A path as it is seen from a folder above it. */
export function from(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}

/** The folders from a path's own up to the open folder, the nearest first. */
export function foldersAbove(path: string): readonly string[] {
  const all: string[] = [];
  for (let at = folderOf(path); ; at = folderOf(at)) {
    all.push(at);
    if (at === '') return all;
  }
}

/** The nearest folder at or above a path that holds a file of one of these names, and that name. */
export async function nearest(
  { files }: Pick<Project, 'files'>,
  path: string,
  isMeant: (name: string) => boolean,
): Promise<{ readonly folder: string; readonly name: string } | undefined> {
  for (const folder of foldersAbove(path)) {
    const name = (await files.names(folder)).find(isMeant);
    if (name !== undefined) return { folder, name };
  }
  return undefined;
}

/** The first test's path: there is always one. */
export function firstTest({ tests }: Project): TestFile {
  const [first] = tests;
  if (first === undefined) throw new Error('A project without a test has no test command.');
  return first;
}
