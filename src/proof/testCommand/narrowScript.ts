import { shellWord, splitCommands } from './shellWords.ts';
import type { WrittenWord } from './shellWords.ts';

export interface NarrowRequest {
  /** The package's other scripts, for one that only calls another. */
  readonly scripts: Readonly<Record<string, string>>;
  /** The test's files, from the package's folder. */
  readonly paths: readonly string[];
  readonly platform: NodeJS.Platform;
}

export interface NarrowedScript {
  readonly line: string;
  readonly runner: string;
}

/** Runners whose words after the options are files, with their options that take a value of their own. */
const runners: Readonly<Record<string, { readonly valued: RegExp; readonly skipsWord?: string }>> = {
  mocha: {
    valued:
      /^(?:-r|--require|--import|-c|--config|-R|--reporter|-O|--reporter-option|-t|--timeout|-u|--ui|-g|--grep|-f|--fgrep|-j|--jobs|-s|--slow|--extension|--ignore|--exclude|--file|--node-option|-n|--package|--retries)$/,
  },
  jest: {
    valued:
      /^(?:-c|--config|--env|--testEnvironment|--reporters|--coverageReporters|--setupFiles|--setupFilesAfterEnv|-w|--maxWorkers|--rootDir|--roots|--selectProjects|-t|--testNamePattern|--testTimeout|--globals|--transform|--projects)$/,
  },
  vitest: {
    valued:
      /^(?:-c|--config|-r|--root|--dir|--project|--reporter|--environment|--pool|-t|--testNamePattern|--mode|--outputFile)$/,
    skipsWord: 'run',
  },
  ava: { valued: /^(?:--config|-m|--match|-T|--timeout|-c|--concurrency|--node-arguments)$/ },
  jasmine: { valued: /^(?:--config|--reporter|--filter|--seed|--helper|--require)$/ },
  'react-scripts': { valued: /^(?:-t|--testNamePattern|--env|-w|--maxWorkers)$/, skipsWord: 'test' },
  playwright: {
    valued: /^(?:-c|--config|-g|--grep|--grep-invert|-j|--workers|--project|--reporter|--retries|--timeout)$/,
    skipsWord: 'test',
  },
  tape: { valued: /^(?:-r|--require|-i|--ignore)$/ },
  qunit: { valued: /^(?:--filter|--module|--reporter|--require|--seed)$/ },
  bun: {
    valued: /^(?:--preload|--timeout|-t|--test-name-pattern|--rerun-each|--env-file|-c|--config)$/,
    skipsWord: 'test',
  },
  tap: { valued: /^(?:-R|--reporter|-t|--timeout|-j|--jobs|--plugin|--node-arg|--coverage-report)$/, skipsWord: 'run' },
  node: {
    valued:
      /^(?:-r|--require|--import|--loader|--experimental-loader|--test-name-pattern|--test-skip-pattern|--test-reporter|--test-reporter-destination|--test-concurrency|--test-timeout|--env-file|-C|--conditions)$/,
  },
};

/** Programs that only start the runner named after them. */
const starters = new Set(['npx', 'cross-env', 'c8', 'nyc', 'tsx', 'ts-node', 'dotenv', '--', 'bunx', 'exec', 'env']);

/**
 * A test script that runs only the given files: what it says in place of files and patterns goes, its options, variables
 * and the commands before the runner stay. Undefined where it is not understood well enough, or where its files lie
 * somewhere else (tests that are compiled before they run).
 */
