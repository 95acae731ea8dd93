import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMet, machine, table, type BenchRow } from '../test/bench/harness.ts';
import { cacheFolder, projectFolder } from './bootstrap.mjs';
import { errorText } from './error-text.ts';
import { runNpm } from './npm.mjs';
import { runTool } from './stages.ts';

// `npm run bench` runs every bench, each in a process of its own, one after the other; `npm run bench -- markdown git`
// only those. `--smoke` makes each quick and its figures meaningless; `--write` puts a full table into BENCHMARKS.md.

const benchFolder = join(projectFolder, 'test', 'bench');
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => stop.abort(new Error(`Ended by ${name}.`)));
}

interface BenchResult {
  readonly bench: string;
  readonly rows: readonly BenchRow[];
}

/** What the figures are measured against, unless it is there already. */
async function installPeers(): Promise<void> {
  const lock = join(benchFolder, 'package-lock.json');
  const hidden = join(benchFolder, 'node_modules', '.package-lock.json');
  if (existsSync(hidden) && (await stat(hidden)).mtimeMs >= (await stat(lock)).mtimeMs) return;
  await runNpm('Installing what the benches measure against', ['ci', '--ignore-scripts'], { cwd: benchFolder });
}

async function runBench(bench: string, smoke: boolean): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'incident-panel-bench-'));
  try {
    const answer = join(folder, 'rows.json');
    const args = ['--expose-gc', join(benchFolder, 'run-one.ts'), bench, answer, ...(smoke ? ['--smoke'] : [])];
    const code = await runTool(args, stop.signal);
    if (code !== 0) throw new Error(`The bench ${bench} ended with ${code}.`);
    return { bench, rows: JSON.parse(await readFile(answer, 'utf8')) as readonly BenchRow[] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(args: readonly string[]): Promise<void> {
  const flags = new Set(args.filter((each) => each.startsWith('--')));
  const wanted = args.filter((each) => !each.startsWith('--'));
  const known = (await readdir(benchFolder)).flatMap((name) => /^([\w-]+)\.bench\.ts$/.exec(name)?.[1] ?? []).sort();
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no bench "${unknown}"; there are ${known.join(', ')}.`);
  await installPeers();
  const results: BenchResult[] = [];
  for (const bench of known.filter((name) => wanted.length === 0 || wanted.includes(name))) {
    console.log(`\n== ${bench} ==`);
    const result = await runBench(bench, flags.has('--smoke'));
    results.push(result);
    console.log(table([result]));
  }
  const all = results.flatMap(({ rows }) => rows);
  console.log(`\n${all.filter(isMet).length} of ${all.length} goals met.`);
  await keep(results, flags.has('--write') && wanted.length === 0);
}

/** As JSON for a program, and in BENCHMARKS.md for a reader where that was asked for. */
async function keep(results: readonly BenchResult[], write: boolean): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const at = new Date().toISOString();
  const path = join(cacheFolder, 'bench.json');
  await writeFile(path, JSON.stringify({ at, machine: machine(), results }, undefined, 2));
  console.log(`The figures as JSON: ${path}`);
  if (!write) return;
  const document = join(projectFolder, 'BENCHMARKS.md');
  const before = await readFile(document, 'utf8');
  const marked = /(<!-- table -->\n)[\s\S]*(<!-- \/table -->)/;
  if (!marked.test(before)) throw new Error('BENCHMARKS.md has no place for the table.');
  const text = `Measured on ${at.slice(0, 10)}: ${machine()}.\n\n${table(results)}`;
  await writeFile(
    document,
    before.replace(marked, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`),
  );
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