export function narrowedScript(script: string, request: NarrowRequest, depth = 0): NarrowedScript | undefined {
  const commands = splitCommands(script);
  if (commands === undefined || /\|(?!\|)|\|\||;/.test(script.replace(/(["']).*?\1/g, ''))) return undefined;
  const last = commands.at(-1) ?? [];
  const other = calledScript(last, request.scripts);
  const before = script.slice(0, startOfLast(script, commands.length));
  if (other !== undefined) {
    if (depth >= 3) return undefined;
    const inner = narrowedScript(other, request, depth + 1);
    return inner === undefined ? undefined : { ...inner, line: before + inner.line };
  }
  const at = last.findIndex((word, index) => isRunner(word, last.slice(index + 1)));
  const name =
    last[at]?.meaning
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.(?:cmd|[cm]?js)$/, '') ?? '';
  const runner = runners[name === '_mocha' ? 'mocha' : name];
  if (at === -1 || runner === undefined) return undefined;
  if (
    !last.slice(0, at).every(({ meaning }) => starters.has(meaning) || meaning.startsWith('-') || /^\w+=/.test(meaning))
  )
    return undefined;
  const kept = withoutFiles(last.slice(at + 1), runner, request.paths);
  const words = request.paths.map((path) => shellWord(path, request.platform));
  if (kept === undefined || words.some((word) => word === undefined)) return undefined;
  const written = [...last.slice(0, at + 1), ...kept].map((word) => word.written);
  // What only watches never ends: Vitest does so unless it is told to run.
  if (name === 'vitest' && !kept.some(({ meaning }) => meaning === 'run' || meaning === '--run')) written.push('--run');
  return { line: `${before}${[...written, ...words].join(' ')}`, runner: name };
}

function isRunner({ meaning }: WrittenWord, after: readonly WrittenWord[]): boolean {
  const name =
    meaning
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.(?:cmd|[cm]?js)$/, '') ?? '';
  if (name === 'node' || name === 'tsx') return after.some((word) => word.meaning === '--test');
  // These do more than to test.
  if (name === 'bun' || name === 'playwright' || name === 'react-scripts') return after[0]?.meaning === 'test';
  return name === '_mocha' || (name in runners && name !== 'node');
}

/** The script that `npm run NAME` calls. */
function calledScript(words: readonly WrittenWord[], scripts: Readonly<Record<string, string>>): string | undefined {
  const [manager, run, name] = words.map(({ meaning }) => meaning);
  if (manager === undefined || !/^(?:npm|pnpm|yarn|bun)$/.test(manager)) return undefined;
  if (run === 'run' && name !== undefined && words.length === 3) return scripts[name];
  return words.length === 2 && manager !== 'npm' && run !== undefined ? scripts[run] : undefined;
}

/** Options stay, files and patterns go. Undefined where none of them could mean the test's own files. */
function withoutFiles(
  words: readonly WrittenWord[],
  { valued, skipsWord }: { readonly valued: RegExp; readonly skipsWord?: string },
  paths: readonly string[],
): readonly WrittenWord[] | undefined {
  const kept: WrittenWord[] = [];
  const files: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    const { meaning } = word;
    if (meaning.startsWith('-')) {
      if (/^--?(?:w|watch|watchAll)$/.test(meaning)) continue;
      kept.push(word);
      const value = words[index + 1];
      if (valued.test(meaning) && value !== undefined) {
        kept.push(value);
        index += 1;
      }
    } else if (meaning === skipsWord && files.length === 0) kept.push(word);
    else files.push(meaning);
  }
  const covers = files.length === 0 || paths.every((path) => files.some((pattern) => mayMean(pattern, path)));
  return covers ? kept : undefined;
}

/** Whether a file, folder or pattern of a script may be about a file: it begins with what is literal in the pattern. */
function mayMean(pattern: string, path: string): boolean {
  const literal = pattern.replace(/^\.\//, '').replace(/[*?[{(].*$/s, '');
  const folder = literal.endsWith('/') || literal === '' ? literal : literal.slice(0, literal.lastIndexOf('/') + 1);
  const isPlain = !/[*?[{(]/.test(pattern);
  const named = isPlain && (path === literal || path.startsWith(literal.endsWith('/') ? literal : `${literal}/`));
  return (
    named ||
    (!isPlain && path.startsWith(folder)) ||
    (isPlain && folder !== '' && path.startsWith(folder)) ||
    literal === '.'
  );
}

/** Where the last command of a script begins, of those that `&&` joins. */
function startOfLast(script: string, count: number): number {
  if (count <= 1) return 0;
  const at = script.lastIndexOf('&&');
  const after = script.slice(at + 2);
  return at + 2 + (after.length - after.trimStart().length);
}
